// SPDX-License-Identifier: GPL-3.0-or-later
//
// FROM ${BASE}, where BASE comes to the name of a stage: renaming the stage has to change the argument's default.

#pragma once

#include "core/edits/references.h"

#include <expected>
#include <span>

namespace stagelift::edits {

/// The default of the ARG that the reference takes the stage's name from: its whole value, used for nothing but this
/// stage. Else why it can't be changed.
[[nodiscard]] std::expected<Span, Refusal>
defaultToRename(const Analysis& analysis, std::span<const Reference> references, const Reference& reference);

} // namespace stagelift::edits
