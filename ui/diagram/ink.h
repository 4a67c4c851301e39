// SPDX-License-Identifier: GPL-3.0-or-later
//
// The colours of one node, and the shapes that its two forms have in common.

#pragma once

#include "ui/diagram/painter.h"

#include <QPainterPath>
#include <QPen>

namespace stagelift::ui {

struct Ink {
    QColor fill;
    QColor border;
    QColor text;
    QColor quiet;
    QColor hue;
    QColor ships;
    QColor leftBehind;

    Ink(const Theme& theme, const PictureNode& node);
};

/// The outline of a stage says what becomes of it, in its line as in its colour. `width` is that of a plain one.
[[nodiscard]] QPen borderPen(const Look& look, const PictureNode& node, const Ink& ink, bool hovered, double width);

/// The edges of the cards below the first, by which a stack is told from a stage.
struct Cards {
    QRectF rect; // of the first
    double radius;
    double pixel; // the unit of their distance
};
void paintCards(QPainter& painter, const Look& look, const PictureNode& node, const Ink& ink, const Cards& cards);

/// The left edge of a rounded rectangle as a band of its own, without clipping. `width` is at most twice the radius.
[[nodiscard]] QPainterPath stripe(const QRectF& rect, double radius, double width);

/// The node as it is read from afar: its name, its hue, whether it is the target and whether it ships. The painter
/// stands at the node's corner.
void paintFarNode(QPainter& painter, const Look& look, int node, const Ink& ink);

} // namespace stagelift::ui
