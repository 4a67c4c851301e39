// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/blocks.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <ranges>
#include <span>
#include <utility>

namespace stagelift::layered {
namespace {

constexpr double kNodeGap = 16; // between two nodes of a column
constexpr double kLaneGap = 9;  // between a line and what stands beside it

bool isInner(const Layers& layers, const Segment& segment)
{
    return layers.isDummy(segment.left) && layers.isDummy(segment.right);
}

} // namespace

double separation(const Layers& layers, int upper, int lower)
{
    const double gap = layers.isDummy(upper) || layers.isDummy(lower) ? kLaneGap : kNodeGap;
    return (layers.vertices[upper].height + layers.vertices[lower].height) / 2 + gap;
}

BlockPlacer::BlockPlacer(const Layers& layers, const std::vector<Ports>& ports)
    : m_layers(layers),
      m_ports(ports),
      m_places(placesOf(layers)),
      m_right(segmentsRightOf(layers)),
      m_left(segmentsLeftOf(layers)),
      m_conflicts(layers.segments.size(), 0)
{
    const auto& segments = layers.segments;
    for (int vertex = 0; vertex < static_cast<int>(layers.vertices.size()); ++vertex) {
        std::ranges::sort(m_right.of(vertex), {}, [&](int segment) { return m_places[segments[segment].right]; });
        std::ranges::sort(m_left.of(vertex), {}, [&](int segment) { return m_places[segments[segment].left]; });
    }
    findConflicts();
}

void BlockPlacer::findConflicts()
{
    for (std::size_t c = 1; c < m_layers.columns.size(); ++c) {
        const auto& column = m_layers.columns[c];
        int low = 0;
        std::size_t scanned = 0;
        for (std::size_t i = 0; i < column.size(); ++i) {
            int inner = -1;
            for (const int segment : m_left.of(column[i])) {
                if (isInner(m_layers, m_layers.segments[segment]))
                    inner = m_places[m_layers.segments[segment].left];
            }
            if (inner < 0 && i + 1 < column.size())
                continue;
            const int high = inner >= 0 ? inner : static_cast<int>(m_layers.columns[c - 1].size());
            for (; scanned <= i; ++scanned) {
                for (const int segment : m_left.of(column[scanned])) {
                    const int place = m_places[m_layers.segments[segment].left];
                    if ((place < low || place > high) && !isInner(m_layers, m_layers.segments[segment]))
                        m_conflicts[segment] = 1;
                }
            }
            low = high;
        }
    }
}

int BlockPlacer::other(int segment) const
{
    return m_side == Side::Left ? m_layers.segments[segment].left : m_layers.segments[segment].right;
}

void BlockPlacer::align()
{
    const std::size_t vertices = m_layers.vertices.size();
    m_root.resize(vertices);
    std::iota(m_root.begin(), m_root.end(), 0);
    m_shift.assign(vertices, 0);
    m_taken.assign(vertices, 0);
    const Groups& lists = m_side == Side::Left ? m_left : m_right;
    const int columns = static_cast<int>(m_layers.columns.size());
    for (int i = 1; i < columns; ++i) {
        const auto& column = m_layers.columns[m_side == Side::Left ? i : columns - 1 - i];
        int bound = m_edge == Edge::Top ? -1 : std::numeric_limits<int>::max();
        const int size = static_cast<int>(column.size());
        for (int j = 0; j < size; ++j) {
            const int vertex = column[m_edge == Edge::Top ? j : size - 1 - j];
            alignVertex(vertex, lists.of(vertex), bound);
        }
    }
}

void BlockPlacer::alignVertex(int vertex, std::span<const int> segments, int& bound)
{
    if (segments.empty())
        return;
    const std::size_t low = (segments.size() - 1) / 2;
    const std::size_t high = segments.size() / 2;
    for (const std::size_t median : m_edge == Edge::Top ? std::array{low, high} : std::array{high, low}) {
        const int segment = segments[median];
        const int place = m_places[other(segment)];
        const bool inOrder = m_edge == Edge::Top ? bound < place : bound > place;
        if (m_conflicts[segment] != 0 || !inOrder || m_taken[other(segment)] != 0)
            continue;
        join(vertex, segment);
        bound = place;
        return;
    }
}

void BlockPlacer::join(int vertex, int segment)
{
    const int neighbour = other(segment);
    const Ports& ports = m_ports[segment];
    const double step = m_side == Side::Left ? ports.left - ports.right : ports.right - ports.left;
    m_taken[neighbour] = 1;
    m_root[vertex] = m_root[neighbour];
    m_shift[vertex] = m_shift[neighbour] + step;
}

void BlockPlacer::collectSteps()
{
    m_found.clear();
    m_waiting.assign(m_root.size(), 0);
    for (const auto& column : m_layers.columns) {
        for (std::size_t i = 1; i < column.size(); ++i) {
            const int upper = column[i - 1];
            const int lower = column[i];
            const double distance = separation(m_layers, upper, lower) + m_shift[upper] - m_shift[lower];
            m_found.push_back({m_root[upper], m_root[lower], distance});
            ++m_waiting[m_root[lower]];
        }
    }
    const int blocks = static_cast<int>(m_root.size());
    const Groups below =
        grouped(blocks, static_cast<int>(m_found.size()), [&](int step) { return m_found[step].from; });
    m_sorted.clear();
    for (int block = 0; block < blocks; ++block) {
        if (m_root[block] == block && m_waiting[block] == 0)
            m_sorted.push_back(block);
    }
    m_steps.clear();
    for (std::size_t i = 0; i < m_sorted.size(); ++i) {
        for (const int step : below.of(m_sorted[i])) {
            m_steps.push_back(m_found[step]);
            if (--m_waiting[m_found[step].to] == 0)
                m_sorted.push_back(m_found[step].to);
        }
    }
}

/// As far up as can be; then whatever has room comes down to what stands under it.
void BlockPlacer::pushUp()
{
    for (const Step& step : m_steps)
        m_at[step.to] = std::max(m_at[step.to], m_at[step.from] + step.distance);
    for (std::size_t end = m_steps.size(); end > 0;) {
        const int block = m_steps[end - 1].from;
        double room = std::numeric_limits<double>::max();
        for (; end > 0 && m_steps[end - 1].from == block; --end)
            room = std::min(room, m_at[m_steps[end - 1].to] - m_steps[end - 1].distance);
        m_at[block] = std::max(m_at[block], room);
    }
}

/// The mirror image: as far down as can be, and up again to what stands above.
void BlockPlacer::pushDown()
{
    for (const Step& step : m_steps | std::views::reverse)
        m_at[step.from] = std::min(m_at[step.from], m_at[step.to] - step.distance);
    constexpr double kOpen = std::numeric_limits<double>::lowest();
    m_room.assign(m_at.size(), kOpen);
    const auto settle = [&](int block) {
        if (m_room[block] > kOpen)
            m_at[block] = std::min(m_at[block], std::exchange(m_room[block], kOpen));
    };
    for (const Step& step : m_steps) {
        settle(step.from);
        m_room[step.to] = std::max(m_room[step.to], m_at[step.from] + step.distance);
    }
    for (int block = 0; block < static_cast<int>(m_at.size()); ++block)
        settle(block);
}

std::vector<double> BlockPlacer::placedFrom(Edge edge, Side side)
{
    m_edge = edge;
    m_side = side;
    align();
    collectSteps();
    m_at.assign(m_root.size(), 0);
    if (m_edge == Edge::Top)
        pushUp();
    else
        pushDown();
    std::vector<double> result(m_at.size());
    for (std::size_t vertex = 0; vertex < result.size(); ++vertex)
        result[vertex] = m_at[m_root[vertex]] + m_shift[vertex];
    return result;
}

} // namespace stagelift::layered
