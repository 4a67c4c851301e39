// SPDX-License-Identifier: GPL-3.0-or-later
//
// A graph made ready for ordering and placing: every line joins two neighbouring columns.
//
// A link over several columns is cut into segments; where it passes a column stands a dummy, which keeps a lane free
// of nodes. Links out of the same node may share their first dummies, and so run as one trunk until they part: twenty
// stages on one image are one line with twenty branches, not twenty lines.

#pragma once

#include "core/layout/groups.h"
#include "core/layout/ranking.h"

#include <vector>

namespace stagelift::layered {

struct Vertex {
    int node = -1; // -1 for a dummy
    int column = 0;
    double height = 0;
    double key = 0;  // ties go by it: the order of the file
    double drop = 0; // how far its box is below its middle
};

/// A piece of line between neighbouring columns; `weight` links share it.
struct Segment {
    int left = 0;
    int right = 0;
    int weight = 1;
};

enum class Sharing { None, Trunks };

struct Layers {
    std::vector<Vertex> vertices;          // the nodes first, in their order, then the dummies
    std::vector<std::vector<int>> columns; // vertices, from the top
    std::vector<Segment> segments;
    std::vector<std::vector<int>> paths; // the segments of each link, from left to right

    [[nodiscard]] bool isDummy(int vertex) const { return vertices[vertex].node < 0; }
};

/// The segments on the right of each vertex, or on its left.
[[nodiscard]] inline Groups segmentsRightOf(const Layers& layers)
{
    return grouped(static_cast<int>(layers.vertices.size()), static_cast<int>(layers.segments.size()),
                   [&](int segment) { return layers.segments[segment].left; });
}
[[nodiscard]] inline Groups segmentsLeftOf(const Layers& layers)
{
    return grouped(static_cast<int>(layers.vertices.size()), static_cast<int>(layers.segments.size()),
                   [&](int segment) { return layers.segments[segment].right; });
}

/// The place of each vertex in its column.
[[nodiscard]] std::vector<int> placesOf(const Layers& layers);

/// What the layout knows of a node.
struct Box {
    double width = 0;
    double height = 0;
    double key = 0;  // the order of the file
    double drop = 0; // kept free on top, and as much again of the height
};

/// Columns are in the order of the keys. A dummy takes `laneHeight`.
[[nodiscard]] Layers makeLayers(const std::vector<Box>& boxes, const std::vector<Link>& links,
                                const std::vector<int>& ranks, const std::vector<double>& laneHeights, Sharing sharing);

/// Makes one of dummies that stand side by side and come from the same vertex, so that they run as one trunk.
[[nodiscard]] Layers withTrunks(Layers layers);

} // namespace stagelift::layered
