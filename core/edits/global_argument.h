// SPDX-License-Identifier: GPL-3.0-or-later
//
// FROM ${BASE}: what the variable stands for is changed in its argument's default.

#pragma once

#include "core/edits/references.h"

#include <expected>
#include <span>

namespace stagelift::edits {

/// The default of the ARG that the reference takes the stage's name from: its whole value, used for nothing but this
/// stage. Else why it can't be changed.
[[nodiscard]] std::expected<Span, Refusal>
defaultToRename(const Analysis& analysis, std::span<const Reference> references, const Reference& reference);
/// The default of the variable, quotes left out, where it is what a word of a FROM alone gets its text from: written in
/// one global ARG, without variables of its own, and expanded nowhere but within `user`. Else why it can't be changed.
[[nodiscard]] std::expected<Span, Refusal> defaultForOne(const Analysis& analysis, std::string_view variable,
                                                         Span user);

} // namespace stagelift::edits
