// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/timeline_plan.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <map>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr double kLeastWidth = 6;   // px, of a bar
constexpr double kSlack = 0.5;      // px by which bars may touch
constexpr double kFurthest = 48;    // px that a short bar gives way to others before it goes into another row
constexpr double kMostCut = 32;     // px that a long bar gives way to short ones
constexpr qsizetype kNamed = 3;     // steps of the critical path in its sentence
constexpr qsizetype kNameSize = 48; // characters
constexpr qint64 kSecond = 1000;    // ms
constexpr qint64 kMinute = 60 * kSecond;
constexpr qint64 kHour = 60 * kMinute;

constexpr std::array<qint64, 26> kTicks{1,
                                        2,
                                        5,
                                        10,
                                        20,
                                        50,
                                        100,
                                        200,
                                        500,
                                        kSecond,
                                        2 * kSecond,
                                        5 * kSecond,
                                        10 * kSecond,
                                        15 * kSecond,
                                        30 * kSecond,
                                        kMinute,
                                        2 * kMinute,
                                        5 * kMinute,
                                        10 * kMinute,
                                        15 * kMinute,
                                        30 * kMinute,
                                        kHour,
                                        2 * kHour,
                                        5 * kHour,
                                        10 * kHour,
                                        20 * kHour};

class Words {
    Q_DECLARE_TR_FUNCTIONS(stagelift::ui::Timeline)
};

/// The rows of a lane, as far as each is taken.
class Rows {
public:
    void place(TimelineBar& bar, const BuildStep& step)
    {
        const bool isShort = bar.right - bar.left < kLeastWidth;
        const auto row = rowFor(bar, step, isShort);
        bar.row = static_cast<int>(row - m_rows.begin());
        bar.left = std::max(bar.left, row->reached);
        if (isShort)
            bar.right = bar.left + kLeastWidth;
        *row = {isShort ? bar.right + 1 : bar.right, isShort, step.id};
    }
    [[nodiscard]] int count() const { return std::max(1, static_cast<int>(m_rows.size())); }

private:
    struct Row {
        double reached = 0; // px
        bool byShort = false;
        QString step; // the last in it
    };

    /// The first that is free, or nearly: a short bar stands beside its neighbour, to short ones others give way, and a
    /// step is told to begin a moment before what it waited for is told to have ended.
    std::vector<Row>::iterator rowFor(const TimelineBar& bar, const BuildStep& step, bool isShort)
    {
        const double mostCut = std::min(kMostCut, (bar.right - bar.left) / 2);
        const auto isFree = [&](const Row& row) { return row.reached <= bar.left + kSlack; };
        const auto isNearlyFree = [&](const Row& row) {
            const double lies = row.reached - bar.left; // px over each other
            return isShort ? lies <= kFurthest : lies <= mostCut && (row.byShort || step.waitedFor.contains(row.step));
        };
        auto row = std::ranges::find_if(m_rows, isFree);
        if (row == m_rows.end())
            row = std::ranges::find_if(m_rows, isNearlyFree);
        return row != m_rows.end() ? row : m_rows.insert(m_rows.end(), Row{});
    }

    std::vector<Row> m_rows;
};

qint64 endOf(const BuildStep& step, qint64 now)
{
    if (step.state == StepState::Cached)
        return step.startedAt;
    return std::max(step.startedAt, step.endedAt >= 0 ? step.endedAt : now);
}

} // namespace

const TimelineBar* TimelinePlan::barOf(int step) const
{
    const auto bar = std::ranges::find(bars, step, &TimelineBar::step);
    return bar == bars.end() ? nullptr : &*bar;
}

