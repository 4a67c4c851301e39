// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/naming.h"

#include "core/dockerfile/lines.h"
#include "core/edits/names.h"
#include "core/edits/references.h"
#include "core/text/characters.h"

#include <format>

namespace stagelift::edits {

std::expected<Span, Refusal> nameIn(Draft& draft, const Analysis& before, int stage, std::string_view name)
{
    const Stage& unnamed = before.graph.stages[stage];
    const Instruction& from = before.dockerfile.instructions[unnamed.firstInstruction];
    if (from.args.size() != 1)
        return std::unexpected(Refusal{"FROM requires either one or three arguments", "Mend the FROM line first."});
    if (auto refusal = refusalToName(before.graph, stage, name))
        return std::unexpected(std::move(*refusal));

    for (const Reference& reference : referencesTo(before, stage)) {
        if (reference.naming == Naming::Index)
            draft.replace(reference.span, std::string(name));
    }
    const std::string keyword = inTheCaseOf(from.keywordWord.text, "AS");
    draft.insert(unnamed.baseWord.span.end, std::format(" {} {}", keyword, name));
    const auto begin = static_cast<std::uint32_t>(keyword.size() + 2);
    return Span{begin, begin + static_cast<std::uint32_t>(name.size())};
}

std::expected<std::string, Refusal> referenceIn(Draft& draft, const Analysis& before, NodeRef node)
{
    const StageGraph& graph = before.graph;
    switch (node.kind) {
    case NodeKind::Stage: {
        if (!isStage(graph, node.index))
            return std::unexpected(Refusal{"This stage is no longer there", {}});
        const Stage& stage = graph.stages[node.index];
        if (stage.isNamed()) // as written, because Podman and Buildah heed the case
            return std::string(stage.writtenName);
        std::string name = suggestName(graph, node.index);
        return nameIn(draft, before, node.index, name).transform([&](Span) { return name; });
    }
    case NodeKind::Image:
        if (node.index < 0 || !std::cmp_less(node.index, graph.images.size()))
            return std::unexpected(Refusal{"This image is no longer there", {}});
        return graph.images[node.index];
    case NodeKind::Context:
        return node.index >= 0 && std::cmp_less(node.index, graph.contexts.size()) ? graph.contexts[node.index] : "";
    case NodeKind::Scratch:
        break;
    }
    return std::unexpected(Refusal{"scratch is empty: there is nothing to take from it", {}});
}

std::optional<Refusal> refusalOfDuplicate(const StageGraph& graph, NodeRef source)
{
    if (source.kind != NodeKind::Stage || !isStage(graph, source.index))
        return std::nullopt;
    const std::string& name = graph.stages[source.index].name;
    if (name.empty() || lastStageNamed(graph, name) == source.index)
        return std::nullopt;
    return Refusal{std::format("Duplicate stage name {}, stage names should be unique", quoted(name)),
                   "Rename one of the two: by this name a COPY takes from the last of them."};
}

} // namespace stagelift::edits
