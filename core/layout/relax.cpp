// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/blocks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace stagelift::layered {
namespace {

constexpr int kRounds = 4;
constexpr double kStraight = 0.01; // heights this close are one
// A bend between two lanes shows most, one between two nodes least (Gansner et al., 1993).
constexpr double kInnerWeight = 3;
constexpr double kHalfInnerWeight = 1.5;

struct Wish {
    double shift = 0;
    double weight = 0;
};

bool comesFirst(const Wish& a, const Wish& b)
{
    return a.shift < b.shift;
}

/// Of the shifts that leave the least sum of weighted distances to the wishes, the nearest to `here`. The wishes are in
/// their order, and there are some.
double medianOf(std::span<const Wish> wishes, double here)
{
    double half = 0;
    for (const Wish& wish : wishes)
        half += wish.weight / 2;
    constexpr double kRounding = 1e-9;
    double low = wishes.front().shift;
    for (const Wish& wish : wishes) {
        if (half > kRounding)
            low = wish.shift;
        half -= wish.weight;
        if (half < -kRounding)
            return std::clamp(here, low, wish.shift);
    }
    return low;
}

class Relaxation {
public:
    Relaxation(const Layers& layers, const std::vector<Ports>& ports, std::vector<double>& at);
    void run();

private:
    struct Line {
        double offset = 0; // of its right port against its left one
        double slack = 0;  // as much as its ports can make up for
        double weight = 1;
    };
    [[nodiscard]] int otherEnd(int segment, int vertex) const
    {
        const Segment& line = m_layers.segments[segment];
        return line.left == vertex ? line.right : line.left;
    }
    /// How far the segment's right end is below its left one.
    [[nodiscard]] double offset(int segment) const
    {
        const Segment& line = m_layers.segments[segment];
        return m_at[line.right] - m_at[line.left] + m_lines[segment].offset;
    }
    void addWishes(int vertex, const Groups& segments, bool isLeft, double from);
    bool slide(std::span<const int> group);
    void gatherRow(int vertex);
    bool slideRows(bool fromTop);
    void openRun(int vertex, double room);
    void joinRuns();
    bool settleColumn(const std::vector<int>& column);