TimelinePlan planTimeline(const QList<BuildStep>& steps, const CriticalPath& path, qint64 now, double pixelsPerMs)
{
    constexpr int kBehindAll = std::numeric_limits<int>::max();
    std::map<int, std::vector<int>> byStage;
    for (int i = 0; i < static_cast<int>(steps.size()); ++i)
        byStage[steps.at(i).stage < 0 ? kBehindAll : steps.at(i).stage].push_back(i);

    TimelinePlan plan;
    for (auto& [stage, its] : byStage) {
        const auto lane = static_cast<int>(plan.lanes.size());
        std::erase_if(its, [&](int step) { return steps.at(step).startedAt < 0; });
        if (its.empty() && stage == kBehindAll)
            continue;
        std::ranges::stable_sort(its, {}, [&](int step) { return steps.at(step).startedAt; });
        Rows rows;
        for (const int each : its) {
            const BuildStep& step = steps.at(each);
            TimelineBar bar{.step = each,
                            .lane = lane,
                            .left = static_cast<double>(step.startedAt) * pixelsPerMs,
                            .right = static_cast<double>(endOf(step, now)) * pixelsPerMs,
                            .critical = path.steps.contains(each)};
            rows.place(bar, step);
            plan.bars.push_back(bar);
        }
        plan.lanes.push_back({stage == kBehindAll ? -1 : stage, rows.count()});
    }
    return plan;
}

qint64 tickDistance(double pixelsPerMs, double pixels)
{
    const auto wide = [&](qint64 time) { return static_cast<double>(time) * pixelsPerMs >= pixels; };
    const auto* round = std::ranges::find_if(kTicks, wide);
    if (round != kTicks.end())
        return *round;
    qint64 distance = kTicks.back();
    while (!wide(distance) && distance < std::numeric_limits<qint64>::max() / 4)
        distance *= 2;
    return distance;
}

QString tickText(qint64 milliseconds)
{
    if (milliseconds == 0)
        return u"0"_s;
    const qint64 seconds = milliseconds / kSecond;
    if (milliseconds < kMinute || milliseconds % kSecond != 0) {
        const QString number =
            QLocale().toString(static_cast<double>(milliseconds) / kSecond, 'g', QLocale::FloatingPointShortest);
        return Words::tr("%1 s").arg(number);
    }
    if (seconds % 60 == 0)
        return Words::tr("%1 min").arg(seconds / 60);
    return Words::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

QString timeText(qint64 milliseconds)
{
    if (milliseconds < kSecond)
        return Words::tr("%1 ms").arg(milliseconds);
    if (milliseconds < kMinute)
        return Words::tr("%1 s").arg(QLocale().toString(static_cast<double>(milliseconds) / kSecond, 'f', 1));
    const qint64 seconds = milliseconds / kSecond;
    return Words::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

QString stepTitle(const StageGraph& graph, const BuildStep& step)
{
    if (step.stage < 0 || std::cmp_greater_equal(step.stage, graph.stages.size()))
        return step.name;
    return u"%1 › %2"_s.arg(QString::fromStdString(graph.label(stageNode(step.stage))), step.name);
}

QString stepTimes(const BuildStep& step, qint64 now)
{
    if (step.startedAt < 0)
        return Words::tr("has not begun");
    const QString begin = timeText(step.startedAt);
    const QString time = timeText(endOf(step, now) - step.startedAt);
    switch (step.state) {
    case StepState::Cached:
        return Words::tr("at %1, from the cache").arg(begin);
    case StepState::Failed:
        return Words::tr("began at %1, failed after %2").arg(begin, time);
    case StepState::Stopped:
        return Words::tr("began at %1, was called off after %2").arg(begin, time);
    case StepState::Done:
        return Words::tr("began at %1, took %2").arg(begin, time);
    case StepState::Waiting:
    case StepState::Running:
        break;
    }
    return Words::tr("began at %1, running for %2").arg(begin, time);
}

QString pathSentence(const StageGraph& graph, const QList<BuildStep>& steps, const CriticalPath& path)
{
    if (path.steps.isEmpty())
        return Words::tr("No step took any time.");
    const auto timeOf = [&](int each) { return endOf(steps.at(each), path.total) - steps.at(each).startedAt; };
    QList<int> named = path.steps;
    std::ranges::stable_sort(named, std::greater(), timeOf);
    named.resize(std::min(named.size(), kNamed));
    QStringList titles;
    for (const int each : path.steps) {
        if (!named.contains(each))
            continue;
        QString title = stepTitle(graph, steps.at(each)).simplified();
        if (title.size() > kNameSize)
            title = title.left(kNameSize) + u'…';
        titles << title;
    }
    if (named.size() < path.steps.size())
        titles << u"…"_s;
    return Words::tr("Critical path %1 of %2: %3")
        .arg(timeText(path.milliseconds), timeText(path.total), titles.join(u" → "_s));
}

} // namespace stagelift::ui
