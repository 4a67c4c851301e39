// SPDX-License-Identifier: GPL-3.0-or-later
//
// A build takes a while, and people type on. What it reports belongs to the text that it was started with; these say
// what of it still holds for the text as it is now.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/build.h"

#include <QHash>

#include <optional>

namespace stagelift::ui {

[[nodiscard]] bool sameText(const Analysis& built, const Analysis& now);
/// As many stages, of the same names: numbers by stage still mean the same.
[[nodiscard]] bool sameStages(const Analysis& built, const Analysis& now);
/// As many instructions, of the same words: numbers by instruction still mean the same.
[[nodiscard]] bool sameInstructions(const Analysis& built, const Analysis& now);

/// Where the instruction that `span` lies in stands now; nothing where it is gone.
[[nodiscard]] std::optional<Span> spanNow(const Analysis& built, const Analysis& now, Span span);

/// By instruction: what its layer weighs in the image of its own stage.
[[nodiscard]] QHash<int, qint64> layerSizes(const QList<StageSize>& sizes);

/// A stage in a text that has changed: the one of that name, else, where no stage came or went, the one at that place,
/// which was renamed; nothing where it is gone.
[[nodiscard]] std::optional<int> stageAgain(const StageGraph& graph, const QString& name, int index,
                                            std::size_t countBefore);
/// The same for the chosen target; where it is gone, the default target.
[[nodiscard]] int targetAgain(const StageGraph& graph, const QString& name, int index, std::size_t countBefore);

} // namespace stagelift::ui
