// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/editor/line_scan.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace stagelift::ui {

namespace {

constexpr std::string_view kBlanks = " \t\v\f\r";

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool sameWord(std::string_view written, std::string_view lower)
{
    return std::ranges::equal(written, lower,
                              [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
}

/// Cuts the first word off `rest`; a quoted blank does not end it.
std::string_view takeWord(std::string_view& rest)
{
    rest = trimmed(rest);
    char quote = 0;
    std::size_t end = 0;
    for (; end < rest.size() && (quote != 0 || !kBlanks.contains(rest[end])); ++end) {
        if (quote == rest[end])
            quote = 0;
        else if (quote == 0 && (rest[end] == '"' || rest[end] == '\''))
            quote = rest[end];
    }
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end);
    return word;
}

/// parser.go: `^(\d*)<<(-?)\s*([^<]*)$`
std::optional<OpenHeredoc> heredocFrom(std::string_view word)
{
    while (!word.empty() && std::isdigit(static_cast<unsigned char>(word.front())) != 0)
        word.remove_prefix(1);
    if (!word.starts_with("<<"))
        return std::nullopt;
    word.remove_prefix(2);
    OpenHeredoc heredoc;
    heredoc.chomp = word.starts_with('-');
    if (heredoc.chomp)
        word.remove_prefix(1);
    if (word.empty() || word.contains('<'))
        return std::nullopt;
    const bool quoted = word.find_first_of("'\"") != std::string_view::npos;
    heredoc.kind = quoted ? BodyKind::RawText : BodyKind::Text;
    std::ranges::copy_if(word, std::back_inserter(heredoc.name), [](char c) { return c != '\'' && c != '"'; });
    return heredoc.name.empty() ? std::nullopt : std::optional(heredoc);
}

/// `# escape=x` sets the character; any directive keeps the top open.
bool isDirective(std::string_view comment, ScanState& state)
{
    const std::size_t equals = comment.find('=');
    if (equals == std::string_view::npos)
        return false;
    const std::string_view name = trimmed(comment.substr(1, equals - 1));
    const std::string_view value = trimmed(comment.substr(equals + 1));
    constexpr std::array<std::string_view, 3> kNames{"syntax", "escape", "check"};
    if (std::ranges::none_of(kNames, [name](std::string_view each) { return sameWord(name, each); }))
        return false;
    if (sameWord(name, "escape") && (value == "`" || value == "\\"))
        state.escape = value.front();
    return true;
}

void beginInstruction(std::string_view& rest, ScanState& state)
{
    std::string_view keyword = takeWord(rest);
    while (sameWord(keyword, "onbuild"))
        keyword = takeWord(rest);
    state.isRun = sameWord(keyword, "run");
    state.takesHeredocs = state.isRun || sameWord(keyword, "copy") || sameWord(keyword, "add");
    state.words = 0;
    state.heredocs.clear();
}

void collectHeredocs(std::string_view rest, ScanState& state)
{
    while (!trimmed(rest).empty()) {
        const std::string_view word = takeWord(rest);
        if (state.words == 0 && word.starts_with("--"))
            continue;
        if (state.words == 0 && word.starts_with('[')) { // JSON form
            state.takesHeredocs = false;
            return;
        }
        ++state.words;
        if (auto heredoc = heredocFrom(word))
            state.heredocs.push_back(std::move(*heredoc));
    }
}

ScannedLine scanBody(std::string_view line, ScanState& state)
{
    const OpenHeredoc& open = state.heredocs.front();
    if (open.chomp)
        line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
    if (line != open.name)
        return {.kind = LineKind::Body};
    state.heredocs.erase(state.heredocs.begin());
    return {.kind = LineKind::Terminator};
}

} // namespace

ScannedLine scanLine(std::string_view line, ScanState& state)
{
    if (state.inBody())
        return scanBody(line, state);
    const std::string_view text = trimmed(line);
    if (text.starts_with('#')) {
        state.top = state.top && isDirective(text, state);
        return {.kind = state.top ? LineKind::Directive : LineKind::Comment};
    }
    state.top = false;
    if (text.empty())
        return {};
    const bool goesOn = text.back() == state.escape;
    std::string_view rest = goesOn ? text.substr(0, text.size() - 1) : text;
    if (!state.continued)
        beginInstruction(rest, state);
    if (state.takesHeredocs)
        collectHeredocs(rest, state);
    state.continued = goesOn;
    // A RUN that is nothing but one heredoc executes it (dockerfile2llb/convert_runheredoc); else it is data.
    if (!goesOn && state.isRun && state.words == 1 && state.heredocs.size() == 1)
        state.heredocs.front().kind = BodyKind::Script;
    return {.kind = LineKind::Instruction, .goesOn = goesOn};
}

} // namespace stagelift::ui
