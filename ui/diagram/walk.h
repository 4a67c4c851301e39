// SPDX-License-Identifier: GPL-3.0-or-later
//
// The keys' way through a picture. Left and Right follow the edges from node to node, Up and Down go within a column,
// Home and End to the first and the last stage; with Shift, Left and Right choose an edge of the node, one after the
// other. From an edge, Left and Right lead to its ends, Up and Down to the next edge of the same node.

#pragma once

#include "ui/diagram/hit.h"
#include "ui/diagram/picture.h"

#include <Qt>

namespace stagelift::ui {

/// What is selected: a node, or an edge of the graph, or nothing.
struct Selection {
    std::optional<NodeRef> node;
    std::optional<std::size_t> edge;

    [[nodiscard]] bool isEmpty() const { return !node && !edge; }
    [[nodiscard]] bool operator==(const Selection&) const = default;
};

/// What a pointer would have hit on what is selected, so that both get the same menu; nothing where it is not drawn.
[[nodiscard]] Hit hitOf(const Picture& picture, const Selection& selection);

/// Nothing where the key leads nowhere; the first stage from nothing.
[[nodiscard]] std::optional<Selection> walked(const Picture& picture, const Selection& from, Qt::Key key,
                                              Qt::KeyboardModifiers modifiers);

} // namespace stagelift::ui
