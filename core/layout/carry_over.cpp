// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/layout.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <tuple>

namespace stagelift {
namespace {

/// What a node is known by from one revision of the file to the next: kind, name, base, and its turn among equals.
using Identity = std::tuple<NodeKind, std::string, std::string, int>;

std::map<NodeRef, Identity> identities(const StageGraph& graph)
{
    std::map<NodeRef, Identity> result;
    std::map<Identity, int> turns;
    for (const NodeRef node : drawnNodes(graph)) {
        Identity identity{node.kind, {}, {}, 0};
        if (node.kind == NodeKind::Stage) {
            const Stage& stage = graph.stages[node.index];
            (stage.isNamed() ? std::get<1>(identity) : std::get<2>(identity)) =
                stage.isNamed() ? stage.name : stage.baseName;
        } else {
            std::get<1>(identity) =
                node.kind == NodeKind::Image ? graph.images[node.index] : graph.contexts[node.index];
        }
        const int turn = turns[identity]++;
        std::get<3>(identity) = turn;
        result.emplace(node, std::move(identity));
    }
    return result;
}

} // namespace

std::map<NodeRef, NodeRef> successors(const StageGraph& before, const StageGraph& after)
{
    std::map<Identity, NodeRef> now;
    for (auto& [node, identity] : identities(after))
        now.emplace(identity, node);
    std::map<NodeRef, NodeRef> result;
    for (const auto& [node, identity] : identities(before)) {
        if (const auto found = now.find(identity); found != now.end())
            result.emplace(node, found->second);
    }
    return result;
}

Layout carriedOver(const Layout& layout, const StageGraph& before, const StageGraph& after)
{
    const std::map<NodeRef, NodeRef> now = successors(before, after);
    Layout result{{}, {}, layout.size};
    for (const PlacedNode& node : layout.nodes) {
        if (const auto found = now.find(node.ref); found != now.end())
            result.nodes.push_back({found->second, node.centre, node.size});
    }
    return result;
}

} // namespace stagelift
