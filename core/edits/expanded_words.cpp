// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/expanded_words.h"

#include "core/checks/build_errors.h"
#include "core/checks/stage_walk.h"
#include "core/dockerfile/copy_source.h"
#include "core/edits/references.h"

#include <algorithm>
#include <format>

namespace stagelift::edits {

namespace {

/// Every variable has a value: what is wrong with a word then is wrong whatever the build's arguments are.
class AnyVariables final : public Variables {
public:
    [[nodiscard]] std::optional<std::string_view> find(std::string_view) const override { return "x"; }
};

/// The text alone, without the build arguments of the day.
Subject subjectOf(const Dockerfile& dockerfile, const StageGraph& graph)
{
    static const CheckOptions plain;
    return {dockerfile, graph, plain, globalArguments(dockerfile, plain.build)};
}

std::vector<std::string> sourcesWith(const Instruction& copy, const Variables& variables, char escape)
{
    std::vector<std::string> sources;
    for (const Word& word : copy.args) {
        const ShellText shell = expand(word.text, variables, escape);
        sources.push_back(shell.failed() ? std::string(word.text) : shell.text);
    }
    if (!sources.empty())
        sources.pop_back(); // the destination
    return sources;
}

std::optional<Refusal> refusalOfWord(const Word& word, char escape)
{
    ShellText shell = expand(word.text, AnyVariables(), escape);
    if (!shell.failed())
        return std::nullopt;
    return Refusal{std::move(shell.error),
                   std::format("Put a {} ahead of each quote and $ that stands for itself.", escape)};
}

/// The --chmod of a COPY or an ADD, nullptr where it has none.
const Flag* modeOf(const Instruction& instruction)
{
    const bool hasModes = instruction.keyword == Keyword::Copy || instruction.keyword == Keyword::Add;
    return hasModes ? instruction.flag("chmod") : nullptr;
}

std::optional<Refusal> refusalOfMode(const ShellText& mode)
{
    Sentence sentence = mode.failed() ? Sentence() : modeError(mode.text);
    if (sentence.empty())
        return std::nullopt;
    return Refusal{std::move(sentence), "Write a mode as in 0755 or u=rwx,go=rx."};
}

/// All that BuildKit has against the words of the text, in the order of a build.
std::vector<Refusal> wordProblems(const Dockerfile& dockerfile, const StageGraph& graph)
{
    std::vector<Refusal> problems;
    const auto note = [&](std::optional<Refusal> problem) {
        if (problem)
            problems.push_back(std::move(*problem));
    };
    const Subject subject = subjectOf(dockerfile, graph);
    walkStages(subject, [&](const Visit& visit) {
        const Instruction& instruction = acting(visit.instruction);
        for (const Word& word : expandedWords(subject, instruction))
            note(refusalOfWord(word, dockerfile.escape));
        if (const Flag* mode = modeOf(instruction))
            note(refusalOfMode(expand(mode->value.text, visit.state.environment, dockerfile.escape)));
        if (instruction.keyword != Keyword::Copy)
            return;
        for (const std::string& source : sourcesWith(instruction, visit.state.environment, dockerfile.escape))
            note(refusalOfRemote(source));
    });
    return problems;
}

} // namespace

std::optional<Refusal> refusalOfRemote(std::string_view source)
{
    const SourceKind kind = sourceKind(source);
    if (kind == SourceKind::Local)
        return std::nullopt;
    return Refusal{kind == SourceKind::Git ? "source can't be a git ref for COPY" : "source can't be a URL for COPY",
                   "Leave that to an ADD of its own."};
}

std::vector<std::string> sourcesOf(const Analysis& analysis, const Instruction& copy)
{
    const char escape = analysis.dockerfile.escape;
    std::vector<std::string> sources;
    sources.reserve(copy.args.size());
    for (const Word& word : copy.args)
        sources.emplace_back(word.text);
    if (!sources.empty())
        sources.pop_back();
    walkStages(subjectOf(analysis.dockerfile, analysis.graph), [&](const Visit& visit) {
        if (&visit.instruction == &copy)
            sources = sourcesWith(copy, visit.state.environment, escape);
    });
    return sources;
}

std::optional<Refusal> newWordProblem(const Dockerfile& before, const StageGraph& graphBefore, const Dockerfile& after,
                                      const StageGraph& graphAfter)
{
    std::vector<Refusal> now = wordProblems(after, graphAfter);
    if (now.empty())
        return std::nullopt;
    const std::vector<Refusal> old = wordProblems(before, graphBefore);
    const auto isKnown = [&](const Refusal& problem) {
        return std::ranges::count(old, problem.reason, &Refusal::reason) >=
               std::ranges::count(now, problem.reason, &Refusal::reason);
    };
    const auto unknown = std::ranges::find_if_not(now, isKnown);
    return unknown == now.end() ? std::nullopt : std::optional(std::move(*unknown));
}

} // namespace stagelift::edits
