// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/draft_split.h"

#include "core/dockerfile/lines.h"
#include "core/multistage/fates.h"

#include <algorithm>
#include <format>

namespace stagelift::multistage {

namespace {

/// A part of an edit's text, with its reason.
struct Note {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::string why;
};

struct NotedEdit {
    TextEdit edit;
    std::vector<Note> notes;
    std::optional<Span> select; // in the text of the edit
};

std::uint32_t sizeOf(std::string_view text)
{
    return static_cast<std::uint32_t>(text.size());
}

class SplitDraft {
public:
    SplitDraft(const Reading& reading, const Plan& plan, std::string_view builder)
        : m_reading(reading), m_plan(plan), m_builder(builder), m_source(reading.analysis.source)
    {
    }

    Proposal draft()
    {
        nameBuilder();
        for (const Change& change : m_plan.changes)
            m_edits.push_back({change.edit, {{0, sizeOf(change.edit.text), change.why}}, {}});
        insertLines();
        insertStage();
        insertUser();
        takeOut();
        return finished();
    }

private:
    std::string keyword(std::string_view name) const { return inTheFilesCase(m_reading.analysis.dockerfile, name); }

    const Instruction& from() const
    {
        return m_reading.analysis.dockerfile.instructions[m_reading.stage.firstInstruction];
    }

    /// Where a step begins with its comments; the end of the file behind the last.
    std::uint32_t placeOf(std::size_t step) const
    {
        return step < m_reading.steps.size() ? headOfStep(m_reading, m_reading.steps[step]) : sizeOf(m_source.bytes());
    }

    void nameBuilder()
    {
        if (m_reading.stage.isNamed())
            return;
        std::string text = std::format(" {} {}", inTheCaseOf(from().keywordWord.text, "AS"), m_builder);
        const std::uint32_t place = m_reading.stage.baseWord.span.end;
        const std::uint32_t size = sizeOf(text);
        m_edits.push_back(
            {{{place, place}, std::move(text)}, {{0, size, "The builder: it has the tools, and is left behind"}}, {}});
    }

    void add(NotedEdit& noted, std::string_view text, std::string_view why) const
    {
        const std::uint32_t begin = sizeOf(noted.edit.text);
        noted.edit.text += text;
        if (!why.empty())
            noted.notes.push_back({begin, sizeOf(noted.edit.text), std::string(why)});
        noted.edit.text += m_source.lineEnding();
    }

    std::string inFilesCase(const std::string& line) const
    {
        const std::size_t blank = line.find(' ');
        return keyword(line.substr(0, blank)) + line.substr(blank);
    }

    void insertLines()
    {
        for (const Insertion& insertion : m_plan.insertions) {
            if (insertion.step >= m_plan.split)
                continue; // they are put in together with the new stage
            const std::uint32_t place = placeOf(insertion.step);
            NotedEdit noted{{{place, place}, {}}, {}, {}};
            add(noted, inFilesCase(insertion.line.text), insertion.line.why);
            m_edits.push_back(std::move(noted));
        }
    }

    /// The new stage goes ahead of the first line that does not build, and is set apart by an empty line.
    void insertStage()
    {
        const std::uint32_t place = placeOf(m_plan.split);
        const std::uint32_t line = m_source.lineAt(place);
        const bool isEnd = m_plan.split >= m_reading.steps.size();
        const std::uint32_t above = isEnd && !m_source.bytes().ends_with('\n') ? line : line - 1;
        const bool isApart = above > 0 && isBlankLine(m_source, above);
        NotedEdit noted{{{place, place}, std::string(isEnd ? lineEndingOwed(m_source, place) : "")}, {}, {}};
        const auto builderLines =
            std::ranges::count_if(m_plan.insertions, [&](const Insertion& each) { return each.step >= m_plan.split; });
        for (const Insertion& insertion : m_plan.insertions) {
            if (insertion.step >= m_plan.split)
                add(noted, inFilesCase(insertion.line.text), insertion.line.why);
        }
        if (!isApart || builderLines > 0)
            noted.edit.text += m_source.lineEnding();
        addStage(noted);
        if (isApart && !isEnd && hasLinesBelow())
            noted.edit.text += m_source.lineEnding();
        if (isEnd && !m_source.bytes().ends_with('\n'))
            noted.edit.text.resize(noted.edit.text.size() - m_source.lineEnding().size());
        m_edits.push_back(std::move(noted));
    }

    bool hasLinesBelow() const
    {
        return std::ranges::any_of(m_plan.fates, [](Fate fate) { return fate == Fate::Untouched; });
    }

