// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/routing.h"

#include <algorithm>
#include <cmath>

namespace stagelift::layered {
namespace {

constexpr double kColumnGap = 32;   // between columns, at least
constexpr double kLabelMargin = 16; // on either side of a label in the gap
// A line that rises h and starts out level for r is 5.3 h x² / r² off its lane at a distance of x: with r the root of
// h, it is clear of what stands beside the lane's end.
constexpr double kRootReach = 1.05;
constexpr double kSwing = 0.5; // how far the control points reach into the gap, at least

struct Column {
    double left = 0;
    double width = 0;
    double gap = 0;      // behind it
    double steepest = 0; // how far a line rises or falls in the gap
    double reach = 0;    // of the control points into the gap
};

class Router {
public:
    Router(const Layers& layers, const std::vector<Box>& boxes, const std::vector<Ports>& ports,
           const std::vector<double>& heights)
        : m_layers(layers),
          m_boxes(boxes),
          m_ports(ports),
          m_heights(heights),
          m_columns(layers.columns.size()),
          m_hasLeft(layers.vertices.size(), 0),
          m_hasRight(layers.vertices.size(), 0)
    {
        for (const Segment& segment : layers.segments) {
            m_hasRight[segment.left] = 1;
            m_hasLeft[segment.right] = 1;
        }
    }

    void placeColumns(const std::vector<double>& labels);
    [[nodiscard]] Point centre(int vertex) const;
    [[nodiscard]] Route route(const std::vector<int>& path) const;
    [[nodiscard]] double width() const { return m_columns.back().left + m_columns.back().width; }

private:
    void widenForLabels(const std::vector<double>& labels);
    [[nodiscard]] double leftEnd(int segment) const
    {
        return m_heights[m_layers.segments[segment].left] + m_ports[segment].left;
    }
    [[nodiscard]] double rightEnd(int segment) const
    {
        return m_heights[m_layers.segments[segment].right] + m_ports[segment].right;
    }
    [[nodiscard]] const Vertex& leftOf(int segment) const { return m_layers.vertices[m_layers.segments[segment].left]; }

    const Layers& m_layers;
    const std::vector<Box>& m_boxes;
    const std::vector<Ports>& m_ports;
    const std::vector<double>& m_heights;
    std::vector<Column> m_columns;
    std::vector<char> m_hasLeft;
    std::vector<char> m_hasRight;
};

void Router::widenForLabels(const std::vector<double>& labels)
{
    for (std::size_t link = 0; link < m_layers.paths.size(); ++link) {
        if (labels[link] <= 0)
            continue;
        const auto& path = m_layers.paths[link];
        // A lane of its own, as wide as the column, has room enough.
        const bool hasLane = std::ranges::any_of(path, [&](int segment) {
            const int right = m_layers.segments[segment].right;
            return m_layers.isDummy(right) && m_layers.segments[segment].weight == 1;
        });
        if (!hasLane) {
            double& gap = m_columns[leftOf(path.back()).column].gap;
            gap = std::max(gap, labels[link] + 2 * kLabelMargin);
        }
    }
}

void Router::placeColumns(const std::vector<double>& labels)
{
    for (const Vertex& vertex : m_layers.vertices) {
        if (vertex.node >= 0)
            m_columns[vertex.column].width = std::max(m_columns[vertex.column].width, m_boxes[vertex.node].width);
    }
    for (int i = 0; i < static_cast<int>(m_layers.segments.size()); ++i) {
        double& steepest = m_columns[leftOf(i).column].steepest;
        steepest = std::max(steepest, std::abs(rightEnd(i) - leftEnd(i)));
    }
    for (Column& column : m_columns)
        column.gap = std::max(kColumnGap, kRootReach * std::sqrt(column.steepest));
    m_columns.back().gap = 0;
    widenForLabels(labels);
    double at = 0;
    for (Column& column : m_columns) {
        column.reach = std::max(column.gap * kSwing, kRootReach * std::sqrt(column.steepest));
        column.left = at;
        at += column.width + column.gap;
    }
}

/// Narrow nodes stand by their lines: what only gives to the right, what only takes to the left.
Point Router::centre(int vertex) const
{
    const Column& column = m_columns[m_layers.vertices[vertex].column];
    const double width = m_boxes[m_layers.vertices[vertex].node].width;
    const double y = m_heights[vertex] + m_layers.vertices[vertex].drop;
    if (m_hasLeft[vertex] == m_hasRight[vertex])
        return {column.left + column.width / 2, y};
    return {m_hasRight[vertex] != 0 ? column.left + column.width - width / 2 : column.left + width / 2, y};
}

void level(Route& route, double toX, char shared)
{
    const Point from = route.curve.back();
    if (toX - from.x < 0.01)
        return;
    const double third = (toX - from.x) / 3;
    route.curve.insert(route.curve.end(), {{from.x + third, from.y}, {toX - third, from.y}, {toX, from.y}});
    route.shared.push_back(shared);
}

Route Router::route(const std::vector<int>& path) const
{
    Route route;
    const int first = m_layers.segments[path.front()].left;
    const int last = m_layers.segments[path.back()].right;
    route.curve.reserve(6 * path.size() + 4);
    route.shared.reserve(2 * path.size() + 1);
    route.curve.push_back({centre(first).x + m_boxes[m_layers.vertices[first].node].width / 2, leftEnd(path.front())});
    char shared = 0; // the lane it comes along is
    for (const int segment : path) {
        const Column& column = m_columns[leftOf(segment).column];
        const double start = column.left + column.width;
        const double end = start + column.gap;
        level(route, start, shared);
        shared = m_layers.segments[segment].weight > 1 ? 1 : 0;
        const double y = rightEnd(segment);
        const Point from = route.curve.back();
        if (std::abs(from.y - y) < 0.01) {
            level(route, end, shared);
            continue;
        }
        const double reach = column.reach;
        route.curve.insert(route.curve.end(), {{from.x + reach, from.y}, {end - reach, y}, {end, y}});
        route.shared.push_back(shared);
    }
    level(route, centre(last).x - m_boxes[m_layers.vertices[last].node].width / 2, 0);
    return route;
}

} // namespace

Drawing drawn(const Layers& layers, const std::vector<Box>& boxes, const std::vector<Ports>& ports,
              const std::vector<double>& heights, const std::vector<double>& labels)
{
    Router router(layers, boxes, ports, heights);
    router.placeColumns(labels);
    Drawing drawing;
    double bottom = 0;
    drawing.centres.reserve(boxes.size());
    drawing.routes.reserve(layers.paths.size());
    for (int node = 0; node < static_cast<int>(boxes.size()); ++node)
        drawing.centres.push_back(router.centre(node));
    for (std::size_t vertex = 0; vertex < heights.size(); ++vertex)
        bottom = std::max(bottom, heights[vertex] + layers.vertices[vertex].height / 2);
    for (const auto& path : layers.paths)
        drawing.routes.push_back(router.route(path));
    drawing.size = {router.width(), bottom};
    return drawing;
}

} // namespace stagelift::layered
