// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the timeline looks.

#include "ui/build/timeline_view.h"

#include <QPainter>
#include <QPolygonF>
#include <QScrollBar>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr double kRadius = 2.5;       // px
constexpr double kHueHeight = 3;      // px, the stripe in the stage's hue
constexpr double kHueWidth = 4;       // px, beside a lane's title
constexpr double kTextMargin = 5;     // px
constexpr double kLeastText = 34;     // px, of a bar with a text in it
constexpr double kHatchStep = 8;      // px
constexpr double kHatchWidth = 24;    // px, at the end of a bar that grows
constexpr double kCrossSize = 4;      // px, half of it
constexpr double kTickLabelRoom = 90; // px from one tick to the next
constexpr double kPathWidth = 2;      // px

struct StateColour {
    StepState state;
    QColor Theme::* colour;
    bool isHollow;
};

constexpr std::array kColours{
    StateColour{StepState::Waiting, &Theme::leftBehind, true}, StateColour{StepState::Running, &Theme::accent, false},
    StateColour{StepState::Cached, &Theme::leftBehind, true},  StateColour{StepState::Done, &Theme::success, false},
    StateColour{StepState::Failed, &Theme::error, false},      StateColour{StepState::Stopped, &Theme::warning, true},
};

const StateColour& coloursOf(StepState state)
{
    return *std::ranges::find(kColours, state, &StateColour::state);
}

/// Px at the end of a bar, ahead of which its text ends.
double markWidth(StepState state)
{
    return state == StepState::Running ? kHatchWidth : state == StepState::Failed ? 4 * kCrossSize : 0;
}

void hatch(QPainter& painter, const QRectF& body, const QColor& colour)
{
    painter.save();
    painter.setClipRect(body, Qt::IntersectClip);
    painter.setPen(QPen(colour, 1.5));
    for (double x = body.right() - kHatchWidth; x < body.right() + body.height(); x += kHatchStep)
        painter.drawLine(QPointF(x - body.height(), body.bottom()), QPointF(x, body.top()));
    painter.restore();
}

/// From the end of a bar down or up to another, and on to its begin where that is later.
QPolygonF wayTo(const QRectF& bar, const QRectF& from)
{
    const bool isDown = from.top() < bar.top();
    const double x = std::min(from.right(), bar.left() + kTextMargin);
    const QPointF begin(x, isDown ? from.bottom() : from.top());
    if (x >= bar.left())
        return {begin, QPointF(x, isDown ? bar.top() : bar.bottom())};
    return {begin, QPointF(x, bar.center().y()), QPointF(bar.left(), bar.center().y())};
}

} // namespace

void TimelineView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    painter.fillRect(viewport()->rect(), m_theme.palette.color(QPalette::Base));
    paintLanes(painter);
    painter.save();
    painter.setClipRect(sight().adjusted(-kPathWidth, 0, 0, 0));
    paintBars(painter);
    paintPath(painter);
    painter.restore();
    paintTitles(painter);
    paintAxis(painter);
}

/// The grounds of the lanes, and a line at each tick.
void TimelineView::paintLanes(QPainter& painter) const
{
    for (std::size_t lane = 1; lane < m_plan.lanes.size(); lane += 2)
        painter.fillRect(laneRect(lane).adjusted(0, -kPathWidth, 0, kPathWidth),
                         m_theme.palette.color(QPalette::AlternateBase));
    painter.setPen(QPen(m_theme.palette.color(QPalette::Mid), 1));
    const double distance = static_cast<double>(tickDistance(pixelsPerMs(), kTickLabelRoom)) * pixelsPerMs();
    const double offset = horizontalScrollBar()->value();
    for (double x = std::ceil(offset / distance) * distance; x <= offset + plot().width(); x += distance) {
        const double at = std::round(plot().left() + x - offset) + 0.5;
        painter.drawLine(QPointF(at, plot().top()), QPointF(at, plot().bottom()));
    }
}

void TimelineView::paintBars(QPainter& painter) const
{
    const QRectF seen = sight();
    for (const TimelineBar& bar : m_plan.bars)
        if (rectOf(bar).intersects(seen))
            paintBar(painter, bar);
}

void TimelineView::paintBar(QPainter& painter, const TimelineBar& bar) const
{
    const BuildStep& step = m_steps.at(bar.step);
    const QRectF rect = rectOf(bar);
    const StateColour& look = coloursOf(step.state);
    const QColor colour = m_theme.*look.colour;
    const QColor ground = m_theme.palette.color(QPalette::Base);
    const QRectF body = rect.adjusted(0, 0, 0, step.stage < 0 ? 0 : -kHueHeight);
    if (look.isHollow) {
        const bool isDashed = step.state == StepState::Stopped;
        painter.setPen(QPen(colour, 1, isDashed ? Qt::DashLine : Qt::SolidLine));
        painter.setBrush(ground);
        painter.drawRect(body.adjusted(0.5, 0.5, -0.5, -0.5));
    } else {
        painter.fillRect(body, colour);
    }
    paintState(painter, body, step.state);
    if (step.stage >= 0)
        painter.fillRect(QRectF(rect.left(), body.bottom(), rect.width(), kHueHeight), m_theme.stageHue(step.stage));
    // The name begins where the bar comes into sight.
    const QRectF text =
        (body.adjusted(0, 0, -markWidth(step.state), 0) & sight()).adjusted(kTextMargin, 0, -kTextMargin, 0);
    if (text.width() >= kLeastText) {
        painter.setPen(look.isHollow ? m_theme.text : ground);
        painter.drawText(
            text, Qt::AlignVCenter | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(step.name.simplified(), Qt::ElideRight, static_cast<int>(text.width())));
    }
}

