// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds for the reading of every text, whatever its bytes: each piece stands where it says, and instructions and
// the gaps between them, put together, are the text. For the property tests and for fuzzing.

#pragma once

#include "core/dockerfile/dockerfile.h"
#include "core/text/characters.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace stagelift::test {

inline bool isWithin(Span inner, Span outer)
{
    return outer.begin <= inner.begin && inner.begin <= inner.end && inner.end <= outer.end;
}

inline Span wholeOf(const SourceText& source)
{
    return {0, static_cast<std::uint32_t>(source.bytes().size())};
}

/// Lines of the text, or none.
inline bool areLinesOf(LineRange lines, const SourceText& source)
{
    const bool isUnknown = lines.first == 0 && lines.last == 0;
    return isUnknown || (1 <= lines.first && lines.first <= lines.last && lines.last <= source.lineCount());
}

/// The first thing that is wrong with a reading.
class ReadingJudge {
public:
    explicit ReadingJudge(const Dockerfile& dockerfile) : m_dockerfile(dockerfile), m_source(*dockerfile.source) {}

    [[nodiscard]] std::string flaw()
    {
        lookAtText();
        lookAtErrors();
        for (const Directive& directive : m_dockerfile.directives)
            need(isWithin(directive.value.span, directive.span) && isWithin(directive.span, wholeOf(m_source)),
                 "a directive stands in the text");
        for (const EmptyContinuation& empty : m_dockerfile.emptyContinuations)
            need(empty.instruction < m_dockerfile.instructions.size() && 1 <= empty.line &&
                     empty.line <= m_source.lineCount(),
                 "an empty line is one of the text");
        return m_flaw;
    }

private:
    void need(bool holds, std::string_view sentence)
    {
        if (!holds && m_flaw.empty())
            m_flaw = sentence;
    }

    void lookAtText()
    {
        const std::string_view text = m_source.bytes();
        std::uint32_t last = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
        std::string together(text.substr(0, last));
        for (const Instruction& instruction : m_dockerfile.instructions) {
            need(last <= instruction.span.begin && !instruction.span.empty(), "instructions are in order");
            need(isWithin(instruction.span, wholeOf(m_source)), "an instruction stands in the text");
            need(instruction.lines.first != 0 && areLinesOf(instruction.lines, m_source),
                 "an instruction has lines of the text");
            if (!m_flaw.empty())
                return;
            lookInside(instruction);
            const std::string_view gap = text.substr(last, instruction.span.begin - last);
            if (m_dockerfile.errors.empty())
                need(isNothing(gap), "what is in no instruction is blank or a comment");
            last = instruction.span.end;
            together.append(gap).append(m_source.at(instruction.span));
        }
        need(together.append(text.substr(last)) == text, "spans and gaps give back the text");
    }

    void lookInside(const Instruction& instruction)
    {
        const Span whole = instruction.span;
        const auto isWordWithin = [whole](const Word& word) { return isWithin(word.span, whole); };
        need(isWordWithin(instruction.keywordWord), "a keyword stands in its instruction");
        need(std::ranges::all_of(instruction.args, isWordWithin), "a word stands in its instruction");
        for (const Flag& flag : instruction.flags)
            need(isWordWithin(flag.whole) && isWithin(flag.value.span, flag.whole.span),
                 "a flag stands in its instruction, its value in the flag");
        for (const Heredoc& heredoc : instruction.heredocs)
            need(isWithin(heredoc.contentSpan, heredoc.span) && isWithin(heredoc.span, whole),
                 "a heredoc stands in its instruction");
        if (!instruction.child)
            return;
        need(instruction.keyword == Keyword::Onbuild, "only ONBUILD has an instruction in it");
        need(isWithin(instruction.child->span, whole), "what ONBUILD triggers stands in it");
        lookInside(*instruction.child);
    }

    void lookAtErrors()
    {
        for (const SyntaxError& error : m_dockerfile.errors) {
            need(!error.message.empty(), "an error says what is wrong");
            need(isWithin(error.span, wholeOf(m_source)), "an error stands in the text");
            need(areLinesOf(error.lines, m_source), "an error has lines of the text");
        }
        need(std::ranges::is_sorted(m_dockerfile.errors, {}, &SyntaxError::phase), "errors stand by phase");
    }

    static bool isNothing(std::string_view gap)
    {
        while (!gap.empty()) {
            const std::size_t end = std::min(gap.find('\n'), gap.size());
            const std::string_view line = leftTrimmed(gap.substr(0, end));
            if (!line.empty() && !line.starts_with('#'))
                return false;
            gap.remove_prefix(std::min(end + 1, gap.size()));
        }
        return true;
    }

    const Dockerfile& m_dockerfile;
    const SourceText& m_source;
    std::string m_flaw;
};

} // namespace stagelift::test
