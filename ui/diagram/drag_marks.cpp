// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/drag_marks.h"

#include <algorithm>
#include <cmath>

namespace stagelift::ui {

namespace {

constexpr double kRingDistance = 3;
constexpr double kRingWidth = 2;
constexpr float kRingStrength = 0.5F;
constexpr float kVeil = 0.55F;
constexpr double kLeastSlack = 24; // of the band, so that a short one still leaves to the right

} // namespace

void paintBand(QPainter& painter, const Theme& theme, const Band& band)
{
    const double reach = std::max(std::abs(band.to.x() - band.from.x()) / 2, kLeastSlack);
    const QPointF slack(band.backwards ? -reach : reach, 0);
    QPainterPath path(band.from);
    path.cubicTo(band.from + slack, band.to - slack, band.to);
    painter.setPen(QPen(theme.accent, 2, Qt::DashLine, Qt::RoundCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    painter.setBrush(theme.canvas);
    painter.setPen(QPen(theme.accent, 2));
    painter.drawEllipse(band.pointer, kHandleRadius, kHandleRadius);
}

void paintTaker(QPainter& painter, const Look& look, int node, const QRectF& rect, double radius, double pixel)
{
    const std::vector<Taker>& takers = look.marks.takers;
    if (std::cmp_greater_equal(node, takers.size()) || node == look.marks.dropNode)
        return;
    const Taker taker = takers[static_cast<std::size_t>(node)];
    if (taker == Taker::Takes) {
        QColor ring = look.theme.accent;
        ring.setAlphaF(kRingStrength);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ring, kRingWidth * pixel));
        // From afar there is little room around a node.
        const double away = pixel > 1 ? 0 : kRingDistance;
        painter.drawRoundedRect(rect.adjusted(-away, -away, away, away), radius + away, radius + away);
    } else if (taker == Taker::Refuses) {
        QColor veil = look.theme.canvas;
        veil.setAlphaF(kVeil);
        painter.setPen(Qt::NoPen);
        painter.setBrush(veil);
        painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), radius, radius);
    }
}

void paintPort(QPainter& painter, const Look& look, int node, const QRectF& rect)
{
    const Marks& marks = look.marks;
    if ((node != marks.hoveredNode && node != marks.selectedNode) || !marks.takers.empty())
        return;
    const QPointF centre(rect.right(), rect.center().y());
    const bool isUnderPointer = node == marks.hoveredNode && marks.hoveredPort;
    painter.setPen(QPen(look.theme.accent, 1.5));
    painter.setBrush(isUnderPointer ? look.theme.accent : look.theme.node);
    painter.drawEllipse(centre, kPortRadius, kPortRadius);
    painter.setPen(QPen(isUnderPointer ? look.theme.node : look.theme.accent, 1.4, Qt::SolidLine, Qt::RoundCap));
    const double arm = kPortRadius * 0.5;
    painter.drawLine(centre - QPointF(arm, 0), centre + QPointF(arm, 0));
    painter.drawLine(centre - QPointF(0, arm), centre + QPointF(0, arm));
}

void paintDropLine(QPainter& painter, const Look& look, const QRectF& rect)
{
    if (look.marks.dropLine < 0)
        return;
    const double y = look.marks.dropLine;
    const double inset = look.picture.fonts.em * 0.7;
    const double dot = 3;
    painter.setPen(QPen(look.marks.dropAllowed ? look.theme.accent : look.theme.error, 2));
    painter.setBrush(look.theme.node);
    painter.drawLine(QPointF(rect.left() + inset + dot, y), QPointF(rect.right() - inset, y));
    painter.drawEllipse(QPointF(rect.left() + inset, y), dot, dot);
}

} // namespace stagelift::ui