    void addStage(NotedEdit& noted) const
    {
        std::string line = std::format("{} ", keyword("FROM"));
        if (const Flag* platform = from().flag("platform"))
            line += std::format("{} ", m_source.at(platform->whole.span));
        const std::uint32_t begin = sizeOf(noted.edit.text) + sizeOf(line);
        noted.select = Span{begin, begin + sizeOf(m_plan.base)};
        const auto known = std::ranges::find(m_plan.bases, m_plan.base, &BaseChoice::image);
        const std::string_view word = known == m_plan.bases.end() ? std::string_view() : std::string_view(known->why);
        add(noted, line + m_plan.base, std::format("The image that ships{}{}", word.empty() ? "" : ": ", word));
        for (const Line& each : m_plan.head)
            add(noted, each.text, each.why);
    }

    void insertUser()
    {
        const std::size_t step = m_plan.userStep;
        if (m_plan.user.empty() || step == m_plan.split)
            return;
        const std::uint32_t place = placeOf(step);
        const bool isEnd = step >= m_reading.steps.size();
        NotedEdit noted{{{place, place}, std::string(isEnd ? lineEndingOwed(m_source, place) : "")}, {}, {}};
        add(noted, std::format("{} {}", keyword("USER"), m_plan.user), m_plan.userWhy);
        if (isEnd && !m_source.bytes().ends_with('\n'))
            noted.edit.text.resize(noted.edit.text.size() - m_source.lineEnding().size());
        m_edits.push_back(std::move(noted));
    }

    bool isTakenOut(std::size_t step) const
    {
        return step < m_plan.fates.size() && (m_plan.fates[step] == Fate::Moves || m_plan.fates[step] == Fate::Goes);
    }

    /// Neighbours go together, so that no empty lines pile up where they stood.
    void takeOut()
    {
        for (std::size_t at = 0; at < m_reading.steps.size(); ++at) {
            if (!isTakenOut(at))
                continue;
            const std::uint32_t begin = headOfStep(m_reading, m_reading.steps[at]);
            std::uint32_t line = lineBehind(at);
            while (isTakenOut(at + 1) && isBlankUpTo(line, at + 1))
                line = lineBehind(++at);
            const std::uint32_t first = m_source.lineAt(begin);
            const bool isApart = first > 1 && isBlankLine(m_source, first - 1);
            while (isApart && line < m_source.lineCount() && isBlankLine(m_source, line))
                ++line;
            const std::uint32_t end =
                line > m_source.lineCount() ? sizeOf(m_source.bytes()) : m_source.fullLineSpan(line).begin;
            m_edits.push_back({{{begin, end}, {}}, {}, {}});
        }
    }

    std::uint32_t lineBehind(std::size_t step) const
    {
        return m_source.lineAt(m_reading.steps[step].instruction->span.end) + 1;
    }

    /// Nothing but empty lines stands between the line and a step with its comments.
    bool isBlankUpTo(std::uint32_t line, std::size_t step) const
    {
        const std::uint32_t end = m_source.lineAt(headOfStep(m_reading, m_reading.steps[step]));
        while (line < end && isBlankLine(m_source, line))
            ++line;
        return line == end;
    }

    Proposal finished()
    {
        std::ranges::stable_sort(m_edits, {}, [](const NotedEdit& each) { return each.edit.span.begin; });
        Proposal proposal;
        for (const NotedEdit& each : m_edits)
            proposal.edits.push_back(each.edit);
        const SourceText after(applied(m_source.bytes(), proposal.edits));
        std::uint32_t shift = 0; // wraps around, and back
        for (const NotedEdit& each : m_edits) {
            const std::uint32_t begin = each.edit.span.begin + shift;
            for (const Note& note : each.notes)
                proposal.explanations.push_back(
                    {{after.lineAt(begin + note.begin), after.lineAt(begin + note.end)}, note.why});
            if (each.select)
                proposal.select = {begin + each.select->begin, begin + each.select->end};
            shift += sizeOf(each.edit.text) - each.edit.span.size();
        }
        return proposal;
    }

    const Reading& m_reading;
    const Plan& m_plan;
    std::string_view m_builder;
    const SourceText& m_source;
    std::vector<NotedEdit> m_edits;
};

} // namespace

Proposal draftOf(const Reading& reading, const Plan& plan, std::string_view builder)
{
    return SplitDraft(reading, plan, builder).draft();
}

} // namespace stagelift::multistage
