// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/ordering.h"

#include "core/layout/blocks.h"
#include "core/layout/sifting.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <ranges>
#include <utility>

namespace stagelift::layered {
namespace {

using Columns = std::vector<std::vector<int>>;

constexpr long kWorkPerSegment = 350; // steps of sifting and counting, all together
constexpr long kMostWork = 300'000;
constexpr int kFirstOrders = 2;    // along the lines, and as in the file
constexpr double kAgainstFile = 2; // of unrest, for two neighbours in a column that the file has the other way round
constexpr int kKickedColumns = 3;
constexpr std::size_t kKickedVertices = 5;
constexpr int kIdleKicks = 6;      // for each column, without gain, before that is the end of it
constexpr int kIdleSweeps = 2;     // without gain, before the next first order has its turn
constexpr int kSweeps = 8;         // there and back, from each first order
constexpr double kDearer = 1.25;   // times the crossings that keeping the order may cost
constexpr long kFewCrossings = 3;  // and that many on top
constexpr unsigned kSeed = 0x5713; // of what is stirred up: the same for everyone

/// Sorts columns by the median places of their vertices' neighbours on one side.
class Sweeps {
public:
    explicit Sweeps(Crossings& at) : m_at(at) {}

    void sweep(int round)
    {
        const int columns = static_cast<int>(m_at.layers().columns.size());
        const bool lastOfTies = round % 4 >= 2;
        if (round % 2 == 0) {
            for (int column = 1; column < columns; ++column)
                sortColumn(column, Side::Left, lastOfTies);
        } else {
            for (int column = columns - 2; column >= 0; --column)
                sortColumn(column, Side::Right, lastOfTies);
        }
    }

private:
    /// Vertices without neighbours there stay where they are.
    void sortColumn(int column, Side side, bool lastOfTies)
    {
        auto& vertices = m_at.layers().columns[column];
        if (vertices.size() < 2)
            return;
        m_medians.clear();
        m_sorted.clear();
        for (const int vertex : vertices) {
            m_medians.push_back(m_at.median(vertex, side));
            if (m_medians.back() >= 0)
                m_sorted.emplace_back(m_medians.back(), vertex);
        }
        if (lastOfTies)
            std::ranges::reverse(m_sorted);
        std::ranges::stable_sort(m_sorted, {}, &std::pair<double, int>::first);
        std::size_t next = 0;
        for (std::size_t i = 0; i < vertices.size(); ++i) {
            if (m_medians[i] >= 0)
                vertices[i] = m_sorted[next++].second;
        }
        m_at.placeColumn(column);
    }

    Crossings& m_at;
    std::vector<double> m_medians;
    std::vector<std::pair<double, int>> m_sorted;
};

/// Depth first along the lines: what hangs together comes to stand together.
void orderAlongLines(Crossings& at)
{
    Layers& layers = at.layers();
    std::vector<int> starts;
    starts.reserve(layers.vertices.size());
    for (const auto& column : layers.columns)
        starts.insert(starts.end(), column.begin(), column.end());
    for (auto& column : layers.columns)
        column.clear();
    std::vector<char> seen(layers.vertices.size(), 0);
    std::vector<int> open;
    for (const int start : starts) {
        open.push_back(start);
        while (!open.empty()) {
            const int vertex = open.back();
            open.pop_back();
            if (std::exchange(seen[vertex], 1) != 0)
                continue;
            layers.columns[layers.vertices[vertex].column].push_back(vertex);
            for (const Side side : {Side::Left, Side::Right}) {
                for (const Neighbour& neighbour : at.neighbours(vertex, side) | std::views::reverse)
                    open.push_back(neighbour.vertex);
            }
        }
    }
    at.placeAll();
}

void firstOrder(Crossings& at, int start, const Columns& fileOrder)
{
    at.layers().columns = fileOrder;
    if (start == 0)
        orderAlongLines(at);
    else
        at.placeAll();
}

/// How far lines rise and fall, columns taken as middled: of orders with the same crossings the calmer is the better.
double unrestOf(const Layers& layers)
{
    std::vector<double> at(layers.vertices.size());
    double sum = 0;
    for (const auto& column : layers.columns) {
        double y = 0;
        for (std::size_t i = 0; i < column.size(); ++i) {
            y += i > 0 ? separation(layers, column[i - 1], column[i]) : 0;
            at[column[i]] = y;
            if (i > 0 && layers.vertices[column[i - 1]].key > layers.vertices[column[i]].key)
                sum += kAgainstFile;
        }
        for (const int vertex : column)
            at[vertex] -= y / 2;
    }
    for (const Segment& segment : layers.segments)
        sum += std::abs(at[segment.left] - at[segment.right]);
    return sum;
}

struct Best {
    Columns columns;
    std::vector<long> between; // crossings, of a column and the next
    long crossings = std::numeric_limits<long>::max();
    double unrest = 0;

    /// Of orders with as many crossings, the calmer.
    [[nodiscard]] bool isBeatenBy(long others, const Layers& layers) const
    {
        return others < crossings || (others == crossings && unrestOf(layers) < unrest);
    }

