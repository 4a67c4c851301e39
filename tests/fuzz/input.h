// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the bytes of an input are: a text, maybe a second one behind a line of dashes, and at the end the choices, so
// that any file is an input and a seed can be read.

#pragma once

#include <fuzzer/FuzzedDataProvider.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace stagelift::fuzz {

inline constexpr std::size_t kChoices = 12; // bytes

struct Input {
    Input(const std::uint8_t* bytes, std::size_t size)
        : text(reinterpret_cast<const char*>(bytes), size - std::min(size, kChoices)),
          choices(bytes + text.size(), size - text.size())
    {
    }

    std::string_view text;
    FuzzedDataProvider choices;
};

inline std::string_view viewOf(const std::uint8_t* bytes, std::size_t size)
{
    return {reinterpret_cast<const char*>(bytes), size};
}

/// What stands ahead of the first line of dashes, and what behind it.
inline std::pair<std::string_view, std::string_view> halves(std::string_view text)
{
    constexpr std::string_view kDashes = "\n----\n";
    const std::size_t at = text.find(kDashes);
    if (at == std::string_view::npos)
        return {text, {}};
    return {text.substr(0, at + 1), text.substr(at + kDashes.size())};
}

} // namespace stagelift::fuzz
