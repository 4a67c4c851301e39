// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/shell_word.h"

#include "core/dockerfile/shell_pattern.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>
#include <utility>

namespace stagelift {

namespace {

constexpr char kNoStop = '\0';
constexpr int kDeepest = 200; // ${a:-${b:-…}}

/// Text split at white space that is neither quoted nor escaped.
class WordCollector {
public:
    void addCharacter(std::string_view character)
    {
        if (spaceAtBegin(character) == 0)
            addRaw(character);
        else if (!m_word.empty())
            m_words.push_back(std::exchange(m_word, {}));
    }

    void addText(std::string_view text)
    {
        while (!text.empty()) {
            const std::size_t length = characterAtBegin(text);
            addCharacter(text.substr(0, length));
            text.remove_prefix(length);
        }
    }

    void addRaw(std::string_view text) { m_word += text; }

    [[nodiscard]] std::vector<std::string> take()
    {
        if (!m_word.empty())
            m_words.push_back(std::exchange(m_word, {}));
        return std::move(m_words);
    }

private:
    std::string m_word;
    std::vector<std::string> m_words;
};

void addOnce(std::vector<std::string>& names, std::string_view name)
{
    if (std::ranges::find(names, name) == names.end())
        names.emplace_back(name);
}

class Reader {
public:
    Reader(std::string_view source, const ShellRules& rules, const Variables& variables)
        : m_source(source), m_rules(rules), m_variables(variables)
    {
    }

    ShellText read()
    {
        WordCollector words;
        if (readUntil(kNoStop, m_rules.keepsEscapes, m_result.text, &words))
            m_result.words = words.take();
        else
            m_result.error = std::format("failed to process {}: {}", quoted(m_source), m_result.error);
        return std::move(m_result);
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_source.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_source[m_at]; }
    std::string_view next()
    {
        const std::string_view character = m_source.substr(m_at, characterAtBegin(m_source.substr(m_at)));
        m_at += character.size();
        return character;
    }

    bool fail(std::string message)
    {
        m_result.error = std::move(message);
        return false;
    }

    /// Why a text inside of ${} ended too soon: the end of it all counts for more than what went wrong there.
    bool failInside(std::string_view missing) { return atEnd() ? fail(std::string(missing)) : false; }

    bool readUntil(char stop, bool keepsEscapes, std::string& text, WordCollector* words);
    bool readPart(bool keepsEscapes, std::string& text, WordCollector* words);
    void readHeredocMark(std::string& text, WordCollector* words);
    bool readSingleQuoted(std::string& text);
    bool readDoubleQuoted(bool keepsEscapes, std::string& text);
    bool readEscapeInQuotes(bool keepsEscapes, std::string& text);
    bool readDollar(std::string& text);
    bool readBraces(std::string& text);
    bool readModified(std::string_view name, std::string modifier, std::string& text);
    bool readReplacement(std::string_view name, std::string& text);
    bool applyModifier(std::string_view name, std::string_view modifier, std::string word, std::string& text);
    bool refuseUnless(std::string_view name, std::optional<std::string_view> value, bool nullIsUnset,
                      std::string_view word, std::string& text);
    std::string_view readName();
    std::optional<std::string_view> valueOf(std::string_view name);

