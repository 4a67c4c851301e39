// SPDX-License-Identifier: GPL-3.0-or-later
//
// Edits that more than one check mends with.

#pragma once

#include "core/checks/subject.h"

#include <string>
#include <string_view>

namespace stagelift {

/// Another name for a stage, and for it wherever it is meant by its name. What means it by a variable stays.
[[nodiscard]] TextEdits renamedStage(const Subject& subject, const Stage& stage, std::string_view name);

/// A name for a stage that has none, and that name wherever its index stands.
[[nodiscard]] TextEdits namedStage(const Subject& subject, const Stage& stage, std::string_view name);

/// The instruction's lines taken out.
[[nodiscard]] TextEdits withoutInstruction(const Subject& subject, const Instruction& instruction);

/// A line ahead of the instruction, indented as it is.
[[nodiscard]] TextEdits lineAbove(const Subject& subject, const Instruction& instruction, std::string_view line);

/// An ARG of that name ahead of the instruction; nothing for what can't be a name. `keyword` is ARG as the file writes
/// it, filled in by the first call.
[[nodiscard]] TextEdits declaredAbove(const Subject& subject, const Instruction& instruction, std::string_view name,
                                      std::string& keyword);
/// Letters, digits and underscores.
[[nodiscard]] bool isVariableName(std::string_view name);

/// `$from` and `${from…` turned into those of `to`, wherever they stand in the span.
[[nodiscard]] TextEdits renamedVariable(const Subject& subject, Span span, std::string_view from, std::string_view to);

/// True where a comment stands between the lines of the span, which writing it anew would lose.
[[nodiscard]] bool holdsComment(const Subject& subject, Span span);

} // namespace stagelift
