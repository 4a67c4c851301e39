// SPDX-License-Identifier: GPL-3.0-or-later
//
// The flags of an instruction, changed in place: --from of a COPY, the fields of a --mount.

#pragma once

#include "core/dockerfile/mount.h"
#include "core/edits/draft.h"
#include "core/edits/references.h"

#include <string>
#include <string_view>

namespace stagelift::edits {

/// The --mount that an edge was read from; nullptr for other edges.
[[nodiscard]] const Flag* mountOf(const Analysis& analysis, const Edge& edge);

/// True where two edges stand in the same words: in one COPY, or in one mount of a RUN. An ONBUILD has one for each
/// stage that is built on its own.
[[nodiscard]] bool shareWords(const Analysis& analysis, const Edge& left, const Edge& right);

/// Takes out a flag with the blanks behind it, and the continuation line that it stood alone on.
[[nodiscard]] TextEdit removedFlag(const Analysis& analysis, const Instruction& instruction, const Flag& flag);

/// Takes out a field of a --mount with what parts it from the field beside it: a comma, maybe a line's continuation.
[[nodiscard]] TextEdit removedField(const Analysis& analysis, const Mount& mount, const MountField& field);

} // namespace stagelift::edits
