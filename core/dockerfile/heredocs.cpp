// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/heredocs.h"

#include "core/dockerfile/keywords.h"
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

std::string_view takeWord(std::string_view& text)
{
    text.remove_prefix(static_cast<std::size_t>(std::ranges::find_if_not(text, isBlank) - text.begin()));
    const std::string_view word =
        text.substr(0, static_cast<std::size_t>(std::ranges::find_if(text, isBlank) - text.begin()));
    text.remove_prefix(word.size());
    return word;
}

/// `image` or `image AS name`, flags aside.
bool isWholeFrom(std::string_view arguments)
{
    std::string_view word = takeWord(arguments);
    while (word.starts_with("--"))
        word = takeWord(arguments);
    const bool hasImage = !word.empty();
    const std::string_view as = takeWord(arguments);
    if (as.empty())
        return hasImage;
    return equalFolded(as, "as") && !takeWord(arguments).empty() && takeWord(arguments).empty();
}

} // namespace

bool isCertainInstruction(std::string_view line)
{
    if (line.empty() || !isAsciiLetter(line.front()))
        return false;
    const std::string_view word = takeWord(line);
    const Keyword keyword = keywordFrom(word);
    if (keyword == Keyword::Unknown || trimmed(line).empty())
        return false;
    const bool isInCapitals = std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
    return isInCapitals || (keyword == Keyword::From && isWholeFrom(line));
}

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

bool isHeredocWord(std::string_view word)
{
    return word.contains(kMark) && heredocFrom(word).has_value();
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
