// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/walk.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace stagelift::ui {

namespace {

Selection nodeSelection(const Picture& picture, int node)
{
    return {.node = picture.nodes[static_cast<std::size_t>(node)].ref, .edge = std::nullopt};
}

/// The drawn edges of a node, from top to bottom at their far ends.
std::vector<int> edgesOf(const Picture& picture, int node, bool outgoing)
{
    std::vector<int> found;
    for (int i = 0; i < static_cast<int>(picture.edges.size()); ++i) {
        const PictureEdge& edge = picture.edges[static_cast<std::size_t>(i)];
        if ((outgoing ? edge.from : edge.to) == node)
            found.push_back(i);
    }
    const auto farEnd = [&](int i) {
        const PictureEdge& edge = picture.edges[static_cast<std::size_t>(i)];
        return outgoing ? edge.curve.back().y() : edge.curve.front().y();
    };
    std::ranges::stable_sort(found, {}, farEnd);
    return found;
}

Selection edgeSelection(const Picture& picture, int edge)
{
    return {.node = std::nullopt, .edge = picture.edges[static_cast<std::size_t>(edge)].edges.front()};
}

/// The node at the other end whose centre is nearest in height.
std::optional<Selection> alongEdges(const Picture& picture, int node, bool outgoing)
{
    const double here = picture.nodes[static_cast<std::size_t>(node)].rect.center().y();
    std::optional<Selection> best;
    double least = std::numeric_limits<double>::max();
    for (const int i : edgesOf(picture, node, outgoing)) {
        const PictureEdge& edge = picture.edges[static_cast<std::size_t>(i)];
        const int other = outgoing ? edge.to : edge.from;
        const double away = std::abs(picture.nodes[static_cast<std::size_t>(other)].rect.center().y() - here);
        if (other != node && away < least) {
            least = away;
            best = nodeSelection(picture, other);
        }
    }
    return best;
}

/// The next node above or below: one that overlaps in x if there is any, else the nearest that lies there.
std::optional<Selection> upOrDown(const Picture& picture, int node, bool down)
{
    constexpr double kOtherColumn = 1e5;
    const QRectF here = picture.nodes[static_cast<std::size_t>(node)].rect;
    std::optional<Selection> best;
    double least = std::numeric_limits<double>::max();
    for (int i = 0; i < static_cast<int>(picture.nodes.size()); ++i) {
        const QRectF there = picture.nodes[static_cast<std::size_t>(i)].rect;
        const double ahead = (there.center().y() - here.center().y()) * (down ? 1 : -1);
        if (i == node || ahead <= 0)
            continue;
        const bool sameColumn = there.left() < here.right() && there.right() > here.left();
        const double aside = std::abs(there.center().x() - here.center().x());
        const double cost = sameColumn ? ahead : kOtherColumn + std::hypot(ahead, 2 * aside);
        if (cost < least) {
            least = cost;
            best = nodeSelection(picture, i);
        }
    }
    return best;
}

std::optional<Selection> fromEdge(const Picture& picture, std::size_t graphEdge, Qt::Key key)
{
    const int index = picture.edgeOf(graphEdge);
    if (index < 0)
        return std::nullopt;
    const PictureEdge& edge = picture.edges[static_cast<std::size_t>(index)];
    if (key == Qt::Key_Left)
        return nodeSelection(picture, edge.from);
    if (key == Qt::Key_Right)
        return nodeSelection(picture, edge.to);
    // Through all lines of this edge first, then to the next edge into the same stage.
    const int step = key == Qt::Key_Down ? 1 : -1;
    std::vector<std::size_t> all;
    for (const int i : edgesOf(picture, edge.to, false))
        std::ranges::copy(picture.edges[static_cast<std::size_t>(i)].edges, std::back_inserter(all));
    const auto size = static_cast<std::ptrdiff_t>(all.size());
    const auto at = std::ranges::find(all, graphEdge) - all.begin();
    return Selection{.node = std::nullopt, .edge = all[static_cast<std::size_t>((at + step + size) % size)]};
}

std::optional<Selection> fromNode(const Picture& picture, int node, Qt::Key key, bool shift)
{
    const bool right = key == Qt::Key_Right;
    if (key == Qt::Key_Up || key == Qt::Key_Down)
        return upOrDown(picture, node, key == Qt::Key_Down);
    if (!shift)
        return alongEdges(picture, node, right);
    const std::vector<int> edges = edgesOf(picture, node, right);
    return edges.empty() ? std::nullopt : std::optional(edgeSelection(picture, edges.front()));
}

} // namespace

Hit hitOf(const Picture& picture, const Selection& selection)
{
    Hit hit;
    hit.edge = selection.edge ? picture.edgeOf(*selection.edge) : -1;
    hit.node = selection.node ? picture.nodeOf(*selection.node) : -1;
    if (hit.edge >= 0)
        hit.kind = HitKind::Edge;
    else if (hit.node >= 0)
        hit.kind = HitKind::Node;
    return hit;
}

std::optional<Selection> walked(const Picture& picture, const Selection& from, Qt::Key key,
                                Qt::KeyboardModifiers modifiers)
{
    if (picture.nodes.empty())
        return std::nullopt;
    // Stages come first, in the order of the file.
    const auto end =
        std::ranges::find_if(picture.nodes, [](const PictureNode& each) { return each.ref.kind != NodeKind::Stage; });
    if (end == picture.nodes.begin())
        return std::nullopt;
    if (key == Qt::Key_End)
        return Selection{.node = std::prev(end)->ref, .edge = std::nullopt};
    const int node = from.node ? picture.nodeOf(*from.node) : -1;
    if (key == Qt::Key_Home || (node < 0 && !from.edge))
        return Selection{.node = picture.nodes.front().ref, .edge = std::nullopt};
    if (node >= 0)
        return fromNode(picture, node, key, modifiers.testFlag(Qt::ShiftModifier));
    return fromEdge(picture, *from.edge, key);
}

} // namespace stagelift::ui
