// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is drawn only while something is dragged: the line to the pointer, who takes it, and where a line would go in.

#pragma once

#include "ui/diagram/painter.h"

#include <QPointF>

namespace stagelift::ui {

/// The line of something that is dragged, in the scene.
struct Band {
    QPointF from;
    QPointF to;
    QPointF pointer;        // one of them
    bool backwards = false; // it leaves to the left, and comes from the right
};

void paintBand(QPainter& painter, const Theme& theme, const Band& band);

/// A soft ring round a node that takes what is carried, a veil over one that does not; `rect` is the node's.
/// `pixel` is one of the screen's in the scene, where that is seen from afar.
void paintTaker(QPainter& painter, const Look& look, int node, const QRectF& rect, double radius, double pixel = 1);

/// The port of a node that is hovered or selected; `rect` is the node's.
void paintPort(QPainter& painter, const Look& look, int node, const QRectF& rect);

/// The place between two instructions.
void paintDropLine(QPainter& painter, const Look& look, const QRectF& rect);

} // namespace stagelift::ui
