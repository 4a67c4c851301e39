// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/order_remedy.h"

#include "core/edits/instruction_edits.h"
#include "core/edits/names.h"
#include "core/edits/stage_edits.h"

#include <algorithm>
#include <format>
#include <numeric>

namespace stagelift::edits {

namespace {

/// The source and what it needs of the stages below the target; none where it needs the target itself.
std::vector<int> stagesToMove(const StageGraph& graph, int source, int target)
{
    std::vector<int> needed = graph.reachable(source);
    if (source <= target || std::ranges::contains(needed, target))
        return {};
    std::erase_if(needed, [&](int stage) { return stage < target; });
    return needed;
}

/// Where each stage is once these have moved ahead of the target, in their order.
std::vector<int> stagesAfter(std::size_t count, const std::vector<int>& moved, int target)
{
    std::vector<int> order(count);
    std::iota(order.begin(), order.end(), 0);
    std::stable_partition(order.begin() + target, order.end(),
                          [&](int stage) { return std::ranges::binary_search(moved, stage); });
    std::vector<int> places(count);
    for (std::size_t place = 0; place < count; ++place)
        places[static_cast<std::size_t>(order[place])] = static_cast<int>(place);
    return places;
}

} // namespace

std::string adviceOnOrder(const StageGraph& graph, int source, int target)
{
    const std::string below = graph.label(stageNode(source));
    const std::string above = graph.label(stageNode(target));
    return std::ranges::contains(graph.reachable(source), target)
               ? std::format("\"{}\" needs \"{}\" itself, so no order of the two will do.", below, above)
               : std::format("Move \"{}\" above \"{}\".", below, above);
}

Lift::Lift(const Analysis& before, int source, int target)
    : m_before(before),
      m_source(source),
      m_target(target),
      m_moved(stagesToMove(before.graph, source, target)),
      m_stages(stagesAfter(before.graph.stages.size(), m_moved, target)),
      m_steps(before)
{
    int ahead = target;
    for (const int stage : m_moved) { // each stays where it is until its turn: those that moved stood above it
        if (!m_steps.take(moveStageTo(m_steps.now(), stage, ahead++)))
            return;
    }
    m_isDone = !m_moved.empty();
}

std::size_t Lift::edgeNow(std::size_t edge) const
{
    const auto& old = m_before.graph.edges;
    const auto& edges = now().graph.edges;
    const int to = old[edge].to;
    auto rank = std::count_if(old.begin(), old.begin() + static_cast<std::ptrdiff_t>(edge),
                              [&](const Edge& other) { return other.to == to; });
    const auto isIt = [&](const Edge& other) { return other.to == stageNow(to) && rank-- == 0; };
    return static_cast<std::size_t>(std::ranges::find_if(edges, isIt) - edges.begin());
}

std::uint32_t Lift::placeNow(int stage, std::uint32_t place) const
{
    const std::vector<InstructionPlace> old = instructionPlaces(m_before, stage);
    const std::vector<InstructionPlace> places = instructionPlaces(now(), stageNow(stage));
    const auto same = std::ranges::lower_bound(old, place, {}, &InstructionPlace::offset) - old.begin();
    return places[std::min(static_cast<std::size_t>(same), places.size() - 1)].offset;
}

std::string Lift::mend() const
{
    const StageGraph& graph = m_before.graph;
    return std::format("Move {}{} above {}", graph.label(stageNode(m_source)),
                       m_moved.size() > 1 ? " and what it needs" : "", graph.label(stageNode(m_target)));
}

EditOutcome Lift::with(const EditOutcome& wanted)
{
    m_steps.take(wanted);
    return m_steps.outcome();
}

EditOutcome orLifted(const Analysis& before, EditOutcome outcome, NodeRef source, int target,
                     const std::function<EditOutcome(const Lift&)>& wanted)
{
    const bool isBelow = source.kind == NodeKind::Stage && isStage(before.graph, source.index) &&
                         isStage(before.graph, target) && source.index > target;
    if (outcome || !isBelow)
        return outcome;
    Lift lift(before, source.index, target);
    if (!lift.isDone())
        return outcome;
    if (EditOutcome remedy = lift.with(wanted(lift))) {
        outcome.error().mend = lift.mend();
        outcome.error().remedy = std::move(*remedy);
    }
    return outcome;
}

} // namespace stagelift::edits
