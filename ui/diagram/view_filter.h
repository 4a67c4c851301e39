// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a graph is drawn. A filter is a value beside the analysis, which stays as it is: the picture is composed from
// the part of the graph that the filter leaves, and chains that are folded are drawn as one node each.

#pragma once

#include "core/stages/stage_graph.h"
#include "ui/diagram/stage_map.h"

#include <optional>
#include <set>
#include <span>
#include <vector>

namespace stagelift::ui {

struct ViewFilter {
    bool hidesImages = false;      // each is still named in the stage that is built from it
    bool hidesContext = false;     // and named contexts
    std::set<int> folded = {};     // a chain is drawn as one where any of its stages is in it
    std::optional<int> focus = {}; // a stage: what it does not need is not drawn
    bool withUsers = false;        // nor hidden is what needs the stage in focus

    [[nodiscard]] bool operator==(const ViewFilter&) const = default;
};

/// The filter for a later text: stages that are gone are in it no more, nor is a focus on one of them.
[[nodiscard]] ViewFilter carried(const ViewFilter& filter, const StageMap& map);

/// What a filter leaves of a graph.
struct FilteredGraph {
    StageGraph graph;                     // the same nodes and edges by their indices; an edge that is not drawn comes
                                          // from scratch, one that ends in a chain drawn as one ends at its last stage
    std::vector<NodeRef> nodes;           // that are drawn, stages first
    std::vector<std::vector<int>> chains; // all that could be drawn as one, as chains() has them
    std::set<int> folded;                 // the last stages of those that are
    int shownStages = 0;                  // that are drawn, or are within what is drawn as one

    /// The chain that a stage is in; null for none.
    [[nodiscard]] const std::vector<int>* chainOf(int stage) const;
};

/// `kinds` are those for chains().
[[nodiscard]] FilteredGraph filtered(const StageGraph& graph, const ViewFilter& filter, std::span<const int> kinds);

} // namespace stagelift::ui
