// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the chart of the history looks.

#include "ui/history/chart_view.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr double kLineWidth = 1.8;  // px
constexpr double kMarkRadius = 3.4; // px
constexpr double kDenseRadius = 2;  // px, where points are near each other
constexpr double kDense = 9;        // px, from point to point
constexpr double kRing = 3;         // px, around the point in hand
constexpr double kCross = 3.5;      // px, half of it
constexpr double kBandAlpha = 0.16; // of a build that is chosen
constexpr double kBandWidth = 9;    // px, half of it, at most
constexpr int kWidestLabel = 150;   // px
constexpr int kLabelGap = 8;        // px, from a line's end to its name
constexpr double kTimeGap = 6;      // px, between the chart and the times below
constexpr double kTimeRoom = 26;    // px, between two times below
constexpr double kGridAlpha = 0.5;

/// Round, square, on its tip, a triangle: by the line's number.
QPainterPath mark(std::size_t line, QPointF place, double radius)
{
    QPainterPath path;
    switch (line % 4) {
    case 0:
        path.addEllipse(place, radius, radius);
        break;
    case 1:
        path.addRect(QRectF(place.x() - radius * 0.9, place.y() - radius * 0.9, radius * 1.8, radius * 1.8));
        break;
    case 2:
        path.addPolygon(QPolygonF{place + QPointF(0, -radius * 1.3), place + QPointF(radius * 1.3, 0),
                                  place + QPointF(0, radius * 1.3), place + QPointF(-radius * 1.3, 0)});
        path.closeSubpath();
        break;
    default:
        path.addPolygon(QPolygonF{place + QPointF(0, -radius * 1.2), place + QPointF(radius * 1.2, radius),
                                  place + QPointF(-radius * 1.2, radius)});
        path.closeSubpath();
    }
    return path;
}

QColor faint(QColor colour, double alpha)
{
    colour.setAlphaF(static_cast<float>(alpha));
    return colour;
}

} // namespace

int ChartView::labelWidth() const
{
    int widest = 0;
    for (const ChartLine& line : m_chart.lines)
        widest = std::max(widest, fontMetrics().horizontalAdvance(line.stage));
    return std::min({widest, kWidestLabel, width() / 4}) + kLabelGap;
}

void ChartView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    painter.fillRect(rect(), m_theme.palette.color(QPalette::Base));
    if (m_chart.builds == 0)
        return;
    paintGrid(painter);
    paintTimes(painter);
    paintMarked(painter);
    for (std::size_t line = m_chart.lines.size(); line-- > 0;) // the first on top
        paintLine(painter, line);
    paintFailures(painter);
    paintLabels(painter);
    paintSpot(painter, m_hovered);
    if (hasFocus())
        paintSpot(painter, m_current);
}

void ChartView::paintGrid(QPainter& painter) const
{
    for (qint64 value = m_axis.low; value <= m_axis.high; value += m_axis.step) {
        const double y = yOf(value);
        painter.setPen(QPen(faint(m_theme.nodeBorder, value == m_axis.low ? 1 : kGridAlpha), 1));
        painter.drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.right(), y));
        painter.setPen(m_theme.textQuiet);
        const double half = fontMetrics().height() / 2.0;
        painter.drawText(QRectF(0, y - half, m_plot.left() - kLabelGap, 2 * half), Qt::AlignRight | Qt::AlignVCenter,
                         valueText(value));
    }
}

/// Of as many builds as there is room for, the newest first; with the day where it is another than the one before.
void ChartView::paintTimes(QPainter& painter) const
{
    painter.setPen(m_theme.textQuiet);
    double free = width();
    const double top = m_plot.bottom() + kTimeGap;
    for (int place = m_chart.builds - 1; place >= 0; --place) {
        const QString text = QLocale().toString(build(place).begun.toLocalTime(), u"d MMM HH:mm"_s);
        const double wide = fontMetrics().horizontalAdvance(text);
        const double left = std::clamp(xOf(place) - wide / 2, 0.0, std::max(0.0, width() - wide - 2));
        if (left + wide > free)
            continue;
        painter.drawText(QRectF(left, top, wide + 1, fontMetrics().height()), Qt::AlignLeft, text);
        free = left - kTimeRoom;
    }
}

