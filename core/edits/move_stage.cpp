// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two neighbours change places: the lower one is taken out and put in above the upper one. What stands between them,
// empty lines and comments that belong to neither, stays between them.

#include "core/edits/copy_place.h"
#include "core/edits/draft.h"
#include "core/edits/edits.h"
#include "core/edits/names.h"
#include "core/edits/references.h"

#include <format>
#include <numeric>

namespace stagelift {

namespace {

Span blockOf(const Analysis& before, int stage)
{
    return {edits::headOfStage(before, stage), edits::tailOfStage(before, stage)};
}

/// What has to be written where a stage is meant by its index.
TextEdits newIndices(const Analysis& before, int upper)
{
    TextEdits edits;
    for (const int stage : {upper, upper + 1}) {
        const int index = stage == upper ? upper + 1 : upper;
        for (const edits::Reference& reference : edits::referencesTo(before, stage)) {
            if (reference.naming == edits::Naming::Index)
                edits.push_back({reference.span, std::format("{}", index)});
        }
    }
    return edits;
}

/// The bytes of a block with those of the edits made that lie in it.
std::string blockWith(const SourceText& source, Span block, const TextEdits& edits)
{
    TextEdits inside;
    for (const TextEdit& edit : edits) {
        if (block.begin <= edit.span.begin && edit.span.end <= block.end)
            inside.push_back({{edit.span.begin - block.begin, edit.span.end - block.begin}, edit.text});
    }
    return normalise(inside) ? applied(source.at(block), inside) : std::string(source.at(block));
}

EditOutcome swapped(const Analysis& before, int upper, bool selectUpper)
{
    const SourceText& source = before.source;
    const Span above = blockOf(before, upper);
    const Span below = blockOf(before, upper + 1);
    const TextEdits indices = newIndices(before, upper);
    const std::string lower = blockWith(source, below, indices);
    const std::string between(source.at({above.end, below.begin}));

    edits::Draft draft(before);
    draft.insert(above.begin, lower + between);
    const auto inserted = static_cast<std::uint32_t>(lower.size() + between.size());
    const std::uint32_t from = selectUpper ? inserted + before.graph.stages[upper].span.begin - above.begin
                                           : before.graph.stages[upper + 1].span.begin - below.begin;
    draft.select({from, from});
    for (const TextEdit& edit : indices) {
        if (edit.span.end <= above.end || edit.span.begin >= below.end)
            draft.add(edit);
    }
    draft.replace({above.end, below.end}, {});

    edits::Intended intended;
    intended.stages.resize(before.graph.stages.size());
    std::iota(intended.stages.begin(), intended.stages.end(), 0);
    std::swap(intended.stages[upper], intended.stages[upper + 1]);
    intended.mend = std::format("\"{}\" needs \"{}\" above it.", before.graph.label(stageNode(upper + 1)),
                                before.graph.label(stageNode(upper)));
    return draft.settled(intended);
}

} // namespace

EditOutcome moveStage(const Analysis& before, int stage, bool up)
{
    if (!edits::isStage(before.graph, stage))
        return std::unexpected(Refusal{"This stage is no longer there", {}});
    const int upper = up ? stage - 1 : stage;
    if (!edits::isStage(before.graph, upper) || !edits::isStage(before.graph, upper + 1))
        return std::unexpected(Refusal{up ? "It is the first stage already" : "It is the last stage already", {}});
    // What stands behind one is told by its letters only: in another place it may be a part of the heredoc.
    if (!before.dockerfile.resumed.empty())
        return std::unexpected(Refusal{"unterminated heredoc", "Close the heredoc first."});
    return swapped(before, upper, !up);
}

} // namespace stagelift
