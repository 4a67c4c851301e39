// SPDX-License-Identifier: GPL-3.0-or-later
//
// The edges of a picture: their curves, and labels where there is room for them.

#pragma once

#include "ui/diagram/picture.h"

namespace stagelift::ui {

/// What the layout is to keep free for the labels of the edges that have one.
[[nodiscard]] LabelRoom labelRoom(const StageGraph& graph, const PictureFonts& fonts);

/// Makes the edges from the picture's layout and nodes. A label keeps clear of nodes and of other labels: it moves
/// along its curve, is cut, or is left to the tooltip.
void addEdges(Picture& picture);

/// Moves an edge with its ends: each point of the curve by as much of either shift as it is near that end.
void bend(PictureEdge& edge, QPointF fromShift, QPointF toShift);

} // namespace stagelift::ui
