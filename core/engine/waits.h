// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a step of a build waits for, as far as the Dockerfile tells it: for engines that do not say it themselves.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/build.h"

#include <QList>
#include <QStringList>

namespace stagelift {

/// The instruction before it in its stage, or the end of the stage that its FROM names; the end of each stage that it
/// copies or mounts from; and where it copies from the build context, the sending of that.
/// @param steps all that are known so far, in any order
/// @returns ids of `steps`; none where the step is of no instruction
[[nodiscard]] QStringList waitsByText(const Analysis& analysis, const QList<BuildStep>& steps, const BuildStep& step);

} // namespace stagelift
