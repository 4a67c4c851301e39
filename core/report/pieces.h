// SPDX-License-Identifier: GPL-3.0-or-later
//
// What DOT and Mermaid have in common: the names of nodes, what an edge says, and what the target needs.

#pragma once

#include "core/stages/stage_graph.h"

#include <string>
#include <vector>

namespace stagelift::report {

/// An identifier that both take: "stage0", "image2", "context0".
[[nodiscard]] std::string nodeId(NodeRef node);

/// The copied paths, a line each, the many cut short; "" for a FROM.
[[nodiscard]] std::vector<std::string> edgeLines(const Edge& edge);

/// Which nodes are dimmed: those that a build of `target` does not need. None where `target` is no stage.
class Needed {
public:
    Needed(const StageGraph& graph, int target);
    [[nodiscard]] bool node(NodeRef node) const;
    [[nodiscard]] bool edge(const Edge& edge) const { return stage(edge.to); }

private:
    [[nodiscard]] bool stage(int index) const { return m_stages.empty() || m_stages[index]; }
    const StageGraph& m_graph;
    std::vector<bool> m_stages; // empty: all
};

} // namespace stagelift::report
