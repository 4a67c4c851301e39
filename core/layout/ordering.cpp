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

constexpr long kWork = 10'000'000; // steps of sifting and counting, all together
constexpr int kFirstOrders = 8;
constexpr double kAgainstFile = 2; // of unrest, for two neighbours in a column that the file has the other way round
constexpr int kKicks = 400;
constexpr std::size_t kKickedColumns = 3;
constexpr std::size_t kKickedVertices = 5;
constexpr int kIdleSweeps = 2;     // without gain, before the next first order has its turn
constexpr int kSweeps = 8;         // there and back, from each first order
constexpr double kDearer = 1.25;   // times the crossings that keeping the order may cost
constexpr long kFewCrossings = 3;  // and that many on top
constexpr unsigned kSeed = 0x5713; // of the shuffled first orders: the same for everyone

/// Sorts one column by the median places of the neighbours on one side; vertices without any stay where they are.
void sortByMedian(Crossings& at, int column, Side side, bool lastOfTies)
{
    auto& vertices = at.layers().columns[column];
    std::vector<std::pair<double, int>> sorted;
    for (const int vertex : vertices) {
        if (const auto median = at.median(vertex, side); median >= 0)
            sorted.emplace_back(median, vertex);
    }
    if (lastOfTies)
        std::ranges::reverse(sorted);
    std::ranges::stable_sort(sorted, {}, &std::pair<double, int>::first);
    std::size_t next = 0;
    for (int& vertex : vertices) {
        if (at.median(vertex, side) >= 0)
            vertex = sorted[next++].second;
    }
    at.placeColumn(column);
}

void sweep(Crossings& at, int round)
{
    const int columns = static_cast<int>(at.layers().columns.size());
    const bool lastOfTies = round % 4 >= 2;
    if (round % 2 == 0) {
        for (int column = 1; column < columns; ++column)
            sortByMedian(at, column, Side::Left, lastOfTies);
    } else {
        for (int column = columns - 2; column >= 0; --column)
            sortByMedian(at, column, Side::Right, lastOfTies);
    }
}

/// Depth first along the lines: what hangs together comes to stand together.
void orderAlongLines(Crossings& at, bool fromRight)
{
    Layers& layers = at.layers();
    std::vector<int> starts;
    for (const auto& column : layers.columns)
        starts.insert(starts.end(), column.begin(), column.end());
    if (fromRight)
        std::ranges::reverse(starts);
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

void firstOrder(Crossings& at, int start, const Columns& fileOrder, std::minstd_rand& random)
{
    at.layers().columns = fileOrder;
    at.placeAll();
    if (start == 0 || start == 2)
        orderAlongLines(at, start == 2);
    if (start < 3)
        return;
    for (auto& column : at.layers().columns) {
        for (std::size_t i = column.size(); i > 1; --i)
            std::swap(column[i - 1], column[random() % i]);
    }
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
    long crossings = std::numeric_limits<long>::max();
    double unrest = 0;

    long take(const Crossings& at)
    {
        const long now = at.count();
        if (now > crossings)
            return now;
        const double nowUnrest = unrestOf(at.layers());
        if (now < crossings || nowUnrest < unrest) {
            crossings = now;
            unrest = nowUnrest;
            columns = at.layers().columns;
        }
        return now;
    }
};

/// Sweeps there and back until that gains no more.
void descend(Crossings& at, Best& best)
{
    long before = std::numeric_limits<long>::max();
    for (int round = 0, idle = 0; round < kSweeps && idle < kIdleSweeps; ++round) {
        sweep(at, round);
        at.sift();
        const long now = best.take(at);
        idle = now < before ? 0 : idle + 1;
        before = std::min(before, now);
        if (at.isSpent())
            return;
    }
}

/// Stirs up a part of the best order and lets it settle again: a way out of an order that no single move betters.
void kick(Crossings& at, Best& best, std::minstd_rand& random)
{
    auto& columns = at.layers().columns;
    columns = best.columns;
    const std::size_t first = random() % columns.size();
    for (std::size_t c = first; c < std::min(columns.size(), first + kKickedColumns); ++c) {
        auto& column = columns[c];
        const std::size_t from = random() % column.size();
        const std::size_t count = std::min(column.size() - from, kKickedVertices);
        for (std::size_t i = count; i > 1; --i)
            std::swap(column[from + i - 1], column[from + random() % i]);
    }
    at.placeAll();
    at.sift();
    best.take(at);
}

} // namespace

long crossings(const Layers& layers)
{
    Layers copy = layers;
    return Crossings(copy).count();
}

void order(Layers& layers)
{
    const Columns fileOrder = layers.columns;
    Crossings at(layers);
    at.allow(kWork);
    std::minstd_rand random(kSeed);
    Best best;
    for (int start = 0; start < kFirstOrders + kKicks && (start == 0 || !at.isSpent()); ++start) {
        if (start < kFirstOrders) {
            firstOrder(at, start, fileOrder, random);
            descend(at, best);
        } else {
            kick(at, best, random);
        }
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

void settle(Layers& layers)
{
    Crossings(layers).sift();
}

} // namespace stagelift::layered
