// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Did you mean …?", as BuildKit asks it (util/suggest): the nearest name within two edits.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace stagelift {

/// Among more names than these no slip of the finger is guessed.
inline constexpr std::size_t kMostCompared = 1000;

/// The name most like `word`, the first of several; "" where none is near or where one is the same.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string_view> names);
/// Of several the first that begins as the word does, because the first letter is seldom mistyped. For names in no
/// order, of which BuildKit takes any.
[[nodiscard]] std::string likeliest(std::string_view word, std::span<const std::string_view> names);
/// The same in any case; the answer takes on the case of the word where that is all lower or all upper.
[[nodiscard]] std::string nearestInAnyCase(std::string_view word, std::span<const std::string_view> names);

/// " (did you mean …?)", or nothing where there is nothing to suggest.
[[nodiscard]] std::string didYouMean(std::string_view suggestion);

} // namespace stagelift
