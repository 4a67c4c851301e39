// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/blocks.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <ranges>

namespace stagelift::layered {
namespace {

constexpr double kNodeGap = 20; // between two nodes of a column
constexpr double kLaneGap = 11; // between a line and what stands beside it

std::vector<int> placesOf(const Layers& layers)
{
    std::vector<int> places(layers.vertices.size());
    for (const auto& column : layers.columns) {
        for (int i = 0; i < static_cast<int>(column.size()); ++i)
            places[column[i]] = i;
    }
    return places;
}

bool isInner(const Layers& layers, const Segment& segment)
{
    return layers.isDummy(segment.left) && layers.isDummy(segment.right);
}

std::vector<std::vector<int>> segmentsBy(const Layers& layers, Side side)
{
    std::vector<std::vector<int>> lists(layers.vertices.size());
    for (int i = 0; i < static_cast<int>(layers.segments.size()); ++i)
        lists[side == Side::Left ? layers.segments[i].right : layers.segments[i].left].push_back(i);
    return lists;
}

/// Blocks of vertices that stand at one height, give or take their ports.
class Blocks {
public:
    Blocks(const Layers& layers, const std::vector<Ports>& ports, Edge edge, Side side)
        : m_layers(layers),
          m_ports(ports),
          m_edge(edge),
          m_side(side),
          m_places(placesOf(layers)),
          m_root(layers.vertices.size()),
          m_shift(layers.vertices.size(), 0)
    {
        std::iota(m_root.begin(), m_root.end(), 0);
    }

    void align(const std::vector<char>& conflicts);
    [[nodiscard]] std::vector<double> compacted() const;

private:
    [[nodiscard]] int other(int segment) const
    {
        return m_side == Side::Left ? m_layers.segments[segment].left : m_layers.segments[segment].right;
    }
    void alignVertex(int vertex, const std::vector<int>& segments, const std::vector<char>& conflicts, int& bound);
    void join(int vertex, int segment);
    struct Step {
        int to = 0;
        double distance = 0;
    };
    using Steps = std::vector<std::vector<Step>>; // from a block to those next below it
    [[nodiscard]] Steps steps() const;
    [[nodiscard]] std::vector<int> topological(const Steps& steps) const;
    [[nodiscard]] static std::vector<double> pushedUp(const Steps& down, const std::vector<int>& sorted);
    [[nodiscard]] static std::vector<double> pushedDown(const Steps& down, const std::vector<int>& sorted);

