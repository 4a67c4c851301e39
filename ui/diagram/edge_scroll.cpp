// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/edge_scroll.h"

#include <QAbstractScrollArea>
#include <QScrollBar>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace stagelift::ui {

namespace {

constexpr int kNear = 24;        // pixels to an edge
constexpr int kMostPerStep = 20; // pixels
constexpr int kLeastPerStep = 2; // pixels
constexpr auto kPasses = 200ms;  // a pointer that has somewhere else to go
constexpr auto kBetween = 16ms;  // two steps

/// Towards one of two edges at `low` and `high`, the last pixel that is inside.
int stepAlong(int low, int high, int pointer)
{
    const int toLow = kNear - (pointer - low);
    const int toHigh = kNear - (high - pointer);
    const int depth = std::max(toLow, toHigh);
    if (depth <= 0 || high - low <= 2 * kNear) // in a view that is all edge nothing can be aimed at
        return 0;
    const int speed = std::min(kMostPerStep, kLeastPerStep + (kMostPerStep - kLeastPerStep) * depth / kNear);
    return toLow > toHigh ? -speed : speed;
}

/// True where it has moved.
bool scroll(QScrollBar& bar, int pixels)
{
    const int before = bar.value();
    bar.setValue(before + pixels);
    return bar.value() != before;
}

} // namespace

QPoint edgeScrollStep(const QRect& room, QPoint pointer)
{
    return {stepAlong(room.left(), room.right(), pointer.x()), stepAlong(room.top(), room.bottom(), pointer.y())};
}

EdgeScroll::EdgeScroll(QAbstractScrollArea& view) : m_view(view)
{
    connect(&m_steps, &QTimer::timeout, this, &EdgeScroll::step);
}

void EdgeScroll::follow(QPoint pointer)
{
    m_pointer = pointer;
    if (edgeScrollStep(m_view.viewport()->rect(), pointer).isNull())
        stop();
    else if (!m_steps.isActive())
        m_steps.start(kPasses);
}

void EdgeScroll::stop()
{
    m_steps.stop();
    m_isScrolling = false;
}

void EdgeScroll::step()
{
    m_steps.setInterval(kBetween);
    const QPoint by = edgeScrollStep(m_view.viewport()->rect(), m_pointer);
    const bool across = scroll(*m_view.horizontalScrollBar(), by.x());
    const bool along = scroll(*m_view.verticalScrollBar(), by.y());
    if (!across && !along) { // at the end; until the pointer moves
        stop();
        return;
    }
    m_isScrolling = true;
    emit scrolled(m_pointer);
}

} // namespace stagelift::ui
