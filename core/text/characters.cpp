// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <format>

namespace stagelift {

namespace {

/// Unicode's White_Space beyond ASCII, as UTF-8.
constexpr std::array<std::string_view, 19> kWideSpaces{
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83",
    "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A",
    "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

/// How long a character is by its first byte, 0 where none begins so.
constexpr std::size_t announcedLength(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/// The second byte of some characters is limited: no overlong forms, no surrogates, nothing above U+10FFFF.
constexpr bool isSecondByte(unsigned char lead, unsigned char second)
{
    switch (lead) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return second >= 0x80 && second <= 0xBF;
    }
}

/// Of a character of two or three bytes.
std::uint32_t codePointOf(std::string_view character)
{
    const auto bits = [&](std::size_t at, unsigned mask) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(character[at]) & mask);
    };
    return character.size() == 2 ? bits(0, 0x1F) << 6 | bits(1, 0x3F)
                                 : bits(0, 0x0F) << 12 | bits(1, 0x3F) << 6 | bits(2, 0x3F);
}

/// Controls, spaces and marks beyond ASCII that leave no trace on paper; only those that get into files.
bool isInvisible(std::string_view character)
{
    if (character.size() != 2 && character.size() != 3)
        return false;
    const std::uint32_t code = codePointOf(character);
    return code <= 0xA0 || code == 0xAD || code == 0x1680 || code == 0x180E || (code >= 0x2000 && code <= 0x200F) ||
           (code >= 0x2028 && code <= 0x202F) || (code >= 0x205F && code <= 0x206F) || code == 0x3000 ||
           code == 0xFEFF || (code >= 0xE000 && code <= 0xF8FF);
}

std::string escapedForQuotes(char c)
{
    constexpr std::string_view kPlain = "\a\b\f\n\r\t\v\\\"";
    constexpr std::string_view kNamed = "abfnrtv\\\"";
    if (const auto at = kPlain.find(c); at != std::string_view::npos)
        return {'\\', kNamed[at]};
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7F)
        return std::format("\\x{:02x}", byte);
    return {c};
}

} // namespace

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), toLower);
    return result;
}

std::string uppered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), toUpper);
    return result;
}

bool isLowerCase(std::string_view text)
{
    return std::ranges::equal(text, text, {}, toLower);
}

bool isUpperCase(std::string_view text)
{
    return std::ranges::equal(text, text, {}, toUpper);
}

std::optional<std::int64_t> integerFrom(std::string_view text)
{
    if (text.starts_with('+') && !text.starts_with("+-")) // the one sign that from_chars knows is a minus
        text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc() && end == text.data() + text.size();
    return isWhole ? std::optional(number) : std::nullopt;
}

bool equalFolded(std::string_view left, std::string_view right)
{
    return std::ranges::equal(left, right, {}, toLower, toLower);
}

std::size_t spaceAtBegin(std::string_view text)
{
    if (text.empty())
        return 0;
    if (isAscii(text.front()))
        return isAsciiSpace(text.front()) ? 1 : 0;
    for (const std::string_view space : kWideSpaces) {
        if (text.starts_with(space))
            return space.size();
    }
    return 0;
}

bool holdsSpace(std::string_view text)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (spaceAtBegin(text.substr(at)) > 0)
            return true;
    }
    return false;
}

std::size_t characterAtBegin(std::string_view text)
{
    if (text.empty())
        return 0;
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = announcedLength(lead);
    if (length < 2)
        return 1;
    if (text.size() < length || !isSecondByte(lead, static_cast<unsigned char>(text[1])))
        return 1;
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    return std::ranges::all_of(text.substr(2, length - 2), continues) ? length : 1;
}

std::string_view leftTrimmed(std::string_view text)
{
    while (const std::size_t length = spaceAtBegin(text))
        text.remove_prefix(length);
    return text;
}

std::string_view rightTrimmed(std::string_view text)
{
    while (!text.empty()) {
        if (isAscii(text.back())) {
            if (!isAsciiSpace(text.back()))
                return text;
            text.remove_suffix(1);
            continue;
        }
        const auto space = std::ranges::find_if(kWideSpaces, [&](auto wide) { return text.ends_with(wide); });
        if (space == kWideSpaces.end())
            return text;
        text.remove_suffix(space->size());
    }
    return text;
}

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    while (!text.empty()) {
        const std::size_t length = characterAtBegin(text);
        const std::string_view character = text.substr(0, length);
        if (isInvisible(character))
            result += std::format("\\u{:04x}", codePointOf(character));
        else if (length > 1)
            result += character;
        else
            result += escapedForQuotes(text.front());
        text.remove_prefix(length);
    }
    return result + '"';
}

std::optional<bool> asBoolean(std::string_view text)
{
    constexpr std::array<std::string_view, 6> kTrue{"1", "t", "T", "TRUE", "true", "True"};
    constexpr std::array<std::string_view, 6> kFalse{"0", "f", "F", "FALSE", "false", "False"};
    if (std::ranges::find(kTrue, text) != kTrue.end())
        return true;
    if (std::ranges::find(kFalse, text) != kFalse.end())
        return false;
    return std::nullopt;
}

} // namespace stagelift
