// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/sifting.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace stagelift::layered {
namespace {

constexpr int kMostPasses = 12;         // over all columns
constexpr int kMostTurns = 4;           // over one column, while those beside it stay
constexpr int kReach = 40;              // places a vertex looks up and down its column
constexpr std::size_t kMostGains = 200; // vertices of a column whose gains are worked out ahead

/// Sums over a prefix, for counting inversions.
class PrefixSums {
public:
    PrefixSums(std::vector<long>& sums, std::size_t size) : m_sums(sums) { m_sums.assign(size + 1, 0); }

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
    std::vector<long>& m_sums;
    long m_total = 0;
};

} // namespace

Crossings::Crossings(Layers& layers)
    : m_layers(layers),
      m_left(listsFor(Side::Left)),
      m_right(listsFor(Side::Right)),
      m_places(layers.vertices.size()),
      m_stirred(layers.columns.size(), 0),
      m_changed(layers.columns.size(), 0)
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
    if (column < 0 || column + 1 >= static_cast<int>(m_layers.columns.size()))
        return 0;
    const auto& left = m_layers.columns[column];
    const std::size_t right = m_layers.columns[column + 1].size();
    m_work -= static_cast<long>(left.size() + right);
    if (left.size() < 2 || right < 2)
        return 0;
    PrefixSums above(m_sums, right);
    long sum = 0;
    for (const int vertex : left) {
        for (const Neighbour& neighbour : neighbours(vertex, Side::Right))
            sum += above.behind(m_places[neighbour.vertex]) * neighbour.weight;
        for (const Neighbour& neighbour : neighbours(vertex, Side::Right))
            above.add(m_places[neighbour.vertex], neighbour.weight);
    }
    return sum;
}

double Crossings::median(int vertex, Side side)
{
    const auto around = neighbours(vertex, side);
    if (around.empty())
        return -1;
    if (around.size() == 1)
        return m_places[around.front().vertex];
    std::vector<int>& places = m_median;
    places.clear();
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
    siftFrom(0, static_cast<int>(m_layers.columns.size()));
}

void Crossings::siftFrom(int first, int end)
{
    const int columns = static_cast<int>(m_layers.columns.size());
    for (int column = std::max(0, first - 1); column < std::min(columns, end + 1); ++column)
        m_stirred[column] = 1;
    bool moved = true;
    for (int pass = 0; moved && pass < kMostPasses && !isSpent(); ++pass) {
        moved = false;
        for (int column = 0; column < columns; ++column) {
            if (std::exchange(m_stirred[column], 0) == 0 || !siftColumn(column))
                continue;
            moved = true;
            m_changed[column] = 1;
            for (const int beside : {column - 1, column + 1}) {
                if (beside >= 0 && beside < columns)
                    m_stirred[beside] = 1;
            }
        }
    }
    std::ranges::fill(m_stirred, 0);
}

std::vector<int> Crossings::takeChanged()
{
    std::vector<int> changed;
    for (int column = 0; column < static_cast<int>(m_changed.size()); ++column) {
        if (std::exchange(m_changed[column], 0) != 0)
            changed.push_back(column);
    }
    return changed;
}

void Crossings::gatherPlaces(const std::vector<int>& column)
{
    for (const int vertex : column) {
        for (const Side side : {Side::Left, Side::Right}) {
            const Lists& lists = side == Side::Left ? m_left : m_right;
            auto& sorted = m_sorted[side == Side::Left ? 0 : 1];
            const int first = lists.first[vertex];
            for (int i = first; i < lists.first[vertex + 1]; ++i) {
                const Place place{m_places[lists.all[i].vertex], lists.all[i].weight};
                int to = i;
                for (; to > first && sorted[to - 1].at > place.at; --to)
                    sorted[to] = sorted[to - 1];
                sorted[to] = place;
            }
        }
    }
}

std::span<const Crossings::Place> Crossings::places(int vertex, Side side) const
{
    const Lists& lists = side == Side::Left ? m_left : m_right;
    return std::span(m_sorted[side == Side::Left ? 0 : 1])
        .subspan(lists.first[vertex], lists.first[vertex + 1] - lists.first[vertex]);
}

