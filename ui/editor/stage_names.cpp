// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/editor/stage_names.h"

#include <algorithm>

namespace stagelift::ui {

namespace {

bool names(Span span, std::uint32_t offset)
{
    return !span.empty() && span.touches(offset);
}

const Edge* edgeAt(const Analysis& analysis, std::uint32_t offset)
{
    const auto& edges = analysis.graph.edges;
    const auto edge = std::ranges::find_if(edges, [offset](const Edge& each) { return names(each.specSpan, offset); });
    return edge == edges.end() ? nullptr : &*edge;
}

const Stage* stageOfName(const Analysis& analysis, std::uint32_t offset)
{
    const auto& stages = analysis.graph.stages;
    const auto stage =
        std::ranges::find_if(stages, [offset](const Stage& each) { return names(each.nameSpan, offset); });
    return stage == stages.end() ? nullptr : &*stage;
}

} // namespace

int stageNamedAt(const Analysis& analysis, std::uint32_t offset)
{
    if (const Stage* stage = stageOfName(analysis, offset))
        return stage->index;
    const Edge* edge = edgeAt(analysis, offset);
    return edge && edge->from.kind == NodeKind::Stage ? edge->from.index : -1;
}

std::optional<Span> referenceAt(const Analysis& analysis, std::uint32_t offset)
{
    if (const Edge* edge = edgeAt(analysis, offset))
        return edge->specSpan;
    if (const Stage* stage = stageOfName(analysis, offset))
        return stage->nameSpan;
    return std::nullopt;
}

std::vector<Span> usesOf(const Analysis& analysis, int stage)
{
    std::vector<Span> uses;
    if (const Span own = analysis.graph.stages.at(static_cast<std::size_t>(stage)).nameSpan; !own.empty())
        uses.push_back(own);
    for (const Edge& edge : analysis.graph.edges) {
        if (edge.from == stageNode(stage) && !edge.specSpan.empty())
            uses.push_back(edge.specSpan);
    }
    std::ranges::sort(uses, {}, &Span::begin);
    return uses;
}

Span definitionOf(const Analysis& analysis, int stage)
{
    const Stage& found = analysis.graph.stages.at(static_cast<std::size_t>(stage));
    return found.nameSpan.empty() ? found.baseWord.span : found.nameSpan;
}

} // namespace stagelift::ui
