// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the steps of a build stand on a time axis: a lane for each stage in the order of the file, then one for what
// belongs to no stage, and in it a bar for each step that has begun.
//
// A bar lies where its times say. Steps that ran at the same time lie below each other, in rows of their lane. What is
// too short to be seen (and what comes from the cache takes no time) gets a least width, and stands beside its
// neighbour where it would lie on it.

#pragma once

#include "core/engine/critical_path.h"
#include "core/stages/stage_graph.h"

#include <QList>
#include <QString>

#include <vector>

namespace stagelift::ui {

struct TimelineBar {
    int step = 0; // into the steps that it was made from
    int lane = 0;
    int row = 0;     // of the lane
    double left = 0; // px from the begin of the build
    double right = 0;
    bool critical = false;
};

struct TimelineLane {
    int stage = -1;
    int rows = 1;
};

struct TimelinePlan {
    std::vector<TimelineLane> lanes;
    std::vector<TimelineBar> bars; // by lane, those of a lane in the order of their begin

    [[nodiscard]] const TimelineBar* barOf(int step) const;
};

/// @param now on the build's clock, as BuildStep has it: where the bars of steps that run end
[[nodiscard]] TimelinePlan planTimeline(const QList<BuildStep>& steps, const CriticalPath& path, qint64 now,
                                        double pixelsPerMs);

/// The distance of two ticks in ms: the least round time that is `pixels` wide or more.
[[nodiscard]] qint64 tickDistance(double pixelsPerMs, double pixels);
/// "0", "0.5 s", "5 s", "1 min 30 s"
[[nodiscard]] QString tickText(qint64 milliseconds);
/// "12 ms", "12.3 s", "1 min 12 s"
[[nodiscard]] QString timeText(qint64 milliseconds);
/// "build › RUN make"; the name alone where it is of no stage.
[[nodiscard]] QString stepTitle(const StageGraph& graph, const BuildStep& step);
/// "began at 1.2 s, took 3.4 s": what became of a step and when.
[[nodiscard]] QString stepTimes(const BuildStep& step, qint64 now);
/// "Critical path 12.3 s of 14.0 s: build › RUN make → …": the longest steps of it.
[[nodiscard]] QString pathSentence(const StageGraph& graph, const QList<BuildStep>& steps, const CriticalPath& path);

} // namespace stagelift::ui
