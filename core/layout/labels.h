// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the labels of routed edges belong: on their own curve, rather than on a trunk, clear of nodes and of each
// other as long as there is room.

#pragma once

#include "core/layout/layout.h"

#include <vector>

namespace stagelift::layered {

/// Sets the label points of all edges. `shared` says for each edge which pieces of its curve are a trunk; labelled
/// edges choose before the others, whose points only say where a label would be.
void placeLabels(Layout& layout, const std::vector<std::vector<char>>& shared, const std::vector<bool>& labelled,
                 Size label);

} // namespace stagelift::layered
