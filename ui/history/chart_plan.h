// SPDX-License-Identifier: GPL-3.0-or-later
//
// How each stage's size and time moved from build to build, as lines of a chart: what they are made of, before anything
// is drawn.
//
// Builds stand beside each other at equal distances, the oldest at the left, whatever time lies between them. A line
// belongs to a stage by its name; it goes on over builds that did not have the stage, or that failed.

#pragma once

#include "core/history/kept_build.h"

#include <QList>
#include <QString>

#include <vector>

namespace stagelift::ui {

enum class HistoryMetric : quint8 {
    Size, // what the stage's image weighs, bytes
    Time, // spent in the stage's steps, ms; what came from the cache took none, and has no point
};

struct ChartPoint {
    int build = 0; // 0 is the oldest
    qint64 value = 0;

    [[nodiscard]] bool operator==(const ChartPoint&) const = default;
};

struct ChartLine {
    QString stage;
    int number = 0;     // of the stage in the newest build that has it: its hue
    bool ships = false; // there
    std::vector<ChartPoint> points;
};

struct ChartAxis {
    qint64 low = 0;
    qint64 high = 1;
    qint64 step = 1; // from tick to tick

    [[nodiscard]] bool operator==(const ChartAxis&) const = default;
};

struct HistoryChart {
    std::vector<ChartLine> lines; // those of the newest build first, in the order of its file
    int builds = 0;
    std::vector<int> failed; // builds that measured nothing

    [[nodiscard]] const ChartPoint* point(std::size_t line, int build) const;
};

/// @param builds newest first
/// @param stage the only one to show; "" for all
[[nodiscard]] HistoryChart planHistory(const QList<KeptBuild>& builds, HistoryMetric metric, const QString& stage = {});

/// All lines on one axis from 0; a line by itself on the least round one that it fits on, so that small changes show.
/// No two ticks read the same.
/// @param rows how many ticks there is room for, 1 at least
[[nodiscard]] ChartAxis axisOf(const HistoryChart& chart, HistoryMetric metric, int rows);

/// The least of 1, 2, 5, 10, 20 … that is no less; 1 at least.
[[nodiscard]] qint64 roundUp(qint64 value);

/// Labels that lie at `wanted` and are `height` high, moved so far that they do not lie on each other and stay between
/// the two; in the order given. Where there is no room for all, the last ones have none and are at -1.
[[nodiscard]] std::vector<double> spread(const std::vector<double>& wanted, double height, double top, double bottom);

} // namespace stagelift::ui
