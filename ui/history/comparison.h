// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is different from one build to another: stage by stage, and what they were built with.

#pragma once

#include "core/history/kept_build.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace stagelift::ui {

/// Of a stage by its name; nothing on the side where the build did not have it.
struct StageDifference {
    QString stage;
    std::optional<qint64> totalBefore; // bytes
    std::optional<qint64> totalAfter;
    std::optional<qint64> ownBefore;
    std::optional<qint64> ownAfter;
    std::optional<qint64> timeBefore; // ms
    std::optional<qint64> timeAfter;
    bool cachedBefore = false; // all of its steps
    bool cachedAfter = false;

    [[nodiscard]] bool operator==(const StageDifference&) const = default;
};

/// The stages of `after` in the order of its file, then those that only `before` has.
[[nodiscard]] QList<StageDifference> compareStages(const KeptBuild& before, const KeptBuild& after);

/// What they were built with, where that is not the same: "MODE was fast, and is slow", a sentence each.
[[nodiscard]] QStringList compareSettings(const KeptBuild& before, const KeptBuild& after);

/// A difference of two numbers as a text; "new" and "gone" where one is missing.
[[nodiscard]] QString sizeDifference(std::optional<qint64> before, std::optional<qint64> after);
[[nodiscard]] QString timeDifference(std::optional<qint64> before, std::optional<qint64> after);

} // namespace stagelift::ui
