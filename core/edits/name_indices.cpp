// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/draft.h"
#include "core/edits/naming.h"
#include "core/edits/references.h"
#include "core/edits/sequence.h"
#include "core/edits/stage_edits.h"
#include "core/stages/stage_names.h"

#include <algorithm>
#include <optional>

namespace stagelift {

namespace {

std::optional<int> firstByIndex(const Analysis& analysis)
{
    for (const Stage& stage : analysis.graph.stages) {
        if (std::ranges::contains(edits::referencesTo(analysis, stage.index), edits::Naming::Index,
                                  &edits::Reference::naming))
            return stage.index;
    }
    return std::nullopt;
}

/// Writes a stage's name wherever its number stands.
EditOutcome calledByName(const Analysis& before, int stage)
{
    if (auto refusal = edits::refusalOfDuplicate(before.graph, stageNode(stage)))
        return std::unexpected(std::move(*refusal));
    // As written, because Podman and Buildah heed the case.
    const std::string name(before.graph.stages[static_cast<std::size_t>(stage)].writtenName);
    edits::Draft draft(before);
    for (const edits::Reference& reference : edits::referencesTo(before, stage)) {
        if (reference.naming != edits::Naming::Index)
            continue;
        draft.replace(reference.span, name);
        draft.select({0, static_cast<std::uint32_t>(name.size())});
    }
    edits::Intended intended;
    intended.stageCount = before.graph.stages.size();
    intended.mend = "Give the stage another name first.";
    return draft.settled(intended);
}

} // namespace

EditOutcome nameIndices(const Analysis& before)
{
    EditSequence sequence(before);
    // One after the other, so that two stages of one base are not called the same.
    for (std::size_t count = 0; count < before.graph.stages.size(); ++count) {
        const Analysis& now = sequence.now();
        const std::optional<int> stage = firstByIndex(now);
        if (!stage)
            break;
        const bool isNamed = now.graph.stages[static_cast<std::size_t>(*stage)].isNamed();
        if (!sequence.take(isNamed ? calledByName(now, *stage)
                                   : nameStage(now, *stage, suggestName(now.graph, *stage))))
            break;
    }
    return sequence.outcome();
}

} // namespace stagelift
