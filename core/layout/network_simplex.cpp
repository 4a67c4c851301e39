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
    : m_links(links),
      m_out(grouped(nodes, static_cast<int>(links.size()), [&](int link) { return links[link].from; })),
      m_in(grouped(nodes, static_cast<int>(links.size()), [&](int link) { return links[link].to; })),
      m_surplus(nodes, 0),
      m_ranks(nodes, 0)
{
    std::vector<int> waiting(nodes);
    m_topological.reserve(nodes);
    for (int node = 0; node < nodes; ++node) {
        waiting[node] = static_cast<int>(m_in.of(node).size());
        m_surplus[node] = static_cast<int>(m_out.of(node).size()) - waiting[node];
        if (waiting[node] == 0)
            m_topological.push_back(node);
    }
    for (std::size_t i = 0; i < m_topological.size(); ++i) {
        for (const int link : m_out.of(m_topological[i])) {
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
        for (const int link : m_out.of(node))
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
        for (const int link : m_in.of(node))
            m_ranks[node] = std::max(m_ranks[node], m_ranks[m_links[link].from] + 1);
    }
}

void NetworkSimplex::growTightTree()
{
    m_isInTree.assign(m_links.size(), 0);
    std::vector<char> inTree(m_ranks.size(), 0);
    std::vector<int> members{0};
    inTree[0] = 1;
    std::size_t open = 0;
    while (true) {
        for (; open < members.size(); ++open) {
            const int node = members[open];
            for (const Groups* links : {&m_out, &m_in}) {
                for (const int link : links->of(node)) {
                    const int other = m_links[link].from == node ? m_links[link].to : m_links[link].from;
                    if (inTree[other] != 0 || slack(link) != 0)
                        continue;
                    inTree[other] = 1;
                    members.push_back(other);
                    m_isInTree[link] = 1;
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
    m_order.clear();
    m_open.assign(1, 0);
    while (!m_open.empty()) {
        const int node = m_open.back();
        m_open.pop_back();
        m_first[node] = static_cast<int>(m_order.size());
        m_order.push_back(node);
        for (const Groups* links : {&m_out, &m_in}) {
            for (const int link : links->of(node)) {
                if (m_isInTree[link] == 0 || link == m_parentLink[node])
                    continue;
                const int child = m_links[link].from == node ? m_links[link].to : m_links[link].from;
                m_parentLink[child] = link;
                m_open.push_back(child);
            }
        }
    }
    for (int i = 0; i < nodes; ++i)
        m_last[m_order[i]] = i;
    for (const int node : m_order | std::views::reverse) {
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
    m_isInTree[old] = 0;
    m_isInTree[link] = 1;
    rootTree();
}

void NetworkSimplex::normalize()
{
    const int least = *std::ranges::min_element(m_ranks);
    for (int& rank : m_ranks)
        rank -= least;
}

} // namespace stagelift::layered
