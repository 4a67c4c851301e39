// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/far_room.h"
#include "ui/diagram/glyphs.h"
#include "ui/diagram/painter.h"
#include "ui/diagram/text_line.h"

#include <QLineF>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
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

constexpr double kBandStrength = 0.26;
constexpr double kNarrowBand = 4;  // scene units, for 100 kB and less
constexpr double kBandDecade = 2;  // more for each ten times as much
constexpr double kWidestBand = 12; // 1 GB and more
constexpr double kBandFrom = 5;    // decades: 100 kB

/// Of the band around a line that says what it copies: by the number of digits, for what one compares are stages of
/// some megabytes with those of some hundreds. The same bytes are as wide in every picture.
double bandWidth(qint64 bytes)
{
    const double decades = std::log10(static_cast<double>(std::max<qint64>(1, bytes)));
    return std::min(kWidestBand, kNarrowBand + kBandDecade * std::max(0.0, decades - kBandFrom));
}

QPointF halfway(QPointF a, QPointF b, double t)
{
    return a * (1 - t) + b * t;
}

QPointF onCurve(const QPointF* p, double t)
{
    const double s = 1 - t;
    return p[0] * (s * s * s) + p[1] * (3 * s * s * t) + p[2] * (3 * s * t * t) + p[3] * (t * t * t);
}

/// Where on a cubic it is `length` from its end; 0 where all of it is shorter.
double atFromEnd(const QPointF* p, double length)
{
    constexpr int kSteps = 64; // an arrowhead is short
    QPointF end = p[3];
    for (int step = kSteps - 1; step >= 0; --step) {
        const QPointF start = onCurve(p, static_cast<double>(step) / kSteps);
        const double chord = std::hypot(end.x() - start.x(), end.y() - start.y());
        if (chord >= length)
            return (step + 1 - length / chord) / kSteps;
        length -= chord;
        end = start;
    }
    return 0;
}

/// The cubic from its start to `t`.
std::array<QPointF, 4> firstPart(const QPointF* p, double t)
{
    const QPointF ab = halfway(p[0], p[1], t);
    const QPointF bc = halfway(p[1], p[2], t);
    const QPointF cd = halfway(p[2], p[3], t);
    const QPointF abc = halfway(ab, bc, t);
    return {p[0], ab, abc, halfway(abc, halfway(bc, cd, t), t)};
}

bool isSeen(const QPointF* p, const QRectF& exposed, double reach)
{
    const auto [left, right] = std::minmax({p[0].x(), p[1].x(), p[2].x(), p[3].x()});
    const auto [top, bottom] = std::minmax({p[0].y(), p[1].y(), p[2].y(), p[3].y()});
    return left - reach <= exposed.right() && right + reach >= exposed.left() && top - reach <= exposed.bottom() &&
           bottom + reach >= exposed.top();
}

/// As near as a painter's own dashes come.
double lengthOf(const QPointF* p)
{
    constexpr int kSteps = 64;
    double sum = 0;
    QPointF start = p[0];
    for (int step = 1; step <= kSteps; ++step) {
        const QPointF end = onCurve(p, static_cast<double>(step) / kSteps);
        sum += std::hypot(end.x() - start.x(), end.y() - start.y());
        start = end;
    }
    return sum;
}

/// The curve as far as the outside of a rect around its end; nothing where it begins there already.
std::vector<QPointF> endingAt(const std::vector<QPointF>& curve, const QRectF& rect)
{
    constexpr int kSteps = 32;
    for (std::size_t piece = curve.size() - 4;; piece -= 3) {
        for (int step = kSteps - 1; step >= 0; --step) {
            const double t = static_cast<double>(step) / kSteps;
            if (rect.contains(onCurve(&curve[piece], t)))
                continue;
            std::vector<QPointF> shorter(curve.begin(), curve.begin() + static_cast<std::ptrdiff_t>(piece));
            const std::array<QPointF, 4> last = firstPart(&curve[piece], t + 1.0 / kSteps);
            shorter.insert(shorter.end(), last.begin(), last.end());
            return shorter;
        }
        if (piece == 0)
            return {};
    }
}

struct Shaft {
    QPainterPath path;  // of what is in sight
    double skipped = 0; // the length ahead of it, where there are dashes
    QPointF end;
};

/// The part of a cubic from `from` to `to`.
std::array<QPointF, 4> partOf(const QPointF* p, double from, double to)
{
    const std::array<QPointF, 4> first = firstPart(p, to);
    // The same from the other end.
    const std::array<QPointF, 4> turned{first[3], first[2], first[1], first[0]};
    const std::array<QPointF, 4> rest = firstPart(turned.data(), 1 - (to > 0 ? from / to : 0));
    return {rest[3], rest[2], rest[1], rest[0]};
}

/// From where to where a cubic is about in sight. A line may rise through ten screens in one swing.
std::pair<double, double> seenPart(const QPointF* p, const QRectF& exposed, double reach)
{
    constexpr int kSteps = 32;
    int first = kSteps;
    int last = 0;
    QPointF start = p[0];
    for (int step = 0; step < kSteps; ++step) {
        const QPointF end = onCurve(p, static_cast<double>(step + 1) / kSteps);
        const std::array<QPointF, 4> chord{start, start, end, end};
        if (isSeen(chord.data(), exposed, reach)) {
            first = std::min(first, step);
            last = step + 1;
        }
        start = end;
    }
    return {static_cast<double>(first) / kSteps, static_cast<double>(last) / kSteps};
}

