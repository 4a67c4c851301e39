// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/heredocs.h"

#include "core/dockerfile/shell_word.h"
#include "core/text/characters.h"

#include <algorithm>
#include <charconv>

namespace stagelift {

namespace {

constexpr std::string_view kMark = "<<";

auto quotesIn(std::string_view text)
{
    return std::ranges::count_if(text, [](char c) { return c == '\'' || c == '"'; });
}

} // namespace

std::optional<HeredocMark> heredocFrom(std::string_view word)
{
    std::size_t at = 0;
    while (at < word.size() && isDigit(word[at]))
        ++at;
    const std::string_view fd = word.substr(0, at);
    if (!word.substr(at).starts_with(kMark))
        return std::nullopt;
    at += kMark.size();
    HeredocMark mark;
    mark.chomp = at < word.size() && word[at] == '-';
    at += mark.chomp ? 1 : 0;
    while (at < word.size() && isAsciiSpace(word[at]))
        ++at;
    const std::string_view rest = word.substr(at);
    if (rest.empty() || rest.contains('<'))
        return std::nullopt;

    // Read with and without its quotes: where their number differs, some of the word is quoted.
    const ShellText plain = readShell(rest, {.keepsUnset = true}, noVariables());
    const ShellText raw = readShell(rest, {.keepsQuotes = true, .keepsUnset = true}, noVariables());
    if (plain.words.size() != 1 || raw.words.size() != 1)
        return std::nullopt;
    mark.name = plain.words.front();
    mark.expand = quotesIn(mark.name) == quotesIn(raw.words.front());
    std::from_chars(fd.data(), fd.data() + fd.size(), mark.fd);
    return mark;
}

std::vector<HeredocMark> heredocsIn(std::string_view line)
{
    std::vector<HeredocMark> marks;
    if (!line.contains(kMark))
        return marks;
    const ShellRules rules{.keepsQuotes = true, .keepsEscapes = true, .keepsUnset = true};
    for (const std::string& word : readShell(line, rules, noVariables()).words) {
        if (auto mark = heredocFrom(word))
            marks.push_back(std::move(*mark));
    }
    return marks;
}

std::string chomped(std::string_view content)
{
    std::string result;
    result.reserve(content.size());
    bool atLineBegin = true;
    for (const char c : content) {
        if (atLineBegin && c == '\t')
            continue;
        result += c;
        atLineBegin = c == '\n';
    }
    return result;
}

} // namespace stagelift
