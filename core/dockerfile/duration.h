// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace stagelift {

inline constexpr std::int64_t kNanosecondsAMillisecond = 1'000'000;

/// Nanoseconds, from a text as "1m30s" or "1.5h"; else Go's sentence on what is wrong with it.
[[nodiscard]] std::expected<std::int64_t, std::string> parseDuration(std::string_view text);

} // namespace stagelift
