// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/cycles.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

/// What a stage takes from another: of several edges between the two the last, as BuildKit keeps but one.
struct Need {
    int stage = 0;
    const Edge* edge = nullptr;
};

std::vector<Need> needsOf(const StageGraph& graph, int stage)
{
    std::vector<Need> needs;
    for (const Edge& edge : std::ranges::equal_range(graph.edges, stage, {}, &Edge::to)) {
        const bool counts = edge.kind == EdgeKind::Copy || edge.kind == EdgeKind::Mount;
        if (!counts || edge.isTrigger || edge.from.kind != NodeKind::Stage)
            continue;
        const auto known = std::ranges::find(needs, edge.from.index, &Need::stage);
        if (known == needs.end())
            needs.push_back({edge.from.index, &edge});
        else
            known->edge = &edge;
    }
    return needs;
}

/// One stage of the path that is walked, and what of it is still to be walked.
struct Step {
    int stage = 0;
    std::vector<Need> needs;
    std::size_t next = 0;
};

class Search {
public:
    explicit Search(const StageGraph& graph) : m_graph(graph), m_visited(graph.stages.size()), m_onPath(m_visited) {}

    std::optional<GraphProblem> from(int root)
    {
        if (!enter(root))
            return std::nullopt;
        while (!m_path.empty()) {
            Step& step = m_path.back();
            if (step.next == step.needs.size()) {
                m_onPath[static_cast<std::size_t>(step.stage)] = false;
                m_path.pop_back();
                continue;
            }
            const Need need = step.needs[step.next++];
            if (m_onPath[static_cast<std::size_t>(need.stage)])
                return problem(root);
            enter(need.stage);
        }
        return std::nullopt;
    }

private:
    bool enter(int stage)
    {
        const auto index = static_cast<std::size_t>(stage);
        if (m_visited[index])
            return false;
        m_visited[index] = true;
        m_onPath[index] = true;
        m_path.push_back({stage, needsOf(m_graph, stage)});
        return true;
    }

    [[nodiscard]] GraphProblem problem(int root) const
    {
        const Stage& stage = m_graph.stages[static_cast<std::size_t>(root)];
        const Step& first = m_path.front();
        const Edge& edge = *first.needs[first.next - 1].edge;
        const std::string name = stage.isNamed() ? stage.name : std::format("stage-{}", root);
        return {std::format("circular dependency detected on stage: {}", name), edge.span, edge.lines};
    }

    const StageGraph& m_graph;
    std::vector<bool> m_visited;
    std::vector<bool> m_onPath;
    std::vector<Step> m_path;
};

} // namespace

std::optional<GraphProblem> findCycle(const StageGraph& graph)
{
    const auto isBackward = [](const Edge& edge) {
        return edge.from.kind == NodeKind::Stage && edge.from.index >= edge.to;
    };
    if (std::ranges::none_of(graph.edges, isBackward))
        return std::nullopt;
    Search search(graph);
    for (const Stage& stage : graph.stages) {
        if (auto problem = search.from(stage.index))
            return problem;
    }
    return std::nullopt;
}

} // namespace stagelift
