// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why a stage can't be called or built from what a hand asks for. Sentences: BuildKit, instructions/parse.go and
// linter/ruleset.go; distribution/reference for images.

#pragma once

#include "core/edits/edits.h"
#include "core/stages/stage_names.h"

#include <optional>
#include <string>
#include <string_view>

namespace stagelift::edits {

/// Why `stage` can't be called `name` (in lower case); pass -1 for a stage that is yet to come.
[[nodiscard]] std::optional<Refusal> refusalToName(const StageGraph& graph, int stage, std::string_view name);

/// Why an image can't be called so. A name that holds a variable is not looked into.
[[nodiscard]] std::optional<Refusal> refusalOfImage(std::string_view image);

/// Why no COPY and no mount can take from an image called so: --from knows no variables.
[[nodiscard]] std::optional<Refusal> refusalOfImageSource(std::string_view image);

/// What BuildKit calls a stage in its errors.
[[nodiscard]] std::string stageName(const StageGraph& graph, int stage);

[[nodiscard]] bool isStage(const StageGraph& graph, int stage);

} // namespace stagelift::edits
