// SPDX-License-Identifier: GPL-3.0-or-later
//
// A stage taken out with all that needs it: the stages built on it, and the lines and mounts of those that stay which
// take from what goes. All of it is one draft, read again once.

#include "core/dockerfile/lines.h"
#include "core/edits/draft.h"
#include "core/edits/flags.h"
#include "core/edits/names.h"
#include "core/edits/references.h"
#include "core/edits/stage_block.h"
#include "core/edits/stage_edits.h"

#include <algorithm>
#include <format>
#include <functional>
#include <set>
#include <utility>

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

/// What stays, and takes from what goes.
bool isUse(const Edge& edge, const std::vector<int>& gone)
{
    return goesOf(edge, gone) && !std::ranges::binary_search(gone, edge.to);
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

/// All that goes, put together: lines whole, and of RUNs their mounts.
class Removal {
public:
    explicit Removal(const Analysis& before) : m_before(before) {}

    void takeOut(const Edge& use)
    {
        const std::size_t line = use.instruction;
        if (use.kind != EdgeKind::Mount)
            m_lines.insert(line);
        else if (const Flag* mount = edits::mountOf(m_before, use))
            m_mounts.emplace(line, mount);
    }

    void takeOut(const Trigger& trigger)
    {
        const Instruction& waiting = edits::acting(m_before.dockerfile.instructions[trigger.instruction]);
        if (waiting.keyword == Keyword::Copy)
            m_lines.insert(trigger.instruction);
        for (const Flag& flag : waiting.flags) {
            if (flag.name == "mount" && flag.whole.span.touches(trigger.name.begin))
                m_mounts.emplace(trigger.instruction, &flag);
        }
    }

    /// The edits with those of the stages. The caret goes to where the first of these was.
    [[nodiscard]] edits::Draft with(const std::vector<int>& stages, const TextEdits& indices) const
    {
        const auto& instructions = m_before.dockerfile.instructions;
        std::vector<Span> gone = edits::linesOfStages(m_before, stages);
        const std::uint32_t first = gone.front().begin;
        for (const std::size_t line : m_lines)
            gone.push_back(instructions[line].span);
        edits::Draft draft(m_before);
        edits::addOutside(draft, indices, gone);
        for (const auto& [line, mount] : m_mounts)
            draft.add(edits::removedFlag(m_before, instructions[line], *mount));
        TextEdits lines = removedLines(m_before.source, gone);
        const auto holdsFirst = [first](const TextEdit& edit) { return edit.span.touches(first); };
        std::ranges::stable_partition(lines, std::not_fn(holdsFirst));
        for (TextEdit& edit : lines)
            draft.add(std::move(edit));
        draft.select({});
        return draft;
    }

private:
    const Analysis& m_before;
    std::set<std::size_t> m_lines; // instructions
    std::set<std::pair<std::size_t, const Flag*>> m_mounts;
};

EditOutcome removedWithUses(const Analysis& before, int stage)
{
    const std::vector<int> gone = stagesThatGo(before.graph, stage);
    Removal removal(before);
    for (const Edge& edge : before.graph.edges) {
        if (isUse(edge, gone))
            removal.takeOut(edge);
    }
    for (const Trigger& trigger : looseTriggers(before, gone))
        removal.takeOut(trigger);

    edits::Intended intended;
    int left = 0;
    for (const Stage& each : before.graph.stages)
        intended.stages.push_back(std::ranges::binary_search(gone, each.index) ? -1 : left++);
    intended.stageCount = static_cast<std::size_t>(left);
    intended.changes = [&](const Edge& edge) { return isUse(edge, gone); };
    return removal.with(gone, edits::renumbered(before, intended.stages)).settled(intended);
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
        if (isUse(edge, gone))
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
