// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/base.h"

#include "core/edits/draft.h"
#include "core/edits/edits.h"
#include "core/edits/names.h"
#include "core/edits/naming.h"
#include "core/edits/order_remedy.h"
#include "core/text/characters.h"

#include <format>
#include <ranges>

namespace stagelift {

namespace {

/// FROM sees the nearest stage above it, by its name in lower case.
std::optional<int> stageAbove(const StageGraph& graph, int stage, std::string_view name)
{
    for (const Stage& other : std::views::reverse(graph.stages)) {
        if (other.index < stage && other.isNamed() && other.name == lowered(name))
            return other.index;
    }
    return std::nullopt;
}

Refusal refusalOfLaterBase(const StageGraph& graph, int stage, int base)
{
    const std::string name = edits::stageName(graph, base);
    return {std::format("FROM sees the stages above it only: here \"{}\" would be an image of that name", name),
            edits::adviceOnOrder(graph, base, stage)};
}

/// The edges that hang on a stage's base: the base itself, and what ONBUILD brings along with it.
bool hangsOnBase(const Edge& edge, int stage)
{
    return edge.to == stage && (edge.kind == EdgeKind::Base || edge.isTrigger);
}

EditOutcome withBase(edits::Draft& draft, const Analysis& before, int stage, std::string_view base,
                     std::optional<edits::Intended::Landing> landing)
{
    draft.replace(before.graph.stages[stage].baseWord.span, std::string(base));
    draft.select({0, static_cast<std::uint32_t>(base.size())});
    edits::Intended intended;
    intended.changes = [stage](const Edge& edge) { return hangsOnBase(edge, stage); };
    intended.mend = "Move the stages into another order first.";
    intended.landing = std::move(landing);
    return draft.settled(intended);
}

/// Another base by its name, in the order in which the stages are.
EditOutcome baseChanged(const Analysis& before, int stage, std::string_view base)
{
    const auto spelled = edits::baseAsWritten(before.graph, stage, trimmed(base));
    if (!spelled)
        return std::unexpected(spelled.error());
    const std::optional<int> above = stageAbove(before.graph, stage, *spelled);
    // `golang:${GO_VERSION}` that comes to just this keeps its variable.
    const Stage& based = before.graph.stages[stage];
    if (*spelled == based.baseName && (!above || based.base == stageNode(*above)))
        return EditResult{};
    edits::Draft draft(before);
    if (above)
        return withBase(draft, before, stage, *spelled, edits::Intended::Landing{stageNode(*above), stage});
    return withBase(draft, before, stage, *spelled, std::nullopt);
}

} // namespace

EditOutcome changeBase(const Analysis& before, int stage, std::string_view base)
{
    if (!edits::isStage(before.graph, stage))
        return std::unexpected(Refusal{"This stage is no longer there", {}});
    const std::optional<int> named = lastStageNamed(before.graph, trimmed(base));
    return edits::orLifted(
        before, baseChanged(before, stage, base), named ? stageNode(*named) : NodeRef(), stage,
        [&](const edits::Lift& lift) { return baseChanged(lift.now(), lift.stageNow(stage), base); });
}

namespace edits {

std::expected<std::string, Refusal> baseAsWritten(const StageGraph& graph, int stage, std::string_view base)
{
    if (const std::optional<int> above = stageAbove(graph, stage, base))
        return graph.stages[*above].name;
    const std::optional<int> later = lastStageNamed(graph, base);
    if (later && *later > stage)
        return std::unexpected(refusalOfLaterBase(graph, stage, *later));
    if (auto refusal = refusalOfImage(base))
        return std::unexpected(std::move(*refusal));
    return std::string(base);
}

EditOutcome changeBaseTo(const Analysis& before, int stage, NodeRef base)
{
    const StageGraph& graph = before.graph;
    if (base.kind == NodeKind::Context)
        return std::unexpected(Refusal{"A stage is built from an image or a stage, not from a build context",
                                       "Copy the files from the context instead."});
    if (base.kind == NodeKind::Scratch)
        return changeBase(before, stage, "scratch");
    if (base.kind == NodeKind::Stage && !isStage(graph, base.index))
        return std::unexpected(Refusal{"This stage is no longer there", {}});
    if (base.kind == NodeKind::Stage && base.index == stage)
        return std::unexpected(
            Refusal{std::format("circular dependency detected on stage: {}", stageName(graph, stage)), {}});
    if (base.kind == NodeKind::Stage && base.index > stage)
        return std::unexpected(refusalOfLaterBase(graph, stage, base.index));
    Draft draft(before);
    const auto reference = referenceIn(draft, before, base);
    if (!reference)
        return std::unexpected(reference.error());
    // FROM heeds the case, and knows stages in lower case only.
    return withBase(draft, before, stage, base.kind == NodeKind::Stage ? lowered(*reference) : *reference,
                    Intended::Landing{base, stage});
}

EditOutcome changeBaseToImage(const Analysis& before, int stage, std::string_view image)
{
    if (image == "scratch")
        return std::unexpected(Refusal{"'scratch' is a reserved name", "Choose scratch itself."});
    if (auto refusal = refusalOfImage(image))
        return std::unexpected(std::move(*refusal));
    Draft draft(before);
    if (image.contains('$')) // what it comes to is for the build to say
        return withBase(draft, before, stage, image, std::nullopt);
    return withBase(draft, before, stage, image, Intended::Landing{{}, stage, std::nullopt, std::string(image)});
}

} // namespace edits

} // namespace stagelift
