// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/ranking.h"

#include "core/layout/groups.h"
#include "core/layout/network_simplex.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace stagelift::layered {
namespace {

constexpr int kLargestForSimplex = 2500; // nodes; the exchange of tree links is quadratic at worst
constexpr int kMostCycleChecks = 2000;   // links against the order of the file that are looked at one by one

using Lists = std::vector<std::vector<int>>;

/// True where `goal` can be reached from `start`.
bool reaches(const Lists& successors, int start, int goal)
{
    std::vector<char> seen(successors.size(), 0);
    std::vector<int> open{start};
    seen[start] = 1;
    while (!open.empty()) {
        const int node = open.back();
        open.pop_back();
        if (node == goal)
            return true;
        for (const int next : successors[node]) {
            if (std::exchange(seen[next], 1) == 0)
                open.push_back(next);
        }
    }
    return false;
}

/// Evens out the columns: a node with as many links to the left as to the right may stand anywhere between its
/// neighbours, so it goes where the fewest are.
void balance(std::vector<int>& ranks, const std::vector<Link>& links)
{
    const int nodes = static_cast<int>(ranks.size());
    const int count = static_cast<int>(links.size());
    const Groups right = grouped(nodes, count, [&](int link) { return links[link].from; });
    const Groups left = grouped(nodes, count, [&](int link) { return links[link].to; });
    std::vector<int> population(*std::ranges::max_element(ranks) + 1, 0);
    for (const int rank : ranks)
        ++population[rank];
    for (int node = 0; node < nodes; ++node) {
        if (left.of(node).empty() || left.of(node).size() != right.of(node).size())
            continue;
        int low = 0;
        int high = std::numeric_limits<int>::max();
        for (const int link : left.of(node))
            low = std::max(low, ranks[links[link].from] + 1);
        for (const int link : right.of(node))
            high = std::min(high, ranks[links[link].to] - 1);
        int best = ranks[node];
        for (int rank = low; rank <= high; ++rank) {
            if (population[rank] + 1 < population[best])
                best = rank;
        }
        --population[ranks[node]];
        ++population[best];
        ranks[node] = best;
    }
}

} // namespace

std::vector<bool> turnedLinks(int nodes, const std::vector<Link>& links)
{
    std::vector<bool> turned(links.size(), false);
    std::vector<char> isSource(nodes, 1);
    for (const Link& link : links)
        isSource[link.to] = 0;
    const auto runsForth = [&](const Link& link) { return link.from < link.to || isSource[link.from] != 0; };
    if (std::ranges::all_of(links, runsForth))
        return turned;
    Lists successors(nodes);
    for (const Link& link : links) {
        if (link.from < link.to)
            successors[link.from].push_back(link.to);
    }
    int checks = 0;
    for (std::size_t i = 0; i < links.size(); ++i) {
        if (runsForth(links[i]))
            continue;
        turned[i] = ++checks > kMostCycleChecks || reaches(successors, links[i].to, links[i].from);
        if (!turned[i])
            successors[links[i].from].push_back(links[i].to);
    }
    return turned;
}

std::vector<int> ranked(int nodes, const std::vector<Link>& links)
{
    NetworkSimplex simplex(nodes, links);
    std::vector<int> ranks = nodes <= kLargestForSimplex ? simplex.shortest() : simplex.pulledTogether();
    balance(ranks, links);
    return ranks;
}

} // namespace stagelift::layered
