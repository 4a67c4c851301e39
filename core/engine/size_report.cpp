// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/size_report.h"

#include "core/engine/edge_sizes.h"

namespace stagelift {

std::pair<std::uint32_t, std::uint32_t> linesOf(const Analysis& analysis, int instruction)
{
    if (instruction < 0)
        return {};
    const LineRange lines = analysis.dockerfile.instructions.at(static_cast<std::size_t>(instruction)).lines;
    return {lines.first, lines.last};
}

SizeRow sizeRow(const Analysis& analysis, const Budgets& budgets, const StageSize& size, const QList<int>& targets)
{
    SizeRow row{.index = size.stage,
                .stage = analysis.graph.label(stageNode(size.stage)),
                .from = analysis.graph.stages.at(static_cast<std::size_t>(size.stage)).baseName,
                .total = size.total,
                .base = size.base,
                .own = size.own,
                .ships = size.ships,
                .needed = size.needed,
                .target = targets.contains(size.stage),
                .cached = size.cached,
                .milliseconds = size.milliseconds,
                .budget = 0,
                .layers = {}};
    if (const Budget* budget = budgets.of(size.stage))
        row.budget = budget->bytes;
    for (const LayerSize& layer : size.layers)
        row.layers.push_back({layer.createdBy.toStdString(), layer.bytes, linesOf(analysis, layer.instruction)});
    for (const auto& [index, bytes] : edgeSizes(analysis.graph, {size})) {
        const Edge& edge = analysis.graph.edges[index];
        row.copies.push_back({.from = analysis.graph.label(edge.from),
                              .paths = edge.paths,
                              .destination = edge.destination,
                              .bytes = bytes,
                              .lines = {edge.lines.first, edge.lines.last}});
    }
    return row;
}

} // namespace stagelift