    const Layers& m_layers;
    const std::vector<Ports>& m_ports;
    Edge m_edge;
    Side m_side;
    std::vector<int> m_places;
    std::vector<int> m_root;
    std::vector<double> m_shift; // of a vertex against its root
    std::vector<char> m_taken;
};

void Blocks::align(const std::vector<char>& conflicts)
{
    auto lists = segmentsBy(m_layers, m_side);
    for (auto& list : lists)
        std::ranges::stable_sort(list, {}, [&](int segment) { return m_places[other(segment)]; });
    m_taken.assign(m_layers.vertices.size(), 0);
    const int columns = static_cast<int>(m_layers.columns.size());
    for (int i = 1; i < columns; ++i) {
        const auto& column = m_layers.columns[m_side == Side::Left ? i : columns - 1 - i];
        int bound = m_edge == Edge::Top ? -1 : std::numeric_limits<int>::max();
        const int size = static_cast<int>(column.size());
        for (int j = 0; j < size; ++j) {
            const int vertex = column[m_edge == Edge::Top ? j : size - 1 - j];
            alignVertex(vertex, lists[vertex], conflicts, bound);
        }
    }
}

void Blocks::alignVertex(int vertex, const std::vector<int>& segments, const std::vector<char>& conflicts, int& bound)
{
    if (segments.empty())
        return;
    const std::size_t low = (segments.size() - 1) / 2;
    const std::size_t high = segments.size() / 2;
    for (const std::size_t median : m_edge == Edge::Top ? std::array{low, high} : std::array{high, low}) {
        const int segment = segments[median];
        const int place = m_places[other(segment)];
        const bool inOrder = m_edge == Edge::Top ? bound < place : bound > place;
        if (conflicts[segment] != 0 || !inOrder || m_taken[other(segment)] != 0)
            continue;
        join(vertex, segment);
        bound = place;
        return;
    }
}

void Blocks::join(int vertex, int segment)
{
    const int neighbour = other(segment);
    const Ports& ports = m_ports[segment];
    const double step = m_side == Side::Left ? ports.left - ports.right : ports.right - ports.left;
    m_taken[neighbour] = 1;
    m_root[vertex] = m_root[neighbour];
    m_shift[vertex] = m_shift[neighbour] + step;
}

Blocks::Steps Blocks::steps() const
{
    Steps steps(m_layers.vertices.size());
    for (const auto& column : m_layers.columns) {
        for (std::size_t i = 1; i < column.size(); ++i) {
            const int upper = column[i - 1];
            const int lower = column[i];
            const double distance = separation(m_layers, upper, lower) + m_shift[upper] - m_shift[lower];
            steps[m_root[upper]].push_back({m_root[lower], distance});
        }
    }
    return steps;
}

std::vector<int> Blocks::topological(const Steps& steps) const
{
    std::vector<int> waiting(steps.size(), 0);
    for (const auto& list : steps) {
        for (const Step& step : list)
            ++waiting[step.to];
    }
    std::vector<int> sorted;
    for (int block = 0; block < static_cast<int>(steps.size()); ++block) {
        if (m_root[block] == block && waiting[block] == 0)
            sorted.push_back(block);
    }
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        for (const Step& step : steps[sorted[i]]) {
            if (--waiting[step.to] == 0)
                sorted.push_back(step.to);
        }
    }
    return sorted;
}

/// As far up as can be; then whatever has room comes down to what stands under it.
std::vector<double> Blocks::pushedUp(const Steps& down, const std::vector<int>& sorted)
{
    std::vector<double> at(down.size(), 0);
    for (const int block : sorted) {
        for (const Step& step : down[block])
            at[step.to] = std::max(at[step.to], at[block] + step.distance);
    }
    for (const int block : sorted | std::views::reverse) {
        double room = std::numeric_limits<double>::max();
        for (const Step& step : down[block])
            room = std::min(room, at[step.to] - step.distance);
        if (!down[block].empty())
            at[block] = std::max(at[block], room);
    }
    return at;
}

/// The mirror image: as far down as can be, and up again to what stands above.
std::vector<double> Blocks::pushedDown(const Steps& down, const std::vector<int>& sorted)
{
    std::vector<double> at(down.size(), 0);
    for (const int block : sorted | std::views::reverse) {
        for (const Step& step : down[block])
            at[block] = std::min(at[block], at[step.to] - step.distance);
    }
    constexpr double kOpen = std::numeric_limits<double>::lowest();
    std::vector<double> room(down.size(), kOpen);
    for (const int block : sorted) {
        if (room[block] > kOpen)
            at[block] = std::min(at[block], room[block]);
        for (const Step& step : down[block])
            room[step.to] = std::max(room[step.to], at[block] + step.distance);
    }
    return at;
}

std::vector<double> Blocks::compacted() const
{
    const Steps down = steps();
    const std::vector<int> sorted = topological(down);
    const std::vector<double> at = m_edge == Edge::Top ? pushedUp(down, sorted) : pushedDown(down, sorted);
    std::vector<double> result(down.size());
    for (std::size_t vertex = 0; vertex < result.size(); ++vertex)
        result[vertex] = at[m_root[vertex]] + m_shift[vertex];
    return result;
}

} // namespace

double separation(const Layers& layers, int upper, int lower)
{
    const double gap = layers.isDummy(upper) || layers.isDummy(lower) ? kLaneGap : kNodeGap;
    return (layers.vertices[upper].height + layers.vertices[lower].height) / 2 + gap;
}

std::vector<char> conflicting(const Layers& layers)
{
    const std::vector<int> places = placesOf(layers);
    const auto into = segmentsBy(layers, Side::Left);
    std::vector<char> conflicts(layers.segments.size(), 0);
    for (std::size_t c = 1; c < layers.columns.size(); ++c) {
        const auto& column = layers.columns[c];
        int low = 0;
        std::size_t scanned = 0;
        for (std::size_t i = 0; i < column.size(); ++i) {
            int inner = -1;
            for (const int segment : into[column[i]]) {
                if (isInner(layers, layers.segments[segment]))
                    inner = places[layers.segments[segment].left];
            }
            if (inner < 0 && i + 1 < column.size())
                continue;
            const int high = inner >= 0 ? inner : static_cast<int>(layers.columns[c - 1].size());
            for (; scanned <= i; ++scanned) {
                for (const int segment : into[column[scanned]]) {
                    const int place = places[layers.segments[segment].left];
                    if ((place < low || place > high) && !isInner(layers, layers.segments[segment]))
                        conflicts[segment] = 1;
                }
            }
            low = high;
        }
    }
    return conflicts;
}

std::vector<double> placedFrom(const Layers& layers, const std::vector<Ports>& ports,
                               const std::vector<char>& conflicts, Edge edge, Side side)
{
    Blocks blocks(layers, ports, edge, side);
    blocks.align(conflicts);
    return blocks.compacted();
}

} // namespace stagelift::layered
