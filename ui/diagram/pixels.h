// SPDX-License-Identifier: GPL-3.0-or-later
//
// Thin lines on whole pixels, where there are pixels: between two of them a line is twice as wide and half as strong.

#pragma once

#include <QPainter>
#include <QRectF>

namespace stagelift::ui {

/// A pixel of the device in the painter's units; 0 where it has none, as in SVG and PDF.
[[nodiscard]] double pixelOf(const QPainter& painter);

/// `width` to the next whole number of pixels, one at least.
[[nodiscard]] double wholePixels(double width, double pixel);

/// With its sides where a line of this width, in the painter's units, fills whole pixels.
[[nodiscard]] QRectF onPixels(const QPainter& painter, const QRectF& rect, double line);

} // namespace stagelift::ui