/// The curve without its last `length`, so that a thick line does not reach through the point of its arrowhead. Where
/// only a part is exposed, what is ahead of it and behind is left out.
Shaft shaftOf(const std::vector<QPointF>& curve, double length, const QRectF& exposed, bool dashed)
{
    constexpr double kReach = kOverhang; // of a thick pen
    const std::size_t last = curve.size() - 4;
    const std::array<QPointF, 4> end = firstPart(&curve[last], atFromEnd(&curve[last], length));
    Shaft shaft;
    shaft.end = end[3];
    double passed = 0;
    const auto pass = [&](const QPointF* p) { passed += dashed ? lengthOf(p) : 0; };
    for (std::size_t i = 0; i <= last; i += 3) {
        const QPointF* p = i == last ? end.data() : &curve[i];
        if (!exposed.isEmpty() && !isSeen(p, exposed, kReach)) {
            pass(p);
            continue;
        }
        const bool isLevel = p[0].y() == p[3].y() && p[1].y() == p[0].y() && p[2].y() == p[0].y();
        std::array<QPointF, 4> seen{p[0], p[1], p[2], p[3]};
        if (!exposed.isEmpty() && !isLevel) {
            const auto [from, to] = seenPart(p, exposed, kReach);
            if (from >= to) {
                pass(p);
                continue;
            }
            if (shaft.path.isEmpty() && from > 0)
                pass(firstPart(p, from).data());
            seen = partOf(p, from, to);
        }
        if (shaft.path.isEmpty())
            shaft.skipped = passed;
        if (shaft.path.isEmpty() || shaft.path.currentPosition() != seen[0])
            shaft.path.moveTo(seen[0]);
        if (isLevel)
            shaft.path.lineTo(seen[3]);
        else
            shaft.path.cubicTo(seen[1], seen[2], seen[3]);
    }
    return shaft;
}

QPolygonF arrowhead(QPointF shaft, QPointF tip, double length)
{
    QPointF back = shaft - tip;
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
    QPen pen = penFor(style, edge, colour, (style.width + (stressed ? 0.7 : 0)) * weight);
    const std::vector<QPointF>& curve = edge.curve;
    const std::vector<QPointF> shorter =
        look.far > 0.5 ? endingAt(curve, farRect(look.picture.nodes[static_cast<std::size_t>(edge.to)], look.scale))
                       : std::vector<QPointF>();
    const Shaft shaft =
        shaftOf(shorter.empty() ? curve : shorter, head * 0.8, look.exposed, pen.style() != Qt::SolidLine);
    pen.setDashOffset(shaft.skipped / pen.widthF()); // dashes stay where they are while the view moves
    painter.setBrush(Qt::NoBrush);
    if (edge.bytes && *edge.bytes > 0) {
        QColor band = colour;
        band.setAlphaF(static_cast<float>(kBandStrength)); // lines below it are still seen
        painter.setPen(
            QPen(band, std::min(bandWidth(*edge.bytes) * weight, 2 * kOverhang - 2), Qt::SolidLine, Qt::FlatCap));
        painter.drawPath(shaft.path);
    }
    painter.setPen(pen);
    painter.drawPath(shaft.path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(arrowhead(shaft.end, (shorter.empty() ? curve : shorter).back(), head));
}

/// At the corner of its label, so that line and arrow are still seen.
void paintWarning(QPainter& painter, const Look& look, const PictureEdge& edge)
{
    constexpr double kSide = 14;
    const QPointF place = edge.labelRect.isEmpty() ? edge.path.pointAtPercent(0.5) : edge.labelRect.topRight();
    const QRectF square(place.x() - kSide / 2, place.y() - kSide / 2, kSide, kSide);
    painter.setPen(QPen(look.theme.canvas, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(look.theme.canvas);
    painter.drawPath(glyphs::warningGround(square));
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.theme.warning);
    painter.drawPath(glyphs::warning(square));
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
    const bool isLabelSeen = look.exposed.isEmpty() || look.exposed.intersects(edge.labelRect.adjusted(-2, -2, 2, 2));
    if (!edge.labelRect.isEmpty() && look.far < 1 && isLabelSeen) {
        painter.setOpacity(opacity * (1 - look.far));
        const QColor ring =
            isAsked(look.marks, edge, index) || selected ? colourOf(look, edge, index) : look.theme.canvas;
        const double lines = edge.below.isEmpty() ? 2 : 4;
        const double radius = edge.labelRect.height() / lines;
        painter.setPen(QPen(ring, 1));
        painter.setBrush(look.theme.canvas);
        painter.drawRoundedRect(edge.labelRect, radius, radius);
        const QColor plain = edge.broken ? look.theme.error : look.theme.edgeText;
        const double strength = edge.broken ? 1 : kDimText + (1 - kDimText) * edge.need;
        painter.setPen(mixed(plain, look.theme.canvas, strength * foundPart(look, index)));
        painter.setFont(look.picture.fonts.small);
        drawTextLine(painter, edge.label.rect, Qt::AlignHCenter, edge.label.shown);
        if (!edge.below.isEmpty())
            drawTextLine(painter, edge.label.rect.translated(0, edge.label.rect.height()), Qt::AlignHCenter,
                         edge.below);
    }
    painter.setOpacity(opacity);
    if (edge.warned)
        paintWarning(painter, look, edge);
    if (selected)
        paintHandles(painter, look, edge);
}

} // namespace stagelift::ui
