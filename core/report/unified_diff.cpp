// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/unified_diff.h"

#include "core/dockerfile/lines.h"

#include <algorithm>
#include <format>
#include <vector>

namespace stagelift {

namespace {

constexpr std::size_t kContext = 3; // lines around a change

using Lines = std::vector<std::string_view>;

/// Each with its line ending.
Lines linesOf(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

/// Lines of the text before, half-open and 0-based, and those that take their place.
struct Change {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
};

/// Whole lines for an edit: a change within a line replaces the line. Edits in the same line become one change.
std::vector<Change> changesOf(const SourceText& before, const TextEdits& edits)
{
    std::vector<Change> changes;
    std::uint32_t reach = 0; // up to where the last change has read the text before
    const std::string_view bytes = before.bytes();
    const auto endLastLine = [&] {
        const std::uint32_t end = lineBegin(before, reach) == reach && reach > 0 && changes.back().text.ends_with('\n')
                                      ? reach
                                      : nextLine(before, reach);
        changes.back().text += before.at({reach, end});
        changes.back().end = end >= bytes.size() ? linesOf(bytes).size() : before.lineAt(end) - 1;
    };
    for (const TextEdit& edit : edits) {
        const std::uint32_t line = lineBegin(before, edit.span.begin);
        if (changes.empty() || line > reach || (line == reach && edit.span.begin == line)) {
            if (!changes.empty())
                endLastLine();
            changes.push_back({before.lineAt(line) - 1, 0, {}});
            reach = line;
        }
        changes.back().text.append(before.at({reach, edit.span.begin})).append(edit.text);
        reach = edit.span.end;
        const bool isWhole = lineBegin(before, reach) == reach && edit.span.begin == line && edit.text.empty();
        if (isWhole && changes.back().text.empty()) { // lines that go and nothing else
            changes.back().end = reach >= bytes.size() ? linesOf(bytes).size() : before.lineAt(reach) - 1;
        }
    }
    if (!changes.empty())
        endLastLine();
    return changes;
}

void trim(Change& change, const Lines& before)
{
    Lines after = linesOf(change.text);
    std::size_t head = 0;
    while (change.begin < change.end && head < after.size() && before[change.begin] == after[head]) {
        ++change.begin;
        ++head;
    }
    std::size_t tail = after.size();
    while (change.end > change.begin && tail > head && before[change.end - 1] == after[tail - 1]) {
        --change.end;
        --tail;
    }
    std::string text;
    for (std::size_t at = head; at < tail; ++at)
        text += after[at];
    change.text = std::move(text);
}

void addLine(std::string& diff, char mark, std::string_view line)
{
    diff += mark;
    diff += line;
    if (!line.ends_with('\n'))
        diff += "\n\\ No newline at end of file\n";
}

/// Changes that share their context are one hunk.
std::size_t hunkEnd(const std::vector<Change>& changes, std::size_t first)
{
    std::size_t next = first + 1;
    while (next < changes.size() && changes[next].begin <= changes[next - 1].end + 2 * kContext)
        ++next;
    return next;
}

} // namespace

std::string unifiedDiff(std::string_view name, const SourceText& before, const TextEdits& edits)
{
    const Lines lines = linesOf(before.bytes());
    std::vector<Change> changes = changesOf(before, edits);
    for (Change& change : changes)
        trim(change, lines);
    std::erase_if(changes, [](const Change& change) { return change.begin == change.end && change.text.empty(); });
    if (changes.empty())
        return {};
    std::string diff = std::format("--- a/{0}\n+++ b/{0}\n", name);
    std::ptrdiff_t shift = 0; // of the lines after, against those before
    for (std::size_t at = 0; at < changes.size();) {
        const std::size_t next = hunkEnd(changes, at);
        const std::size_t begin = changes[at].begin - std::min(changes[at].begin, kContext);
        const std::size_t end = std::min(changes[next - 1].end + kContext, lines.size());
        std::string body;
        std::size_t line = begin;
        std::ptrdiff_t grown = 0;
        for (; at < next; ++at) {
            for (; line < changes[at].begin; ++line)
                addLine(body, ' ', lines[line]);
            for (; line < changes[at].end; ++line, --grown)
                addLine(body, '-', lines[line]);
            for (const std::string_view added : linesOf(changes[at].text)) {
                addLine(body, '+', added);
                ++grown;
            }
        }
        for (; line < end; ++line)
            addLine(body, ' ', lines[line]);
        const auto count = static_cast<std::ptrdiff_t>(end - begin);
        const auto first = static_cast<std::ptrdiff_t>(begin) + (count > 0 ? 1 : 0);
        diff += std::format("@@ -{},{} +{},{} @@\n{}", first, count, first + shift, count + grown, body);
        shift += grown;
    }
    return diff;
}

} // namespace stagelift
