// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/shell_tokens.h"

#include "core/dockerfile/paths.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>

namespace stagelift {

namespace {

constexpr std::array<std::string_view, 18> kAhead{"if",    "then", "else", "elif",  "do",      "while",
                                                  "until", "!",    "{",    "}",     "time",    "exec",
                                                  "sudo",  "env",  "nice", "nohup", "command", "export"};
constexpr std::array<std::string_view, 6> kShells{"sh", "bash", "ash", "dash", "zsh", "ksh"};
constexpr std::string_view kOperators = ";&|\n()";

/// Bytes that can't be in the middle of a word without a look; all others are most of a script.
constexpr std::array<bool, 256> kSpecial = [] {
    std::array<bool, 256> special{};
    for (const char c : std::string_view(" \t\r\v\f;&|\n()\\'\"`$}"))
        special[static_cast<unsigned char>(c)] = true;
    return special;
}();

bool isSpecial(char c)
{
    return kSpecial[static_cast<unsigned char>(c)];
}

/// Behind a dollar sign.
bool opens(std::string_view text)
{
    return text.starts_with('(') || text.starts_with('{');
}

/// `#!/usr/bin/env python3` and the like.
bool isForeign(std::string_view script)
{
    return script.starts_with("#!") && !script.substr(0, script.find('\n')).contains("sh");
}

} // namespace

std::string_view ShellTokens::next()
{
    skipBlanks();
    if (m_at >= m_script.size())
        return {};
    const std::size_t begin = m_at;
    if (kOperators.contains(m_script[m_at]))
        ++m_at;
    else
        skipWord();
    return m_script.substr(begin, m_at - begin);
}

void ShellTokens::skipBlanks()
{
    while (m_at < m_script.size()) {
        const char c = m_script[m_at];
        const bool joins = c == '\\' && m_script.substr(m_at + 1).starts_with('\n');
        if (joins)
            m_at += 2;
        else if (isBlank(c))
            ++m_at;
        else if (c == '#')
            m_at = std::min(m_script.find('\n', m_at), m_script.size());
        else
            return;
    }
}

void ShellTokens::skipWord()
{
    int depth = 0; // of $( ) and of ${ }
    while (m_at < m_script.size()) {
        const char c = m_script[m_at];
        if (!isSpecial(c)) {
            ++m_at;
            continue;
        }
        if (depth == 0 && (isBlank(c) || kOperators.contains(c)))
            return;
        if (c == '\\')
            ++m_at;
        else if (c == '\'' || c == '"' || c == '`')
            skipQuoted(c);
        else if (c == '$' && opens(m_script.substr(m_at + 1))) {
            ++depth;
            ++m_at;
        } else if (depth > 0 && (c == ')' || c == '}'))
            --depth;
        m_at = std::min(m_at + 1, m_script.size());
    }
}

void ShellTokens::skipQuoted(char quote)
{
    for (++m_at; m_at < m_script.size() && m_script[m_at] != quote; ++m_at) {
        if (m_script[m_at] == '\\' && quote != '\'')
            ++m_at;
    }
}

bool isShellOperator(std::string_view token)
{
    return kOperators.contains(token.front());
}

bool standsAhead(std::string_view word)
{
    return std::ranges::contains(kAhead, word);
}

std::string_view assignedName(std::string_view word)
{
    const std::string_view name = word.substr(0, word.find('='));
    const auto fits = [](char c) { return isAsciiLetter(c) || isDigit(c) || c == '_'; };
    const bool isName = !name.empty() && !isDigit(name.front()) && std::ranges::all_of(name, fits);
    return isName && name.size() < word.size() ? name : std::string_view();
}

std::vector<std::string_view> scriptsOf(const Instruction& run)
{
    if (run.args.empty())
        return {};
    if (run.json) {
        const bool isShell = run.args.size() > 2 && std::ranges::contains(kShells, lastPart(run.args[0].text));
        return isShell ? std::vector{run.args.back().text} : std::vector<std::string_view>();
    }
    const std::string_view line = run.args.front().text;
    std::vector<std::string_view> scripts{line};
    const std::string_view programme = line.substr(0, line.find_first_of(" \t<"));
    const bool isScript = programme.empty() || std::ranges::contains(kShells, lastPart(programme));
    for (const Heredoc& heredoc : run.heredocs) {
        if (isScript && !isForeign(heredoc.content))
            scripts.push_back(heredoc.content);
    }
    return scripts;
}

} // namespace stagelift
