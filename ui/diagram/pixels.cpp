// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/pixels.h"

#include <QPaintEngine>

#include <algorithm>
#include <cmath>

namespace stagelift::ui {

double pixelOf(const QPainter& painter)
{
    const QTransform device = painter.deviceTransform();
    const bool isUpright = device.type() <= QTransform::TxScale;
    return isUpright && painter.paintEngine()->type() == QPaintEngine::Raster ? 1 / device.m11() : 0;
}

double wholePixels(double width, double pixel)
{
    return pixel > 0 ? std::max(1.0, std::round(width / pixel)) * pixel : width;
}

QRectF onPixels(const QPainter& painter, const QRectF& rect, double line)
{
    const double pixel = pixelOf(painter);
    if (pixel == 0)
        return rect;
    // A line of an even number of pixels stands between two, one of an odd number on one.
    const bool even = std::lround(wholePixels(line, pixel) / pixel) % 2 == 0;
    const QTransform device = painter.deviceTransform();
    const auto settled = [even](double at) { return even ? std::round(at) : std::floor(at) + 0.5; };
    const QRectF there = device.mapRect(rect);
    const QRectF on(QPointF(settled(there.left()), settled(there.top())),
                    QPointF(settled(there.right()), settled(there.bottom())));
    return device.inverted().mapRect(on);
}

} // namespace stagelift::ui
