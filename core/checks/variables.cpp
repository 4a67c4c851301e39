// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks that need to know what variables hold.

#include "core/checks/mends.h"
#include "core/checks/rules.h"
#include "core/checks/stage_walk.h"
#include "core/text/characters.h"
#include "core/text/nearest.h"

#include <algorithm>
#include <array>
#include <format>
#include <unordered_set>

namespace stagelift {

namespace {

using Names = std::unordered_set<std::string_view>;

class UndefinedVariables {
public:
    UndefinedVariables(const Subject& subject, Report& report) : m_subject(subject), m_report(report) {}

    void look(const Visit& visit)
    {
        if (visit.instruction.keyword == Keyword::Arg) {
            lookAtDefinitions(visit);
            return;
        }
        for (const Word& word : expandedWords(m_subject, visit.instruction))
            lookAt(visit, word, word.text, {});
        for (const Heredoc& heredoc : visit.instruction.heredocs) {
            const bool isFile = visit.instruction.keyword == Keyword::Copy || visit.instruction.keyword == Keyword::Add;
            if (isFile && heredoc.expand)
                lookAtContent(visit, heredoc);
        }
    }

private:
    void lookAtDefinitions(const Visit& visit)
    {
        Names here; // what the same instruction has declared before
        for (const Word& word : visit.instruction.args) {
            const Definition definition = definitionFrom(word.text);
            const auto& given = m_subject.options.build.buildArgs;
            const bool isGiven =
                std::ranges::any_of(given, [&](const auto& each) { return each.first == definition.name; });
            if (definition.value && !isGiven)
                lookAt(visit, word, *definition.value, here);
            here.insert(definition.name);
        }
    }

    void lookAt(const Visit& visit, const Word& word, std::string_view text, const Names& here)
    {
        if (text.contains('$'))
            addAll(visit, word.span, expand(text, visit.state.environment, m_subject.dockerfile.escape), here);
    }

    void lookAtContent(const Visit& visit, const Heredoc& heredoc)
    {
        const ShellRules rules{.quotesArePlain = true};
        if (heredoc.content.contains('$'))
            addAll(visit, heredoc.contentSpan, readShell(heredoc.content, rules, visit.state.environment), {});
    }

    void addAll(const Visit& visit, Span span, const ShellText& text, const Names& here)
    {
        constexpr std::array<std::string_view, 2> kNoVariables{"BUILDKIT_SBOM_SCAN_CONTEXT",
                                                               "BUILDKIT_SBOM_SCAN_STAGE"};
        for (const std::string& name : text.unmatched) {
            const bool isDeclared = visit.state.declared.contains(name) || here.contains(name);
            if (isDeclared || std::ranges::find(kNoVariables, name) != kNoVariables.end())
                continue;
            const Environment& known = visit.state.environment;
            const std::string suggestion = known.size() > kMostCompared ? std::string() : nearest(name, known.names());
            auto finding = m_report.add(visit.from, span,
                                        std::format("Usage of undefined variable '${}'{}", name,
                                                    didYouMean(suggestion.empty() ? "" : '$' + suggestion)));
            finding.provisional(!visit.state.isImageKnown);
            if (!suggestion.empty())
                finding.fix(std::format("Change it to ${}", suggestion),
                            renamedVariable(m_subject, span, name, suggestion));
            if (&visit.from == &visit.instruction)
                finding.fix(std::format("Declare {} above", name),
                            declaredAbove(m_subject, visit.instruction, name, m_keyword));
        }
    }

    const Subject& m_subject;
    Report& m_report;
    std::string m_keyword; // ARG as the file writes it, asked for once
};

/// In a command it is the shell that replaces them.
bool mayUseVariables(const Subject& subject, const Instruction& instruction)
{
    switch (instruction.keyword) {
    case Keyword::Cmd:
    case Keyword::Entrypoint:
    case Keyword::From:
        return false;
    case Keyword::Run:
        return std::ranges::any_of(instruction.flags, [](const Flag& flag) { return flag.whole.text.contains('$'); });
    default:
        return subject.dockerfile.source->at(instruction.span).contains('$');
    }
}

bool isAbsolute(std::string_view path, bool isWindows)
{
    if (!isWindows)
        return path.starts_with('/');
    if (path.size() > 1 && isAsciiLetter(path.front()) && path[1] == ':')
        path.remove_prefix(2);
    return path.starts_with('/') || path.starts_with('\\');
}

} // namespace

void undefinedVar(const Subject& subject, Report& report)
{
    if (std::ranges::none_of(subject.dockerfile.instructions,
                             [&](const Instruction& each) { return mayUseVariables(subject, each); }))
        return;
    UndefinedVariables check(subject, report);
    walkStages(subject, [&](const Visit& visit) { check.look(visit); });
}

void workdirRelativePath(const Subject& subject, Report& report)
{
    const auto mayBeRelative = [](const Instruction& each) {
        const Instruction& acting = each.child ? *each.child : each;
        return acting.keyword == Keyword::Workdir &&
               (acting.args.empty() || !acting.args.front().text.starts_with('/'));
    };
    if (std::ranges::none_of(subject.dockerfile.instructions, mayBeRelative))
        return;
    walkStages(subject, [&](const Visit& visit) {
        if (visit.instruction.keyword != Keyword::Workdir || visit.state.hasWorkdir || visit.instruction.args.empty())
            return;
        const Word& word = visit.instruction.args.front();
        const std::string path = expand(word.text, visit.state.environment, subject.dockerfile.escape).text;
        if (isAbsolute(path, visit.state.isWindows))
            return;
        // On Windows it may be absolute, and only the image tells.
        auto finding = report.add(
            visit.from, word.span,
            std::format("Relative workdir {} can have unexpected results if the base image changes", quoted(path)));
        finding.provisional(!visit.state.isImageKnown && isAbsolute(path, true));
        const bool isPlain = !path.starts_with('.') && subject.dockerfile.source->at(word.span) == word.text;
        if (isPlain && !visit.state.isWindows && isAsciiLetter(word.text.front()))
            finding.fix("Begin at the root", {{{word.span.begin, word.span.begin}, "/"}});
    });
}

} // namespace stagelift