    /// @returns its crossings.
    long take(const Crossings& at)
    {
        const long now = at.count();
        if (isBeatenBy(now, at.layers())) {
            crossings = now;
            unrest = unrestOf(at.layers());
            columns = at.layers().columns;
        }
        return now;
    }
};

/// Sweeps there and back until that gains no more.
void descend(Crossings& at, Best& best)
{
    Sweeps sweeps(at);
    long before = std::numeric_limits<long>::max();
    for (int round = 0, idle = 0; round < kSweeps && idle < kIdleSweeps; ++round) {
        sweeps.sweep(round);
        at.sift();
        const long now = best.take(at);
        idle = now < before ? 0 : idle + 1;
        before = std::min(before, now);
        if (at.isSpent() || now == 0)
            return;
    }
}

/// Stirs up a part of the best order and lets it settle again: a way out of an order that no single move betters.
class Kicks {
public:
    Kicks(Crossings& at, Best& best) : m_at(at), m_best(best), m_random(kSeed)
    {
        m_at.layers().columns = best.columns;
        m_at.placeAll();
        static_cast<void>(m_at.takeChanged());
        const int columns = static_cast<int>(best.columns.size());
        for (int column = 0; column < columns; ++column)
            m_best.between.push_back(m_at.countBetween(column));
    }

    /// @returns true where that is a gain.
    bool kick()
    {
        const int columns = static_cast<int>(m_best.columns.size());
        const int first = firstToKick();
        const int end = std::min(columns, first + kKickedColumns);
        for (int column = first; column < end; ++column)
            stir(column);
        m_at.siftFrom(first, end);
        std::vector<int> changed = m_at.takeChanged();
        for (int column = first; column < end; ++column) {
            if (!std::ranges::contains(changed, column))
                changed.push_back(column);
        }
        return settle(changed);
    }

private:
    /// Some column with crossings about it.
    int firstToKick()
    {
        const int columns = static_cast<int>(m_best.columns.size());
        int first = static_cast<int>(m_random() % columns);
        for (int tries = 0; tries < columns; ++tries, first = (first + 1) % columns) {
            for (int gap = first - 1; gap < std::min(columns, first + kKickedColumns); ++gap) {
                if (gap >= 0 && m_best.between[gap] > 0)
                    return first;
            }
        }
        return first;
    }

    void stir(int column)
    {
        auto& vertices = m_at.layers().columns[column];
        const std::size_t from = m_random() % vertices.size();
        const std::size_t count = std::min(vertices.size() - from, kKickedVertices);
        for (std::size_t i = count; i > 1; --i)
            std::swap(vertices[from + i - 1], vertices[from + m_random() % i]);
        m_at.placeColumn(column);
    }

    /// Takes the order as it is where it is no worse, else goes back to the best one.
    bool settle(const std::vector<int>& changed)
    {
        std::vector<int> gaps;
        for (const int column : changed) {
            for (const int gap : {column - 1, column}) {
                if (gap >= 0 && !std::ranges::contains(gaps, gap))
                    gaps.push_back(gap);
            }
        }
        std::vector<long> between;
        long now = m_best.crossings;
        for (const int gap : gaps) {
            between.push_back(m_at.countBetween(gap));
            now += between.back() - m_best.between[gap];
        }
        const bool isLess = now < m_best.crossings;
        const bool isKept = m_best.isBeatenBy(now, m_at.layers());
        for (const int column : changed) {
            auto& vertices = m_at.layers().columns[column];
            if (isKept) {
                m_best.columns[column] = vertices;
            } else {
                vertices = m_best.columns[column];
                m_at.placeColumn(column);
            }
        }
        if (!isKept)
            return false;
        m_best.crossings = now;
        m_best.unrest = unrestOf(m_at.layers());
        for (std::size_t i = 0; i < gaps.size(); ++i)
            m_best.between[gaps[i]] = between[i];
        return isLess;
    }

    Crossings& m_at;
    Best& m_best;
    std::minstd_rand m_random;
};

} // namespace

void order(Layers& layers)
{
    if (std::ranges::all_of(layers.columns, [](const auto& column) { return column.size() < 2; }))
        return;
    const Columns fileOrder = layers.columns;
    Crossings at(layers);
    at.allow(std::min(kMostWork, kWorkPerSegment * static_cast<long>(layers.segments.size())));
    Best best;
    for (int start = 0; start < kFirstOrders && best.crossings > 0 && (start == 0 || !at.isSpent()); ++start) {
        firstOrder(at, start, fileOrder);
        descend(at, best);
    }
    if (best.crossings > 0 && !at.isSpent()) {
        Kicks kicks(at, best);
        const int patience = kIdleKicks * static_cast<int>(layers.columns.size());
        for (int idle = 0; idle < patience && best.crossings > 0 && !at.isSpent(); ++idle)
            idle = kicks.kick() ? -1 : idle;
    }
    layers.columns = best.columns;
}

void keepOrder(Layers& layers, const std::vector<double>& places)
{
    const Columns fresh = layers.columns;
    Crossings at(layers);
    const long before = at.count();
    std::vector<double> held(layers.vertices.size(), std::numeric_limits<double>::quiet_NaN());
    std::ranges::copy(places, held.begin());
    for (auto& column : layers.columns) {
        std::vector<int> known;
        std::ranges::copy_if(column, std::back_inserter(known), [&](int vertex) { return !std::isnan(held[vertex]); });
        std::ranges::stable_sort(known, {}, [&](int vertex) { return held[vertex]; });
        std::size_t next = 0;
        for (int& vertex : column) {
            if (!std::isnan(held[vertex]))
                vertex = known[next++];
        }
    }
    at.placeAll();
    at.hold(held);
    at.sift();
    if (static_cast<double>(at.count()) > static_cast<double>(before) * kDearer + kFewCrossings)
        layers.columns = fresh;
}

} // namespace stagelift::layered
