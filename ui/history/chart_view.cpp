// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/history/chart_view.h"

#include "core/history/history_report.h"
#include "ui/build/timeline_plan.h"
#include "ui/history/builds_model.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kMargin = 10;         // px
constexpr int kTickPadding = 8;     // px, right of a tick's text
constexpr int kLineRoom = 2;        // of a line's height, for each tick
constexpr double kNear = 14;        // px, from a point to what means it
constexpr QSize kLeast{160, 80};    // px
constexpr QSize kWanted{520, 200};  // px
constexpr double kSidePadding = 10; // px, left of the first point and right of the last

} // namespace

QString beginText(const KeptBuild& build)
{
    return QLocale().toString(build.begun.toLocalTime(), u"d MMM yyyy HH:mm"_s);
}

ChartView::ChartView(QWidget* parent) : QWidget(parent), m_theme(Theme::ofDesktop())
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("History"));
    describe();
}

QSize ChartView::minimumSizeHint() const
{
    return kLeast;
}

QSize ChartView::sizeHint() const
{
    return kWanted;
}

void ChartView::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

void ChartView::showBuilds(const QList<KeptBuild>& builds)
{
    // The keys stay at their build, though a newer one has come.
    const qint64 current = m_current.build >= 0 && m_current.build < m_chart.builds ? build(m_current.build).id : 0;
    m_builds = builds;
    m_current = {};
    m_hovered = {};
    plan();
    for (int place = 0; place < m_chart.builds && current > 0; ++place)
        if (build(place).id == current)
            m_current.build = place;
    describe();
}

void ChartView::setMetric(HistoryMetric metric)
{
    m_metric = metric;
    plan();
}

void ChartView::setStage(const QString& stage)
{
    m_stage = stage;
    plan();
}

void ChartView::setMarked(const QSet<qint64>& builds)
{
    m_marked = builds;
    update();
}

void ChartView::plan()
{
    m_chart = planHistory(m_builds, m_metric, m_stage);
    m_current.line = -1;
    m_hovered = {};
    describe();
    arrange();
}

void ChartView::arrange()
{
    const int line = fontMetrics().height();
    const int below = line + kMargin;
    m_axis = axisOf(m_chart, m_metric, std::max(1, (height() - below - kMargin) / (kLineRoom * line)));
    int ticks = 0;
    for (qint64 value = m_axis.low; value <= m_axis.high; value += m_axis.step)
        ticks = std::max(ticks, fontMetrics().horizontalAdvance(valueText(value)));
    m_plot = QRectF(rect()).adjusted(kMargin + ticks + kTickPadding, kMargin, -labelWidth() - kMargin, -below);
    update();
}

void ChartView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

double ChartView::xOf(int build) const
{
    const QRectF room = m_plot.adjusted(kSidePadding, 0, -kSidePadding, 0);
    if (m_chart.builds <= 1)
        return room.center().x();
    return room.left() + room.width() * build / (m_chart.builds - 1);
}

double ChartView::yOf(qint64 value) const
{
    return m_plot.bottom() -
           m_plot.height() * static_cast<double>(value - m_axis.low) / static_cast<double>(m_axis.high - m_axis.low);
}

QString ChartView::valueText(qint64 value) const
{
    return m_metric == HistoryMetric::Size ? humanSize(value) : tickText(value);
}

QPointF ChartView::placeOf(std::size_t line, int build) const
{
    const ChartPoint* point = m_chart.point(line, build);
    return point ? QPointF(xOf(build), yOf(point->value)) : QPointF();
}

/// The build whose column holds the place, and the point that is near.
ChartView::Spot ChartView::spotAt(QPointF place) const
{
    if (m_chart.builds == 0 || !m_plot.adjusted(0, -kMargin, 0, kMargin + fontMetrics().height()).contains(place))
        return {};
    Spot spot{.build = 0};
    for (int build = 1; build < m_chart.builds; ++build)
        if (std::abs(xOf(build) - place.x()) < std::abs(xOf(spot.build) - place.x()))
            spot.build = build;
    double nearest = kNear;
    for (std::size_t line = 0; line < m_chart.lines.size(); ++line) {
        if (!m_chart.point(line, spot.build))
            continue;
        const double away = std::abs(placeOf(line, spot.build).y() - place.y());
        if (away < nearest) {
            nearest = away;
            spot.line = static_cast<int>(line);
        }
    }
    return spot;
}

QString ChartView::hintAt(QPointF place) const
{
    return hint(spotAt(place));
}

