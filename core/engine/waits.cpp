// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/waits.h"

#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

/// BuildKit's name for it: frontend/dockerui/config.go, MainContext.
constexpr QLatin1StringView kContextStep("load build context");

const BuildStep* lastBefore(const QList<BuildStep>& steps, int stage, int instruction)
{
    const BuildStep* last = nullptr;
    for (const BuildStep& step : steps)
        if (step.stage == stage && step.instruction >= 0 && step.instruction < instruction &&
            (!last || step.instruction > last->instruction))
            last = &step;
    return last;
}

/// The last step ahead of the instruction in its stage, or in the stages below, for not every instruction is a step.
const BuildStep* lastOf(const Analysis& analysis, const QList<BuildStep>& steps, int stage, int instruction)
{
    const auto& stages = analysis.graph.stages;
    while (stage >= 0 && std::cmp_less(stage, stages.size())) {
        if (const BuildStep* last = lastBefore(steps, stage, instruction))
            return last;
        const NodeRef base = stages[static_cast<std::size_t>(stage)].base;
        // A base from further below is an error, and might lead in a circle.
        stage = base.kind == NodeKind::Stage && base.index < stage ? base.index : -1;
        instruction = std::numeric_limits<int>::max();
    }
    return nullptr;
}

void add(QStringList& ids, const BuildStep* waited, const BuildStep& step)
{
    if (waited && waited->id != step.id && !ids.contains(waited->id))
        ids << waited->id;
}

} // namespace

QStringList waitsByText(const Analysis& analysis, const QList<BuildStep>& steps, const BuildStep& step)
{
    QStringList ids;
    if (step.stage < 0 || step.instruction < 0)
        return ids;
    add(ids, lastOf(analysis, steps, step.stage, step.instruction), step);
    for (const Edge& edge : analysis.graph.edges) {
        if (edge.to != step.stage || edge.kind == EdgeKind::Base ||
            std::cmp_not_equal(edge.instruction, step.instruction))
            continue;
        if (edge.from.kind == NodeKind::Stage)
            add(ids, lastOf(analysis, steps, edge.from.index, std::numeric_limits<int>::max()), step);
        else if (edge.from.kind == NodeKind::Context)
            for (const BuildStep& each : steps)
                if (each.stage < 0 && each.name == kContextStep)
                    add(ids, &each, step);
    }
    return ids;
}

} // namespace stagelift
