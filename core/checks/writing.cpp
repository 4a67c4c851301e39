// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks on how things are written.

#include "core/checks/check_options.h"
#include "core/checks/mends.h"
#include "core/checks/rules.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

/// The instructions from the first FROM on.
std::span<const Instruction> stagedInstructions(const Subject& subject)
{
    const auto& stages = subject.graph.stages;
    const auto& all = subject.dockerfile.instructions;
    return std::span(all).subspan(stages.empty() ? all.size() : stages.front().firstInstruction);
}

bool isCountedCommand(const Instruction& instruction)
{
    return instruction.keyword != Keyword::Unknown;
}

/// The value of the legacy form as one word that comes to the same. In both forms quotes and escapes are taken out, but
/// only the legacy one goes on behind a blank.
std::string asOneWord(std::string_view value, char escape)
{
    const bool isPlain = value.find_first_of("\"'") == std::string_view::npos && !value.contains(escape);
    if (value.empty() || (holdsSpace(value) && isPlain))
        return std::format("\"{}\"", value);
    std::string word;
    char quote = 0;
    for (std::size_t at = 0; at < value.size(); ++at) {
        const char c = value[at];
        if (quote == 0 && spaceAtBegin(value.substr(at)) > 0)
            word += escape;
        word += c;
        if (c == escape && quote != '\'' && at + 1 < value.size())
            word += value[++at];
        else if (c == quote)
            quote = 0;
        else if (quote == 0 && (c == '"' || c == '\''))
            quote = c;
    }
    return word;
}

} // namespace

void noEmptyContinuation(const Subject& subject, Report& report)
{
    const auto& all = subject.dockerfile.emptyContinuations;
    const SourceText& source = *subject.dockerfile.source;
    for (std::size_t i = 0; i < all.size();) {
        const std::size_t first = i;
        TextEdits edits;
        for (; i < all.size() && all[i].instruction == all[first].instruction; ++i)
            edits.push_back({source.fullLineSpan(all[i].line), ""});
        // BuildKit speaks once for an instruction, and of the last line it joined.
        const LineRange lines{all[first].reported, all[first].reported};
        report.add(lines, source.lineSpan(all[first].line), "Empty continuation line")
            .fix("Take out the empty lines", std::move(edits));
    }
}

void consistentInstructionCasing(const Subject& subject, Report& report)
{
    std::size_t lower = 0;
    std::size_t upper = 0;
    for (const Instruction& instruction : stagedInstructions(subject)) {
        if (!isCountedCommand(instruction))
            continue;
        lower += isLowerCase(instruction.keywordWord.text) ? 1 : 0;
        upper += isUpperCase(instruction.keywordWord.text) ? 1 : 0;
    }
    const bool wantsLower = lower > upper;
    for (const Instruction& instruction : stagedInstructions(subject)) {
        const Word& word = instruction.keywordWord;
        if (!isCountedCommand(instruction) || (wantsLower ? isLowerCase(word.text) : isUpperCase(word.text)))
            continue;
        report
            .add(instruction, word.span,
                 std::format("Command '{}' should match the case of the command majority ({})", word.text,
                             wantsLower ? "lowercase" : "uppercase"))
            .fix(wantsLower ? "Make it lowercase" : "Make it uppercase",
                 {{word.span, wantsLower ? lowered(word.text) : uppered(word.text)}});
    }
}

void maintainerDeprecated(const Subject& subject, Report& report)
{
    for (const Instruction& instruction : subject.dockerfile.instructions) {
        if (instruction.keyword != Keyword::Maintainer)
            continue;
        auto finding = report.add(instruction, instruction.keywordWord.span,
                                  "Maintainer instruction is deprecated in favor of using label");
        if (instruction.args.size() == 1 && !holdsComment(subject, instruction.span)) {
            const std::string label =
                std::format("LABEL org.opencontainers.image.authors={}", quoted(instruction.args.front().text));
            finding.fix("Make it a label", {{instruction.span, label}});
        }
    }
}

void legacyKeyValueFormat(const Subject& subject, Report& report)
{
    for (const Stage& stage : subject.graph.stages) {
        subject.forEachCommand(stage, [&](const Instruction& instruction, const Instruction& at) {
            const bool isPairs = instruction.keyword == Keyword::Env || instruction.keyword == Keyword::Label;
            if (!isPairs || instruction.args.size() != 3 || !instruction.args[2].text.empty())
                return;
            const Word& key = instruction.args[0];
            const Word& value = instruction.args[1];
            const std::string_view name = instruction.keywordWord.text;
            auto finding = report.add(at, {key.span.begin, value.span.end},
                                      std::format("\"{} key=value\" should be used instead of legacy \"{} key value\" "
                                                  "format",
                                                  name, name));
            // A quote in the key would go on into the value; a blank of another script ends a pair's name.
            const bool isPlain = key.text.find_first_of("\"'") == std::string_view::npos && !holdsSpace(key.text) &&
                                 !key.text.contains(subject.dockerfile.escape);
            if (isPlain && !holdsComment(subject, value.span))
                finding.fix("Write key=value",
                            {{{key.span.end, value.span.end},
                              std::format("={}", asOneWord(value.text, subject.dockerfile.escape))}});
        });
    }
}

void invalidDefinitionDescription(const Subject& subject, Report& report)
{
    for (const Instruction& instruction : subject.dockerfile.instructions) {
        std::vector<std::string> names;
        if (instruction.keyword == Keyword::From && instruction.args.size() == 3)
            names.push_back(lowered(instruction.args[2].text));
        else if (instruction.keyword == Keyword::Arg) {
            for (const Word& word : instruction.args)
                names.emplace_back(definitionFrom(word.text).name);
        }
        const auto comments = commentsAbove(subject.dockerfile, instruction.lines.first);
        if (names.empty() || comments.empty())
            continue;
        const std::string_view first = comments.back().substr(0, comments.back().find(' '));
        if (std::ranges::find(names, first) != names.end())
            continue;
        report
            .add(instruction, instruction.span,
                 std::format("Comment for {} should follow the format: `# {} <description>`",
                             instruction.keyword == Keyword::From ? "FROM" : "ARG",
                             names.size() > 1 ? "<arg_key>" : names.front()))
            .fix("Set the comment apart", lineAbove(subject, instruction, ""));
    }
}

} // namespace stagelift