QString ChartView::hint(const Spot& spot) const
{
    if (spot.build < 0)
        return {};
    const KeptBuild& here = build(spot.build);
    QStringList lines{tr("%1, %2").arg(beginText(here), here.engineLabel())};
    const bool isBuilt = here.outcome == BuildOutcome::Succeeded;
    if (!isBuilt)
        lines << (here.message.isEmpty() ? outcomeText(here) : here.message);
    const KeptStage* stage =
        spot.line < 0 ? nullptr : here.stage(m_chart.lines[static_cast<std::size_t>(spot.line)].stage);
    if (!stage) {
        lines << (isBuilt ? tr("%1 built in %2") : tr("%1, after %2")).arg(here.target, timeText(here.milliseconds));
        return lines.join(u'\n');
    }
    lines << (stage->ships ? tr("%1, ships").arg(stage->label) : stage->label);
    QString size = humanSize(stage->total);
    for (int before = spot.build - 1; before >= 0; --before) {
        if (const KeptStage* earlier = build(before).stage(stage->label)) {
            const qint64 more = stage->total - earlier->total;
            size = more == 0 ? tr("%1, as before").arg(size) : tr("%1, %2").arg(size, signedSize(more));
            break;
        }
    }
    lines << size << (stage->cached ? tr("from the cache") : timeText(stage->milliseconds));
    return lines.join(u'\n');
}

/// The line above or below in the build; the same where there is none.
int ChartView::lineBesides(const Spot& spot, int direction) const
{
    std::vector<std::pair<qint64, int>> points;
    for (std::size_t line = 0; line < m_chart.lines.size(); ++line)
        if (const ChartPoint* point = m_chart.point(line, spot.build))
            points.emplace_back(point->value, static_cast<int>(line));
    std::ranges::sort(points);
    const auto here = std::ranges::find(points, spot.line, &std::pair<qint64, int>::second);
    if (points.empty())
        return -1;
    if (here == points.end())
        return direction > 0 ? points.front().second : points.back().second;
    const auto next = std::clamp<std::ptrdiff_t>(here - points.begin() + direction, 0, std::ssize(points) - 1);
    return points[static_cast<std::size_t>(next)].second;
}

ChartView::Spot ChartView::besides(const Spot& spot, int key) const
{
    const int last = m_chart.builds - 1;
    if (spot.build < 0)
        return {.build = key == Qt::Key_Home ? 0 : last};
    switch (key) {
    case Qt::Key_Home:
        return {.build = 0, .line = spot.line};
    case Qt::Key_End:
        return {.build = last, .line = spot.line};
    case Qt::Key_Left:
        return {.build = std::max(0, spot.build - 1), .line = spot.line};
    case Qt::Key_Right:
        return {.build = std::min(last, spot.build + 1), .line = spot.line};
    default:
        return {.build = spot.build, .line = lineBesides(spot, key == Qt::Key_Up ? 1 : -1)};
    }
}

/// For those who hear it: the point that the keys are at.
void ChartView::describe()
{
    const QString said = hint(m_current);
    setAccessibleDescription(
        said.isEmpty() ? tr("How each stage's size and time moved from build to build; left and right walk from build "
                            "to build, up and down from stage to stage, Enter chooses the build")
                       : QString(said).replace(u'\n', u", "_s));
}

void ChartView::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    const bool walks = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down ||
                       key == Qt::Key_Home || key == Qt::Key_End;
    const bool enters = key == Qt::Key_Return || key == Qt::Key_Enter;
    const bool isPlain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (!isPlain || m_chart.builds == 0 || (!walks && !enters)) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (enters && m_current.build >= 0)
        emit buildChosen(build(m_current.build).id);
    else
        m_current = besides(m_current, key);
    describe();
    update();
}

void ChartView::mousePressEvent(QMouseEvent* event)
{
    const Spot spot = event->button() == Qt::LeftButton ? spotAt(event->position()) : Spot();
    if (spot.build < 0)
        return;
    m_current = spot;
    describe();
    update();
    emit buildChosen(build(spot.build).id);
}

void ChartView::mouseMoveEvent(QMouseEvent* event)
{
    const Spot spot = spotAt(event->position());
    if (spot == m_hovered)
        return;
    m_hovered = spot;
    update();
}

void ChartView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_hovered = {};
    update();
}

bool ChartView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        // What an engine says may look like markup; a tooltip would take it for such.
        QToolTip::showText(help->globalPos(), hintAt(help->pos()).toHtmlEscaped().replace(u'\n', "<br>"_L1), this);
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    if (event->type() == QEvent::FontChange)
        arrange();
    return QWidget::event(event);
}

} // namespace stagelift::ui
