// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/edge_sizes.h"

#include <algorithm>
#include <utility>

namespace stagelift {

EdgeSizes edgeSizes(const StageGraph& graph, const QList<StageSize>& sizes)
{
    EdgeSizes weights;
    for (std::size_t index = 0; index < graph.edges.size(); ++index) {
        const Edge& edge = graph.edges[index];
        const auto size = std::ranges::find(sizes, edge.to, &StageSize::stage);
        if (edge.kind != EdgeKind::Copy || edge.isTrigger || size == sizes.end())
            continue;
        qint64 bytes = 0;
        bool isThere = false;
        for (const LayerSize& layer : size->layers)
            if (std::cmp_equal(layer.instruction, edge.instruction)) {
                bytes += layer.bytes;
                isThere = true;
            }
        if (isThere)
            weights.emplace(index, bytes);
    }
    return weights;
}

} // namespace stagelift
