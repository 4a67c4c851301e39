// SPDX-License-Identifier: GPL-3.0-or-later
//
// The flags that an instruction knows, and what each takes. From BuildKit, instructions/parse.go.

#pragma once

#include "core/dockerfile/dockerfile.h"

#include <span>
#include <string_view>

namespace stagelift {

/// What stands behind a flag: true, false or nothing; one text; or texts, a flag each.
enum class FlagType : std::uint8_t { Boolean, Text, Texts };

struct FlagRule {
    std::string_view name; // without dashes
    FlagType type = FlagType::Text;
};

/// The flags of an instruction of that keyword, in the order of the parser; none for one that takes none.
[[nodiscard]] std::span<const FlagRule> flagRules(Keyword keyword);

/// The one of that name, without dashes; else nullptr.
[[nodiscard]] const FlagRule* flagRule(Keyword keyword, std::string_view name);

} // namespace stagelift