void TimelineView::paintState(QPainter& painter, const QRectF& body, StepState state) const
{
    const QColor ground = m_theme.palette.color(QPalette::Base);
    if (state == StepState::Running)
        hatch(painter, body.adjusted(std::max(0.0, body.width() - kHatchWidth), 0, 0, 0), ground);
    if (state != StepState::Failed || body.width() < 4 * kCrossSize)
        return;
    const QPointF middle(body.right() - 2 * kCrossSize, body.center().y());
    painter.setPen(QPen(ground, kPathWidth));
    painter.drawLine(middle + QPointF(-kCrossSize, -kCrossSize), middle + QPointF(kCrossSize, kCrossSize));
    painter.drawLine(middle + QPointF(-kCrossSize, kCrossSize), middle + QPointF(kCrossSize, -kCrossSize));
}

/// A frame round each step of the critical path, and a line from one to the next.
void TimelineView::paintPath(QPainter& painter) const
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.text, kPathWidth));
    const TimelineBar* before = nullptr;
    for (const int step : m_path.steps) {
        const TimelineBar* bar = m_plan.barOf(step);
        if (!bar)
            continue;
        const QRectF rect = rectOf(*bar);
        painter.drawRoundedRect(rect, kRadius, kRadius);
        if (before && std::abs(rectOf(*before).top() - rect.top()) > 1)
            painter.drawPolyline(wayTo(rect, rectOf(*before)));
        before = bar;
    }
    if (const TimelineBar* current = hasFocus() && !m_current.isEmpty() ? currentBar() : nullptr) {
        painter.setPen(QPen(m_theme.accent, kPathWidth));
        painter.drawRoundedRect(rectOf(*current).adjusted(-kPathWidth, -kPathWidth, kPathWidth, kPathWidth), kRadius,
                                kRadius);
    }
}

void TimelineView::paintTitles(QPainter& painter) const
{
    painter.fillRect(QRectF(0, 0, m_titleWidth, viewport()->height()), m_theme.palette.color(QPalette::Base));
    for (std::size_t lane = 0; lane < m_plan.lanes.size(); ++lane) {
        const QRectF rect(0, laneRect(lane).top(), m_titleWidth, rowHeight());
        if (m_plan.lanes[lane].stage >= 0)
            painter.fillRect(QRectF(kTextMargin, rect.top() + 2, kHueWidth, laneRect(lane).height() - 4),
                             m_theme.stageHue(m_plan.lanes[lane].stage));
        const QRectF text = rect.adjusted(2 * kTextMargin + kHueWidth, 0, -kTextMargin, 0);
        painter.setPen(m_plan.lanes[lane].stage < 0 ? m_theme.textQuiet : m_theme.text);
        painter.drawText(text, Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(laneTitle(m_plan.lanes[lane]), Qt::ElideRight,
                                                          static_cast<int>(text.width())));
    }
}

void TimelineView::paintAxis(QPainter& painter) const
{
    const QRectF axis(0, 0, viewport()->width(), rowHeight());
    painter.fillRect(axis, m_theme.palette.color(QPalette::Window));
    const qint64 distance = tickDistance(pixelsPerMs(), kTickLabelRoom);
    const double first = std::floor(horizontalScrollBar()->value() / pixelsPerMs());
    for (qint64 tick = static_cast<qint64>(first) / distance * distance;
         xOf(static_cast<double>(tick)) <= plot().right(); tick += distance) {
        const double x = std::round(xOf(static_cast<double>(tick))) + 0.5;
        if (x < plot().left() - 1)
            continue;
        painter.setPen(QPen(m_theme.palette.color(QPalette::Mid), 1));
        painter.drawLine(QPointF(x, axis.bottom() - kTextMargin), QPointF(x, axis.bottom()));
        const QRectF text(x + kTextMargin, axis.top(), kTickLabelRoom, axis.height());
        painter.setPen(m_theme.textQuiet);
        if (text.left() + painter.fontMetrics().horizontalAdvance(tickText(tick)) <= axis.right()) // nothing in halves
            painter.drawText(text, Qt::AlignVCenter | Qt::TextSingleLine, tickText(tick));
    }
}

} // namespace stagelift::ui
