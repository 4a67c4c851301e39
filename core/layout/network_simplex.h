// SPDX-License-Identifier: GPL-3.0-or-later
//
// Integer ranks that make links short: rank(to) >= rank(from) + 1 for every link, and the sum of all lengths least.
//
// A spanning tree of links of length 1 says where everything stands. Cutting one of its links parts the nodes in two;
// its cut value is by how much the sum grows when the two move apart by one. While one is negative, they move apart
// until another link becomes tight, which takes its place. A cut value is the surplus of links out of the subtree over
// those into it, links within cancel out, so all of them are one sum over the tree.

#pragma once

#include "core/layout/groups.h"

#include <vector>

namespace stagelift::layered {

struct Link;

class NetworkSimplex {
public:
    /// The links must be free of cycles; they are looked at, not kept, so they must outlive this.
    NetworkSimplex(int nodes, const std::vector<Link>& links);

    /// The least sum of lengths; smallest rank 0. All nodes must hang together.
    [[nodiscard]] std::vector<int> shortest();
    /// Longest path from the left, then every node that gains by it as far right as it can go. Linear.
    [[nodiscard]] std::vector<int> pulledTogether();

private:
    [[nodiscard]] int slack(int link) const;
    void rankByLongestPath();
    void growTightTree();
    [[nodiscard]] int tightestOut(const std::vector<char>& inTree) const;
    void rootTree();
    [[nodiscard]] int leaving();
    [[nodiscard]] int entering(int child) const;
    void exchange(int child, int link);
    [[nodiscard]] bool isBelow(int node, int top) const;
    void normalize();

    const std::vector<Link>& m_links;
    Groups m_out; // links by their left end
    Groups m_in;
    std::vector<int> m_surplus; // links out minus links in
    std::vector<int> m_topological;
    std::vector<int> m_ranks;
    std::vector<char> m_isInTree;  // of the links
    std::vector<int> m_parentLink; // -1 at the root
    std::vector<int> m_cut;        // of the link to the parent
    std::vector<int> m_first;      // a subtree is a range of the depth-first order
    std::vector<int> m_last;
    std::vector<int> m_order; // depth first
    std::vector<int> m_open;
    int m_search = 0; // where the search for a leaving link goes on
};

} // namespace stagelift::layered
