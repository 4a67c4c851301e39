// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/layout_json.h"

#include <cmath>

namespace stagelift {
namespace {

constexpr Size kBox{187.2, 72};    // 2.6 by 1 inch, in points
constexpr double kTolerance = 0.1; // of the polylines, in points

/// To a hundredth of a point: shorter to read, and no picture shows the difference.
double rounded(double value)
{
    return std::round(value * 100) / 100;
}

} // namespace

Layout plainLayout(const StageGraph& graph)
{
    std::vector<LayoutNode> nodes;
    for (const NodeRef ref : drawnNodes(graph)) {
        if (ref.kind != NodeKind::Context)
            nodes.push_back({ref, kBox});
    }
    return layOut(graph, nodes, nullptr, {.most = {}});
}

nlohmann::ordered_json layoutJson(const Layout& layout)
{
    using json = nlohmann::ordered_json;
    json nodes = json::array();
    for (const PlacedNode& node : layout.nodes) {
        nodes.push_back({{"x", rounded(node.centre.x)},
                         {"y", rounded(node.centre.y)},
                         {"w", node.size.width},
                         {"h", node.size.height}});
    }
    json edges = json::array();
    for (const RoutedEdge& edge : layout.edges) {
        json points = json::array();
        for (const Point& point : flattened(edge.curve, kTolerance))
            points.push_back(json::array({rounded(point.x), rounded(point.y)}));
        edges.push_back({{"from", edge.from}, {"to", edge.to}, {"points", std::move(points)}});
    }
    return {{"nodes", std::move(nodes)}, {"edges", std::move(edges)}};
}

nlohmann::ordered_json layoutJson(const StageGraph& graph)
{
    return layoutJson(plainLayout(graph));
}

} // namespace stagelift