    const Layers& m_layers;
    std::vector<double>& m_at;
    Groups m_right; // the segments of a vertex
    Groups m_left;
    std::vector<Line> m_lines;
    std::vector<int> m_above; // the vertex above it, -1 at the top
    std::vector<int> m_below;
    std::vector<double> m_room; // between a vertex and the one above
    std::vector<int> m_group;   // of a vertex: which slide it took part in last
    std::vector<int> m_row;
    std::vector<char> m_seen;
    std::vector<Wish> m_wishes;
    int m_slide = 0;
    /// Vertices of a column that touch each other, and so move as one.
    struct Run {
        std::size_t firstWish = 0;
        std::size_t count = 0; // of vertices
        double here = 0;       // without the room that those above in the column take
        double at = 0;         // where it would like to be
    };
    std::vector<Run> m_runs;
    std::vector<Wish> m_merged;
};

Relaxation::Relaxation(const Layers& layers, const std::vector<Ports>& ports, std::vector<double>& at)
    : m_layers(layers),
      m_at(at),
      m_right(segmentsRightOf(layers)),
      m_left(segmentsLeftOf(layers)),
      m_lines(layers.segments.size()),
      m_above(at.size(), -1),
      m_below(at.size(), -1),
      m_room(at.size(), 0),
      m_group(at.size(), 0),
      m_seen(at.size(), 0)
{
    for (int i = 0; i < static_cast<int>(m_lines.size()); ++i) {
        const Segment& segment = layers.segments[i];
        const bool leftInner = layers.isDummy(segment.left);
        const bool rightInner = layers.isDummy(segment.right);
        m_lines[i].offset = ports[i].right - ports[i].left;
        m_lines[i].weight = leftInner && rightInner ? kInnerWeight : leftInner || rightInner ? kHalfInnerWeight : 1;
        m_lines[i].slack = portSlack(layers.vertices[segment.left], m_right.of(segment.left).size()) +
                           portSlack(layers.vertices[segment.right], m_left.of(segment.right).size());
    }
    for (const auto& column : layers.columns) {
        for (std::size_t i = 1; i < column.size(); ++i) {
            m_above[column[i]] = column[i - 1];
            m_below[column[i - 1]] = column[i];
            m_room[column[i]] = separation(layers, column[i - 1], column[i]);
        }
    }
}

/// What the lines of the vertex that lead out of the group would like best: anything that their ports can make up for.
void Relaxation::addWishes(int vertex, const Groups& segments, bool isLeft, double from)
{
    for (const int segment : segments.of(vertex)) {
        if (m_group[otherEnd(segment, vertex)] == m_slide)
            continue;
        const double wanted = from + (isLeft ? -offset(segment) : offset(segment));
        const Line& line = m_lines[segment];
        m_wishes.push_back({wanted - line.slack, line.weight / 2});
        m_wishes.push_back({wanted + line.slack, line.weight / 2});
    }
}

/// @returns true where the group has moved.
bool Relaxation::slide(std::span<const int> group)
{
    ++m_slide;
    for (const int vertex : group)
        m_group[vertex] = m_slide;
    m_wishes.clear();
    double up = std::numeric_limits<double>::lowest();
    double down = std::numeric_limits<double>::max();
    for (const int vertex : group) {
        if (const int above = m_above[vertex]; above >= 0 && m_group[above] != m_slide)
            up = std::max(up, m_at[above] + m_room[vertex] - m_at[vertex]);
        if (const int below = m_below[vertex]; below >= 0 && m_group[below] != m_slide)
            down = std::min(down, m_at[below] - m_room[below] - m_at[vertex]);
        addWishes(vertex, m_right, false, 0);
        addWishes(vertex, m_left, true, 0);
    }
    if (m_wishes.empty())
        return false;
    std::ranges::sort(m_wishes, comesFirst);
    const double shift = std::clamp(medianOf(m_wishes, 0), std::min(up, 0.0), std::max(down, 0.0));
    if (std::abs(shift) < kStraight)
        return false;
    for (const int vertex : group)
        m_at[vertex] += shift;
    return true;
}

/// All that hang on the vertex by straight lines.
void Relaxation::gatherRow(int vertex)
{
    m_row.assign(1, vertex);
    m_seen[vertex] = 1;
    for (std::size_t i = 0; i < m_row.size(); ++i) {
        for (const Groups* segments : {&m_right, &m_left}) {
            for (const int segment : segments->of(m_row[i])) {
                const int other = otherEnd(segment, m_row[i]);
                if (m_seen[other] != 0 || std::abs(offset(segment)) > m_lines[segment].slack + kStraight)
                    continue;
                m_seen[other] = 1;
                m_row.push_back(other);
            }
        }
    }
}

bool Relaxation::slideRows(bool fromTop)
{
    const int vertices = static_cast<int>(m_at.size());
    bool moved = false;
    std::ranges::fill(m_seen, 0);
    for (int i = 0; i < vertices; ++i) {
        const int vertex = fromTop ? i : vertices - 1 - i;
        if (m_seen[vertex] != 0)
            continue;
        gatherRow(vertex);
        moved = slide(m_row) || moved;
    }
    return moved;
}

/// The vertex as a run of its own.
void Relaxation::openRun(int vertex, double room)
{
    Run run{m_wishes.size(), 1, m_at[vertex] - room, m_at[vertex] - room};
    ++m_slide;
    addWishes(vertex, m_right, false, run.here);
    addWishes(vertex, m_left, true, run.here);
    const auto wishes = std::span(m_wishes).subspan(run.firstWish);
    std::ranges::sort(wishes, comesFirst);
    if (!wishes.empty())
        run.at = medianOf(wishes, run.here);
    m_runs.push_back(run);
}

/// The last run presses against the one above it: they become one.
void Relaxation::joinRuns()
{
    const Run last = m_runs.back();
    m_runs.pop_back();
    Run& run = m_runs.back();
    run.count += last.count;
    const auto wishes = std::span(m_wishes).subspan(run.firstWish);
    m_merged.resize(wishes.size());
    std::ranges::merge(wishes.first(last.firstWish - run.firstWish), wishes.subspan(last.firstWish - run.firstWish),
                       m_merged.begin(), comesFirst);
    std::ranges::copy(m_merged, wishes.begin());
    run.at = wishes.empty() ? run.here : medianOf(wishes, run.here);
}

/// The best places of a whole column while all others stay: like a regression that keeps the order, by pooling those
/// that press against each other, with medians for means.
bool Relaxation::settleColumn(const std::vector<int>& column)
{
    m_runs.clear();
    m_wishes.clear();
    double room = 0;
    for (std::size_t i = 0; i < column.size(); ++i) {
        room += i > 0 ? m_room[column[i]] : 0;
        openRun(column[i], room);
        while (m_runs.size() > 1 && m_runs.back().at < m_runs[m_runs.size() - 2].at)
            joinRuns();
    }
    bool moved = false;
    std::size_t next = 0;
    room = 0;
    for (const Run& run : m_runs) {
        for (std::size_t i = 0; i < run.count; ++i, ++next) {
            room += next > 0 ? m_room[column[next]] : 0;
            moved = moved || std::abs(m_at[column[next]] - run.at - room) > kStraight;
            m_at[column[next]] = run.at + room;
        }
    }
    return moved;
}

void Relaxation::run()
{
    const auto& columns = m_layers.columns;
    for (int round = 0; round < kRounds; ++round) {
        const bool forth = round % 2 == 0;
        bool moved = false;
        for (std::size_t i = 0; i < columns.size(); ++i)
            moved = settleColumn(columns[forth ? i : columns.size() - 1 - i]) || moved;
        moved = slideRows(forth) || moved;
        if (!moved)
            return;
    }
}

} // namespace

void relax(const Layers& layers, const std::vector<Ports>& ports, std::vector<double>& at)
{
    Relaxation(layers, ports, at).run();
}

} // namespace stagelift::layered
