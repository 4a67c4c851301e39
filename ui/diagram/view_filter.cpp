// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/view_filter.h"

#include "core/layout/layout.h"
#include "core/stages/chains.h"

#include <algorithm>

namespace stagelift::ui {

namespace {

/// The stages in focus; all where nothing is.
std::vector<bool> inFocus(const StageGraph& graph, const ViewFilter& filter)
{
    if (!filter.focus)
        return std::vector<bool>(graph.stages.size(), true);
    std::vector<bool> shown(graph.stages.size());
    for (const int stage : graph.reachable(*filter.focus))
        shown[static_cast<std::size_t>(stage)] = true;
    if (!filter.withUsers)
        return shown;
    // A use may stand above what it uses, in a broken file: until nothing is new.
    std::vector<bool> users(graph.stages.size());
    users[static_cast<std::size_t>(*filter.focus)] = true;
    for (bool isNew = true; isNew;) {
        isNew = false;
        for (const Edge& edge : graph.edges) {
            const auto to = static_cast<std::size_t>(edge.to);
            if (edge.from.kind != NodeKind::Stage || users[to] || !users[static_cast<std::size_t>(edge.from.index)])
                continue;
            users[to] = true;
            isNew = true;
        }
    }
    std::ranges::transform(shown, users, shown.begin(), std::logical_or());
    return shown;
}

/// Whether anything that is drawn takes from each image or context.
bool isUsed(const StageGraph& graph, NodeRef node)
{
    return std::ranges::contains(graph.edges, node, &Edge::from);
}

bool isHidden(const ViewFilter& filter, NodeKind kind)
{
    return (kind == NodeKind::Image && filter.hidesImages) || (kind == NodeKind::Context && filter.hidesContext);
}

/// The edges of each folded chain end at its last stage; those within it are not drawn.
void fold(StageGraph& graph, const std::vector<const std::vector<int>*>& folded)
{
    std::vector<int> drawnAs(graph.stages.size());
    for (const Stage& stage : graph.stages)
        drawnAs[static_cast<std::size_t>(stage.index)] = stage.index;
    for (const std::vector<int>* chain : folded)
        for (const int stage : *chain)
            drawnAs[static_cast<std::size_t>(stage)] = chain->back();
    for (Edge& edge : graph.edges) {
        const int before = edge.to;
        edge.to = drawnAs[static_cast<std::size_t>(edge.to)];
        if (edge.from.kind != NodeKind::Stage)
            continue;
        const bool wasLoop = edge.from.index == before;
        edge.from.index = drawnAs[static_cast<std::size_t>(edge.from.index)];
        if (edge.from.index == edge.to && !wasLoop)
            edge.from = {};
    }
}

} // namespace

ViewFilter carried(const ViewFilter& filter, const StageMap& map)
{
    ViewFilter kept = filter;
    kept.folded.clear();
    for (const int stage : filter.folded)
        if (const int now = map.nowStage(stage); now >= 0)
            kept.folded.insert(now);
    if (filter.focus) {
        const int now = map.nowStage(*filter.focus);
        kept.focus = now >= 0 ? std::optional(now) : std::nullopt;
    }
    return kept;
}

const std::vector<int>* FilteredGraph::chainOf(int stage) const
{
    const auto found = std::ranges::find_if(
        chains, [stage](const std::vector<int>& chain) { return std::ranges::contains(chain, stage); });
    return found == chains.end() ? nullptr : &*found;
}

FilteredGraph filtered(const StageGraph& graph, const ViewFilter& filter, std::span<const int> kinds)
{
    FilteredGraph left{.graph = graph, .nodes = {}, .chains = {}, .folded = {}};
    const std::vector<bool> shown = inFocus(graph, filter);
    const auto isShown = [&](int stage) { return shown[static_cast<std::size_t>(stage)]; };
    left.shownStages = static_cast<int>(std::ranges::count(shown, true));
    for (Edge& edge : left.graph.edges)
        if (!isShown(edge.to) || isHidden(filter, edge.from.kind) ||
            (edge.from.kind == NodeKind::Stage && !isShown(edge.from.index)))
            edge.from = {};
    left.chains = chains(left.graph, kinds);
    std::erase_if(left.chains, [&](const std::vector<int>& chain) { return !isShown(chain.front()); });
    std::vector<const std::vector<int>*> folded;
    std::vector<bool> within(graph.stages.size());
    for (const std::vector<int>& chain : left.chains) {
        if (std::ranges::none_of(chain, [&](int stage) { return filter.folded.contains(stage); }))
            continue;
        folded.push_back(&chain);
        left.folded.insert(chain.back());
        for (const int stage : chain)
            within[static_cast<std::size_t>(stage)] = stage != chain.back();
    }
    fold(left.graph, folded);
    for (const NodeRef node : drawnNodes(graph)) {
        const bool drawn = node.kind == NodeKind::Stage
                               ? isShown(node.index) && !within[static_cast<std::size_t>(node.index)]
                               : isUsed(left.graph, node);
        if (drawn)
            left.nodes.push_back(node);
    }
    return left;
}

} // namespace stagelift::ui
