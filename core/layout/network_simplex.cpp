// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/network_simplex.h"

#include "core/layout/ranking.h"

#include <algorithm>
#include <limits>
#include <ranges>

namespace stagelift::layered {
namespace {

constexpr long kWork = 40'000'000; // nodes and links looked at before it is called good enough

} // namespace

NetworkSimplex::NetworkSimplex(int nodes, const std::vector<Link>& links)
    : m_links(links), m_out(nodes), m_in(nodes), m_surplus(nodes, 0), m_ranks(nodes, 0)
{
    for (int i = 0; i < static_cast<int>(links.size()); ++i) {
        m_out[links[i].from].push_back(i);
        m_in[links[i].to].push_back(i);
        ++m_surplus[links[i].from];
        --m_surplus[links[i].to];
    }
    std::vector<int> waiting(nodes);
    for (int node = 0; node < nodes; ++node) {
        waiting[node] = static_cast<int>(m_in[node].size());
        if (waiting[node] == 0)
            m_topological.push_back(node);
    }
    for (std::size_t i = 0; i < m_topological.size(); ++i) {
        for (const int link : m_out[m_topological[i]]) {
            if (--waiting[links[link].to] == 0)
                m_topological.push_back(links[link].to);
        }
    }
}

std::vector<int> NetworkSimplex::shortest()
{
    rankByLongestPath();
    growTightTree();
    rootTree();
    const long cost = static_cast<long>(m_ranks.size() + m_links.size());
    for (long pivots = kWork / cost; pivots > 0; --pivots) {
        const int child = leaving();
        if (child < 0)
            break;
        exchange(child, entering(child));
    }
    normalize();
    return m_ranks;
}

std::vector<int> NetworkSimplex::pulledTogether()
{
    rankByLongestPath();
    for (const int node : m_topological | std::views::reverse) {
        if (m_surplus[node] <= 0)
            continue;
        int right = std::numeric_limits<int>::max();
        for (const int link : m_out[node])
            right = std::min(right, m_ranks[m_links[link].to]);
        m_ranks[node] = right - 1;
    }
    normalize();
    return m_ranks;
}

int NetworkSimplex::slack(int link) const
{
    return m_ranks[m_links[link].to] - m_ranks[m_links[link].from] - 1;
}

void NetworkSimplex::rankByLongestPath()
{
    for (const int node : m_topological) {
        m_ranks[node] = 0;
        for (const int link : m_in[node])
            m_ranks[node] = std::max(m_ranks[node], m_ranks[m_links[link].from] + 1);
    }
}

void NetworkSimplex::growTightTree()
{
    m_tree.assign(m_ranks.size(), {});
    std::vector<char> inTree(m_ranks.size(), 0);
    std::vector<int> members{0};
    inTree[0] = 1;
    std::size_t open = 0;
    while (true) {
        for (; open < members.size(); ++open) {
            const int node = members[open];
            for (const auto* lists : {&m_out[node], &m_in[node]}) {
                for (const int link : *lists) {
                    const int other = m_links[link].from == node ? m_links[link].to : m_links[link].from;
                    if (inTree[other] != 0 || slack(link) != 0)
                        continue;
                    inTree[other] = 1;
                    members.push_back(other);
                    m_tree[node].push_back(link);
                    m_tree[other].push_back(link);
                }
            }
        }
        const int link = members.size() < m_ranks.size() ? tightestOut(inTree) : -1;
        if (link < 0)
            return;
        const int shift = inTree[m_links[link].from] != 0 ? slack(link) : -slack(link);
        for (const int node : members)
            m_ranks[node] += shift;
        open = 0;
    }
}

int NetworkSimplex::tightestOut(const std::vector<char>& inTree) const
{
    int best = -1;
    for (int link = 0; link < static_cast<int>(m_links.size()); ++link) {
        if (inTree[m_links[link].from] != inTree[m_links[link].to] && (best < 0 || slack(link) < slack(best)))
            best = link;
    }
    return best;
}

void NetworkSimplex::rootTree()
{
    const int nodes = static_cast<int>(m_ranks.size());
    m_parentLink.assign(nodes, -1);
    m_first.assign(nodes, 0);
    m_last.assign(nodes, 0);
    m_cut = m_surplus;
    std::vector<int> order;
    std::vector<int> open{0};
    while (!open.empty()) {
        const int node = open.back();
        open.pop_back();
        m_first[node] = static_cast<int>(order.size());
        order.push_back(node);
        for (const int link : m_tree[node]) {
            if (link == m_parentLink[node])
                continue;
            const int child = m_links[link].from == node ? m_links[link].to : m_links[link].from;
            m_parentLink[child] = link;
            open.push_back(child);
        }
    }
    for (int i = 0; i < nodes; ++i)
        m_last[order[i]] = i;
    for (const int node : order | std::views::reverse) {
        const int link = m_parentLink[node];
        if (link < 0)
            continue;
        const bool isTail = m_links[link].from == node;
        const int parent = isTail ? m_links[link].to : m_links[link].from;
        m_cut[parent] += m_cut[node];
        m_last[parent] = std::max(m_last[parent], m_last[node]);
        if (!isTail)
            m_cut[node] = -m_cut[node];
    }
}

int NetworkSimplex::leaving()
{
    const int nodes = static_cast<int>(m_ranks.size());
    for (int i = 0; i < nodes; ++i) {
        m_search = (m_search + 1) % nodes;
        if (m_parentLink[m_search] >= 0 && m_cut[m_search] < 0)
            return m_search;
    }
    return -1;
}

bool NetworkSimplex::isBelow(int node, int top) const
{
    return m_first[top] <= m_first[node] && m_first[node] <= m_last[top];
}

int NetworkSimplex::entering(int child) const
{
    const bool isTail = m_links[m_parentLink[child]].from == child;
    int best = -1;
    for (int link = 0; link < static_cast<int>(m_links.size()); ++link) {
        const bool fromBelow = isBelow(m_links[link].from, child);
        const bool toBelow = isBelow(m_links[link].to, child);
        if (fromBelow != toBelow && fromBelow != isTail && (best < 0 || slack(link) < slack(best)))
            best = link;
    }
    return best;
}

void NetworkSimplex::exchange(int child, int link)
{
    const int old = m_parentLink[child];
    const int shift = m_links[old].from == child ? -slack(link) : slack(link);
    for (int node = 0; node < static_cast<int>(m_ranks.size()); ++node) {
        if (isBelow(node, child))
            m_ranks[node] += shift;
    }
    for (const int end : {m_links[old].from, m_links[old].to})
        std::erase(m_tree[end], old);
    for (const int end : {m_links[link].from, m_links[link].to})
        m_tree[end].push_back(link);
    rootTree();
}

void NetworkSimplex::normalize()
{
    const int least = *std::ranges::min_element(m_ranks);
    for (int& rank : m_ranks)
        rank -= least;
}

} // namespace stagelift::layered
