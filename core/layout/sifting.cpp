// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/sifting.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace stagelift::layered {
namespace {

constexpr int kMostPasses = 12; // over all columns
constexpr int kReach = 40;      // places a vertex looks up and down its column

/// Sums over a prefix, for counting inversions.
class PrefixSums {
public:
    explicit PrefixSums(std::size_t size) : m_sums(size + 1, 0) {}

    void add(std::size_t at, long value)
    {
        for (++at; at < m_sums.size(); at += at & (~at + 1))
            m_sums[at] += value;
        m_total += value;
    }
    [[nodiscard]] long behind(std::size_t at) const
    {
        long sum = m_total;
        for (++at; at > 0; at -= at & (~at + 1))
            sum -= m_sums[at];
        return sum;
    }

private:
    std::vector<long> m_sums;
    long m_total = 0;
};

} // namespace

Crossings::Crossings(Layers& layers)
    : m_layers(layers), m_left(listsFor(Side::Left)), m_right(listsFor(Side::Right)), m_places(layers.vertices.size())
{
    m_sorted[0].resize(layers.segments.size());
    m_sorted[1].resize(layers.segments.size());
    placeAll();
}

Crossings::Lists Crossings::listsFor(Side side) const
{
    Lists lists;
    lists.first.assign(m_layers.vertices.size() + 1, 0);
    const auto owner = [side](const Segment& segment) { return side == Side::Left ? segment.right : segment.left; };
    for (const Segment& segment : m_layers.segments)
        ++lists.first[owner(segment) + 1];
    for (std::size_t i = 1; i < lists.first.size(); ++i)
        lists.first[i] += lists.first[i - 1];
    lists.all.resize(m_layers.segments.size());
    std::vector<int> next(lists.first.begin(), lists.first.end() - 1);
    for (const Segment& segment : m_layers.segments) {
        const int other = side == Side::Left ? segment.left : segment.right;
        lists.all[next[owner(segment)]++] = {other, segment.weight};
    }
    return lists;
}

std::span<const Neighbour> Crossings::neighbours(int vertex, Side side) const
{
    const Lists& lists = side == Side::Left ? m_left : m_right;
    return std::span(lists.all).subspan(lists.first[vertex], lists.first[vertex + 1] - lists.first[vertex]);
}

void Crossings::placeColumn(int column)
{
    int place = 0;
    for (const int vertex : m_layers.columns[column])
        m_places[vertex] = place++;
}

void Crossings::placeAll()
{
    for (int column = 0; column < static_cast<int>(m_layers.columns.size()); ++column)
        placeColumn(column);
}

long Crossings::count() const
{
    long sum = 0;
    for (int column = 0; column + 1 < static_cast<int>(m_layers.columns.size()); ++column)
        sum += countBetween(column);
    return sum;
}

long Crossings::countBetween(int column) const
{
    PrefixSums above(m_layers.columns[column + 1].size());
    m_work -= static_cast<long>(m_layers.columns[column].size() + m_layers.columns[column + 1].size());
    long sum = 0;
    for (const int vertex : m_layers.columns[column]) {
        for (const Neighbour& neighbour : neighbours(vertex, Side::Right))
            sum += above.behind(m_places[neighbour.vertex]) * neighbour.weight;
        for (const Neighbour& neighbour : neighbours(vertex, Side::Right))
            above.add(m_places[neighbour.vertex], neighbour.weight);
    }
    return sum;
}

double Crossings::median(int vertex, Side side) const
{
    const auto around = neighbours(vertex, side);
    if (around.empty())
        return -1;
    std::vector<int> places;
    for (const Neighbour& neighbour : around)
        places.push_back(m_places[neighbour.vertex]);
    std::ranges::sort(places);
    const std::size_t middle = places.size() / 2;
    if (places.size() % 2 == 1)
        return places[middle];
    if (places.size() == 2)
        return (places[0] + places[1]) / 2.0;
    // Between the two middles, nearer to the side where the neighbours stand closer (Gansner et al., 1993).
    const double left = places[middle - 1] - places.front();
    const double right = places.back() - places[middle];
    if (left + right == 0)
        return (places[middle - 1] + places[middle]) / 2.0;
    return (places[middle - 1] * right + places[middle] * left) / (left + right);
}

