// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/names.h"

#include "core/dockerfile/grammar.h"
#include "core/stages/image_name.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift::edits {

std::optional<Refusal> refusalToName(const StageGraph& graph, int stage, std::string_view name)
{
    if (!isStageName(name))
        return Refusal{
            std::format("invalid name for build stage: {}, name can't start with a number or contain symbols",
                        quoted(name)),
            "Begin with a letter; letters, digits, \"-\", \"_\" and \".\" may follow."};
    if (isStage(graph, stage) && graph.stages[stage].name == name)
        return std::nullopt;
    if (isReservedStageName(name))
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
    if (image.contains('$') || image == "scratch")
        return std::nullopt;
    if (const auto problem = imageNameProblem(image))
        return Refusal{std::format("failed to parse stage name {}: {}", quoted(image), *problem),
                       "Name an image as in \"registry.example.com/team/app:1.0\"."};
    return std::nullopt;
}

std::optional<Refusal> refusalOfImageSource(std::string_view image)
{
    if (image.contains('$'))
        return Refusal{"variable expansion is not supported for --from, define a new stage with FROM using ARG from "
                       "global scope as a workaround",
                       "Add a stage that is built from it, and take from that."};
    if (image == "scratch")
        return Refusal{"scratch is empty: there is nothing to take from it", {}};
    return refusalOfImage(image);
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
