// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/unified_diff.h"

#include "core/text/line_changes.h"

#include <algorithm>
#include <format>
#include <vector>

namespace stagelift {

namespace {

constexpr std::size_t kContext = 3; // lines around a change

void addLine(std::string& diff, char mark, std::string_view line)
{
    diff += mark;
    diff += line;
    if (!line.ends_with('\n'))
        diff += "\n\\ No newline at end of file\n";
}

/// "12,3": where the lines begin and how many they are; where there are none, the line ahead of them.
std::string range(std::uint32_t passed, std::uint32_t count)
{
    return std::format("{},{}", passed + (count > 0 ? 1 : 0), count);
}

/// Behind the last line of the hunk that begins with the change at `first`: changes that share their context are one.
std::size_t hunkEnd(const std::vector<ChangedLine>& lines, std::size_t first)
{
    std::size_t end = first;
    for (std::size_t at = first; at < std::min(end + 2 * kContext + 1, lines.size()); ++at) {
        if (lines[at].change != LineChange::Same)
            end = at + 1;
    }
    return std::min(end + kContext, lines.size());
}

} // namespace

std::string unifiedDiff(std::string_view name, const SourceText& before, const TextEdits& edits)
{
    const SourceText after(applied(before.bytes(), edits));
    const std::vector<ChangedLine> lines = changedLines(before, after, edits);
    const auto isChange = [](const ChangedLine& line) { return line.change != LineChange::Same; };
    std::string diff;
    std::uint32_t passedBefore = 0; // lines ahead of the hunk
    std::uint32_t passedAfter = 0;
    for (std::size_t done = 0;;) {
        const auto from = lines.begin() + static_cast<std::ptrdiff_t>(done);
        const auto change = static_cast<std::size_t>(std::find_if(from, lines.end(), isChange) - lines.begin());
        if (change == lines.size())
            return diff.empty() ? diff : std::format("--- a/{0}\n+++ b/{0}\n{1}", name, diff);
        const std::size_t begin = std::max(done, change - std::min(change, kContext));
        passedBefore += static_cast<std::uint32_t>(begin - done);
        passedAfter += static_cast<std::uint32_t>(begin - done);
        std::uint32_t countBefore = 0;
        std::uint32_t countAfter = 0;
        std::string body;
        done = hunkEnd(lines, change);
        for (std::size_t at = begin; at < done; ++at) {
            const ChangedLine& line = lines[at];
            countBefore += line.before != 0 ? 1 : 0;
            countAfter += line.after != 0 ? 1 : 0;
            const bool gone = line.change == LineChange::Removed;
            addLine(body,
                    gone             ? '-'
                    : isChange(line) ? '+'
                                     : ' ',
                    gone ? before.at(before.fullLineSpan(line.before)) : after.at(after.fullLineSpan(line.after)));
        }
        diff +=
            std::format("@@ -{} +{} @@\n{}", range(passedBefore, countBefore), range(passedAfter, countAfter), body);
        passedBefore += countBefore;
        passedAfter += countAfter;
    }
}

} // namespace stagelift
