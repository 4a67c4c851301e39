// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/stage_names.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>
#include <ranges>
#include <utility>

namespace stagelift {

namespace {

constexpr std::array<std::string_view, 2> kReservedNames{"scratch", "context"};

/// "docker.io/library/golang:1.22@sha256:…" → "golang", and only what a stage name may hold.
std::string nameFromBase(std::string_view base)
{
    if (lowered(base) == kReservedNames.front())
        return "files";
    base = base.substr(0, base.find('@'));
    base.remove_prefix(std::min(base.size(), base.rfind('/') + 1));
    base = base.substr(0, base.find(':'));
    std::string name;
    for (const char c : lowered(base)) {
        const bool fits = isAsciiLetter(c) || (!name.empty() && (isDigit(c) || std::string_view("-_.").contains(c)));
        if (fits)
            name += c;
    }
    return name.empty() ? "stage" : name;
}

/// True where a stage of that name would be met by what means something else today.
bool isTaken(const StageGraph& graph, int stage, std::string_view name)
{
    const auto means = [&](const Edge& edge) {
        const bool ownBase = edge.kind == EdgeKind::Base && edge.to == stage;
        return !ownBase && edge.from != stageNode(stage) && equalFolded(edge.spec, name);
    };
    const auto isAnothers = [&](const Stage& other) { return other.index != stage && other.name == name; };
    return isReservedStageName(name) || std::ranges::any_of(graph.stages, isAnothers) ||
           std::ranges::any_of(graph.edges, means);
}

} // namespace

bool isReservedStageName(std::string_view name)
{
    return std::ranges::contains(kReservedNames, name);
}

std::optional<int> lastStageNamed(const StageGraph& graph, std::string_view name)
{
    const std::string wanted = lowered(name);
    if (wanted.empty())
        return std::nullopt;
    for (const Stage& stage : std::views::reverse(graph.stages)) {
        if (stage.name == wanted)
            return stage.index;
    }
    return std::nullopt;
}

std::string suggestName(const StageGraph& graph, int stage)
{
    const bool isThere = stage >= 0 && std::cmp_less(stage, graph.stages.size());
    return freeStageName(graph, stage, nameFromBase(isThere ? graph.stages[stage].baseName : ""));
}

std::string freeStageName(const StageGraph& graph, int stage, std::string_view word)
{
    std::string candidate(word);
    for (int number = 2; isTaken(graph, stage, candidate); ++number)
        candidate = std::format("{}-{}", word, number);
    return candidate;
}

} // namespace stagelift
