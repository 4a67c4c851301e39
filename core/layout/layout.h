// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the nodes of a stage graph go, and how its edges run between them: from left to right, in the layered way of
// Sugiyama, Tagawa and Toda (1981).
//   1. rank     each stage right of all it needs, edges as short as can be; images sit just left of their first use
//   2. order    dummies on long edges, then sweeps by median and sifting, from a few starts; while lines still cross, a
//               part of the best order is stirred up and settles again, for as long as the size of the graph allows
//   3. place    within a column, as straight as the neighbours allow (Brandes and Köpf, 2001); then columns and
//   straight
//               rows slide to where their lines are shortest: medians, pooled where nodes press against each other
//   4. end      along the side of a node, as level with the other end as the side reaches, in the order of those ends
//   5. route    through the dummies, as one smooth curve that touches no other node; edges out of one node share a
//               trunk where they run side by side; the higher a line swings between two columns, the wider they stand
// Pieces that do not hang together stand below each other, in the order of the file, and wrap into further columns
// where that gives the better picture. A cycle, which only a broken file has, is drawn with an edge running back.
// The same graph gives the same picture: ties go by the order in the file.

#pragma once

#include "core/stages/stage_graph.h"

#include <map>
#include <vector>

namespace stagelift {

struct Point {
    double x = 0;
    double y = 0;
    [[nodiscard]] bool operator==(const Point&) const = default;
};

struct Size {
    double width = 0;
    double height = 0;
};

/// A node with a size, in the order of the answer. Stages come first and in the order of the file.
struct LayoutNode {
    NodeRef ref;
    Size size;
};

struct PlacedNode {
    NodeRef ref;
    Point centre;
    Size size;
};

/// Edges of the graph between the same two nodes run as one: `edges` are their indices in StageGraph::edges.
struct RoutedEdge {
    int from = 0; // indices into Layout::nodes
    int to = 0;
    std::vector<std::size_t> edges;
    std::vector<Point> curve; // cubic Béziers: a start, then three points each (control, control, end)
    Point label;              // where the label's centre belongs, clear of nodes where there is room
};

struct Layout {
    std::vector<PlacedNode> nodes;
    std::vector<RoutedEdge> edges;
    Size size; // all of it, from (0, 0)

    [[nodiscard]] const PlacedNode* find(NodeRef ref) const;
};

/// The nodes that are drawn: every stage, then images, then contexts; scratch is a word in its stage's node.
[[nodiscard]] std::vector<NodeRef> drawnNodes(const StageGraph& graph);

/// Room for an edge's label, where the edge has one: all but a FROM do.
inline constexpr Size kLabelSize{90, 16};

/// Room for labels: `most` is that of the largest, `widths` those of each edge of the graph with what runs along with
/// it; empty where all are as wide as the largest.
struct LabelRoom {
    Size most = kLabelSize;
    std::vector<double> widths = {};
};

/// From left to right, in units of the sizes given. Edges whose ends are not among the nodes are left out. Where
/// `previous` is given, nodes keep their order within a column, so that typing does not make the picture jump, unless
/// that would cost more than a few crossings; its nodes are those of this graph (see `carriedOver`).
[[nodiscard]] Layout layOut(const StageGraph& graph, const std::vector<LayoutNode>& nodes,
                            const Layout* previous = nullptr, const LabelRoom& labels = {});

/// What the nodes of `before` have become in `after`: known by their names, unnamed stages by their base; several that
/// are alike by what they hold, else by their turn; a stage that is renamed or based anew by its neighbours. Those that
/// are gone are not in it.
[[nodiscard]] std::map<NodeRef, NodeRef> successors(const StageGraph& before, const StageGraph& after);

/// A layout of `before` with the nodes of `after` in the places of those they have been; without edges.
[[nodiscard]] Layout carriedOver(const Layout& layout, const StageGraph& before, const StageGraph& after);

/// The curve as a polyline that is nowhere further than `tolerance` from it.
[[nodiscard]] std::vector<Point> flattened(const std::vector<Point>& curve, double tolerance = 0.5);

} // namespace stagelift
