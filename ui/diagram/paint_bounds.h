// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far the things of a picture reach when they are painted, and the painting of a part of it: what is not seen is
// left out.

#pragma once

#include "ui/diagram/painter.h"

#include <vector>

namespace stagelift::ui {

/// By index into the picture's nodes and edges, in scene units, with marks, arrowheads and far names.
struct PaintBounds {
    std::vector<QRectF> nodes;
    std::vector<QRectF> edges;
    std::vector<QRectF> labels;

    [[nodiscard]] static PaintBounds of(const Picture& picture);
    /// How many things have to be painted for these parts.
    [[nodiscard]] int countIn(const std::vector<QRectF>& parts) const;
};

/// What `look` exposes of its picture, in order; not the canvas beneath it.
void paintExposed(QPainter& painter, const Look& look, const PaintBounds& bounds);

} // namespace stagelift::ui
