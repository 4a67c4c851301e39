// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/stage_scripts.h"

#include "core/dockerfile/paths.h"
#include "core/dockerfile/shell_tokens.h"

#include <algorithm>

namespace stagelift {

namespace {

std::string_view withoutQuotes(std::string_view word)
{
    const bool isQuoted =
        word.size() > 1 && (word.front() == '"' || word.front() == '\'') && word.back() == word.front();
    return isQuoted ? word.substr(1, word.size() - 2) : word;
}

bool isRedirection(std::string_view word)
{
    return word.contains('>') || word.contains('<');
}

} // namespace

bool StageCommand::has(std::string_view word) const
{
    return std::ranges::contains(words, word);
}

std::string_view StageCommand::option(std::string_view name) const
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == name)
            return i + 1 < words.size() ? words[i + 1] : std::string_view();
        if (words[i].starts_with(name) && words[i].substr(name.size()).starts_with('='))
            return words[i].substr(name.size() + 1);
    }
    return {};
}

std::string_view StageCommand::verb() const
{
    const auto word = std::ranges::find_if(words, [](std::string_view each) { return !each.starts_with('-'); });
    return word == words.end() ? std::string_view() : *word;
}

StageScripts::StageScripts(const Dockerfile& dockerfile, const StageGraph& graph)
{
    m_stages.reserve(graph.stages.size());
    for (const Stage& stage : graph.stages) {
        const std::size_t first = m_commands.size();
        for (std::size_t i = stage.firstInstruction + 1; i < stage.endInstruction; ++i) {
            if (dockerfile.instructions[i].keyword == Keyword::Run)
                read(dockerfile.instructions[i]);
        }
        m_stages.emplace_back(first, m_commands.size());
    }
    std::size_t begin = 0; // now that no word moves any more
    for (std::size_t i = 0; i < m_commands.size(); begin = m_ends[i++])
        m_commands[i].words = std::span(m_words).subspan(begin, m_ends[i] - begin);
}

std::span<const StageCommand> StageScripts::of(int stage) const
{
    const auto [first, end] = m_stages[static_cast<std::size_t>(stage)];
    return std::span(m_commands).subspan(first, end - first);
}

void StageScripts::read(const Instruction& run)
{
    const auto scripts = scriptsOf(run);
    for (const std::string_view script : scripts)
        readScript(run, script);
    if (!run.json || !scripts.empty())
        return;
    const std::size_t first = m_words.size();
    for (const Word& word : run.args)
        m_words.push_back(word.text);
    add(run, first);
}

void StageScripts::readScript(const Instruction& run, std::string_view script)
{
    ShellTokens tokens(script);
    std::size_t first = m_words.size();
    for (std::string_view token = tokens.next(); !token.empty(); token = tokens.next()) {
        if (isShellOperator(token)) {
            add(run, first);
            first = m_words.size();
            continue;
        }
        const bool isAhead = m_words.size() == first && (standsAhead(token) || !assignedName(token).empty());
        if (!isAhead && !isRedirection(token))
            m_words.push_back(withoutQuotes(token));
    }
    add(run, first);
}

/// The words from `firstWord` on are a command, the programme the first of them.
void StageScripts::add(const Instruction& run, std::size_t firstWord)
{
    if (m_words.size() == firstWord)
        return;
    StageCommand command{.run = &run, .programme = lastPart(m_words[firstWord]), .words = {}};
    m_words.erase(m_words.begin() + static_cast<std::ptrdiff_t>(firstWord));
    m_commands.push_back(command);
    m_ends.push_back(m_words.size());
}

} // namespace stagelift
