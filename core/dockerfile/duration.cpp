// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/duration.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <format>

namespace stagelift {

namespace {

struct Unit {
    std::string_view name;
    double nanoseconds = 1;
};

constexpr std::array kUnits{Unit{"ns", 1},   Unit{"us", 1e3}, Unit{"\xC2\xB5s", 1e3}, Unit{"\xCE\xBCs", 1e3},
                            Unit{"ms", 1e6}, Unit{"s", 1e9},  Unit{"m", 60e9},        Unit{"h", 3600e9}};

constexpr double kLongest = 9223372036854775807.0; // nanoseconds in 64 bits

std::size_t numberLength(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size() && isDigit(text[at]))
        ++at;
    if (at < text.size() && text[at] == '.')
        ++at;
    while (at < text.size() && isDigit(text[at]))
        ++at;
    return at;
}

double numberFrom(std::string_view digits)
{
    double value = 0;
    double place = 1;
    bool isFraction = false;
    for (const char c : digits) {
        if (c == '.') {
            isFraction = true;
            continue;
        }
        if (isFraction)
            value += (c - '0') * (place /= 10);
        else
            value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

std::expected<std::int64_t, std::string> parseDuration(std::string_view text)
{
    const std::unexpected invalid(std::format("time: invalid duration {}", quoted(text)));
    std::string_view rest = text;
    const bool isNegative = rest.starts_with('-');
    if (isNegative || rest.starts_with('+'))
        rest.remove_prefix(1);
    if (rest == "0")
        return 0;
    if (rest.empty())
        return invalid;
    double total = 0;
    while (!rest.empty()) {
        const std::string_view number = rest.substr(0, numberLength(rest));
        if (number.empty() || number == ".")
            return invalid;
        rest.remove_prefix(number.size());
        const auto unitEnd = std::ranges::find_if(rest, [](char c) { return c == '.' || isDigit(c); });
        const std::string_view name(rest.begin(), unitEnd);
        if (name.empty())
            return std::unexpected(std::format("time: missing unit in duration {}", quoted(text)));
        const auto* const unit = std::ranges::find(kUnits, name, &Unit::name);
        if (unit == kUnits.end())
            return std::unexpected(std::format("time: unknown unit {} in duration {}", quoted(name), quoted(text)));
        total += numberFrom(number) * unit->nanoseconds;
        if (total >= kLongest)
            return invalid;
        rest.remove_prefix(name.size());
    }
    const auto rounded = static_cast<std::int64_t>(std::trunc(total));
    return isNegative ? -rounded : rounded;
}

} // namespace stagelift
