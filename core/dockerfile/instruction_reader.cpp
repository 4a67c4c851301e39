// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/instruction_reader.h"

#include "core/dockerfile/keywords.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

constexpr std::string_view kDashes = "--";

std::size_t blankFrom(std::string_view text, std::size_t at, std::size_t end)
{
    while (at < end && !isBlank(text[at]))
        ++at;
    return at;
}

std::size_t skipBlanks(std::string_view text, std::size_t at, std::size_t end)
{
    while (at < end && isBlank(text[at]))
        ++at;
    return at;
}

/// BuildKit takes a byte of a flag for a character, so that UTF-8 in it is encoded once more.
void addByte(std::string& text, char c)
{
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
        text += c;
        return;
    }
    text += static_cast<char>(0xC0 | byte >> 6);
    text += static_cast<char>(0x80 | (byte & 0x3F));
}

bool isPlainInFlag(char c, char escape)
{
    return c != '\'' && c != '"' && c != escape && static_cast<unsigned char>(c) < 0x80;
}

} // namespace

Instruction InstructionReader::read(const LogicalLine& line, char escape)
{
    m_line = &line;
    m_text = line.text();
    m_escape = escape;
    m_error.clear();
    m_errorSpan = {};
    return readIn({0, m_text.size()});
}

Instruction InstructionReader::readIn(Range range)
{
    range = trimmedRange(range);
    Instruction instruction;
    const std::size_t keywordEnd = blankFrom(m_text, range.begin, range.end);
    instruction.keywordWord = wordOf({range.begin, keywordEnd});
    instruction.keyword = keywordFrom(instruction.keywordWord.text);
    instruction.span = m_line->span(range.begin, range.end);
    range.begin = readFlags(instruction, {skipBlanks(m_text, keywordEnd, range.end), range.end});
    readArguments(instruction, trimmedRange(range));
    return instruction;
}

std::size_t InstructionReader::readFlags(Instruction& instruction, Range range)
{
    while (true) {
        while (range.begin < range.end && isByteSpace(m_text[range.begin]))
            ++range.begin;
        if (!textOf(range).starts_with(kDashes))
            return range.begin;
        const std::size_t count = instruction.flags.size();
        range.begin = readFlag(instruction, range);
        if (instruction.flags.size() == count) // "--" alone ends the flags
            return range.begin;
    }
}

std::size_t InstructionReader::readFlag(Instruction& instruction, Range range)
{
    std::string unquoted;
    std::optional<std::size_t> equals; // where the first '=' is written
    char quote = '\0';
    bool isPlain = true;
    std::size_t at = range.begin;
    for (; at < range.end; ++at) {
        char c = m_text[at];
        if (quote == '\0' && isByteSpace(c))
            break;
        if (isPlain && !isPlainInFlag(c, m_escape)) {
            isPlain = false;
            unquoted = textOf({range.begin, at});
        }
        const bool isQuote = quote == '\0' ? c == '\'' || c == '"' : c == quote;
        if (isQuote) {
            quote = quote == '\0' ? c : '\0';
            continue;
        }
        if (c == m_escape && ++at == range.end)
            break;
        c = m_text[at];
        if (c == '=' && !equals)
            equals = at;
        if (!isPlain)
            addByte(unquoted, c);
    }
    const Range written{range.begin, at};
    const std::string_view text = isPlain ? textOf(written) : std::string_view(unquoted);
    if (text == kDashes)
        return at;
    addFlag(instruction, written, equals, isPlain ? text : std::string_view(m_store.emplace_back(unquoted)));
    return at;
}

void InstructionReader::addFlag(Instruction& instruction, Range range, std::optional<std::size_t> equals,
                                std::string_view text)
{
    Flag& flag = instruction.flags.emplace_back();
    flag.whole = {text, m_line->span(range.begin, range.end)};
    const std::size_t sign = text.find('=');
    flag.hasValue = sign != std::string_view::npos;
    flag.name = text.substr(0, sign);
    flag.name.remove_prefix(std::min(kDashes.size(), flag.name.size()));
    const std::size_t valueBegin = flag.hasValue ? equals.value_or(range.end - 1) + 1 : range.end;
    flag.value = {flag.hasValue ? text.substr(sign + 1) : std::string_view(), m_line->span(valueBegin, range.end)};
    if (valueBegin == range.end)
        flag.value.span = {flag.whole.span.end, flag.whole.span.end};
}

void InstructionReader::readArguments(Instruction& instruction, Range range)
{
    switch (instruction.keyword) {
    case Keyword::Add:
    case Keyword::Copy:
    case Keyword::Volume:
        if (!readJson(instruction, range))
            readWords(instruction, range);
        break;
    case Keyword::Run:
    case Keyword::Cmd:
    case Keyword::Entrypoint:
    case Keyword::Shell:
        if (!readJson(instruction, range))
            readWhole(instruction, range);
        break;
    case Keyword::Expose:
    case Keyword::From:
        readWords(instruction, range);
        break;
    case Keyword::Env:
    case Keyword::Label:
        readPairs(instruction, range);
        break;
    case Keyword::Arg:
        readDefinitions(instruction, range);
        break;
    case Keyword::Maintainer:
    case Keyword::StopSignal:
    case Keyword::User:
    case Keyword::Workdir:
        readWhole(instruction, range);
        break;
    case Keyword::Healthcheck:
        readHealthcheck(instruction, range);
        break;
    case Keyword::Onbuild:
        readTrigger(instruction, range);
        break;
    case Keyword::Unknown:
        break;
    }
}

