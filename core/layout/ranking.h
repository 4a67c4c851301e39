// SPDX-License-Identifier: GPL-3.0-or-later
//
// The first step of the layered layout: a column for every node, so that every link runs from left to right and all
// links together are as short as they can be.
//
// Shortest is a linear program; it is solved by the network simplex of Gansner, Koutsofios, North and Vo (1993): a
// spanning tree of tight links, whose links of negative cut value are exchanged until none is left. A node that draws
// nothing from the left (an image, a context) thereby sits just left of its first use. Graphs beyond a few thousand
// nodes get the longest path and one pull to the right instead, which is linear.

#pragma once

#include <vector>

namespace stagelift::layered {

/// A line between two nodes, given by their indices.
struct Link {
    int from = 0;
    int to = 0;
};

/// The links that have to be drawn from right to left so that no cycle is left, chosen by the order of the file: a
/// link to a later node is never turned.
[[nodiscard]] std::vector<bool> turnedLinks(int nodes, const std::vector<Link>& links);

/// The columns of the nodes, from 0. The links must be free of cycles and connect all nodes.
[[nodiscard]] std::vector<int> ranked(int nodes, const std::vector<Link>& links);

} // namespace stagelift::layered
