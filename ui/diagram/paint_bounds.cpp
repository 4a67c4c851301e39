// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/paint_bounds.h"

#include <algorithm>

namespace stagelift::ui {

namespace {

QRectF widened(const QRectF& rect)
{
    return rect.adjusted(-kOverhang, -kOverhang, kOverhang, kOverhang);
}

} // namespace

PaintBounds PaintBounds::of(const Picture& picture)
{
    PaintBounds bounds;
    bounds.nodes.reserve(picture.nodes.size());
    for (const PictureNode& node : picture.nodes)
        bounds.nodes.push_back(widened(node.rect.marginsAdded(node.farRoom)));
    bounds.edges.reserve(picture.edges.size());
    bounds.labels.reserve(picture.edges.size());
    for (const PictureEdge& edge : picture.edges) {
        const QRectF line = edge.path.controlPointRect();
        bounds.edges.push_back(widened(line));
        bounds.labels.push_back(widened(line | edge.labelRect));
    }
    return bounds;
}

int PaintBounds::countIn(const std::vector<QRectF>& parts) const
{
    const auto isSeen = [&](const QRectF& thing) {
        return std::ranges::any_of(parts, [&](const QRectF& part) { return part.intersects(thing); });
    };
    return static_cast<int>(std::ranges::count_if(nodes, isSeen) + std::ranges::count_if(edges, isSeen));
}

void paintExposed(QPainter& painter, const Look& look, const PaintBounds& bounds)
{
    const auto paint = [&](const std::vector<QRectF>& places, auto function) {
        for (std::size_t i = 0; i < places.size(); ++i)
            if (places[i].intersects(look.exposed))
                function(painter, look, static_cast<int>(i));
    };
    paint(bounds.edges, paintEdge);
    paint(bounds.nodes, paintNode);
    paint(bounds.labels, paintEdgeLabel);
}

} // namespace stagelift::ui
