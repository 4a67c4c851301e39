// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/stage_map.h"

#include "core/layout/layout.h"

#include <algorithm>

namespace stagelift::ui {

StageMap::StageMap(const StageGraph& before, const StageGraph& now)
    : m_before(before), m_after(now), m_now(successors(before, now))
{
}

std::optional<NodeRef> StageMap::now(NodeRef before) const
{
    const auto found = m_now.find(before);
    return found == m_now.end() ? std::nullopt : std::optional(found->second);
}

int StageMap::nowStage(int before) const
{
    const auto found = now(stageNode(before));
    return found ? found->index : -1;
}

std::optional<std::size_t> StageMap::now(std::size_t edge) const
{
    const Edge& wanted = m_before.edges[edge];
    const auto from = now(wanted.from);
    const int to = nowStage(wanted.to);
    if (!from || to < 0)
        return std::nullopt;
    const auto alike = [&wanted](const Edge& each) {
        return each.from == wanted.from && each.to == wanted.to && each.kind == wanted.kind;
    };
    const auto here = m_before.edges.begin() + static_cast<std::ptrdiff_t>(edge);
    auto turn = std::count_if(m_before.edges.begin(), here, alike);
    for (std::size_t i = 0; i < m_after.edges.size(); ++i) {
        const Edge& each = m_after.edges[i];
        if (each.from == *from && each.to == to && each.kind == wanted.kind && turn-- == 0)
            return i;
    }
    return std::nullopt;
}

QList<StageSize> StageMap::carried(const QList<StageSize>& sizes) const
{
    QList<StageSize> kept;
    for (StageSize size : sizes) {
        size.stage = nowStage(size.stage);
        if (size.stage >= 0)
            kept += size;
    }
    return kept;
}

EdgeSizes StageMap::carried(const EdgeSizes& sizes) const
{
    EdgeSizes kept;
    for (const auto& [edge, bytes] : sizes)
        if (const auto here = now(edge))
            kept.emplace(*here, bytes);
    return kept;
}

BuildProgress StageMap::carried(const BuildProgress& progress) const
{
    BuildProgress kept;
    for (BuildStep step : progress.steps()) {
        step.stage = nowStage(step.stage);
        kept.take(step);
    }
    return kept;
}

} // namespace stagelift::ui
