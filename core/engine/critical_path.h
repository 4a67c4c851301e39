// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why a build took as long as it did: the chain of steps, each of which waited for the one before, that ends when the
// build does. Only what makes a step of it quicker makes the build quicker (Kelley and Walker, 1959).
//
// The steps are taken in an order in which each comes behind what it waited for (Kahn, 1962), and each has the longest
// way to it: its own time and the longest of those it waited for. From the step that ends last the way is walked back.
// Data may be bad: what waits for itself in a circle is taken by its begin, and only looks back at what was taken.
//
// A step of which nobody knows what it waited for (an image that is pulled, the export of what was built) is taken to
// have waited for the one that ended last before it began.

#pragma once

#include "core/engine/build.h"

#include <QList>

namespace stagelift {

struct CriticalPath {
    QList<int> steps;        // indices into what was given, in the order of time; steps that took no time are left out
    qint64 milliseconds = 0; // that they took together, what two did at the same time counted once
    qint64 total = 0;        // ms, from the first begin of all steps to the last end

    [[nodiscard]] bool operator==(const CriticalPath&) const = default;
};

/// @param steps of one build, in any order
/// @param now on the build's clock, as BuildStep has it: where steps that are still running end
/// @returns a path to the step that ends last, or that failed; empty where no step took any time
[[nodiscard]] CriticalPath criticalPath(const QList<BuildStep>& steps, qint64 now);

} // namespace stagelift