/// By how much the crossings grow when the two, one above the other, change places.
long Crossings::gain(int upper, int lower) const
{
    long sum = 0;
    for (const Side side : {Side::Left, Side::Right}) {
        const auto above = places(upper, side);
        const auto below = places(lower, side);
        m_work -= static_cast<long>(above.size() + below.size());
        if (above.empty() || below.empty())
            continue;
        if (above.size() == 1 && below.size() == 1) {
            const long order = (above[0].at < below[0].at ? 1 : 0) - (above[0].at > below[0].at ? 1 : 0);
            sum += order * above[0].weight * below[0].weight;
            continue;
        }
        long all = 0;
        for (const Place& place : below)
            all += place.weight;
        std::size_t less = 0;
        std::size_t notMore = 0;
        long lessWeight = 0;
        long notMoreWeight = 0;
        for (const Place& place : above) {
            for (; less < below.size() && below[less].at < place.at; ++less)
                lessWeight += below[less].weight;
            for (; notMore < below.size() && below[notMore].at <= place.at; ++notMore)
                notMoreWeight += below[notMore].weight;
            sum += place.weight * (all - notMoreWeight - lessWeight);
        }
    }
    return sum;
}

void Crossings::fillGains()
{
    const std::size_t count = m_column.size();
    m_gains.clear();
    if (count > kMostGains)
        return;
    m_gains.resize(count * count);
    for (std::size_t upper = 0; upper < count; ++upper) {
        for (std::size_t lower = upper + 1; lower < count; ++lower) {
            const int grown = static_cast<int>(gain(m_column[upper], m_column[lower]));
            m_gains[upper * count + lower] = grown;
            m_gains[lower * count + upper] = -grown;
        }
    }
}

/// The same for two of the column that is sifted, by their indices in it.
long Crossings::gainOf(int upper, int lower) const
{
    return m_gains.empty() ? gain(m_column[upper], m_column[lower]) : m_gains[upper * m_column.size() + lower];
}

bool Crossings::mayPass(int upper, int lower) const
{
    return m_held.empty() || std::isnan(m_held[m_column[upper]]) || std::isnan(m_held[m_column[lower]]);
}

/// Where the one at `from` would have the fewest crossings; where it is, unless it gains.
int Crossings::bestPlace(int from) const
{
    const int index = m_order[from];
    long best = 0;
    int to = from;
    long sum = 0;
    const int start = std::max(0, from - kReach);
    for (int i = from - 1; i >= start && mayPass(m_order[i], index); --i) {
        sum += gainOf(m_order[i], index);
        if (sum < best) {
            best = sum;
            to = i;
        }
    }
    sum = 0;
    const int end = std::min(static_cast<int>(m_order.size()), from + kReach + 1);
    m_work -= (end - start) / 3;
    for (int i = from + 1; i < end && mayPass(index, m_order[i]); ++i) {
        sum += gainOf(index, m_order[i]);
        if (sum < best) {
            best = sum;
            to = i;
        }
    }
    return to;
}

/// Moves one to its best place. @returns true where that is another.
bool Crossings::siftVertex(int index)
{
    const int from = static_cast<int>(std::ranges::find(m_order, index) - m_order.begin());
    const int to = bestPlace(from);
    if (to < from)
        std::rotate(m_order.begin() + to, m_order.begin() + from, m_order.begin() + from + 1);
    else if (to > from)
        std::rotate(m_order.begin() + from, m_order.begin() + from + 1, m_order.begin() + to + 1);
    return to != from;
}

bool Crossings::siftColumn(int column)
{
    auto& vertices = m_layers.columns[column];
    if (vertices.size() < 2)
        return false;
    gatherPlaces(vertices);
    m_column = vertices;
    fillGains();
    const int count = static_cast<int>(vertices.size());
    m_order.resize(vertices.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    bool moved = false;
    for (int turn = 0; turn < kMostTurns; ++turn) {
        bool turned = false;
        for (int index = 0; index < count; ++index)
            turned = siftVertex(index) || turned;
        moved = moved || turned;
        if (!turned)
            break;
    }
    for (int i = 0; moved && i < count; ++i)
        vertices[i] = m_column[m_order[i]];
    if (moved)
        placeColumn(column);
    return moved;
}

} // namespace stagelift::layered
