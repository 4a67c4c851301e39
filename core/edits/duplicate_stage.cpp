// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/lines.h"
#include "core/edits/draft.h"
#include "core/edits/names.h"
#include "core/edits/stage_block.h"
#include "core/edits/stage_edits.h"
#include "core/text/characters.h"

#include <format>

namespace stagelift {

namespace {

/// The name of the copy, written into its FROM.
TextEdit otherName(const Analysis& before, const Stage& stage, const std::string& name)
{
    if (stage.isNamed())
        return {stage.nameSpan, name};
    const Instruction& from = before.dockerfile.instructions[stage.firstInstruction];
    const std::uint32_t place = stage.baseWord.span.end;
    return {{place, place}, std::format(" {} {}", inTheCaseOf(from.keywordWord.text, "AS"), name)};
}

/// An empty line, unless the stages of the file stand one directly below the other.
std::string gapBelow(const Analysis& before, int stage)
{
    const bool isLast = std::cmp_equal(stage + 1, before.graph.stages.size());
    const std::string ending(before.source.lineEnding());
    if (isLast && stage == 0)
        return ending + ending;
    const int upper = isLast ? stage - 1 : stage;
    const std::uint32_t line = before.source.lineAt(edits::blockOf(before, upper).end) + 1;
    return isBlankLine(before.source, line) ? ending + ending : ending;
}

} // namespace

EditOutcome duplicateStage(const Analysis& before, int stage, std::string_view name)
{
    const StageGraph& graph = before.graph;
    if (!edits::isStage(graph, stage))
        return std::unexpected(Refusal{"This stage is no longer there", {}});
    if (auto refusal = edits::refusalOfOpenHeredoc(before))
        return std::unexpected(std::move(*refusal));
    const Stage& copied = graph.stages[static_cast<std::size_t>(stage)];
    const std::size_t words = before.dockerfile.instructions[copied.firstInstruction].args.size();
    if (words != (copied.isNamed() ? 3U : 1U))
        return std::unexpected(Refusal{"FROM requires either one or three arguments", "Mend the FROM line first."});
    const std::string suggested = copied.isNamed() ? freeStageName(graph, -1, copied.name) : suggestName(graph, stage);
    const std::string newName = trimmed(name).empty() ? suggested : lowered(trimmed(name));
    if (auto refusal = edits::refusalToName(graph, -1, newName))
        return std::unexpected(std::move(*refusal));

    edits::Intended intended;
    for (const Stage& other : graph.stages)
        intended.stages.push_back(other.index + (other.index > stage ? 1 : 0));
    intended.stageCount = graph.stages.size() + 1;
    intended.repeatsProblems = true; // a base that only a build argument tells
    intended.ends = [stage](const Edge& edge) {
        return edge.to == stage ? std::vector{stage, stage + 1} : std::vector<int>();
    };
    intended.isOwnLine = true;
    intended.mend = copied.name == copied.baseName ? "Rename the stage first: below it, its name is no image any more."
                                                   : "Choose another name.";

    const Span block = edits::blockOf(before, stage);
    const TextEdits indices = edits::renumbered(before, intended.stages);
    TextEdits changes = indices;
    const TextEdit naming = otherName(before, copied, newName);
    changes.push_back(naming);
    edits::Draft draft(before);
    edits::addOutside(draft, indices, {});
    const std::string gap = gapBelow(before, stage);
    draft.insert(block.end, gap + edits::textWith(before.source, block, changes));
    // Nothing ahead of it in the block is changed: comments and the FROM's own words.
    const auto end = static_cast<std::uint32_t>(gap.size() + (naming.span.begin - block.begin) + naming.text.size());
    draft.select({end - static_cast<std::uint32_t>(newName.size()), end});
    return draft.settled(intended);
}

} // namespace stagelift
