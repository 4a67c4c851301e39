// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the layers of each stage's image to sizes: total is all of them, base those that came with the FROM, own the
// difference. Where the FROM is another stage, base is that stage's total. Where it is an image, the layers of the
// stage's own instructions are counted off from the top: every instruction leaves one entry in the history. Triggers
// of the base (ONBUILD) count as the base's.

#pragma once

#include "core/engine/build_plan.h"
#include "core/engine/secrets.h"
#include "core/engine/step_book.h"

#include <QHash>

namespace stagelift {

struct MeasuredStage {
    QString image;
    Layers layers;
};

/// Adds the stages that the measured ones are built FROM: their layers are the first of those that are known. They have
/// no image.
void measureBelow(const Analysis& analysis, QHash<int, MeasuredStage>& measured);

/// @param measured by stage; a stage that is missing gets no row.
[[nodiscard]] QList<StageSize> stageSizes(const Analysis& analysis, const QHash<int, MeasuredStage>& measured,
                                          const QList<int>& targets, const StepBook& steps, const Redactor& redactor);

/// Ties the history of a stage's image to the instructions that made it: the stage's own, then those of the stages that
/// it is built FROM.
void tieToInstructions(const Analysis& analysis, int stage, Layers& history);

} // namespace stagelift
