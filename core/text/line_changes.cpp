// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/line_changes.h"

#include <algorithm>
#include <string_view>

namespace stagelift {

namespace {

/// Lines of both texts from first up to, and without, end: 1-based.
struct Hunk {
    std::uint32_t before = 1;
    std::uint32_t beforeEnd = 1;
    std::uint32_t after = 1;
    std::uint32_t afterEnd = 1;
};

std::uint32_t shownLines(const SourceText& text)
{
    return text.lineCount() - (text.bytes().empty() || text.bytes().ends_with('\n') ? 1 : 0);
}

/// The lines that the edits touch, those that share a line as one.
std::vector<Hunk> hunksOf(const SourceText& before, const SourceText& after, const TextEdits& edits)
{
    std::vector<Hunk> hunks;
    std::int64_t shift = 0; // from the text before to the text after
    for (const TextEdit& edit : edits) {
        const auto begin = static_cast<std::uint32_t>(edit.span.begin + shift);
        const auto end = begin + static_cast<std::uint32_t>(edit.text.size());
        shift += static_cast<std::int64_t>(edit.text.size()) - edit.span.size();
        const Hunk hunk{.before = before.lineAt(edit.span.begin),
                        .beforeEnd = before.lineAt(edit.span.end) + 1,
                        .after = after.lineAt(begin),
                        .afterEnd = after.lineAt(end) + 1};
        if (!hunks.empty() && (hunk.before < hunks.back().beforeEnd || hunk.after < hunks.back().afterEnd)) {
            hunks.back().beforeEnd = std::max(hunks.back().beforeEnd, hunk.beforeEnd);
            hunks.back().afterEnd = std::max(hunks.back().afterEnd, hunk.afterEnd);
        } else {
            hunks.push_back(hunk);
        }
    }
    return hunks;
}

/// Without the lines at its ends that are alike in both: an edit that begins at a line's start touches that line too.
Hunk trimmed(Hunk hunk, const SourceText& before, const SourceText& after)
{
    const auto alike = [&](std::uint32_t left, std::uint32_t right) {
        return before.at(before.fullLineSpan(left)) == after.at(after.fullLineSpan(right));
    };
    hunk.beforeEnd = std::min(hunk.beforeEnd, shownLines(before) + 1);
    hunk.afterEnd = std::min(hunk.afterEnd, shownLines(after) + 1);
    while (hunk.before < hunk.beforeEnd && hunk.after < hunk.afterEnd && alike(hunk.beforeEnd - 1, hunk.afterEnd - 1)) {
        --hunk.beforeEnd;
        --hunk.afterEnd;
    }
    while (hunk.before < hunk.beforeEnd && hunk.after < hunk.afterEnd && alike(hunk.before, hunk.after)) {
        ++hunk.before;
        ++hunk.after;
    }
    return hunk;
}

} // namespace

std::vector<ChangedLine> changedLines(const SourceText& before, const SourceText& after, const TextEdits& edits)
{
    std::vector<ChangedLine> lines;
    std::uint32_t left = 1;
    std::uint32_t right = 1;
    const auto same = [&](std::uint32_t end) {
        for (; left < end; ++left, ++right)
            lines.push_back({.change = LineChange::Same, .before = left, .after = right});
    };
    for (const Hunk& touched : hunksOf(before, after, edits)) {
        const Hunk hunk = trimmed(touched, before, after);
        same(hunk.before);
        for (; left < hunk.beforeEnd; ++left)
            lines.push_back({.change = LineChange::Removed, .before = left, .after = 0});
        for (; right < hunk.afterEnd; ++right)
            lines.push_back({.change = LineChange::Added, .before = 0, .after = right});
    }
    same(shownLines(before) + 1);
    return lines;
}

} // namespace stagelift
