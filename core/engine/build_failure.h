// SPDX-License-Identifier: GPL-3.0-or-later
//
// A failed build in one sentence: which line, which instruction, and what the engine has against it.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/build.h"
#include "core/engine/process.h"

#include <QStringList>

#include <optional>

namespace stagelift {

struct Failure {
    QString message;
    int instruction = -1;
};

/// The engine's own last lines are enough to find its error among them.
inline constexpr qsizetype kEngineWordsKept = 50;

/// @param isDiskFull as for withCause()
[[nodiscard]] Failure describeFailure(const Analysis& analysis, const Engine& engine, const ProcessResult& result,
                                      const std::optional<BuildStep>& step, const QStringList& engineWords,
                                      bool isDiskFull);

} // namespace stagelift
