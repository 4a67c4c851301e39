// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/stage_block.h"

#include "core/dockerfile/lines.h"
#include "core/edits/copy_place.h"
#include "core/edits/references.h"

#include <algorithm>
#include <format>
#include <numeric>
#include <ranges>

namespace stagelift::edits {

namespace {

bool holds(Span outer, Span inner)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

Span withLinesAbove(const SourceText& source, Span block)
{
    std::uint32_t line = source.lineAt(block.begin);
    while (line > 1 && isBlankLine(source, line - 1))
        --line;
    return {source.fullLineSpan(line).begin, block.end};
}

Span withLinesBelow(const SourceText& source, Span block)
{
    std::uint32_t below = source.lineAt(block.end) + 1;
    while (below <= source.lineCount() && isBlankLine(source, below))
        block.end = source.lineSpan(below++).end;
    return block;
}

} // namespace

Span blockOf(const Analysis& analysis, int stage)
{
    return {headOfStage(analysis, stage), tailOfStage(analysis, stage)};
}

Span linesOfStage(const Analysis& analysis, int stage)
{
    return linesOfStages(analysis, std::span(&stage, 1)).front();
}

std::vector<Span> linesOfStages(const Analysis& analysis, std::span<const int> stages)
{
    std::vector<Span> lines;
    auto count = static_cast<int>(analysis.graph.stages.size()); // of those that are left
    for (const int stage : std::views::reverse(stages)) {
        const bool isLast = stage + 1 == count;
        count -= isLast ? 1 : 0;
        const Span block = blockOf(analysis, stage);
        lines.push_back(isLast ? withLinesAbove(analysis.source, block) : withLinesBelow(analysis.source, block));
    }
    std::ranges::reverse(lines);
    return lines;
}

TextEdits renumbered(const Analysis& before, std::span<const int> stages)
{
    TextEdits edits;
    for (const Stage& stage : before.graph.stages) {
        const int now = stages[static_cast<std::size_t>(stage.index)];
        if (now == stage.index || now < 0)
            continue;
        for (const Reference& reference : referencesTo(before, stage.index)) {
            if (reference.naming == Naming::Index)
                edits.push_back({reference.span, std::format("{}", now)});
        }
    }
    return edits;
}

std::string textWith(const SourceText& source, Span span, const TextEdits& edits)
{
    TextEdits inside;
    for (const TextEdit& edit : edits) {
        if (holds(span, edit.span))
            inside.push_back({{edit.span.begin - span.begin, edit.span.end - span.begin}, edit.text});
    }
    return normalise(inside) ? applied(source.at(span), inside) : std::string(source.at(span));
}

void addOutside(Draft& draft, const TextEdits& edits, std::span<const Span> spans)
{
    for (const TextEdit& edit : edits) {
        if (std::ranges::none_of(spans, [&](Span span) { return holds(span, edit.span); }))
            draft.add(edit);
    }
}

std::optional<Refusal> refusalOfOpenHeredoc(const Analysis& analysis)
{
    if (analysis.dockerfile.resumed.empty())
        return std::nullopt;
    return Refusal{"unterminated heredoc", "Close the heredoc first."};
}

std::vector<int> sameStages(std::size_t count)
{
    std::vector<int> stages(count);
    std::iota(stages.begin(), stages.end(), 0);
    return stages;
}

} // namespace stagelift::edits
