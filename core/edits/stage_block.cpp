// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/stage_block.h"

#include "core/dockerfile/lines.h"
#include "core/edits/copy_place.h"
#include "core/edits/references.h"

#include <algorithm>
#include <format>
#include <numeric>

namespace stagelift::edits {

namespace {

bool holds(Span outer, Span inner)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

} // namespace

Span blockOf(const Analysis& analysis, int stage)
{
    return {headOfStage(analysis, stage), tailOfStage(analysis, stage)};
}

Span linesOfStage(const Analysis& analysis, int stage)
{
    const SourceText& source = analysis.source;
    Span lines = blockOf(analysis, stage);
    std::uint32_t below = source.lineAt(lines.end) + 1;
    const bool isLast = std::cmp_equal(stage + 1, analysis.graph.stages.size());
    if (isLast) {
        std::uint32_t line = source.lineAt(lines.begin);
        while (line > 1 && isBlankLine(source, line - 1))
            --line;
        lines.begin = source.fullLineSpan(line).begin;
        return lines;
    }
    while (below <= source.lineCount() && isBlankLine(source, below))
        lines.end = source.lineSpan(below++).end;
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
