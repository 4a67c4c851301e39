// SPDX-License-Identifier: GPL-3.0-or-later
//
// A stage is taken out and put in at another place. What stands between two stages, empty lines and comments that
// belong to neither, goes along with the stage that is moved: from above it on its way up, from below it on its way
// down.

#include "core/edits/draft.h"
#include "core/edits/edits.h"
#include "core/edits/names.h"
#include "core/edits/stage_block.h"
#include "core/edits/stage_edits.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

/// The new index of each stage, where one is put ahead of another.
std::vector<int> movedStages(std::size_t count, int stage, int ahead)
{
    std::vector<int> stages = edits::sameStages(count);
    const auto begin = stages.begin();
    // In the order of the file after it, then turned round.
    if (ahead <= stage)
        std::rotate(begin + ahead, begin + stage, begin + stage + 1);
    else
        std::rotate(begin + stage, begin + stage + 1, begin + ahead);
    std::vector<int> now(count);
    for (std::size_t place = 0; place < count; ++place)
        now[static_cast<std::size_t>(stages[place])] = static_cast<int>(place);
    return now;
}

/// Which stage would miss which, in the order of the new file.
std::string mendOfMove(const StageGraph& graph, const std::vector<int>& stages)
{
    for (const Edge& edge : graph.edges) {
        if (edge.from.kind != NodeKind::Stage || edge.from.index >= edge.to)
            continue;
        if (stages[static_cast<std::size_t>(edge.from.index)] > stages[static_cast<std::size_t>(edge.to)])
            return std::format("\"{}\" needs \"{}\" above it.", graph.label(stageNode(edge.to)),
                               graph.label(edge.from));
    }
    return {};
}

EditOutcome movedTo(const Analysis& before, int stage, int ahead)
{
    const SourceText& source = before.source;
    const bool isUp = ahead <= stage;
    edits::Intended intended;
    intended.stages = movedStages(before.graph.stages.size(), stage, ahead);
    intended.stageCount = before.graph.stages.size();
    intended.mend = mendOfMove(before.graph, intended.stages);

    const Span block = edits::blockOf(before, stage);
    const Span between = isUp ? Span{edits::blockOf(before, stage - 1).end, block.begin}
                              : Span{block.end, edits::blockOf(before, stage + 1).begin};
    const TextEdits indices = edits::renumbered(before, intended.stages);
    const std::string moved = edits::textWith(source, block, indices);
    const std::string gap(source.at(between));

    edits::Draft draft(before);
    if (isUp)
        draft.insert(edits::blockOf(before, ahead).begin, moved + gap);
    else
        draft.insert(edits::blockOf(before, ahead - 1).end, gap + moved);
    const std::uint32_t from = before.graph.stages[static_cast<std::size_t>(stage)].span.begin - block.begin +
                               (isUp ? 0 : static_cast<std::uint32_t>(gap.size()));
    draft.select({from, from});
    const Span gone{std::min(between.begin, block.begin), std::max(between.end, block.end)};
    edits::addOutside(draft, indices, std::array{gone});
    draft.replace(gone, {});
    return draft.settled(intended);
}

} // namespace

EditOutcome moveStageTo(const Analysis& before, int stage, int ahead)
{
    const int count = static_cast<int>(before.graph.stages.size());
    if (!edits::isStage(before.graph, stage) || ahead < 0 || ahead > count)
        return std::unexpected(Refusal{"This stage is no longer there", {}});
    if (ahead == stage || ahead == stage + 1)
        return EditResult{};
    if (auto refusal = edits::refusalOfOpenHeredoc(before))
        return std::unexpected(std::move(*refusal));
    return movedTo(before, stage, ahead);
}

EditOutcome moveStage(const Analysis& before, int stage, bool up)
{
    if (!edits::isStage(before.graph, stage))
        return std::unexpected(Refusal{"This stage is no longer there", {}});
    if (!edits::isStage(before.graph, up ? stage - 1 : stage + 1))
        return std::unexpected(Refusal{up ? "It is the first stage already" : "It is the last stage already", {}});
    return moveStageTo(before, stage, up ? stage - 1 : stage + 2);
}

} // namespace stagelift
