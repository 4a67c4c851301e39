// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far a node may grow beyond its box where it is read from afar: into what is free around it, so that more of its
// name is seen. It comes near no other node, however much that one grows, and covers no line that is not its own.

#pragma once

#include "ui/diagram/picture.h"

namespace stagelift::ui {

/// Sets PictureNode::farRoom of all nodes, once nodes and edges are in their places and the picture has its bounds.
void addFarRooms(Picture& picture);

/// A text that is this high, in pixels of the screen, can be read.
inline constexpr double kFarText = 8;

/// What a node covers in the picture where a scene unit has `scale` pixels of the screen: its rect, and as much of its
/// room as its name has use for.
[[nodiscard]] QRectF farRect(const PictureNode& node, double scale);

} // namespace stagelift::ui
