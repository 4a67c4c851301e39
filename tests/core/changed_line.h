// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file before and after one of its lines was deleted or doubled: how far the touched instruction reaches now, and
// whether all that lies behind it is as it was.

#pragma once

#include "core/dockerfile/heredocs.h"
#include "core/layout/layout.h"
#include "tests/core/tolerance.h"

#include <set>
#include <tuple>

namespace stagelift::test {

using Errors = std::multiset<std::tuple<std::string, std::uint32_t, std::uint32_t>>; // message, span

/// Errors whose fault stands in a range of bytes, moved by `shift`. Those of the file as a whole are left out.
[[nodiscard]] inline Errors errorsWithin(const Dockerfile& dockerfile, Span range, Shift shift)
{
    Errors errors;
    for (const SyntaxError& error : dockerfile.errors) {
        const bool isOfAll =
            error.message == "file with no instructions" || error.message.starts_with("no build stage");
        if (!isOfAll && error.span.begin >= range.begin && error.span.begin < range.end)
            errors.emplace(error.message, error.span.begin + shift.bytes, error.span.end + shift.bytes);
    }
    return errors;
}

class Change {
public:
    Change(const Dockerfile& before, const Dockerfile& after, std::uint32_t line, Shift shift)
        : m_before(before),
          m_after(after),
          m_was(before.instructions),
          m_is(after.instructions),
          m_line(line),
          m_shift(shift)
    {
        const auto from =
            std::ranges::lower_bound(m_was, line, {}, [](const Instruction& one) { return one.lines.last; });
        m_first = static_cast<std::size_t>(from - m_was.begin());
        m_isInside = from != m_was.end() && from->lines.contains(line);
        m_reach = m_isInside ? from->lines.last + m_shift.lines
                             : m_line + std::max<std::int64_t>(m_shift.lines, 0) - (m_shift.lines < 0 ? 1 : 0);
        const auto next = std::ranges::find_if(m_is, [&](const Instruction& one) { return one.lines.first > m_reach; });
        m_ownReach = m_reach;
        if (next != m_is.begin())
            m_reach = std::max<std::int64_t>(m_reach, std::prev(next)->lines.last);
        m_behind = m_first + (m_isInside ? 1 : 0);
        while (m_behind < m_was.size() && m_was[m_behind].lines.first + m_shift.lines <= m_reach)
            ++m_behind;
    }

    [[nodiscard]] std::string faultInInstructions() const
    {
        for (std::size_t i = 0; i < m_first; ++i) {
            const bool isOpen = i + 1 == m_first && isResumedAt(m_before, m_line);
            if (!isOpen && (i >= m_is.size() || !isSame(m_was[i], m_is[i])))
                return std::format("the instruction of line {} above is read otherwise", m_was[i].lines.first);
        }
        if (m_reach > m_ownReach && !mayReach())
            return "the line's instruction reaches further than it may";
        for (std::size_t i = m_behind; i < m_was.size(); ++i) {
            const std::size_t now = m_is.size() + i - m_was.size();
            if (now >= m_is.size() || !isSame(m_was[i], m_is[now], m_shift))
                return std::format("the instruction of line {} below is read otherwise", m_was[i].lines.first);
        }
        return {};
    }

    [[nodiscard]] std::string faultInErrors() const
    {
        const std::uint32_t first =
            m_isInside ? m_was[m_first].span.begin : m_before.source->fullLineSpan(m_line).begin;
        const bool isOpen = isResumedAt(m_before, m_line);
        if (!isOpen && errorsWithin(m_before, {0, first}, {}) != errorsWithin(m_after, {0, first}, {}))
            return "an error above has come or gone";
        // A heredoc that goes on may end amidst an instruction, whose rest then is something else.
        const std::int64_t last =
            m_behind == 0 ? m_reach : std::max(m_reach, m_was[m_behind - 1].lines.last + m_shift.lines);
        const auto end = m_after.source->fullLineSpan(static_cast<std::uint32_t>(last) + 1).begin;
        const auto wasEnd = static_cast<std::uint32_t>(end - m_shift.bytes);
        if (errorsWithin(m_before, {wasEnd, 0xFFFFFFFF}, m_shift) != errorsWithin(m_after, {end, 0xFFFFFFFF}, {}))
            return "an error below has come or gone";
        return {};
    }

