// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/timeline_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kRowPadding = 5;      // px, in the height of a row
constexpr int kLaneGap = 4;         // px
constexpr int kTitlePadding = 28;   // px, round the widest title
constexpr int kNarrowTitles = 80;   // px
constexpr int kWideTitles = 200;    // px
constexpr int kRightMargin = 14;    // px
constexpr qint64 kShortest = 100;   // ms, of the axis
constexpr double kClosest = 20;     // px for each ms
constexpr double kWidest = 1 << 24; // px, all bars
constexpr double kWheelNotch = 120; // eighths of a degree; QWheelEvent::angleDelta
constexpr double kZoomPerNotch = 1.25;

} // namespace

TimelineView::TimelineView(QWidget* parent) : QAbstractScrollArea(parent), m_theme(Theme::ofDesktop())
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline"));
    viewport()->setMouseTracking(true);
    for (QScrollBar* bar : {horizontalScrollBar(), verticalScrollBar()})
        connect(bar, &QScrollBar::valueChanged, viewport(), qOverload<>(&QWidget::update));
    describe();
}

void TimelineView::setTheme(const Theme& theme)
{
    m_theme = theme;
    viewport()->update();
}

void TimelineView::start(const AnalysisPtr& analysis)
{
    m_analysis = analysis;
    m_zoom = 1;
    m_current.clear();
    m_pressed.clear();
    showSteps({}, {}, 0);
    describe();
}

void TimelineView::showSteps(const QList<BuildStep>& steps, const CriticalPath& path, qint64 now)
{
    m_steps = steps;
    m_path = path;
    m_now = now;
    for (const BuildStep& step : m_steps)
        m_now = std::max({m_now, step.startedAt, step.endedAt});
    arrange();
}

void TimelineView::arrange()
{
    int widest = kNarrowTitles;
    m_plan = planTimeline(m_steps, m_path, m_now, 1); // what lanes there are does not hang on the scale
    for (const TimelineLane& lane : m_plan.lanes)
        widest = std::max(widest, fontMetrics().horizontalAdvance(laneTitle(lane)) + kTitlePadding);
    m_titleWidth = std::min({widest, kWideTitles, viewport()->width() / 2});
    m_plan = planTimeline(m_steps, m_path, m_now, pixelsPerMs());
    m_laneTops = {kLaneGap / 2};
    for (const TimelineLane& lane : m_plan.lanes)
        m_laneTops.push_back(m_laneTops.back() + lane.rows * rowHeight() + kLaneGap);

    const QRectF room = plot();
    const auto setRange = [](QScrollBar& bar, double all, double seen, int step) {
        bar.setRange(0, std::max(0, static_cast<int>(std::ceil(all - seen))));
        bar.setPageStep(static_cast<int>(seen));
        bar.setSingleStep(step);
    };
    setRange(*horizontalScrollBar(), room.width() * m_zoom, room.width(), rowHeight());
    setRange(*verticalScrollBar(), m_laneTops.back(), room.height(), rowHeight());
    viewport()->update();
}

QRectF TimelineView::plot() const
{
    const QRectF all = viewport()->rect();
    return QRectF(m_titleWidth, rowHeight(), std::max(1.0, all.width() - m_titleWidth - kRightMargin),
                  std::max(1.0, all.height() - rowHeight()));
}

QRectF TimelineView::sight() const
{
    return plot().adjusted(0, 0, kRightMargin, 0);
}

double TimelineView::pixelsPerMs() const
{
    return plot().width() * m_zoom / static_cast<double>(std::max(kShortest, m_now));
}

int TimelineView::rowHeight() const
{
    return fontMetrics().height() + kRowPadding;
}

double TimelineView::xOf(double milliseconds) const
{
    return plot().left() + milliseconds * pixelsPerMs() - horizontalScrollBar()->value();
}

QString TimelineView::laneTitle(const TimelineLane& lane) const
{
    if (!m_analysis || lane.stage < 0)
        return tr("no stage");
    return QString::fromStdString(m_analysis->graph.label(stageNode(lane.stage)));
}

QRectF TimelineView::laneRect(std::size_t lane) const
{
    const double top = rowHeight() + m_laneTops[lane] - verticalScrollBar()->value();
    return QRectF(0, top, viewport()->width(), m_plan.lanes[lane].rows * rowHeight());
}

QRectF TimelineView::rectOf(const TimelineBar& bar) const
{
    const QRectF lane = laneRect(static_cast<std::size_t>(bar.lane));
    return QRectF(xOf(0) + bar.left, lane.top() + bar.row * rowHeight() + 1, bar.right - bar.left, rowHeight() - 2);
}

QRectF TimelineView::barRect(const QString& stepId) const
{
    for (const TimelineBar& bar : m_plan.bars)
        if (m_steps.at(bar.step).id == stepId)
            return rectOf(bar);
    return {};
}

const TimelineBar* TimelineView::barAt(QPointF place) const
{
    if (!sight().contains(place))
        return nullptr;
    const auto holds = [&](const TimelineBar& bar) { return rectOf(bar).contains(place); };
    const auto bar = std::ranges::find_if(m_plan.bars, holds);
    return bar == m_plan.bars.end() ? nullptr : &*bar;
}

QString TimelineView::hintAt(QPointF place) const
{
    const TimelineBar* bar = barAt(place);
    if (!bar || !m_analysis)
        return {};
    const BuildStep& step = m_steps.at(bar->step);
    QStringList lines{stepTitle(m_analysis->graph, step), stepTimes(step, m_now)};
    if (bar->critical)
        lines << tr("on the critical path");
    if (!step.error.isEmpty())
        lines << step.error;
    return lines.join(u'\n');
}

