// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the text names stages: behind AS, in a FROM, in COPY --from and in a mount's from.

#pragma once

#include "core/edits/analysis.h"

#include <optional>
#include <vector>

namespace stagelift::ui {

/// The stage that the name at this byte means; -1 where there is none.
[[nodiscard]] int stageNamedAt(const Analysis& analysis, std::uint32_t offset);
/// The span of that name; of a reference to an image too.
[[nodiscard]] std::optional<Span> referenceAt(const Analysis& analysis, std::uint32_t offset);
/// Every place that names the stage, in the order of the file.
[[nodiscard]] std::vector<Span> usesOf(const Analysis& analysis, int stage);
/// What a jump to a stage selects: its name, else its base.
[[nodiscard]] Span definitionOf(const Analysis& analysis, int stage);

} // namespace stagelift::ui
