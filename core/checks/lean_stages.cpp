// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/lean_stages.h"

namespace stagelift {

namespace {

/// A stage to work or to test in has its tools on purpose, and says so in its name: "dev", "unit-tests".
bool isWorkshop(std::string_view name)
{
    constexpr std::array<std::string_view, 14> kWorkshops{"dev",   "develop", "development", "devcontainer", "test",
                                                          "tests", "testing", "lint",        "ci",           "debug",
                                                          "shell", "sdk",     "e2e",         "bench"};
    while (!name.empty()) {
        const std::size_t end = std::min(name.find_first_of("-_."), name.size());
        if (std::ranges::contains(kWorkshops, name.substr(0, end)))
            return true;
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return false;
}

} // namespace

std::vector<int> leanStages(const Subject& subject)
{
    const StageGraph& graph = subject.graph;
    if (graph.stages.size() < 2 || isWorkshop(graph.stages.back().name))
        return {};
    std::vector<int> shipped = graph.shipped(graph.defaultTarget());
    const auto ships = [&](int stage) { return std::ranges::binary_search(shipped, stage); };
    const bool takes = std::ranges::any_of(graph.edges, [&](const Edge& edge) {
        return edge.kind == EdgeKind::Copy && edge.from.kind == NodeKind::Stage && ships(edge.to) &&
               !ships(edge.from.index);
    });
    if (!takes)
        shipped.clear();
    return shipped;
}

bool isIn(const Names& names, std::string_view name)
{
    return !name.empty() && std::ranges::contains(names, name);
}

bool hasAny(const StageCommand& command, const Names& words)
{
    return std::ranges::any_of(command.words, [&](std::string_view word) { return isIn(words, word); });
}

bool isInOtherRoot(const StageCommand& command)
{
    constexpr Names kRoots{"--root", "-p", "--installroot", "--prefix"};
    return std::ranges::any_of(command.words,
                               [&](std::string_view word) { return isIn(kRoots, word.substr(0, word.find('='))); });
}

} // namespace stagelift
