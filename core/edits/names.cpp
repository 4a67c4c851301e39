// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/names.h"

#include "core/stages/image_name.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>
#include <ranges>

namespace stagelift {

namespace {

/// "docker.io/library/golang:1.22@sha256:…" → "golang", and only what a stage name may hold.
std::string nameFromBase(std::string_view base)
{
    if (lowered(base) == "scratch")
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
        return !ownBase && lowered(edge.spec) == name;
    };
    return edits::refusalToName(graph, stage, name).has_value() || std::ranges::any_of(graph.edges, means);
}

} // namespace

std::string suggestName(const StageGraph& graph, int stage)
{
    const std::string name = nameFromBase(edits::isStage(graph, stage) ? graph.stages[stage].baseName : "");
    std::string candidate = name;
    for (int number = 2; isTaken(graph, stage, candidate); ++number)
        candidate = std::format("{}-{}", name, number);
    return candidate;
}

} // namespace stagelift

namespace stagelift::edits {

namespace {

constexpr std::array<std::string_view, 2> kReservedNames{"scratch", "context"};

/// `^[a-z][a-z0-9-_.]*$`
bool isStageName(std::string_view name)
{
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-' || c == '_' || c == '.'; };
    return !name.empty() && isAsciiLetter(name.front()) && std::ranges::all_of(name, fits);
}

} // namespace

std::optional<Refusal> refusalToName(const StageGraph& graph, int stage, std::string_view name)
{
    if (!isStageName(name))
        return Refusal{
            std::format("invalid name for build stage: {}, name can't start with a number or contain symbols",
                        quoted(name)),
            "Begin with a letter; letters, digits, \"-\", \"_\" and \".\" may follow."};
    if (isStage(graph, stage) && graph.stages[stage].name == name)
        return std::nullopt;
    if (std::ranges::contains(kReservedNames, name))
        return Refusal{std::format("Stage name should not use the same name as reserved stage {}", quoted(name)),
                       "Choose another name."};
    if (lastStageNamed(graph, name))
        return Refusal{std::format("Duplicate stage name {}, stage names should be unique", quoted(name)),
                       "Choose another name."};
    return std::nullopt;
}

std::optional<Refusal> refusalOfImage(std::string_view image)
{
    if (trimmed(image).empty())
        return Refusal{std::format("base name ({}) should not be blank", image), "Name an image or a stage."};
    if (std::ranges::any_of(image, isAsciiSpace))
        return Refusal{"FROM requires either one or three arguments", "Name one image or one stage."};
    if (image.contains('$') || image == kReservedNames.front())
        return std::nullopt;
    if (const auto problem = imageNameProblem(image))
        return Refusal{std::format("failed to parse stage name {}: {}", quoted(image), *problem),
                       "Name an image as in \"registry.example.com/team/app:1.0\"."};
    return std::nullopt;
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

std::string stageName(const StageGraph& graph, int stage)
{
    const std::string& name = graph.stages[stage].name;
    return name.empty() ? std::format("stage-{}", stage) : name;
}

bool isStage(const StageGraph& graph, int stage)
{
    return stage >= 0 && std::cmp_less(stage, graph.stages.size());
}

} // namespace stagelift::edits
