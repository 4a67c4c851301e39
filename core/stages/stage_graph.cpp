// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/stage_graph.h"

#include "core/text/characters.h"

#include <algorithm>
#include <format>
#include <ranges>

namespace stagelift {

namespace {

/// The edges into a stage: they stand together, because the graph keeps them in the order of the stages.
auto edgesInto(const StageGraph& graph, int stage)
{
    return std::ranges::equal_range(graph.edges, stage, {}, &Edge::to);
}

bool isStage(const StageGraph& graph, int index)
{
    return index >= 0 && static_cast<std::size_t>(index) < graph.stages.size();
}

} // namespace

std::vector<int> StageGraph::reachable(int target) const
{
    std::vector<int> found;
    if (!isStage(*this, target))
        return found;
    std::vector<bool> seen(stages.size());
    seen[static_cast<std::size_t>(target)] = true;
    found.push_back(target);
    for (std::size_t i = 0; i < found.size(); ++i) {
        for (const Edge& edge : edgesInto(*this, found[i])) {
            if (edge.from.kind != NodeKind::Stage || seen[static_cast<std::size_t>(edge.from.index)])
                continue;
            seen[static_cast<std::size_t>(edge.from.index)] = true;
            found.push_back(edge.from.index);
        }
    }
    std::ranges::sort(found);
    return found;
}

std::optional<int> StageGraph::findTarget(std::string_view name) const
{
    if (stages.empty())
        return std::nullopt;
    if (name.empty())
        return defaultTarget();
    const std::string lower = lowered(name);
    const auto found = std::ranges::find(stages.rbegin(), stages.rend(), lower, &Stage::name);
    return found == stages.rend() ? std::nullopt : std::optional(found->index);
}

std::vector<int> StageGraph::shipped(int target) const
{
    std::vector<int> chain;
    // A FROM sees earlier stages only, so that the chain ends.
    for (NodeRef node = stageNode(target); node.kind == NodeKind::Stage && isStage(*this, node.index);
         node = stages[static_cast<std::size_t>(node.index)].base)
        chain.push_back(node.index);
    std::ranges::reverse(chain);
    return chain;
}

int StageGraph::stageAt(std::uint32_t offset) const
{
    const auto after =
        std::ranges::upper_bound(stages, offset, {}, [](const Stage& stage) { return stage.span.begin; });
    return static_cast<int>(after - stages.begin()) - 1;
}

std::string StageGraph::label(NodeRef node) const
{
    const auto index = static_cast<std::size_t>(node.index);
    switch (node.kind) {
    case NodeKind::Stage:
        return stages[index].isNamed() ? stages[index].name : std::format("stage {}", node.index);
    case NodeKind::Image:
        return images[index];
    case NodeKind::Context:
        return contexts[index].empty() ? "context" : contexts[index];
    case NodeKind::Scratch:
        break;
    }
    return "scratch";
}

} // namespace stagelift