    /// Whoever keeps the FROM keeps the stage. Of stages that hold the same, any may be which.
    [[nodiscard]] std::string faultInStages(const StageGraph& before, const StageGraph& after) const
    {
        const auto now = successors(before, after);
        for (const Stage& stage : before.stages) {
            const std::size_t from = stage.firstInstruction;
            if ((from >= m_first && from < m_behind) || hasTwin(before, stage) || isMerged(before, stage))
                continue;
            const std::size_t place = from < m_first ? from : m_is.size() + from - m_was.size();
            const auto same = std::ranges::find(after.stages, place, &Stage::firstInstruction);
            const auto found = now.find(stageNode(stage.index));
            if (same == after.stages.end() || found == now.end() || found->second.index != same->index)
                return std::format("stage {} is not known again", stage.index);
        }
        return {};
    }

private:
    [[nodiscard]] static bool isResumedAt(const Dockerfile& dockerfile, std::int64_t line)
    {
        return std::ranges::contains(dockerfile.resumed, line);
    }

    /// The exceptions: see the test's head.
    [[nodiscard]] bool mayReach() const
    {
        if (m_shift.lines > 0)
            return false;
        const std::size_t next = m_first + (m_isInside ? 1 : 0);
        if (m_behind == next || isResumedAt(m_before, m_line)) // over blank lines and comments only
            return true;
        const bool wasLast = m_isInside && m_line == m_was[m_first].lines.last && m_line > m_was[m_first].lines.first;
        if (!wasLast)
            return false;
        const auto now = std::ranges::find(m_is, m_reach, [](const Instruction& one) { return one.lines.last; });
        if (m_was[m_first].heredocs.empty())
            return m_behind == next + 1 && now->lines.last <= m_was[next].lines.last + m_shift.lines;
        if (!isResumedAt(m_after, m_reach + 1))
            return !now->heredocs.empty() && now->heredocs.back().name == m_was[m_first].heredocs.back().name;
        const auto isCertain = [this](const Instruction& one) {
            return isCertainInstruction(m_before.source->at(m_before.source->lineSpan(one.lines.first)));
        };
        return std::none_of(m_was.begin() + next, m_was.begin() + m_behind, isCertain);
    }

    [[nodiscard]] static bool hasTwin(const StageGraph& graph, const Stage& stage)
    {
        return std::ranges::any_of(graph.stages, [&](const Stage& other) {
            return other.index != stage.index && other.name == stage.name && other.baseName == stage.baseName &&
                   other.endInstruction - other.firstInstruction == stage.endInstruction - stage.firstInstruction;
        });
    }

    /// With a stage below that was called and based alike: now that its FROM is gone, either may be what is left.
    [[nodiscard]] bool isMerged(const StageGraph& graph, const Stage& stage) const
    {
        if (!m_isInside || stage.endInstruction != m_first || m_shift.lines > 0)
            return false;
        const auto below = std::ranges::find(graph.stages, m_first, &Stage::firstInstruction);
        return below != graph.stages.end() && below->name == stage.name && below->baseName == stage.baseName;
    }

    const Dockerfile& m_before;
    const Dockerfile& m_after;
    const std::vector<Instruction>& m_was;
    const std::vector<Instruction>& m_is;
    std::int64_t m_line;
    Shift m_shift;
    bool m_isInside = false;     // the line lies in an instruction, else between two
    std::size_t m_first = 0;     // the instruction it lies in, or ahead of
    std::size_t m_behind = 0;    // the first that is wholly behind the change
    std::int64_t m_ownReach = 0; // the last line of what was touched, after the change
    std::int64_t m_reach = 0;    // the same, with what it has swallowed
};

} // namespace stagelift::test
