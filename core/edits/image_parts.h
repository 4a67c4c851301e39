// SPDX-License-Identifier: GPL-3.0-or-later
//
// The name of an image cut into its parts, variables left whole: in `${REGISTRY:-a:5000}/app:${V}` the last colon alone
// is ahead of a tag.

#pragma once

#include "core/edits/from_edits.h"
#include "core/stages/image_name.h"

#include <optional>
#include <string_view>

namespace stagelift::edits {

[[nodiscard]] ImageParts partsOf(std::string_view image);
/// The opposite.
[[nodiscard]] std::string joined(const ImageParts& parts);

/// The one variable of a text and what stands around it.
struct SoleVariable {
    std::string_view prefix;
    std::string_view name;
    std::string_view suffix;
    std::optional<std::string_view> fallback; // of `${NAME:-x}`
    bool isForEmpty = false;                  // ":-" counts an empty value as none

    [[nodiscard]] bool isWhole() const { return prefix.empty() && suffix.empty(); }
};

/// Nothing for a text without a variable, with several, or with a form other than `$x`, `${x}`, `${x:-y}`, `${x-y}`.
[[nodiscard]] std::optional<SoleVariable> soleVariable(std::string_view text);

} // namespace stagelift::edits
