// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/json_array.h"

#include "core/text/characters.h"

#include <cstdint>

namespace stagelift {

namespace {

constexpr int kDeepest = 1000; // arrays and objects in each other; more is not taken for JSON

/// Go's encoding/json puts this where a text is no Unicode.
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

constexpr bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

constexpr std::uint32_t hexValue(char c)
{
    return static_cast<std::uint32_t>(isDigit(c) ? c - '0' : toLower(c) - 'a' + 10);
}

/// Walks over JSON without keeping it.
class Walker {
public:
    explicit Walker(std::string_view text) : m_text(text) {}

    [[nodiscard]] std::size_t position() const { return m_at; }
    [[nodiscard]] bool atEnd() const { return m_at == m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }

    void skipSpaces()
    {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
            ++m_at;
    }

    bool take(char c)
    {
        if (atEnd() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    bool string(JsonString& string);
    bool value(int depth);

private:
    bool escape();
    bool digits();
    bool number();
    bool literal(std::string_view word);
    bool list(int depth, char close, bool isObject);

    std::string_view m_text;
    std::size_t m_at = 0;
};

bool Walker::string(JsonString& string)
{
    if (!take('"'))
        return false;
    string.begin = m_at;
    while (!atEnd()) {
        const char c = m_text[m_at];
        if (c == '"') {
            string.end = m_at++;
            return true;
        }
        if (static_cast<unsigned char>(c) < 0x20)
            return false;
        const std::size_t length = characterAtBegin(m_text.substr(m_at));
        if (c == '\\' || (length == 1 && static_cast<unsigned char>(c) >= 0x80))
            string.isPlain = false;
        m_at += length;
        if (c == '\\' && !escape())
            return false;
    }
    return false;
}

bool Walker::escape()
{
    if (atEnd())
        return false;
    const char c = m_text[m_at++];
    if (c != 'u')
        return std::string_view("\"\\/bfnrt").contains(c);
    for (int i = 0; i < 4; ++i, ++m_at) {
        if (!isHex(peek()))
            return false;
    }
    return true;
}

bool Walker::digits()
{
    const std::size_t begin = m_at;
    while (isDigit(peek()))
        ++m_at;
    return m_at > begin;
}

bool Walker::number()
{
    take('-');
    if (!take('0') && !digits())
        return false;
    if (take('.') && !digits())
        return false;
    if (!take('e') && !take('E'))
        return true;
    if (!take('+'))
        take('-');
    return digits();
}

bool Walker::literal(std::string_view word)
{
    if (!m_text.substr(m_at).starts_with(word))
        return false;
    m_at += word.size();
    return true;
}

bool Walker::list(int depth, char close, bool isObject)
{
    if (depth >= kDeepest)
        return false;
    ++m_at; // the bracket
    skipSpaces();
    if (take(close))
        return true;
    while (true) {
        skipSpaces();
        JsonString key;
        if (isObject) {
            if (!string(key))
                return false;
            skipSpaces();
            if (!take(':'))
                return false;
            skipSpaces();
        }
        if (!value(depth + 1))
            return false;
        skipSpaces();
        if (take(close))
            return true;
        if (!take(','))
            return false;
    }
}

bool Walker::value(int depth)
{
    JsonString ignored;
    switch (peek()) {
    case '"':
        return string(ignored);
    case '[':
        return list(depth, ']', false);
    case '{':
        return list(depth, '}', true);
    case 't':
        return literal("true");
    case 'f':
        return literal("false");
    case 'n':
        return literal("null");
    default:
        return number();
    }
}

void appendUtf8(std::string& text, std::uint32_t codePoint)
{
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xC0 | codePoint >> 6);
        put(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        put(0xE0 | codePoint >> 12);
        put(0x80 | (codePoint >> 6 & 0x3F));
        put(0x80 | (codePoint & 0x3F));
    } else {
        put(0xF0 | codePoint >> 18);
        put(0x80 | (codePoint >> 12 & 0x3F));
        put(0x80 | (codePoint >> 6 & 0x3F));
        put(0x80 | (codePoint & 0x3F));
    }
}

std::uint32_t hexAt(std::string_view text, std::size_t at)
{
    std::uint32_t value = 0;
    for (const char c : text.substr(at, 4))
        value = value * 16 + hexValue(c);
    return value;
}

/// Reads `uXXXX` at `at`, with a second half behind it where it is a surrogate. Returns how many bytes it took.
std::size_t decodeUnicode(std::string_view text, std::size_t at, std::string& result)
{
    const std::uint32_t first = hexAt(text, at + 1);
    constexpr std::size_t kHalf = 5;
    const bool isHigh = first >= 0xD800 && first < 0xDC00;
    if (isHigh && text.substr(at + kHalf).starts_with("\\u")) {
        const std::uint32_t second = hexAt(text, at + kHalf + 2);
        if (second >= 0xDC00 && second < 0xE000) {
            appendUtf8(result, 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
            return 2 * kHalf + 1;
        }
    }
    if (first >= 0xD800 && first < 0xE000)
        result += kReplacement;
    else
        appendUtf8(result, first);
    return kHalf;
}

} // namespace

JsonForm readJsonArray(std::string_view text, std::vector<JsonString>& strings)
{
    strings.clear();
    Walker walker(text);
    if (!walker.take('['))
        return JsonForm::None;
    bool onlyStrings = true;
    walker.skipSpaces();
    for (bool more = !walker.take(']'); more;) {
        walker.skipSpaces();
        if (walker.peek() == '"') {
            if (!walker.string(strings.emplace_back()))
                return JsonForm::None;
        } else {
            onlyStrings = false;
            if (!walker.value(1))
                return JsonForm::None;
        }
        walker.skipSpaces();
        more = walker.take(',');
        if (!more && !walker.take(']'))
            return JsonForm::None;
    }
    walker.skipSpaces();
    if (!walker.atEnd())
        return JsonForm::None;
    return onlyStrings ? JsonForm::Strings : JsonForm::OtherValues;
}

std::string decodedJson(std::string_view text)
{
    constexpr std::string_view kEscapes = "bfnrt";
    constexpr std::string_view kMeanings = "\b\f\n\r\t";
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\\' && at + 1 < text.size()) {
            const char c = text[++at];
            const auto known = kEscapes.find(c);
            if (c == 'u') {
                at += decodeUnicode(text, at, result);
                continue;
            }
            result += known == std::string_view::npos ? c : kMeanings[known];
            ++at;
            continue;
        }
        const std::size_t length = characterAtBegin(text.substr(at));
        const bool isBroken = length == 1 && static_cast<unsigned char>(text[at]) >= 0x80;
        result += isBroken ? kReplacement : text.substr(at, length);
        at += length;
    }
    return result;
}

} // namespace stagelift
