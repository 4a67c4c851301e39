// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/glyphs.h"
#include "ui/diagram/painter.h"

#include <QLineF>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace stagelift::ui {

namespace {

constexpr double kSubdued = 0.55; // of a stage's hue in an edge that nothing asks for
constexpr double kDimEdge = 0.55;
constexpr double kQuietEdge = 0.9; // of an image's or a context's that nothing asks for
constexpr double kDimText = 0.9;

struct EdgeStyle {
    EdgeKind kind;
    double width;
    double head; // length of the arrowhead
    Qt::PenStyle line;
};

constexpr std::array kStyles{
    EdgeStyle{EdgeKind::Base, 2.5, 10, Qt::SolidLine},
    EdgeStyle{EdgeKind::Copy, 1.5, 8, Qt::SolidLine},
    EdgeStyle{EdgeKind::OnbuildCopy, 1.5, 8, Qt::DashLine},
    EdgeStyle{EdgeKind::Mount, 1.7, 8, Qt::DotLine},
};

const EdgeStyle& styleOf(EdgeKind kind)
{
    return *std::ranges::find(kStyles, kind, &EdgeStyle::kind);
}

bool isAsked(const Marks& marks, const PictureEdge& edge, int index)
{
    const auto ends = [&](int node) { return node >= 0 && (edge.from == node || edge.to == node); };
    return marks.hoveredEdge == index || marks.caretEdge == index || ends(marks.hoveredNode) ||
           ends(marks.selectedNode);
}

/// Little where a search does not find it: mixed rather than transparent, for many lines run over each other.
double foundPart(const Look& look, int edge)
{
    return look.marks.searching && !look.marks.foundEdges.contains(edge) ? kNotFound : 1;
}

QColor colourOf(const Look& look, const PictureEdge& edge, int index)
{
    const Theme& theme = look.theme;
    if (edge.broken)
        return theme.error;
    if (look.marks.selectedEdge == index || look.marks.caretEdge == index)
        return theme.accent;
    const bool asked = isAsked(look.marks, edge, index);
    QColor colour = theme.edge;
    if (edge.hueStage >= 0)
        colour = asked ? theme.stageHue(edge.hueStage) : mixed(theme.stageHue(edge.hueStage), theme.edge, kSubdued);
    else if (!asked)
        colour = mixed(theme.edge, theme.canvas, kQuietEdge);
    const double strength = asked ? 1 : kDimEdge + (1 - kDimEdge) * edge.need;
    return mixed(colour, theme.canvas, strength * foundPart(look, index));
}

/// How much heavier lines are drawn, so that they stay lines where all is small.
double weightOf(const Look& look)
{
    constexpr double kMost = 2.3; // heads stay within kOverhang
    return 1 + look.far * (std::clamp(0.55 / look.scale, 1.0, kMost) - 1);
}

QPointF halfway(QPointF a, QPointF b, double t)
{
    return a * (1 - t) + b * t;
}

/// The curve without its last `length`, so that a thick line does not reach through the point of its arrowhead.
QPainterPath withoutEnd(const std::vector<QPointF>& curve, double length)
{
    const std::size_t last = curve.size() - 4;
    QPainterPath path(curve.front());
    for (std::size_t i = 1; i < last; i += 3)
        path.cubicTo(curve[i], curve[i + 1], curve[i + 2]);
    QPainterPath end(curve[last]);
    end.cubicTo(curve[last + 1], curve[last + 2], curve[last + 3]);
    const double all = end.length();
    if (all <= length)
        return path;
    const double t = end.percentAtLength(all - length);
    const QPointF ab = halfway(curve[last], curve[last + 1], t);
    const QPointF bc = halfway(curve[last + 1], curve[last + 2], t);
    const QPointF cd = halfway(curve[last + 2], curve[last + 3], t);
    const QPointF abc = halfway(ab, bc, t);
    const QPointF bcd = halfway(bc, cd, t);
    path.cubicTo(ab, abc, halfway(abc, bcd, t));
    return path;
}

QPolygonF arrowhead(const QPainterPath& shaft, QPointF tip, double length)
{
    QPointF back = shaft.currentPosition() - tip;
    const double size = std::hypot(back.x(), back.y());
    back = size > 0 ? back / size : QPointF(-1, 0);
    const QPointF across(-back.y(), back.x());
    constexpr double kSlim = 0.42;
    return {tip, tip + back * length + across * length * kSlim, tip + back * length - across * length * kSlim};
}

QPen penFor(const EdgeStyle& style, const PictureEdge& edge, const QColor& colour, double width)
{
    QPen pen(colour, width, edge.broken ? Qt::DashLine : style.line, Qt::FlatCap, Qt::RoundJoin);
    if (!edge.broken && style.line == Qt::DotLine) {
        pen.setDashPattern({0.1, 2.4});
        pen.setCapStyle(Qt::RoundCap);
    }
    return pen;
}

void paintHandles(QPainter& painter, const Look& look, const PictureEdge& edge)
{
    painter.setPen(QPen(look.theme.accent, 1.5));
    painter.setBrush(look.theme.canvas);
    painter.drawEllipse(edge.curve.front(), kHandleRadius, kHandleRadius);
    painter.drawEllipse(edge.curve.back(), kHandleRadius, kHandleRadius);
}

} // namespace

void paintEdge(QPainter& painter, const Look& look, int index)
{
    const PictureEdge& edge = look.picture.edges[static_cast<std::size_t>(index)];
    const EdgeStyle& style = styleOf(edge.kind);
    const QColor colour = colourOf(look, edge, index);
    const bool stressed = isAsked(look.marks, edge, index) || look.marks.selectedEdge == index;
    const double weight = weightOf(look);
    const double head = style.head * weight;
    const QPainterPath shaft = withoutEnd(edge.curve, head * 0.8);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(penFor(style, edge, colour, (style.width + (stressed ? 0.7 : 0)) * weight));
    painter.drawPath(shaft);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(arrowhead(shaft, edge.curve.back(), head));
}

void paintEdgeLabel(QPainter& painter, const Look& look, int index)
{
    const PictureEdge& edge = look.picture.edges[static_cast<std::size_t>(index)];
    const bool selected = look.marks.selectedEdge == index;
    const double opacity = painter.opacity();
    if (edge.broken) {
        const QPointF middle = edge.path.pointAtPercent(edge.labelRect.isEmpty() ? 0.5 : 0.8);
        const QRectF square(middle.x() - 5, middle.y() - 5, 10, 10);
        painter.setPen(QPen(look.theme.error, 2.2, Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(glyphs::cross(square));
    }
    if (!edge.labelRect.isEmpty() && look.far < 1) {
        painter.setOpacity(opacity * (1 - look.far));
        const QColor ring =
            isAsked(look.marks, edge, index) || selected ? colourOf(look, edge, index) : look.theme.canvas;
        const double radius = edge.labelRect.height() / 2;
        painter.setPen(QPen(ring, 1));
        painter.setBrush(look.theme.canvas);
        painter.drawRoundedRect(edge.labelRect, radius, radius);
        const QColor plain = edge.broken ? look.theme.error : look.theme.edgeText;
        const double strength = edge.broken ? 1 : kDimText + (1 - kDimText) * edge.need;
        painter.setPen(mixed(plain, look.theme.canvas, strength * foundPart(look, index)));
        painter.setFont(look.picture.fonts.small);
        painter.drawText(edge.label.rect, Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip, edge.label.shown);
    }
    painter.setOpacity(opacity);
    if (selected)
        paintHandles(painter, look, edge);
}

} // namespace stagelift::ui
