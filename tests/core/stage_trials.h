// SPDX-License-Identifier: GPL-3.0-or-later
//
// Trials of what is done to a whole stage, as edit_trials.h has them for the rest.

#pragma once

#include "core/edits/stage_edits.h"
#include "tests/core/edit_trials.h"

#include <algorithm>

namespace stagelift::test {

inline Trial removeWithUsesTrial(const Analysis& before, int stage)
{
    const StageRemoval removal = removalOf(before, stage);
    std::vector<int> gone = removal.stages;
    gone.push_back(stage);
    const auto goes = [gone](int index) { return std::ranges::contains(gone, index); };
    const auto now = [=](int index) {
        const auto ahead = std::ranges::count_if(gone, [index](int other) { return other < index; });
        return goes(index) ? -1 : index - static_cast<int>(ahead);
    };
    std::vector<std::string> names;
    for (const Stage& each : before.graph.stages) {
        if (!goes(each.index))
            names.push_back(each.name);
    }
    EdgeLines edges(before.graph, now);
    edges.without([=](const Edge& edge) {
        return goes(edge.to) || (edge.from.kind == NodeKind::Stage && goes(edge.from.index));
    });
    return {"remove with uses", removeStage(before, stage, Uses::Remove), names, edges.sorted(), none};
}

inline Trial moveToTrial(const Analysis& before, int stage, int ahead)
{
    std::vector<std::string> names = namesOf(before.graph);
    const std::string name = names.at(stage);
    const int place = ahead > stage ? ahead - 1 : ahead;
    names.erase(names.begin() + stage);
    names.insert(names.begin() + place, name);
    const auto now = [=](int index) {
        if (index == stage)
            return place;
        const int rest = index > stage ? index - 1 : index;
        return rest >= place ? rest + 1 : rest;
    };
    return {"move to", moveStageTo(before, stage, ahead), names, EdgeLines(before.graph, now).sorted(), none};
}

inline Trial duplicateTrial(const Analysis& before, int stage, std::string_view name)
{
    std::vector<std::string> names = namesOf(before.graph);
    names.insert(names.begin() + stage + 1, trimmed(name).empty() ? std::string(kAnyName) : lowered(trimmed(name)));
    const auto now = [=](int index) { return index > stage ? index + 1 : index; };
    EdgeLines edges(before.graph, now);
    for (const Edge& edge : before.graph.edges) {
        if (edge.to == stage)
            edges.with(edgeLine(nodeLine(before.graph, edge.from, now), stage + 1, edge.kind, edge.paths.size(),
                                edge.destination));
    }
    return {"duplicate", duplicateStage(before, stage, name), names, edges.sorted(), none};
}

inline Trial nameIndicesTrial(const Analysis& before)
{
    std::vector<std::string> names = namesOf(before.graph);
    for (const Stage& stage : before.graph.stages) {
        const bool isCounted = std::ranges::contains(edits::referencesTo(before, stage.index), edits::Naming::Index,
                                                     &edits::Reference::naming);
        if (isCounted && !stage.isNamed())
            names.at(stage.index) = kAnyName;
    }
    return {"name indices", nameIndices(before), names, EdgeLines(before.graph).sorted(), none};
}

/// The edges of the stage go to the one that it becomes a part of; those between the two are gone.
inline Trial inlineTrial(const Analysis& before, int stage)
{
    const auto use = std::ranges::find(before.graph.edges, stageNode(stage), &Edge::from);
    const int heir = use == before.graph.edges.end() ? stage + 1 : use->to;
    const bool isBase = use != before.graph.edges.end() && use->kind == EdgeKind::Base;
    std::vector<std::string> names = namesOf(before.graph);
    names.erase(names.begin() + stage);
    const auto now = [=](int index) { return index == stage ? heir - 1 : index > stage ? index - 1 : index; };
    EdgeLines edges(before.graph, now);
    edges.without([=](const Edge& edge) { return edge.from == stageNode(stage); });
    if (isBase)
        edges.with([=](const Edge& edge) { return edge.isTrigger && edge.to == heir; },
                   [](Edge& edge) { edge.kind = edge.kind == EdgeKind::OnbuildCopy ? EdgeKind::Copy : edge.kind; });
    else
        edges.without(
            [=](const Edge& edge) { return edge.to == stage && (edge.kind == EdgeKind::Base || edge.isTrigger); });
    return {"inline", inlineStage(before, stage), names, edges.sorted(), none};
}

inline Trial splitTrial(const Analysis& before, const SplitIntent& intent)
{
    const int stage = intent.stage;
    std::vector<std::string> names = namesOf(before.graph);
    names.insert(names.begin() + stage,
                 trimmed(intent.name).empty() ? std::string(kAnyName) : lowered(trimmed(intent.name)));
    const auto now = [=](int index) { return index >= stage ? index + 1 : index; };
    const auto moves = [&](const Edge& edge) {
        return edge.to == stage && !edge.isTrigger && edge.kind != EdgeKind::Base &&
               std::ranges::contains(intent.instructions, edge.instruction);
    };
    EdgeLines edges(before.graph, now);
    edges.without(moves);
    for (const Edge& edge : before.graph.edges) {
        if (edge.to == stage && (edge.kind == EdgeKind::Base || edge.isTrigger || moves(edge)))
            edges.with(edgeLine(nodeLine(before.graph, edge.from, now), stage, edge.kind, edge.paths.size(),
                                edge.destination));
    }
    // How the survivors are parted into COPYs is not said.
    const auto isBack = [=](const Edge& edge) {
        return edge.kind == EdgeKind::Copy && edge.to == stage + 1 && edge.from == stageNode(stage);
    };
    return {"split", splitStage(before, intent), names, edges.sorted(), isBack};
}

} // namespace stagelift::test
