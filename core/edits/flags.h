// SPDX-License-Identifier: GPL-3.0-or-later
//
// The flags of an instruction, changed in place: --from of a COPY, the fields of a --mount, any by its name.

#pragma once

#include "core/dockerfile/mount.h"
#include "core/edits/draft.h"
#include "core/edits/references.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift::edits {

/// The --mount that an edge was read from; nullptr for other edges.
[[nodiscard]] const Flag* mountOf(const Analysis& analysis, const Edge& edge);

/// True where two edges stand in the same words: in one COPY, or in one mount of a RUN. An ONBUILD has one for each
/// stage that is built on its own.
[[nodiscard]] bool shareWords(const Analysis& analysis, const Edge& left, const Edge& right);

/// Takes out a flag with the blanks behind it, and the continuation line that it stood alone on.
[[nodiscard]] TextEdit removedFlag(const Analysis& analysis, const Instruction& instruction, const Flag& flag);

/// Where the next word begins if nothing but blanks and one line's continuation stands in between; else where the
/// blanks end. Looks no further than `end`.
[[nodiscard]] std::uint32_t nextWord(const Analysis& analysis, std::uint32_t offset, std::uint32_t end);

/// A value as a flag has to spell it, for BuildKit splits flags at blanks and takes quotes and escapes off; or why no
/// flag can hold it.
[[nodiscard]] std::expected<std::string, Refusal> spelledInFlag(std::string_view value, char escape);

/// Brings all flags of a name to these texts, each as it is spelled: "--link", "--chown=1". What is the same stays,
/// what is new comes behind its like, else behind the other flags. Selects the value of the first that changes.
/// @returns whether there was anything to change.
[[nodiscard]] bool bringFlagsTo(Draft& draft, const Analysis& before, const Instruction& line, std::string_view name,
                                const std::vector<std::string>& wanted);

/// Takes out a field of a --mount with what parts it from the field beside it: a comma, maybe a line's continuation.
[[nodiscard]] TextEdit removedField(const Analysis& analysis, const Mount& mount, const MountField& field);

} // namespace stagelift::edits
