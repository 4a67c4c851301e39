// SPDX-License-Identifier: GPL-3.0-or-later
//
// The third step of the layered layout: how high each vertex stands in its column.
//
// After Brandes and Köpf (2001): vertices are aligned with the median of their neighbours into straight blocks, a line
// between two dummies having the right of way; blocks are pushed together as far as the columns' orders allow. This is
// done four times, from each corner, and the two middle answers are averaged. Lines end at ports along a node's side
// rather than at its centre, so blocks are straight from port to port (as Rüegg, Schulze, Grevismühl and von Hanxleden,
// 2016, have it). A last pass lets whole blocks slide towards their neighbours where there is room.

#pragma once

#include "core/layout/layers.h"

#include <vector>

namespace stagelift::layered {

/// Where a segment leaves its left vertex and enters its right one, counted down from the vertex's centre.
struct Ports {
    double left = 0;
    double right = 0;
};

/// Ports in the order of the lines' other ends, so that lines of one node do not cross. Expects ordered columns.
[[nodiscard]] std::vector<Ports> portsOf(const Layers& layers);

/// The centre of every vertex, from 0 for the topmost edge.
[[nodiscard]] std::vector<double> placed(const Layers& layers, const std::vector<Ports>& ports);

/// How far the ends at one side of a node may move along it, all together; 0 for a dummy.
[[nodiscard]] double portSlack(const Vertex& vertex, std::size_t ends);

/// Moves the ends along the sides of their nodes, towards each other: in their order, so that none come to cross.
void alignPorts(const Layers& layers, const std::vector<double>& at, std::vector<Ports>& ports);

} // namespace stagelift::layered
