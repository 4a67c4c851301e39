// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/duration.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>
#include <optional>

namespace stagelift {

namespace {

struct Unit {
    std::string_view name;
    std::uint64_t nanoseconds = 1;
};

constexpr std::array kUnits{
    Unit{"ns", 1},         Unit{"us", 1'000},        Unit{"\xC2\xB5s", 1'000},  Unit{"\xCE\xBCs", 1'000},
    Unit{"ms", 1'000'000}, Unit{"s", 1'000'000'000}, Unit{"m", 60'000'000'000}, Unit{"h", 3'600'000'000'000}};

constexpr std::uint64_t kLongest = std::uint64_t{1} << 63; // that of a negative one

std::size_t digitsIn(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::find_if_not(text, isDigit) - text.begin());
}

/// Nothing where it is too large.
std::optional<std::uint64_t> numberFrom(std::string_view digits)
{
    std::uint64_t value = 0;
    for (const char c : digits) {
        if (value > kLongest / 10)
            return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
        if (value > kLongest)
            return std::nullopt;
    }
    return value;
}

/// What the digits behind the point come to; more of them than a number can hold are left out.
std::uint64_t fractionOf(std::string_view digits, const Unit& unit)
{
    std::uint64_t value = 0;
    double scale = 1;
    for (const char c : digits) {
        if (value > (kLongest - 1) / 10)
            break;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
        scale *= 10;
    }
    return static_cast<std::uint64_t>(static_cast<double>(value) * (static_cast<double>(unit.nanoseconds) / scale));
}

/// Go's time package has its own way of quoting: what is not ASCII byte by byte.
std::string quotedBytes(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte >= 0x80) {
            result += std::format("\\x{:02x}", byte);
            continue;
        }
        if (c == '"' || c == '\\')
            result += '\\';
        result += c;
    }
    return result + '"';
}

/// Takes one number with its unit off the front of `rest`.
std::expected<std::uint64_t, std::string> takePart(std::string_view& rest, std::string_view whole)
{
    const std::unexpected invalid(std::format("time: invalid duration {}", quotedBytes(whole)));
    const std::string_view digits = rest.substr(0, digitsIn(rest));
    rest.remove_prefix(digits.size());
    std::string_view fraction;
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        fraction = rest.substr(0, digitsIn(rest));
        rest.remove_prefix(fraction.size());
    }
    const auto number = numberFrom(digits);
    if ((digits.empty() && fraction.empty()) || !number)
        return invalid;
    const auto unitEnd = std::ranges::find_if(rest, [](char c) { return c == '.' || isDigit(c); });
    const std::string_view name(rest.begin(), unitEnd);
    if (name.empty())
        return std::unexpected(std::format("time: missing unit in duration {}", quotedBytes(whole)));
    const auto* const unit = std::ranges::find(kUnits, name, &Unit::name);
    if (unit == kUnits.end())
        return std::unexpected(
            std::format("time: unknown unit {} in duration {}", quotedBytes(name), quotedBytes(whole)));
    rest.remove_prefix(name.size());
    if (*number > kLongest / unit->nanoseconds)
        return invalid;
    const std::uint64_t value = *number * unit->nanoseconds + fractionOf(fraction, *unit);
    if (value > kLongest)
        return invalid;
    return value;
}

} // namespace

std::expected<std::int64_t, std::string> parseDuration(std::string_view text)
{
    const std::unexpected invalid(std::format("time: invalid duration {}", quotedBytes(text)));
    std::string_view rest = text;
    const bool isNegative = rest.starts_with('-');
    if (isNegative || rest.starts_with('+'))
        rest.remove_prefix(1);
    if (rest == "0")
        return 0;
    if (rest.empty())
        return invalid;
    std::uint64_t total = 0;
    while (!rest.empty()) {
        const auto part = takePart(rest, text);
        if (!part)
            return std::unexpected(part.error());
        total += *part;
        if (total > kLongest)
            return invalid;
    }
    if (!isNegative && total == kLongest)
        return invalid;
    return static_cast<std::int64_t>(isNegative ? 0 - total : total);
}

} // namespace stagelift
