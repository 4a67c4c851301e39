// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Tab stops at within the diagram: the node that is selected, its rows, and the edges that it has. Behind the last
// and ahead of the first it leads out of the diagram; arrows go from node to node.

#pragma once

#include "ui/diagram/rows.h"
#include "ui/diagram/walk.h"

#include <vector>

namespace stagelift::ui {

struct TabStop {
    Selection selection;
    std::optional<RowPlace> row; // of the node that is selected

    [[nodiscard]] bool operator==(const TabStop&) const = default;
};

/// The node itself, its rows from top to bottom, the edges into it and those out of it, in the order of the file. None
/// where the node is not drawn.
[[nodiscard]] std::vector<TabStop> tabStops(const Picture& picture, NodeRef node);

/// The one that Tab leads to (`step` 1) or Shift+Tab (-1); nothing for out of the diagram.
[[nodiscard]] std::optional<TabStop> tabbed(const Picture& picture, NodeRef node, const TabStop& from, int step);

} // namespace stagelift::ui
