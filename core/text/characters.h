// SPDX-License-Identifier: GPL-3.0-or-later
//
// Characters as BuildKit, a Go program, tells them apart. It trims by Unicode's white space, splits by ASCII's, and in
// flags looks at single bytes; a Dockerfile is read as it reads it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stagelift {

/// `[\t\v\f\r ]`, what separates the words of an instruction.
[[nodiscard]] constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

[[nodiscard]] constexpr bool isAsciiSpace(char c)
{
    return isBlank(c) || c == '\n';
}

/// A byte that Go's unicode.IsSpace takes for white space where a byte is handed to it as a character.
[[nodiscard]] constexpr bool isByteSpace(char c)
{
    return isAsciiSpace(c) || c == '\x85' || c == '\xA0';
}

[[nodiscard]] constexpr bool isAscii(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

[[nodiscard]] constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool isAsciiLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] constexpr char toLower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] constexpr char toUpper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

[[nodiscard]] std::string lowered(std::string_view text);
[[nodiscard]] std::string uppered(std::string_view text);
/// No letter of it is in the other case.
[[nodiscard]] bool isLowerCase(std::string_view text);
[[nodiscard]] bool isUpperCase(std::string_view text);
/// The whole of a text as a number in decimal, as Go's strconv.Atoi: with a sign or without, nothing where it is none
/// or too large.
[[nodiscard]] std::optional<std::int64_t> integerFrom(std::string_view text);
/// ASCII letters in any case are the same.
[[nodiscard]] bool equalFolded(std::string_view left, std::string_view right);

/// How many bytes of white space `text` begins with, as one UTF-8 character; 0 where it begins with none.
[[nodiscard]] std::size_t spaceAtBegin(std::string_view text);
/// White space of Unicode's stands in it.
[[nodiscard]] bool holdsSpace(std::string_view text);
/// How many bytes the UTF-8 character takes that `text` begins with; 1 for a byte that is no UTF-8, 0 for no text.
[[nodiscard]] std::size_t characterAtBegin(std::string_view text);

/// Without Unicode's white space.
[[nodiscard]] std::string_view leftTrimmed(std::string_view text);
[[nodiscard]] std::string_view rightTrimmed(std::string_view text);
[[nodiscard]] inline std::string_view trimmed(std::string_view text)
{
    return rightTrimmed(leftTrimmed(text));
}

/// As Go prints a string with %q: in double quotes, what can't be seen escaped.
[[nodiscard]] std::string quoted(std::string_view text);

/// As Go's strconv.ParseBool reads one: "true", "T", "0"; nothing where it is none.
[[nodiscard]] std::optional<bool> asBoolean(std::string_view text);

/// The ASCII ones: what a terminal would obey and a picture can't show.
[[nodiscard]] constexpr bool isAsciiControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

} // namespace stagelift