void Crossings::sift()
{
    const int columns = static_cast<int>(m_layers.columns.size());
    std::vector<char> stirred(columns, 1); // since it was sifted, it or a column beside it
    bool moved = true;
    for (int pass = 0; moved && pass < kMostPasses && !isSpent(); ++pass) {
        moved = false;
        for (int column = 0; column < columns; ++column) {
            if (std::exchange(stirred[column], 0) == 0 || !siftColumn(column))
                continue;
            moved = true;
            for (const int beside : {column - 1, column, column + 1}) {
                if (beside >= 0 && beside < columns)
                    stirred[beside] = 1;
            }
        }
    }
}

void Crossings::gatherPlaces(const std::vector<int>& column)
{
    for (const int vertex : column) {
        for (const Side side : {Side::Left, Side::Right}) {
            const Lists& lists = side == Side::Left ? m_left : m_right;
            auto& sorted = m_sorted[side == Side::Left ? 0 : 1];
            for (int i = lists.first[vertex]; i < lists.first[vertex + 1]; ++i)
                sorted[i] = {m_places[lists.all[i].vertex], lists.all[i].weight};
            std::sort(sorted.begin() + lists.first[vertex], sorted.begin() + lists.first[vertex + 1],
                      [](const Place& a, const Place& b) { return a.at < b.at; });
        }
    }
}

/// By how much the crossings grow when the two, one above the other, change places.
long Crossings::gain(int upper, int lower) const
{
    long sum = 0;
    for (const int side : {0, 1}) {
        const Lists& lists = side == 0 ? m_left : m_right;
        const auto& sorted = m_sorted[side];
        const int upperEnd = lists.first[upper + 1];
        const int lowerEnd = lists.first[lower + 1];
        m_work -= 2 + static_cast<long>(upperEnd - lists.first[upper]) * (lowerEnd - lists.first[lower]);
        for (int i = lists.first[upper]; i < upperEnd; ++i) {
            for (int j = lists.first[lower]; j < lowerEnd; ++j) {
                const int order = (sorted[i].at < sorted[j].at) - (sorted[i].at > sorted[j].at);
                sum += static_cast<long>(order) * sorted[i].weight * sorted[j].weight;
            }
        }
    }
    return sum;
}

bool Crossings::mayPass(int upper, int lower) const
{
    return m_held.empty() || std::isnan(m_held[upper]) || std::isnan(m_held[lower]);
}

/// Where in its column the vertex at `from` would have the fewest crossings; where it is, unless it gains.
int Crossings::bestPlace(const std::vector<int>& vertices, int from) const
{
    const int vertex = vertices[from];
    long best = 0;
    int to = from;
    long sum = 0;
    for (int i = from - 1; i >= std::max(0, from - kReach) && mayPass(vertices[i], vertex); --i) {
        sum += gain(vertices[i], vertex);
        if (sum < best) {
            best = sum;
            to = i;
        }
    }
    sum = 0;
    const int end = std::min(static_cast<int>(vertices.size()), from + kReach + 1);
    for (int i = from + 1; i < end && mayPass(vertex, vertices[i]); ++i) {
        sum += gain(vertex, vertices[i]);
        if (sum < best) {
            best = sum;
            to = i;
        }
    }
    return to;
}

bool Crossings::siftColumn(int column)
{
    auto& vertices = m_layers.columns[column];
    if (vertices.size() < 2)
        return false;
    gatherPlaces(vertices);
    const std::vector<int> before = vertices;
    bool moved = false;
    for (const int vertex : before) {
        const int from = static_cast<int>(std::ranges::find(vertices, vertex) - vertices.begin());
        const int to = bestPlace(vertices, from);
        if (to < from)
            std::rotate(vertices.begin() + to, vertices.begin() + from, vertices.begin() + from + 1);
        else if (to > from)
            std::rotate(vertices.begin() + from, vertices.begin() + from + 1, vertices.begin() + to + 1);
        moved = moved || to != from;
    }
    if (moved)
        placeColumn(column);
    return moved;
}

} // namespace stagelift::layered
