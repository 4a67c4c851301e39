// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the text speaks of a stage: FROM, COPY --from, RUN --mount from=, and ONBUILD of these.

#pragma once

#include "core/edits/edits.h"

#include <optional>
#include <vector>

namespace stagelift::edits {

enum class Naming : std::uint8_t { Name, Index, Variable };

struct Reference {
    Span span; // of the name
    Naming naming = Naming::Name;
    const Edge* edge = nullptr; // none for an ONBUILD that nothing in this file is built on
};

/// All that mean this stage, in the order of the file, each once.
[[nodiscard]] std::vector<Reference> referencesTo(const Analysis& analysis, int stage);

/// The instruction that does the work: the child of an ONBUILD, else itself.
[[nodiscard]] const Instruction& acting(const Instruction& instruction);

} // namespace stagelift::edits