/// What is under x stays there.
void TimelineView::zoomAt(double factor, double x)
{
    const double offset = std::clamp(x, plot().left(), plot().right()) - plot().left();
    const double time = (offset + horizontalScrollBar()->value()) / pixelsPerMs();
    const double fitted = plot().width() / static_cast<double>(std::max(kShortest, m_now)); // px for each ms
    const double most = std::max(1.0, std::min(kClosest / fitted, kWidest / plot().width()));
    m_zoom = std::clamp(m_zoom * factor, 1.0, most);
    arrange();
    horizontalScrollBar()->setValue(qRound(time * pixelsPerMs() - offset));
}

const TimelineBar* TimelineView::currentBar() const
{
    const auto isCurrent = [&](const TimelineBar& bar) { return m_steps.at(bar.step).id == m_current; };
    const auto bar = std::ranges::find_if(m_plan.bars, isCurrent);
    return bar == m_plan.bars.end() ? nullptr : &*bar;
}

const BuildStep* TimelineView::currentStep() const
{
    const TimelineBar* bar = m_current.isEmpty() ? nullptr : currentBar();
    return bar ? &m_steps.at(bar->step) : nullptr;
}

/// The bar that a key leads to; the same where it leads nowhere.
const TimelineBar* TimelineView::besides(const TimelineBar& bar, int key) const
{
    const TimelineBar* first = m_plan.bars.data();
    const TimelineBar* last = first + m_plan.bars.size() - 1;
    switch (key) {
    case Qt::Key_Home:
        return &*std::ranges::min_element(m_plan.bars, {}, &TimelineBar::left);
    case Qt::Key_End:
        return &*std::ranges::max_element(m_plan.bars, {}, &TimelineBar::right);
    case Qt::Key_Left:
        return &bar != first && (&bar - 1)->lane == bar.lane ? &bar - 1 : &bar;
    case Qt::Key_Right:
        return &bar != last && (&bar + 1)->lane == bar.lane ? &bar + 1 : &bar;
    default:
        return inNextLane(bar, key == Qt::Key_Up ? -1 : 1);
    }
}

/// The bar of the next lane that has any which is nearest in time.
const TimelineBar* TimelineView::inNextLane(const TimelineBar& bar, int direction) const
{
    const double middle = (bar.left + bar.right) / 2;
    const TimelineBar* nearest = &bar;
    double distance = 0;
    for (int lane = bar.lane + direction; nearest == &bar && lane >= 0 && std::cmp_less(lane, m_plan.lanes.size());
         lane += direction) {
        for (const TimelineBar& each : m_plan.bars) {
            const double away = std::max({0.0, each.left - middle, middle - each.right});
            if (each.lane == lane && (nearest == &bar || away < distance)) {
                nearest = &each;
                distance = away;
            }
        }
    }
    return nearest;
}

void TimelineView::setCurrent(const TimelineBar& bar)
{
    m_current = m_steps.at(bar.step).id;
    keepInSight(rectOf(bar));
    describe();
    viewport()->update();
}

void TimelineView::keepInSight(const QRectF& bar)
{
    const QRectF room = plot();
    const auto shift = [](double begin, double end, double from, double to) {
        return begin < from || end - begin > to - from ? begin - from : std::max(0.0, end - to);
    };
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() +
                                    qRound(shift(bar.left(), bar.right(), room.left(), room.right())));
    verticalScrollBar()->setValue(verticalScrollBar()->value() +
                                  qRound(shift(bar.top(), bar.bottom(), room.top(), room.bottom())));
}

/// For those who hear it: the step that the keys are at.
void TimelineView::describe()
{
    const BuildStep* step = currentStep();
    setAccessibleDescription(
        step && m_analysis
            ? tr("%1, %2").arg(stepTitle(m_analysis->graph, *step), stepTimes(*step, m_now))
            : tr("When each step of the build ran; the arrow keys walk from step to step, Enter goes to its line"));
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    const bool walks = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down ||
                       key == Qt::Key_Home || key == Qt::Key_End;
    const bool enters = key == Qt::Key_Return || key == Qt::Key_Enter;
    const bool isPlain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (!isPlain || m_plan.bars.empty() || (!walks && !enters)) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const TimelineBar* bar = m_current.isEmpty() ? nullptr : currentBar();
    if (enters && bar)
        emit stepChosen(BuildStep(m_steps.at(bar->step)));
    else
        setCurrent(*besides(bar ? *bar : m_plan.bars.front(), bar || key == Qt::Key_End ? key : Qt::Key_Home));
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    const TimelineBar* bar = event->button() == Qt::LeftButton ? barAt(event->position()) : nullptr;
    m_pressed = bar ? m_steps.at(bar->step).id : QString();
    if (bar)
        setCurrent(*bar);
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    const TimelineBar* bar = barAt(event->position());
    const QString pressed = std::exchange(m_pressed, {});
    if (bar && !pressed.isEmpty() && m_steps.at(bar->step).id == pressed)
        emit stepChosen(BuildStep(m_steps.at(bar->step)));
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    const TimelineBar* bar = barAt(event->position());
    viewport()->setCursor(bar && m_steps.at(bar->step).instruction >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void TimelineView::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    zoomAt(std::pow(kZoomPerNotch, event->angleDelta().y() / kWheelNotch), event->position().x());
    event->accept();
}

bool TimelineView::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    // A command may look like markup; a tooltip would take it for such.
    QToolTip::showText(help->globalPos(), hintAt(help->pos()).toHtmlEscaped().replace(u'\n', "<br>"_L1), viewport());
    return true;
}

bool TimelineView::event(QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        viewport()->update();
    return QAbstractScrollArea::event(event);
}

void TimelineView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    arrange();
}

void TimelineView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

} // namespace stagelift::ui
