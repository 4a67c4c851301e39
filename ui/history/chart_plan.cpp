// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/history/chart_plan.h"

#include "ui/build/timeline_plan.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace stagelift::ui {

namespace {

ChartLine& lineOf(HistoryChart& chart, const KeptStage& stage)
{
    const auto known = std::ranges::find(chart.lines, stage.label, &ChartLine::stage);
    if (known != chart.lines.end())
        return *known;
    chart.lines.push_back({.stage = stage.label, .number = stage.index, .ships = stage.ships, .points = {}});
    return chart.lines.back();
}

/// The least difference to `most` bytes that humanSize() shows: it has three digits, and below a kilobyte every byte.
qint64 leastTold(qint64 most)
{
    constexpr qint64 kKilobyte = 1000;
    constexpr qint64 kParts = 100;
    return most < kKilobyte ? 1 : most / kParts;
}

qint64 floorTo(qint64 value, qint64 step)
{
    return value - value % step;
}

} // namespace

const ChartPoint* HistoryChart::point(std::size_t line, int build) const
{
    const auto& points = lines.at(line).points;
    const auto found = std::ranges::lower_bound(points, build, {}, &ChartPoint::build);
    return found == points.end() || found->build != build ? nullptr : &*found;
}

HistoryChart planHistory(const QList<KeptBuild>& builds, HistoryMetric metric, const QString& stage)
{
    HistoryChart chart;
    chart.builds = static_cast<int>(builds.size());
    for (int at = 0; at < chart.builds; ++at) { // the newest first, for the order of the lines
        const KeptBuild& build = builds.at(at);
        const int place = chart.builds - 1 - at;
        if (build.stages.isEmpty())
            chart.failed.push_back(place);
        for (const KeptStage& each : build.stages) {
            if (!stage.isEmpty() && each.label != stage)
                continue;
            ChartLine& line = lineOf(chart, each);
            if (metric == HistoryMetric::Size)
                line.points.push_back({place, each.total});
            else if (!each.cached)
                line.points.push_back({place, each.milliseconds});
        }
    }
    std::ranges::reverse(chart.failed);
    for (ChartLine& line : chart.lines)
        std::ranges::reverse(line.points);
    return chart;
}

qint64 roundUp(qint64 value)
{
    constexpr qint64 kLargest = std::numeric_limits<qint64>::max() / 10;
    for (qint64 power = 1; power <= kLargest; power *= 10)
        for (const qint64 digit : {1, 2, 5})
            if (digit * power >= value)
                return digit * power;
    return kLargest;
}

ChartAxis axisOf(const HistoryChart& chart, HistoryMetric metric, int rows)
{
    qint64 least = std::numeric_limits<qint64>::max();
    qint64 most = 0;
    for (const ChartLine& line : chart.lines)
        for (const ChartPoint& point : line.points) {
            least = std::min(least, point.value);
            most = std::max(most, point.value);
        }
    if (chart.lines.size() != 1)
        least = 0;
    least = std::min(least, most);
    const qint64 room = std::max<qint64>(1, (most - least) / std::max(1, rows));
    const qint64 step = metric == HistoryMetric::Size ? roundUp(std::max(room, leastTold(most)))
                                                      : std::max<qint64>(1, tickDistance(1, static_cast<double>(room)));
    ChartAxis axis{.low = floorTo(least, step), .high = floorTo(most + step - 1, step), .step = step};
    if (axis.high == axis.low) // all of one size: the line lies in the middle
        axis = {.low = std::max<qint64>(0, axis.low - step), .high = axis.low + step, .step = step};
    return axis;
}

std::vector<double> spread(const std::vector<double>& wanted, double height, double top, double bottom)
{
    const auto room = static_cast<std::size_t>(std::max(0.0, (bottom - top) / height));
    const std::size_t count = std::min(wanted.size(), room);
    std::vector<double> places(wanted.size(), -1);
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t label) { return wanted[label]; });
    double free = top;
    for (const std::size_t label : order) {
        places[label] = std::max(free, wanted[label]);
        free = places[label] + height;
    }
    double end = bottom;
    for (auto label = order.rbegin(); label != order.rend(); ++label) {
        places[*label] = std::min(places[*label], end - height);
        end = places[*label];
    }
    return places;
}

} // namespace stagelift::ui
