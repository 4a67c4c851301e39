// SPDX-License-Identifier: GPL-3.0-or-later
//
// Straight runs of vertices across the columns, and how they are pushed together: the parts of `placement.h`.

#pragma once

#include "core/layout/placement.h"
#include "core/layout/sifting.h"

#include <vector>

namespace stagelift::layered {

enum class Edge { Top, Bottom };

/// The least distance of two neighbours' centres in a column.
[[nodiscard]] double separation(const Layers& layers, int upper, int lower);

/// The segments that cross one between two dummies and have to give way.
[[nodiscard]] std::vector<char> conflicting(const Layers& layers);

/// One of the four answers: aligned with the neighbours on `side`, of two medians with the one nearer to `edge`, and
/// pushed together towards `edge`.
[[nodiscard]] std::vector<double> placedFrom(const Layers& layers, const std::vector<Ports>& ports,
                                             const std::vector<char>& conflicts, Edge edge, Side side);

/// Lets what stands straight in a row slide towards its neighbours, as far as there is room.
void relax(const Layers& layers, const std::vector<Ports>& ports, std::vector<double>& at);

} // namespace stagelift::layered
