// SPDX-License-Identifier: GPL-3.0-or-later
//
// The second step of the layered layout: the order within each column, with few crossings.
//
// From several first orders, sweeps to the right and back sort each column by the medians of its neighbours (Eades and
// Wormald, 1994); after each, every vertex sinks to the best place of its column while its neighbours stand still
// (sifting: Matuszewski, Schönfeld and Molitor, 1999), which takes in all swaps of adjacent vertices. The order with
// the fewest crossings wins; how many first orders are tried falls with the size of the graph.

#pragma once

#include "core/layout/layers.h"

#include <vector>

namespace stagelift::layered {

/// Sorts the columns.
void order(Layers& layers);

/// Few more crossings than that may be paid so that nodes keep the order they had. `places` is where a node stood, NaN
/// for one that was not there. Expects ordered layers.
void keepOrder(Layers& layers, const std::vector<double>& places);

} // namespace stagelift::layered
