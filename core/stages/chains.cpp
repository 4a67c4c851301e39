// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/chains.h"

#include <algorithm>

namespace stagelift {

namespace {

constexpr int kNone = -1;
constexpr int kSeveral = -2;

/// The one stage that uses each stage, or kNone, or kSeveral.
std::vector<int> onlyUsers(const StageGraph& graph)
{
    std::vector<int> users(graph.stages.size(), kNone);
    for (const Edge& edge : graph.edges) {
        if (edge.from.kind != NodeKind::Stage)
            continue;
        int& user = users[static_cast<std::size_t>(edge.from.index)];
        if (user == kNone)
            user = edge.to;
        else if (user != edge.to)
            user = kSeveral;
    }
    return users;
}

class Linker {
public:
    Linker(const StageGraph& graph, std::span<const int> kinds)
        : m_kinds(kinds), m_users(onlyUsers(graph)), m_before(graph.stages.size(), kNone)
    {
        for (const Stage& stage : graph.stages)
            offer(stage.index);
        for (const Stage& stage : graph.stages)
            if (stage.base.kind == NodeKind::Stage && mayPrecede(stage.base.index, stage.index))
                m_before[static_cast<std::size_t>(stage.index)] = stage.base.index;
    }

    /// From the first stage to `last`.
    [[nodiscard]] std::vector<int> upTo(int last) const
    {
        std::vector<int> chain;
        for (int stage = last; stage >= 0; stage = m_before[static_cast<std::size_t>(stage)]) {
            chain.push_back(stage);
            if (chain.size() > m_before.size()) // a cycle, which only a broken file has
                return {};
        }
        std::ranges::reverse(chain);
        return chain;
    }

    /// Whether no stage goes on from here.
    [[nodiscard]] bool isLast(int stage) const
    {
        const int user = m_users[static_cast<std::size_t>(stage)];
        return user >= 0 && isMember(stage) && m_before[static_cast<std::size_t>(user)] != stage;
    }

private:
    [[nodiscard]] bool isMember(int stage) const
    {
        const auto at = static_cast<std::size_t>(stage);
        return m_kinds[at] >= 0 && m_users[at] >= 0 && m_users[at] != stage;
    }

    [[nodiscard]] bool mayPrecede(int stage, int next) const
    {
        return stage != next && isMember(stage) && isMember(next) && m_users[static_cast<std::size_t>(stage)] == next &&
               m_kinds[static_cast<std::size_t>(stage)] == m_kinds[static_cast<std::size_t>(next)];
    }

    void offer(int stage)
    {
        const int user = m_users[static_cast<std::size_t>(stage)];
        if (user < 0 || !mayPrecede(stage, user))
            return;
        int& before = m_before[static_cast<std::size_t>(user)];
        before = before == kNone ? stage : kSeveral;
    }

    std::span<const int> m_kinds;
    std::vector<int> m_users;
    std::vector<int> m_before;
};

} // namespace

std::vector<std::vector<int>> chains(const StageGraph& graph, std::span<const int> kinds)
{
    const Linker linker(graph, kinds);
    std::vector<std::vector<int>> found;
    for (const Stage& stage : graph.stages)
        if (linker.isLast(stage.index))
            if (std::vector<int> chain = linker.upTo(stage.index); chain.size() > 1)
                found.push_back(std::move(chain));
    std::ranges::sort(found, {}, [](const std::vector<int>& chain) { return chain.front(); });
    return found;
}

} // namespace stagelift