void InstructionReader::readWords(Instruction& instruction, Range range)
{
    for (std::size_t at = range.begin; at < range.end; at = skipBlanks(m_text, at, range.end)) {
        const std::size_t begin = at;
        at = blankFrom(m_text, at, range.end);
        instruction.args.push_back(wordOf({begin, at}));
    }
}

void InstructionReader::readWhole(Instruction& instruction, Range range)
{
    if (!range.empty())
        instruction.args.push_back(wordOf(range));
}

/// A word ends at white space outside of quotes; quotes and escapes stay in it.
InstructionReader::Range InstructionReader::quotedWord(std::size_t& at, std::size_t end) const
{
    const std::size_t begin = at;
    char quote = '\0';
    while (at < end) {
        const char c = m_text[at];
        const std::size_t space = quote == '\0' ? spaceAtBegin(m_text.substr(at, end - at)) : 0;
        if (space > 0) {
            const Range word{begin, at};
            at += space;
            return word;
        }
        if (c == quote)
            quote = '\0';
        else if (quote == '\0' && (c == '\'' || c == '"'))
            quote = c;
        else if (c == m_escape && quote != '\'') {
            if (at + 1 == end) { // an escape at the very end is dropped
                at = end;
                return {begin, end - 1};
            }
            ++at;
        }
        at += characterAtBegin(m_text.substr(at, end - at));
    }
    return {begin, at};
}

std::vector<InstructionReader::Range> InstructionReader::quotedWords(Range range) const
{
    std::vector<Range> words;
    for (std::size_t at = range.begin; at < range.end;) {
        if (const std::size_t space = spaceAtBegin(m_text.substr(at, range.end - at))) {
            at += space;
            continue;
        }
        const Range word = quotedWord(at, range.end);
        if (!word.empty())
            words.push_back(word);
    }
    return words;
}

void InstructionReader::readPairs(Instruction& instruction, Range range)
{
    const std::vector<Range> words = quotedWords(range);
    if (words.empty())
        return;
    if (!textOf(words.front()).contains('=')) {
        readLegacyPair(instruction, range);
        return;
    }
    for (const Range word : words) {
        const std::size_t sign = textOf(word).find('=');
        if (sign == std::string_view::npos) {
            m_error =
                std::format("Syntax error - can't find = in {}. Must be of the form: name=value", quoted(textOf(word)));
            m_errorSpan = m_line->span(word.begin, word.end);
            return;
        }
        const std::size_t equals = word.begin + sign;
        instruction.args.push_back(wordOf({word.begin, equals}));
        instruction.args.push_back(wordOf({equals + 1, word.end}));
        if (equals + 1 == word.end)
            instruction.args.back().span.begin = instruction.args.back().span.end = m_line->span(equals, word.end).end;
        instruction.args.push_back(wordOf({equals, equals + 1}));
    }
}

void InstructionReader::readLegacyPair(Instruction& instruction, Range range)
{
    const std::size_t keyEnd = blankFrom(m_text, range.begin, range.end);
    if (keyEnd == range.end) {
        m_error = std::format("{} must have two arguments", keywordName(instruction.keyword));
        return;
    }
    const std::size_t valueBegin = skipBlanks(m_text, keyEnd, range.end);
    instruction.args.push_back(wordOf({range.begin, keyEnd}));
    instruction.args.push_back(wordOf({valueBegin, range.end}));
    const std::uint32_t end = instruction.args.back().span.end;
    instruction.args.push_back({"", {end, end}});
}

void InstructionReader::readDefinitions(Instruction& instruction, Range range)
{
    for (const Range word : quotedWords(range))
        instruction.args.push_back(wordOf(word));
}

void InstructionReader::readHealthcheck(Instruction& instruction, Range range)
{
    if (range.empty())
        return;
    std::size_t typeEnd = range.begin;
    while (typeEnd < range.end && !isByteSpace(m_text[typeEnd]))
        ++typeEnd;
    std::size_t next = typeEnd;
    while (next < range.end && isByteSpace(m_text[next]))
        ++next;
    if (typeEnd == range.begin)
        return;
    instruction.args.push_back(wordOf({range.begin, typeEnd}));
    if (!readJson(instruction, {next, range.end}))
        readWhole(instruction, {next, range.end});
}

void InstructionReader::readTrigger(Instruction& instruction, Range range)
{
    if (!range.empty())
        instruction.child = std::make_unique<Instruction>(readIn(range));
}

bool InstructionReader::readJson(Instruction& instruction, Range range)
{
    if (range.empty() || m_text[range.begin] != '[')
        return false;
    const JsonForm form = readJsonArray(textOf(range), m_strings);
    if (form == JsonForm::None)
        return false;
    if (form == JsonForm::OtherValues) {
        m_error = "when using JSON array syntax, arrays must be comprised of strings only";
        m_errorSpan = m_line->span(range.begin, range.end);
        return true;
    }
    instruction.json = true;
    for (const JsonString& string : m_strings) {
        Word word = wordOf({range.begin + string.begin, range.begin + string.end});
        if (!string.isPlain)
            word.text = m_store.emplace_back(decodedJson(word.text));
        instruction.args.push_back(word);
    }
    return true;
}

InstructionReader::Range InstructionReader::trimmedRange(Range range) const
{
    const std::string_view text = textOf(range);
    const std::string_view inner = trimmed(text);
    const auto begin = range.begin + static_cast<std::size_t>(inner.data() - text.data());
    return {begin, begin + inner.size()};
}

} // namespace stagelift
