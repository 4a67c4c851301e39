// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a hand on the diagram does to the text. Each operation is a pure function from an analysis and an intent to the
// fewest edits that do it, or to a refusal in BuildKit's words. Nothing outside the edited bytes changes.

#pragma once

#include "core/edits/copy_edits.h"
#include "core/edits/edit_types.h"
#include "core/edits/from_edits.h"
#include "core/edits/instruction_edits.h"

#include <optional>
#include <string>
#include <string_view>

namespace stagelift {

/// Makes a stage be built FROM another stage, or from an image by its name.
[[nodiscard]] EditOutcome changeBase(const Analysis& before, int stage, std::string_view base);

/// Gives a stage another name, in its FROM and wherever it is meant: FROM, COPY --from, RUN --mount from=, ONBUILD.
[[nodiscard]] EditOutcome renameStage(const Analysis& before, int stage, std::string_view name);

/// Gives an unnamed stage a name; references by index stay right and become names.
[[nodiscard]] EditOutcome nameStage(const Analysis& before, int stage, std::string_view name);

/// Puts a new stage at the end of the file.
[[nodiscard]] EditOutcome addStage(const Analysis& before, std::string_view base, std::string_view name);

/// Takes out a stage that nothing needs; refused where something does, with that going too as the remedy.
[[nodiscard]] EditOutcome removeStage(const Analysis& before, int stage);

/// Moves a stage with its comments ahead of the stage above it or behind the one below. Refused where a FROM or a COPY
/// would then come before what it names.
[[nodiscard]] EditOutcome moveStage(const Analysis& before, int stage, bool up);

} // namespace stagelift
