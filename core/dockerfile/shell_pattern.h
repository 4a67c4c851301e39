// SPDX-License-Identifier: GPL-3.0-or-later
//
// The patterns in `${x#pattern}` and its like: `*` any text, `?` any character, `\` ahead of one of these or of itself.

#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace stagelift {

enum class Reach : unsigned char { Shortest, Longest };

/// `value` without what `pattern` matches at its begin or its end; or why the pattern is none.
[[nodiscard]] std::expected<std::string, std::string> withoutPrefix(std::string_view value, std::string_view pattern,
                                                                    Reach reach);
[[nodiscard]] std::expected<std::string, std::string> withoutSuffix(std::string_view value, std::string_view pattern,
                                                                    Reach reach);

enum class Replace : unsigned char { First, All };

[[nodiscard]] std::expected<std::string, std::string> replaced(std::string_view value, std::string_view pattern,
                                                               std::string_view replacement, Replace which);

} // namespace stagelift
