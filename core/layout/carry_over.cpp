// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/layout.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

namespace stagelift {
namespace {

/// What a stage is known by from one revision of the file to the next: its name, else its base as it is written.
using Key = std::pair<std::string_view, std::string_view>;

Key keyOf(const Stage& stage)
{
    const std::string_view base = stage.baseWord.text.empty() ? std::string_view(stage.baseName) : stage.baseWord.text;
    return stage.isNamed() ? Key{stage.name, {}} : Key{{}, base};
}

using Groups = std::map<Key, std::vector<int>>;

Groups groupsOf(const StageGraph& graph)
{
    Groups groups;
    for (const Stage& stage : graph.stages)
        groups[keyOf(stage)].push_back(stage.index);
    return groups;
}

/// As many instructions, and the same things from the same places.
bool holdTheSame(const StageGraph& before, int one, const StageGraph& after, int other)
{
    const auto length = [](const StageGraph& graph, int index) {
        const Stage& stage = graph.stages[static_cast<std::size_t>(index)];
        return stage.endInstruction - stage.firstInstruction;
    };
    const auto edgesInto = [](const StageGraph& graph, int index) {
        return std::ranges::equal_range(graph.edges, index, {}, &Edge::to);
    };
    const auto content = [](const Edge& edge) { return std::tie(edge.kind, edge.spec, edge.paths, edge.destination); };
    return length(before, one) == length(after, other) &&
           std::ranges::equal(edgesInto(before, one), edgesInto(after, other), {}, content, content);
}

/// Pairs stages with what they have become.
class Pairing {
public:
    Pairing(const StageGraph& before, const StageGraph& after)
        : m_before(before), m_after(after), m_now(before.stages.size(), kNone), m_was(after.stages.size(), kNone)
    {
        const Groups now = groupsOf(after);
        for (const auto& [key, stages] : groupsOf(before)) {
            if (const auto found = now.find(key); found != now.end())
                pairAlike(stages, found->second);
        }
        pairBetweenNeighbours();
    }

    /// By index; -1 for a stage that is gone.
    [[nodiscard]] const std::vector<int>& now() const { return m_now; }

private:
    static constexpr int kNone = -1;

    /// By their turn; where some have come or gone, those at both ends go first that hold what they held.
    void pairAlike(std::span<const int> was, std::span<const int> is)
    {
        const auto same = [this](int one, int other) { return holdTheSame(m_before, one, m_after, other); };
        if (was.size() != is.size()) {
            for (; !was.empty() && !is.empty() && same(was.front(), is.front());
                 was = was.subspan(1), is = is.subspan(1))
                pair(was.front(), is.front());
            for (; !was.empty() && !is.empty() && same(was.back(), is.back());
                 was = was.first(was.size() - 1), is = is.first(is.size() - 1))
                pair(was.back(), is.back());
        }
        for (const auto& [one, other] : std::views::zip(was, is))
            pair(one, other);
    }

    /// A stage between the same two neighbours is the same under another name or on another base: someone is typing.
    void pairBetweenNeighbours()
    {
        const int count = static_cast<int>(m_now.size());
        for (int first = 0; first < count; ++first) {
            if (nowOf(first) != kNone)
                continue;
            int end = first;
            while (end < count && nowOf(end) == kNone)
                ++end;
            const int begin = first == 0 ? 0 : nowOf(first - 1) + 1;
            const int limit = end == count ? static_cast<int>(m_was.size()) : nowOf(end);
            const bool isSameRoom = limit - begin == end - first &&
                                    std::ranges::all_of(roomOf(begin, limit), [](int stage) { return stage == kNone; });
            for (int i = first; isSameRoom && i < end; ++i)
                pair(i, begin + i - first);
            first = end;
        }
    }

    [[nodiscard]] std::span<const int> roomOf(int begin, int limit) const
    {
        return std::span(m_was).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(limit - begin));
    }
    [[nodiscard]] int nowOf(int stage) const { return m_now[static_cast<std::size_t>(stage)]; }
    void pair(int one, int other)
    {
        m_now[static_cast<std::size_t>(one)] = other;
        m_was[static_cast<std::size_t>(other)] = one;
    }

    const StageGraph& m_before;
    const StageGraph& m_after;
    std::vector<int> m_now;
    std::vector<int> m_was;
};

/// Images and contexts are who they are called.
void addNamed(NodeKind kind, const std::vector<std::string>& before, const std::vector<std::string>& after,
              std::map<NodeRef, NodeRef>& result)
{
    std::map<std::string_view, int> now;
    for (std::size_t i = 0; i < after.size(); ++i)
        now.emplace(after[i], static_cast<int>(i));
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (const auto found = now.find(before[i]); found != now.end())
            result.emplace(NodeRef{kind, static_cast<int>(i)}, NodeRef{kind, found->second});
    }
}

} // namespace

std::map<NodeRef, NodeRef> successors(const StageGraph& before, const StageGraph& after)
{
    std::map<NodeRef, NodeRef> result;
    const Pairing stages(before, after);
    for (std::size_t i = 0; i < stages.now().size(); ++i) {
        if (stages.now()[i] >= 0)
            result.emplace(stageNode(static_cast<int>(i)), stageNode(stages.now()[i]));
    }
    addNamed(NodeKind::Image, before.images, after.images, result);
    addNamed(NodeKind::Context, before.contexts, after.contexts, result);
    return result;
}

Layout carriedOver(const Layout& layout, const StageGraph& before, const StageGraph& after)
{
    const std::map<NodeRef, NodeRef> now = successors(before, after);
    Layout result{{}, {}, layout.size};
    for (const PlacedNode& node : layout.nodes) {
        if (const auto found = now.find(node.ref); found != now.end())
            result.nodes.push_back({found->second, node.centre, node.size});
    }
    return result;
}

} // namespace stagelift
