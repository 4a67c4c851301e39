// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/stage_origin.h"

#include <algorithm>
#include <format>
#include <iterator>
#include <utility>

namespace stagelift {

namespace {

/// Between two pieces: a byte that no instruction ends or begins with.
constexpr char kBorder = '\0';

class Origin {
public:
    Origin(const Dockerfile& dockerfile, const StageGraph& graph, int stage)
        : m_dockerfile(dockerfile), m_graph(graph), m_parts(graph.reachable(stage))
    {
    }

    [[nodiscard]] std::string text()
    {
        for (const Directive& directive : m_dockerfile.directives)
            add(m_dockerfile.source->at(directive.span));
        addInstructions(0, m_graph.stages.front().firstInstruction); // arguments for every FROM
        for (const int part : m_parts) {
            const Stage& stage = m_graph.stages[static_cast<std::size_t>(part)];
            addInstructions(stage.firstInstruction, stage.endInstruction);
        }
        for (const Edge& edge : m_graph.edges)
            if (std::ranges::binary_search(m_parts, edge.to))
                addEdge(edge);
        return std::move(m_text);
    }

private:
    void add(std::string_view piece) { m_text.append(piece) += kBorder; }

    void addInstructions(std::size_t begin, std::size_t end)
    {
        for (std::size_t i = begin; i < end; ++i)
            add(m_dockerfile.source->at(m_dockerfile.instructions[i].span));
    }

    /// A stage by its place among those that count: its number in the file may be another by now.
    void addEdge(const Edge& edge)
    {
        const bool isStage = edge.from.kind == NodeKind::Stage;
        const auto place = isStage ? std::ranges::lower_bound(m_parts, edge.from.index) - m_parts.begin() : 0;
        const std::string name = isStage ? std::string() : m_graph.label(edge.from);
        std::format_to(std::back_inserter(m_text), "{} {} {} {}", std::to_underlying(edge.kind),
                       std::to_underlying(edge.from.kind), place, name);
        m_text += kBorder;
    }

    const Dockerfile& m_dockerfile;
    const StageGraph& m_graph;
    std::vector<int> m_parts; // ascending
    std::string m_text;
};

} // namespace

std::string originOf(const Dockerfile& dockerfile, const StageGraph& graph, int stage)
{
    if (stage < 0 || std::cmp_greater_equal(stage, graph.stages.size()))
        return {};
    return Origin(dockerfile, graph, stage).text();
}

const Edge* copyEdge(const StageGraph& graph, std::size_t instruction)
{
    const auto edge = std::ranges::find_if(graph.edges, [instruction](const Edge& each) {
        return each.instruction == instruction && each.kind == EdgeKind::Copy && !each.isTrigger;
    });
    return edge == graph.edges.end() ? nullptr : &*edge;
}

int copiedStage(const StageGraph& graph, std::size_t instruction)
{
    const Edge* edge = copyEdge(graph, instruction);
    return edge && !edge->broken && edge->from.kind == NodeKind::Stage ? edge->from.index : -1;
}

} // namespace stagelift