void ChartView::paintMarked(QPainter& painter) const
{
    const double half = m_chart.builds < 2 ? kBandWidth : std::clamp((xOf(1) - xOf(0)) / 2, kDenseRadius, kBandWidth);
    for (int place = 0; place < m_chart.builds; ++place)
        if (m_marked.contains(build(place).id)) {
            painter.fillRect(QRectF(xOf(place) - half, m_plot.top(), 2 * half, m_plot.height()),
                             faint(m_theme.accent, kBandAlpha));
            painter.setPen(QPen(m_theme.accent, 1));
            painter.drawLine(QPointF(xOf(place), m_plot.top()), QPointF(xOf(place), m_plot.bottom()));
        }
}

void ChartView::paintLine(QPainter& painter, std::size_t at) const
{
    const ChartLine& line = m_chart.lines[at];
    const QColor hue = m_theme.stageHue(line.number);
    QPolygonF way;
    for (const ChartPoint& point : line.points)
        way << QPointF(xOf(point.build), yOf(point.value));
    QPen pen(hue, kLineWidth, line.ships ? Qt::SolidLine : Qt::DashLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(way);
    const bool isDense = m_chart.builds > 1 && xOf(1) - xOf(0) < kDense;
    painter.setPen(Qt::NoPen);
    painter.setBrush(hue);
    for (const QPointF place : way)
        painter.drawPath(mark(at, place, isDense ? kDenseRadius : kMarkRadius));
}

void ChartView::paintFailures(QPainter& painter) const
{
    painter.setPen(QPen(m_theme.error, kLineWidth, Qt::SolidLine, Qt::RoundCap));
    const double y = m_plot.bottom();
    for (const int place : m_chart.failed) {
        const double x = xOf(place);
        painter.drawLine(QPointF(x - kCross, y - kCross), QPointF(x + kCross, y + kCross));
        painter.drawLine(QPointF(x - kCross, y + kCross), QPointF(x + kCross, y - kCross));
    }
}

/// Each line's name at its end, with a short way to it.
void ChartView::paintLabels(QPainter& painter) const
{
    const double half = fontMetrics().height() / 2.0;
    std::vector<double> wanted;
    wanted.reserve(m_chart.lines.size());
    for (const ChartLine& line : m_chart.lines)
        wanted.push_back(line.points.empty() ? m_plot.bottom() : yOf(line.points.back().value) - half);
    const std::vector<double> tops = spread(wanted, 2 * half, 0, m_plot.bottom() + half);
    for (std::size_t at = 0; at < tops.size(); ++at) {
        const ChartLine& line = m_chart.lines[at];
        if (tops[at] < 0 || line.points.empty())
            continue;
        const double left = m_plot.right() + kLabelGap;
        const QPointF end(xOf(line.points.back().build), yOf(line.points.back().value));
        painter.setPen(QPen(faint(m_theme.stageHue(line.number), kGridAlpha), 1));
        painter.drawLine(end, QPointF(left - 2, tops[at] + half));
        painter.setPen(m_theme.text);
        const double room = width() - left - 2;
        painter.drawText(QRectF(left, tops[at], room, 2 * half), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(line.stage, Qt::ElideMiddle, static_cast<int>(room)));
    }
}

void ChartView::paintSpot(QPainter& painter, const Spot& spot) const
{
    if (spot.build < 0)
        return;
    painter.setPen(QPen(m_theme.accent, 1, Qt::DotLine));
    painter.drawLine(QPointF(xOf(spot.build), m_plot.top()), QPointF(xOf(spot.build), m_plot.bottom()));
    if (spot.line < 0 || !m_chart.point(static_cast<std::size_t>(spot.line), spot.build))
        return;
    painter.setPen(QPen(m_theme.accent, kLineWidth));
    painter.setBrush(Qt::NoBrush);
    const double radius = kMarkRadius + kRing;
    painter.drawEllipse(placeOf(static_cast<std::size_t>(spot.line), spot.build), radius, radius);
}

} // namespace stagelift::ui