    std::string_view m_source;
    const ShellRules& m_rules;
    const Variables& m_variables;
    std::size_t m_at = 0;
    int m_depth = 0;
    ShellText m_result;
};

bool Reader::readUntil(char stop, bool keepsEscapes, std::string& text, WordCollector* words)
{
    if (++m_depth > kDeepest)
        return fail("syntax error: too deep");
    while (!atEnd()) {
        if (stop != kNoStop && peek() == stop) {
            ++m_at;
            --m_depth;
            return true;
        }
        if (!readPart(keepsEscapes, text, words))
            return false;
    }
    --m_depth;
    return stop == kNoStop || fail(std::format("unexpected end of statement while looking for matching {}", stop));
}

bool Reader::readPart(bool keepsEscapes, std::string& text, WordCollector* words)
{
    const char c = peek();
    const bool isQuote = !m_rules.quotesArePlain && (c == '\'' || c == '"');
    if (c == '$' || isQuote) {
        std::string part;
        const bool isRead = c == '$'   ? readDollar(part)
                            : c == '"' ? readDoubleQuoted(keepsEscapes, part)
                                       : readSingleQuoted(part);
        if (!isRead)
            return false;
        text += part;
        if (words != nullptr)
            c == '$' ? words->addText(part) : words->addRaw(part);
        return true;
    }
    if (c == '<') {
        readHeredocMark(text, words);
        return true;
    }
    std::string_view character = next();
    const bool isEscape = character.front() == m_rules.escape;
    if (isEscape) {
        if (keepsEscapes) {
            text += character;
            if (words != nullptr)
                words->addRaw(character);
        }
        character = next(); // none at the end of it all
    }
    text += character;
    if (words != nullptr)
        isEscape ? words->addRaw(character) : words->addCharacter(character);
    return true;
}

/// `<<` and the blanks behind it are one, so that `<< EOF` is a word.
void Reader::readHeredocMark(std::string& text, WordCollector* words)
{
    const std::size_t begin = m_at++;
    if (peek() == '<') {
        ++m_at;
        while (peek() == ' ' || peek() == '\t' || peek() == '\r')
            ++m_at;
    }
    const std::string_view mark = m_source.substr(begin, m_at - begin);
    text += mark;
    if (words != nullptr)
        words->addRaw(mark);
}

bool Reader::readSingleQuoted(std::string& text)
{
    const std::size_t close = m_source.find('\'', m_at + 1);
    if (close == std::string_view::npos) {
        m_at = m_source.size();
        return fail("unexpected end of statement while looking for matching single-quote");
    }
    const std::size_t inset = m_rules.keepsQuotes ? 0 : 1;
    text += m_source.substr(m_at + inset, close + 1 - m_at - 2 * inset);
    m_at = close + 1;
    return true;
}

bool Reader::readDoubleQuoted(bool keepsEscapes, std::string& text)
{
    ++m_at;
    if (m_rules.keepsQuotes)
        text += '"';
    while (!atEnd()) {
        const char c = peek();
        if (c == '"') {
            ++m_at;
            if (m_rules.keepsQuotes)
                text += '"';
            return true;
        }
        const bool isRead = c == '$'              ? readDollar(text)
                            : c == m_rules.escape ? readEscapeInQuotes(keepsEscapes, text)
                                                  : (text += next(), true);
        if (!isRead)
            return false;
    }
    return fail("unexpected end of statement while looking for matching double-quote");
}

bool Reader::readEscapeInQuotes(bool keepsEscapes, std::string& text)
{
    ++m_at;
    if (keepsEscapes)
        text += m_rules.escape;
    if (atEnd())
        return true;
    // Only these can be escaped; ahead of anything else an escape is itself.
    const char c = peek();
    if (c == '"' || c == '$' || c == m_rules.escape)
        ++m_at;
    text += c == '"' || c == '$' ? c : m_rules.escape;
    return true;
}

bool Reader::readDollar(std::string& text)
{
    ++m_at;
    if (peek() == '{') {
        ++m_at;
        return readBraces(text);
    }
    const std::string_view name = readName();
    if (name.empty()) {
        text += '$';
        return true;
    }
    const auto value = valueOf(name);
    if (!value && m_rules.keepsUnset)
        text += std::format("${}", name);
    else
        text += value.value_or("");
    return true;
}

bool Reader::readBraces(std::string& text)
{
    if (atEnd())
        return fail("syntax error: missing '}'");
    if (peek() == '{' || peek() == '}' || peek() == ':')
        return fail("syntax error: bad substitution");
    const std::string_view name = readName();
    const std::string_view sign = next();
    if (sign == "}") {
        const auto value = valueOf(name);
        text += !value && m_rules.keepsUnset ? std::format("${{{}}}", name) : std::string(value.value_or(""));
        return true;
    }
    if (sign == "/")
        return readReplacement(name, text);
    std::string modifier(sign);
    if (sign == ":") {
        modifier += next();
        if (modifier.back() == '#' || modifier.back() == '%')
            return fail(std::format("unsupported modifier ({}) in substitution", modifier));
    } else if (sign.empty() || !std::string_view("+-?#%").contains(sign))
        return fail(std::format("unsupported modifier ({}) in substitution", sign.empty() ? "\xEF\xBF\xBD" : sign));
    return readModified(name, std::move(modifier), text);
}

bool Reader::readModified(std::string_view name, std::string modifier, std::string& text)
{
    const bool isPattern = modifier.back() == '#' || modifier.back() == '%';
    std::string word;
    if (!readUntil('}', isPattern, word, nullptr))
        return failInside("syntax error: missing '}'");
    return applyModifier(name, modifier, std::move(word), text);
}

bool Reader::applyModifier(std::string_view name, std::string_view modifier, std::string word, std::string& text)
{
    const auto value = valueOf(name);
    if (!value && m_rules.keepsUnset) {
        text += std::format("${{{}{}{}}}", name, modifier, word);
        return true;
    }
    const bool nullIsUnset = modifier.starts_with(':');
    const bool counts = value && !(nullIsUnset && value->empty());
    switch (modifier.back()) {
    case '-':
        text += counts ? std::string(*value) : word;
        return true;
    case '+':
        text += counts ? word : "";
        return true;
    case '?':
        return refuseUnless(name, value, nullIsUnset, word, text);
    case '#':
    case '%': {
        const Reach reach = word.starts_with(modifier.back()) ? Reach::Longest : Reach::Shortest;
        const std::string_view pattern = std::string_view(word).substr(reach == Reach::Longest ? 1 : 0);
        const auto rest = modifier.back() == '#' ? withoutPrefix(value.value_or(""), pattern, reach)
                                                 : withoutSuffix(value.value_or(""), pattern, reach);
        text += rest.value_or("");
        return rest || fail(rest.error());
    }
    default:
        return fail(std::format("unsupported modifier ({}) in substitution", modifier));
    }
}

bool Reader::refuseUnless(std::string_view name, std::optional<std::string_view> value, bool nullIsUnset,
                          std::string_view word, std::string& text)
{
    if (value && !(nullIsUnset && value->empty())) {
        text += *value;
        return true;
    }
    const std::string_view usual = value ? "is not allowed to be empty" : "is not allowed to be unset";
    return fail(std::format("{}: {}", name, word.empty() ? usual : word));
}

bool Reader::readReplacement(std::string_view name, std::string& text)
{
    const Replace which = peek() == '/' ? Replace::All : Replace::First;
    if (which == Replace::All)
        ++m_at;
    std::string pattern;
    if (!readUntil('/', true, pattern, nullptr))
        return failInside("syntax error: missing '/' in ${}");
    std::string replacement;
    if (!readUntil('}', true, replacement, nullptr))
        return failInside("syntax error: missing '}'");
    const auto value = valueOf(name);
    if (!value && m_rules.keepsUnset) {
        text += std::format("${{{}/{}/{}}}", name, pattern, replacement);
        return true;
    }
    const auto result = replaced(value.value_or(""), pattern, replacement, which);
    text += result.value_or("");
    return result || fail(result.error());
}

std::string_view Reader::readName()
{
    constexpr std::string_view kSpecial = "@*#?-$!";
    const std::size_t begin = m_at;
    if (isDigit(peek())) {
        while (isDigit(peek()))
            ++m_at;
    } else if (!atEnd() && kSpecial.contains(peek())) {
        ++m_at;
    } else {
        while (isAsciiLetter(peek()) || isDigit(peek()) || peek() == '_')
            ++m_at;
    }
    return m_source.substr(begin, m_at - begin);
}

std::optional<std::string_view> Reader::valueOf(std::string_view name)
{
    const auto value = m_variables.find(name);
    addOnce(value ? m_result.matched : m_result.unmatched, name);
    return value;
}

class NoVariables final : public Variables {
public:
    [[nodiscard]] std::optional<std::string_view> find(std::string_view) const override { return std::nullopt; }
};

} // namespace

ShellText readShell(std::string_view source, const ShellRules& rules, const Variables& variables)
{
    return Reader(source, rules, variables).read();
}

const Variables& noVariables()
{
    static const NoVariables none;
    return none;
}

} // namespace stagelift
