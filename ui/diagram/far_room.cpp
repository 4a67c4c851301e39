// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/far_room.h"

#include <algorithm>
#include <vector>

namespace stagelift::ui {

namespace {

constexpr double kMostAside = 90;
constexpr double kMostAbove = 14;
constexpr double kBetween = 8;     // two nodes that have both grown
constexpr double kToLine = 6;      // a node and a line that passes it
constexpr std::size_t kMost = 600; // nodes; a picture of more is a pattern, whatever is done for its names

// In pixels of the screen, as the painter has them.
constexpr double kStripeRoom = 4;
constexpr double kSides = 9;
constexpr double kEnds = 3;
constexpr double kSignRoom = 13;

QRectF grown(const QRectF& rect, const QMarginsF& room)
{
    return rect.marginsAdded(room);
}

/// Gives up what `other` may need. Nodes beside each other share the gap between them.
void keepFrom(const QRectF& rect, const QRectF& other, QMarginsF& room)
{
    const auto half = [](double gap) { return std::max(0.0, (gap - kBetween) / 2); };
    const double reach = kMostAbove + kBetween / 2;
    const bool beside = other.bottom() + reach > rect.top() - reach && other.top() - reach < rect.bottom() + reach;
    if (beside && other.left() >= rect.right())
        room.setRight(std::min(room.right(), half(other.left() - rect.right())));
    else if (beside && other.right() <= rect.left())
        room.setLeft(std::min(room.left(), half(rect.left() - other.right())));
    else if (other.left() - kMostAside < rect.right() + kMostAside &&
             other.right() + kMostAside > rect.left() - kMostAside) {
        if (other.top() >= rect.bottom())
            room.setBottom(std::min(room.bottom(), half(other.top() - rect.bottom())));
        else if (other.bottom() <= rect.top())
            room.setTop(std::min(room.top(), half(rect.top() - other.bottom())));
    }
}

/// Gives up what the stretch of a foreign line from `a` to `b` runs through: on the side where that costs least.
void keepFromLine(const QRectF& rect, QPointF a, QPointF b, QMarginsF& room)
{
    const QRectF all = grown(rect, room);
    // Most stretches are far off: no rectangles for them.
    const bool isFarOff =
        std::max(a.x(), b.x()) + kToLine <= all.left() || std::min(a.x(), b.x()) - kToLine >= all.right() ||
        std::max(a.y(), b.y()) + kToLine <= all.top() || std::min(a.y(), b.y()) - kToLine >= all.bottom();
    if (isFarOff)
        return;
    const QRectF stretch = QRectF(a, b).normalized().adjusted(-kToLine, -kToLine, kToLine, kToLine);
    const double right = stretch.left() - rect.right();
    const double left = rect.left() - stretch.right();
    const double bottom = stretch.top() - rect.bottom();
    const double top = rect.top() - stretch.bottom();
    const double most = std::max({right, left, bottom, top});
    if (most == right)
        room.setRight(std::max(0.0, right));
    else if (most == left)
        room.setLeft(std::max(0.0, left));
    else if (most == bottom)
        room.setBottom(std::max(0.0, bottom));
    else
        room.setTop(std::max(0.0, top));
}

/// `bounds` are those of the edges' lines.
void keepFromEdges(const Picture& picture, const std::vector<QRectF>& bounds, int index, QMarginsF& room)
{
    const QRectF rect = picture.nodes[static_cast<std::size_t>(index)].rect;
    for (std::size_t e = 0; e < picture.edges.size(); ++e) {
        const PictureEdge& edge = picture.edges[e];
        if (edge.from == index || edge.to == index || !bounds[e].intersects(grown(rect, room)))
            continue;
        for (qsizetype i = 1; i < edge.line.size(); ++i)
            keepFromLine(rect, edge.line[i - 1], edge.line[i], room);
    }
}

} // namespace

void addFarRooms(Picture& picture)
{
    if (picture.nodes.size() > kMost)
        return;
    std::vector<QRectF> bounds;
    bounds.reserve(picture.edges.size());
    for (const PictureEdge& edge : picture.edges)
        bounds.push_back(edge.line.boundingRect().adjusted(-kToLine, -kToLine, kToLine, kToLine));
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
        PictureNode& node = picture.nodes[i];
        const QRectF within = picture.bounds.adjusted(kBetween, kBetween, -kBetween, -kBetween);
        node.farRoom = QMarginsF(std::min(kMostAside, node.rect.left() - within.left()),
                                 std::min(kMostAbove, node.rect.top() - within.top()),
                                 std::min(kMostAside, within.right() - node.rect.right()),
                                 std::min(kMostAbove, within.bottom() - node.rect.bottom()));
        for (const PictureNode& other : picture.nodes)
            if (&other != &node)
                keepFrom(node.rect, other.rect, node.farRoom);
        keepFromEdges(picture, bounds, static_cast<int>(i), node.farRoom);
    }
}

QRectF farRect(const PictureNode& node, double scale)
{
    const int signs = (node.star.isEmpty() ? 0 : 1) + (node.state ? 1 : 0);
    const double stripe = node.ref.kind == NodeKind::Stage ? kStripeRoom : 0;
    const double width = node.far.widthAt(kFarText / scale) + (stripe + kSides + signs * kSignRoom) / scale;
    const double height = (kFarText * FarLines::kLineHeight + kEnds) / scale;
    // Towards both sides alike, as long as both have room.
    const QMarginsF& room = node.farRoom;
    const double aside = std::max(0.0, width - node.rect.width());
    const double left = std::min(room.left(), std::max(aside / 2, aside - room.right()));
    const double right = std::min(room.right(), aside - left);
    const double above = std::max(0.0, (height - node.rect.height()) / 2);
    return node.rect.adjusted(-left, -std::min(room.top(), above), right, std::min(room.bottom(), above));
}

} // namespace stagelift::ui
