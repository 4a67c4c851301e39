// SPDX-License-Identifier: GPL-3.0-or-later
//
// A stage taken out with all that needs it, one after the other: first what other stages take from those that go, then
// these from the last to the first, so that none is needed any more when its turn comes.

#include "core/dockerfile/lines.h"
#include "core/edits/draft.h"
#include "core/edits/flags.h"
#include "core/edits/names.h"
#include "core/edits/references.h"
#include "core/edits/sequence.h"
#include "core/edits/stage_block.h"
#include "core/edits/stage_edits.h"

#include <algorithm>
#include <format>
#include <optional>
#include <set>

namespace stagelift {

namespace {

/// The stage and those built on it, ascending. FROM sees earlier stages only.
std::vector<int> stagesThatGo(const StageGraph& graph, int stage)
{
    std::vector<int> gone{stage};
    for (const Stage& other : graph.stages) {
        if (other.index > stage && other.base.kind == NodeKind::Stage &&
            std::ranges::binary_search(gone, other.base.index))
            gone.push_back(other.index);
    }
    return gone;
}

bool goesOf(const Edge& edge, const std::vector<int>& gone)
{
    return edge.kind != EdgeKind::Base && edge.from.kind == NodeKind::Stage &&
           std::ranges::binary_search(gone, edge.from.index);
}

/// The next use to be taken out: in a stage that stays, or in one above the stage that it takes from, which would hold
/// that one back.
std::optional<std::size_t> nextUse(const StageGraph& graph, const std::vector<int>& gone)
{
    const auto isOne = [&](const Edge& edge) {
        return goesOf(edge, gone) && (!std::ranges::binary_search(gone, edge.to) || edge.to < edge.from.index);
    };
    const auto found = std::ranges::find_if(graph.edges, isOne);
    return found == graph.edges.end() ? std::nullopt
                                      : std::optional(static_cast<std::size_t>(found - graph.edges.begin()));
}

struct Trigger {
    std::size_t instruction = 0;
    Span name;
};

/// ONBUILDs in stages that stay, that name one that goes, and that no edge tells of.
std::vector<Trigger> looseTriggers(const Analysis& analysis, const std::vector<int>& gone)
{
    std::vector<Trigger> triggers;
    for (const int stage : gone) {
        for (const edits::Reference& reference : edits::referencesTo(analysis, stage)) {
            const int owner = analysis.graph.stageAt(reference.span.begin);
            if (reference.edge != nullptr || std::ranges::binary_search(gone, owner))
                continue;
            const auto holdsIt = [&](const Instruction& each) { return each.span.touches(reference.span.begin); };
            const auto& all = analysis.dockerfile.instructions;
            triggers.push_back(
                {static_cast<std::size_t>(std::ranges::find_if(all, holdsIt) - all.begin()), reference.span});
        }
    }
    std::ranges::sort(triggers, {}, &Trigger::instruction);
    return triggers;
}

/// Takes out an ONBUILD COPY whole, and of an ONBUILD RUN the mount.
EditOutcome withoutTrigger(const Analysis& before, const Trigger& trigger)
{
    const Instruction& line = before.dockerfile.instructions[trigger.instruction];
    edits::Draft draft(before);
    if (edits::acting(line).keyword == Keyword::Copy)
        draft.add(removedLines(before.source, line.span));
    for (const Flag& flag : edits::acting(line).flags) {
        if (flag.name == "mount" && flag.whole.span.touches(trigger.name.begin))
            draft.add(edits::removedFlag(before, line, flag));
    }
    edits::Intended intended;
    intended.stageCount = before.graph.stages.size();
    return draft.settled(intended);
}

EditOutcome removedWithUses(const Analysis& before, int stage)
{
    const std::vector<int> gone = stagesThatGo(before.graph, stage);
    EditSequence sequence(before);
    while (const auto use = nextUse(sequence.now().graph, gone)) {
        if (!sequence.take(removeCopy(sequence.now(), *use)))
            return sequence.outcome();
    }
    for (auto loose = looseTriggers(sequence.now(), gone); !loose.empty();
         loose = looseTriggers(sequence.now(), gone)) {
        if (!sequence.take(withoutTrigger(sequence.now(), loose.front())))
            return sequence.outcome();
    }
    for (auto last = gone.rbegin(); last != gone.rend(); ++last) {
        if (!sequence.take(edits::stageTakenOut(sequence.now(), *last)))
            break;
    }
    return sequence.outcome();
}

/// "Remove build with test, and 2 lines that take from there": all of it is said before it is done.
std::string removalInWords(const Analysis& before, int stage)
{
    constexpr std::size_t kNamed = 3;
    const StageRemoval removal = removalOf(before, stage);
    std::string words = std::format("Remove {}", before.graph.label(stageNode(stage)));
    for (std::size_t i = 0; i < std::min(removal.stages.size(), kNamed); ++i)
        words += std::format("{}{}", i == 0 ? " with " : ", ", before.graph.label(stageNode(removal.stages[i])));
    if (removal.stages.size() > kNamed)
        words += std::format(" and {} more stages", removal.stages.size() - kNamed);
    std::set<std::size_t> lines(removal.triggers.begin(), removal.triggers.end()); // instructions
    for (const std::size_t edge : removal.edges)
        lines.insert(before.graph.edges[edge].instruction);
    if (!lines.empty())
        words += std::format("{} {} {} from there", removal.stages.empty() ? " and" : ", and", lines.size(),
                             lines.size() == 1 ? "line that takes" : "lines that take");
    return words;
}

} // namespace

StageRemoval removalOf(const Analysis& analysis, int stage)
{
    StageRemoval removal;
    if (!edits::isStage(analysis.graph, stage))
        return removal;
    const std::vector<int> gone = stagesThatGo(analysis.graph, stage);
    removal.stages.assign(gone.begin() + 1, gone.end());
    for (std::size_t index = 0; index < analysis.graph.edges.size(); ++index) {
        const Edge& edge = analysis.graph.edges[index];
        if (goesOf(edge, gone) && !std::ranges::binary_search(gone, edge.to))
            removal.edges.push_back(index);
    }
    for (const Trigger& trigger : looseTriggers(analysis, gone))
        removal.triggers.push_back(trigger.instruction);
    const auto repeated = std::ranges::unique(removal.triggers);
    removal.triggers.erase(repeated.begin(), repeated.end());
    return removal;
}

EditOutcome removeStage(const Analysis& before, int stage)
{
    EditOutcome outcome = edits::stageTakenOut(before, stage);
    if (outcome || removalOf(before, stage).isAlone())
        return outcome;
    if (EditOutcome remedy = removeStage(before, stage, Uses::Remove)) {
        outcome.error().mend = removalInWords(before, stage);
        outcome.error().remedy = std::move(*remedy);
    }
    return outcome;
}

EditOutcome removeStage(const Analysis& before, int stage, Uses uses)
{
    if (uses == Uses::Refuse || !edits::isStage(before.graph, stage))
        return removeStage(before, stage);
    if (stagesThatGo(before.graph, stage).size() == before.graph.stages.size())
        return std::unexpected(
            Refusal{"dockerfile contains no stages to build", "A Dockerfile needs one stage at least."});
    return removedWithUses(before, stage);
}

} // namespace stagelift
