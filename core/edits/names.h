// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a stage may be called and what it may be built from. Rules and sentences: BuildKit, instructions/parse.go and
// linter/ruleset.go; distribution/reference for images.

#pragma once

#include "core/edits/edits.h"

#include <optional>
#include <string>
#include <string_view>

namespace stagelift::edits {

/// Why `stage` can't be called `name` (in lower case); pass -1 for a stage that is yet to come.
[[nodiscard]] std::optional<Refusal> refusalToName(const StageGraph& graph, int stage, std::string_view name);

/// Why an image can't be called so. A name that holds a variable is not looked into.
[[nodiscard]] std::optional<Refusal> refusalOfImage(std::string_view image);

/// The last definition of a name, in any case: what COPY --from takes.
[[nodiscard]] std::optional<int> lastStageNamed(const StageGraph& graph, std::string_view name);

/// What BuildKit calls a stage in its errors.
[[nodiscard]] std::string stageName(const StageGraph& graph, int stage);

[[nodiscard]] bool isStage(const StageGraph& graph, int stage);

} // namespace stagelift::edits
