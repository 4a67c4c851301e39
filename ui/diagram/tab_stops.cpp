// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/tab_stops.h"

#include <algorithm>

namespace stagelift::ui {

std::vector<TabStop> tabStops(const Picture& picture, NodeRef node)
{
    const int index = picture.nodeOf(node);
    if (index < 0)
        return {};
    std::vector<TabStop> stops{{.selection = {.node = node, .edge = {}}, .row = {}}};
    const std::vector<PictureRow>& rows = picture.nodes[static_cast<std::size_t>(index)].rows;
    for (int row = 0; row < static_cast<int>(rows.size()); ++row)
        if (rows[static_cast<std::size_t>(row)].kind != RowKind::More)
            stops.push_back({.selection = {.node = node, .edge = {}}, .row = RowPlace{.node = index, .row = row}});
    const std::vector<Edge>& edges = picture.graph().edges;
    for (const bool into : {true, false})
        for (std::size_t edge = 0; edge < edges.size(); ++edge)
            if ((into ? stageNode(edges[edge].to) : edges[edge].from) == node && picture.edgeOf(edge) >= 0)
                stops.push_back({.selection = {.node = {}, .edge = edge}, .row = {}});
    return stops;
}

std::optional<TabStop> tabbed(const Picture& picture, NodeRef node, const TabStop& from, int step)
{
    const std::vector<TabStop> stops = tabStops(picture, node);
    const auto at = std::ranges::find(stops, from);
    if (at == stops.end())
        return std::nullopt;
    const auto next = (at - stops.begin()) + step;
    if (next < 0 || next >= static_cast<std::ptrdiff_t>(stops.size()))
        return std::nullopt;
    return stops[static_cast<std::size_t>(next)];
}

} // namespace stagelift::ui
