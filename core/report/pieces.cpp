// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/pieces.h"

#include "core/layout/layout.h"

#include <algorithm>
#include <format>

namespace stagelift::report {
namespace {

constexpr std::size_t kMostLines = 4; // of an edge's label
constexpr const char* kIdPrefixes[] = {"stage", "image", "context", "scratch"};

} // namespace

std::string nodeId(NodeRef node)
{
    return kIdPrefixes[static_cast<std::size_t>(node.kind)] + std::to_string(node.index);
}

std::vector<std::string> edgeLines(const Edge& edge)
{
    if (edge.kind == EdgeKind::Base)
        return {};
    std::vector<std::string> lines = edge.paths;
    if (lines.size() > kMostLines) {
        const std::size_t more = lines.size() - (kMostLines - 1);
        lines.resize(kMostLines - 1);
        lines.push_back(std::format("and {} more", more));
    }
    return lines;
}

Needed::Needed(const StageGraph& graph, int target) : m_graph(graph)
{
    if (target < 0 || target >= static_cast<int>(graph.stages.size()))
        return;
    m_stages.assign(graph.stages.size(), false);
    for (const int stage : graph.reachable(target))
        m_stages[stage] = true;
}

bool Needed::node(NodeRef node) const
{
    if (node.kind == NodeKind::Stage)
        return stage(node.index);
    return std::ranges::any_of(m_graph.edges, [&](const Edge& edge) { return edge.from == node && stage(edge.to); });
}

} // namespace stagelift::report
