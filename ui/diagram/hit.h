// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a picture lies under a point.

#pragma once

#include "ui/diagram/picture.h"

#include <QPointF>

namespace stagelift::ui {

enum class HitKind : quint8 { Nothing, Node, Row, Edge, Chevron, Port };

struct Hit {
    HitKind kind = HitKind::Nothing;
    int node = -1;
    int row = -1;
    int edge = -1;

    [[nodiscard]] bool operator==(const Hit&) const = default;
};

/// `reach` is how far from a line still counts as on it, in scene units.
[[nodiscard]] Hit hitAt(const Picture& picture, QPointF point, double reach);
/// The same where nodes are read from afar: no rows, no labels. `scale` is how many pixels a scene unit has.
[[nodiscard]] Hit hitFromAfar(const Picture& picture, QPointF point, double reach, double scale);

/// Where in an open stage something would be put in: ahead of an instruction of it, or behind the last. Nothing above
/// its first row of instructions, and in a stage that is closed.
struct Gap {
    std::size_t instruction = 0; // that it is ahead of; one behind the last for the end
    double y = 0;                // within the node
};
[[nodiscard]] std::optional<Gap> gapAt(const PictureNode& node, double y);

/// The port by which a new edge is drawn out of a node, in the picture.
[[nodiscard]] QPointF portOf(const PictureNode& node);

enum class EdgeEnd : quint8 { Tail, Head };

/// The handle of that edge under the point.
[[nodiscard]] std::optional<EdgeEnd> handleAt(const PictureEdge& edge, QPointF point, double reach);

/// What a tooltip says of it; "" for nothing.
[[nodiscard]] QString tooltipFor(const Picture& picture, const Hit& hit);

/// What belongs to it in the text.
[[nodiscard]] std::optional<Span> spanOf(const Picture& picture, NodeRef node);

} // namespace stagelift::ui
