// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/blocks.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stagelift::layered {
namespace {

constexpr int kRounds = 10;
constexpr double kStraight = 0.01; // heights this close are one
// A bend between two lanes shows most, one between two nodes least (Gansner et al., 1993).
constexpr double kInnerWeight = 8;
constexpr double kHalfInnerWeight = 2;

struct Wish {
    double shift = 0;
    double weight = 0;
};

/// The shift that leaves the least sum of weighted distances; of two, the smaller.
double medianOf(std::vector<Wish>& wishes)
{
    std::ranges::sort(wishes, {}, &Wish::shift);
    double half = 0;
    for (const Wish& wish : wishes)
        half += wish.weight / 2;
    for (const Wish& wish : wishes) {
        half -= wish.weight;
        if (half < 1e-9)
            return wish.shift;
    }
    return 0;
}

class Relaxation {
public:
    Relaxation(const Layers& layers, const std::vector<Ports>& ports, std::vector<double>& at);
    void run();

private:
    [[nodiscard]] double offset(int segment) const;
    [[nodiscard]] double weight(int segment) const;
    void slide(const std::vector<int>& group);
    [[nodiscard]] std::vector<int> rowOf(int vertex, std::vector<char>& seen) const;

    const Layers& m_layers;
    const std::vector<Ports>& m_ports;
    std::vector<double>& m_at;
    std::vector<std::vector<int>> m_segments; // of a vertex
    std::vector<int> m_above;                 // the vertex above it, -1 at the top
    std::vector<int> m_below;
    std::vector<int> m_group; // of a vertex: which slide it took part in last
    int m_slide = 0;
};

Relaxation::Relaxation(const Layers& layers, const std::vector<Ports>& ports, std::vector<double>& at)
    : m_layers(layers),
      m_ports(ports),
      m_at(at),
      m_segments(at.size()),
      m_above(at.size(), -1),
      m_below(at.size(), -1),
      m_group(at.size(), 0)
{
    for (int i = 0; i < static_cast<int>(layers.segments.size()); ++i) {
        m_segments[layers.segments[i].left].push_back(i);
        m_segments[layers.segments[i].right].push_back(i);
    }
    for (const auto& column : layers.columns) {
        for (std::size_t i = 1; i < column.size(); ++i) {
            m_above[column[i]] = column[i - 1];
            m_below[column[i - 1]] = column[i];
        }
    }
}

/// How far the segment's right end is below its left one.
double Relaxation::offset(int segment) const
{
    const Segment& line = m_layers.segments[segment];
    return m_at[line.right] + m_ports[segment].right - m_at[line.left] - m_ports[segment].left;
}

double Relaxation::weight(int segment) const
{
    const Segment& line = m_layers.segments[segment];
    const int dummies = (m_layers.isDummy(line.left) ? 1 : 0) + (m_layers.isDummy(line.right) ? 1 : 0);
    return dummies == 2 ? kInnerWeight : dummies == 1 ? kHalfInnerWeight : 1;
}

void Relaxation::slide(const std::vector<int>& group)
{
    ++m_slide;
    for (const int vertex : group)
        m_group[vertex] = m_slide;
    std::vector<Wish> wishes;
    double up = std::numeric_limits<double>::lowest();
    double down = std::numeric_limits<double>::max();
    for (const int vertex : group) {
        if (const int above = m_above[vertex]; above >= 0 && m_group[above] != m_slide)
            up = std::max(up, m_at[above] + separation(m_layers, above, vertex) - m_at[vertex]);
        if (const int below = m_below[vertex]; below >= 0 && m_group[below] != m_slide)
            down = std::min(down, m_at[below] - separation(m_layers, vertex, below) - m_at[vertex]);
        for (const int segment : m_segments[vertex]) {
            const Segment& line = m_layers.segments[segment];
            const int other = line.left == vertex ? line.right : line.left;
            if (m_group[other] != m_slide)
                wishes.push_back({line.left == vertex ? offset(segment) : -offset(segment), weight(segment)});
        }
    }
    if (wishes.empty())
        return;
    const double shift = std::clamp(medianOf(wishes), std::min(up, 0.0), std::max(down, 0.0));
    if (std::abs(shift) < kStraight)
        return;
    for (const int vertex : group)
        m_at[vertex] += shift;
}

std::vector<int> Relaxation::rowOf(int vertex, std::vector<char>& seen) const
{
    std::vector<int> row{vertex};
    seen[vertex] = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
        for (const int segment : m_segments[row[i]]) {
            const Segment& line = m_layers.segments[segment];
            const int other = line.left == row[i] ? line.right : line.left;
            if (seen[other] != 0 || std::abs(offset(segment)) > kStraight)
                continue;
            seen[other] = 1;
            row.push_back(other);
        }
    }
    return row;
}

void Relaxation::run()
{
    const int vertices = static_cast<int>(m_at.size());
    for (int round = 0; round < kRounds; ++round) {
        for (int i = 0; i < vertices; ++i)
            slide({round % 2 == 0 ? i : vertices - 1 - i});
        std::vector<char> seen(vertices, 0);
        for (int i = 0; i < vertices; ++i) {
            const int vertex = round % 2 == 0 ? i : vertices - 1 - i;
            if (seen[vertex] == 0)
                slide(rowOf(vertex, seen));
        }
    }
}

} // namespace

void relax(const Layers& layers, const std::vector<Ports>& ports, std::vector<double>& at)
{
    Relaxation(layers, ports, at).run();
}

} // namespace stagelift::layered
