// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/line_diff.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stagelift {

namespace {

using Lines = std::vector<int>; // the same number stands for the same bytes

/// A line of the one text that stays as a line of the other; indices.
struct Pair {
    std::size_t before = 0;
    std::size_t after = 0;
};

/// The empty line behind a last line ending is none.
std::uint32_t countOf(const SourceText& text)
{
    const std::uint32_t last = text.lineCount();
    return text.fullLineSpan(last).empty() ? last - 1 : last;
}

Lines numbered(const SourceText& text, std::unordered_map<std::string_view, int>& numbers)
{
    Lines lines;
    for (std::uint32_t line = 1; line <= countOf(text); ++line)
        lines.push_back(
            numbers.try_emplace(text.at(text.fullLineSpan(line)), static_cast<int>(numbers.size())).first->second);
    return lines;
}

/// Walks the edit graph: x lines of the one text and y of the other are behind it, on the diagonal x - y.
class Walk {
public:
    Walk(std::span<const int> before, std::span<const int> after) : m_before(before), m_after(after) {}

    /// The lines that stay, in order; nothing where too many go and come.
    [[nodiscard]] std::optional<std::vector<Pair>> stays()
    {
        const auto most = static_cast<int>(std::min(kMostChangedLines, m_before.size() + m_after.size()));
        m_furthest.assign(2 * static_cast<std::size_t>(most) + 3, 0);
        m_middle = most + 1;
        for (int steps = 0; steps <= most; ++steps) {
            const auto from = m_furthest.begin() + (m_middle - steps - 1);
            m_trace.emplace_back(from, from + 2 * steps + 3);
            if (advance(steps))
                return walkBack(steps);
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] int& furthest(int diagonal) { return m_furthest[static_cast<std::size_t>(m_middle + diagonal)]; }
    /// As it was before that many steps.
    [[nodiscard]] int traced(int steps, int diagonal) const
    {
        return m_trace[static_cast<std::size_t>(steps)][static_cast<std::size_t>(diagonal + steps + 1)];
    }
    template<typename Furthest>
    [[nodiscard]] static bool comesDown(int steps, int diagonal, const Furthest& reached)
    {
        return diagonal == -steps || (diagonal != steps && reached(diagonal - 1) < reached(diagonal + 1));
    }

    /// One more line goes or comes, on each diagonal. @returns true where that reaches the end.
    [[nodiscard]] bool advance(int steps)
    {
        for (int diagonal = -steps; diagonal <= steps; diagonal += 2) {
            const bool down = comesDown(steps, diagonal, [this](int k) { return furthest(k); });
            int x = down ? furthest(diagonal + 1) : furthest(diagonal - 1) + 1;
            while (holds(x, x - diagonal) && m_before[at(x)] == m_after[at(x - diagonal)])
                ++x;
            furthest(diagonal) = x;
            if (at(x) >= m_before.size() && at(x - diagonal) >= m_after.size())
                return true;
        }
        return false;
    }

    [[nodiscard]] std::vector<Pair> walkBack(int steps) const
    {
        std::vector<Pair> pairs;
        int x = static_cast<int>(m_before.size());
        int y = static_cast<int>(m_after.size());
        for (; steps > 0; --steps) {
            const int diagonal = x - y;
            const bool down = comesDown(steps, diagonal, [&](int k) { return traced(steps, k); });
            const int fromX = traced(steps, down ? diagonal + 1 : diagonal - 1);
            const int fromY = fromX - (down ? diagonal + 1 : diagonal - 1);
            while (x > fromX && y > fromY)
                pairs.push_back({at(--x), at(--y)});
            x = fromX;
            y = fromY;
        }
        while (x > 0 && y > 0)
            pairs.push_back({at(--x), at(--y)});
        std::ranges::reverse(pairs);
        return pairs;
    }

    [[nodiscard]] static std::size_t at(int line) { return static_cast<std::size_t>(line); }
    [[nodiscard]] bool holds(int x, int y) const
    {
        return x >= 0 && y >= 0 && at(x) < m_before.size() && at(y) < m_after.size();
    }

    std::span<const int> m_before;
    std::span<const int> m_after;
    std::vector<int> m_furthest; // x, by diagonal
    int m_middle = 0;            // where diagonal 0 is in it
    std::vector<std::vector<int>> m_trace;
};

/// The bytes of some lines; where there are none, the place ahead of the first.
Span spanOf(const SourceText& text, std::size_t first, std::size_t end)
{
    const std::uint32_t begin = first < countOf(text) ? text.fullLineSpan(static_cast<std::uint32_t>(first) + 1).begin
                                                      : static_cast<std::uint32_t>(text.bytes().size());
    return first == end ? Span{begin, begin} : Span{begin, text.fullLineSpan(static_cast<std::uint32_t>(end)).end};
}

} // namespace

TextEdits lineEdits(const SourceText& before, const SourceText& after)
{
    std::unordered_map<std::string_view, int> numbers;
    const Lines old = numbered(before, numbers);
    const Lines young = numbered(after, numbers);
    const std::size_t shorter = std::min(old.size(), young.size());
    const auto head = static_cast<std::size_t>(std::ranges::mismatch(old, young).in1 - old.begin());
    std::size_t tail = 0;
    while (tail < shorter - head && old[old.size() - 1 - tail] == young[young.size() - 1 - tail])
        ++tail;

    const std::span<const int> oldMiddle(old.data() + head, old.size() - head - tail);
    const std::span<const int> youngMiddle(young.data() + head, young.size() - head - tail);
    std::vector<Pair> stays = Walk(oldMiddle, youngMiddle).stays().value_or(std::vector<Pair>());
    stays.push_back({oldMiddle.size(), youngMiddle.size()});
    TextEdits edits;
    Pair done;
    for (const Pair& pair : stays) {
        if (pair.before != done.before || pair.after != done.after)
            edits.push_back({spanOf(before, head + done.before, head + pair.before),
                             std::string(after.at(spanOf(after, head + done.after, head + pair.after)))});
        done = {pair.before + 1, pair.after + 1};
    }
    return edits;
}

} // namespace stagelift
