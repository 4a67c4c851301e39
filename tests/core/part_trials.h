// SPDX-License-Identifier: GPL-3.0-or-later
//
// Trials of what is changed within an instruction or moved as one: the flags and sources of a COPY, the parts of a
// FROM, lines moved. And what has to hold of a remedy, whatever it mends.

#pragma once

#include "core/edits/image_parts.h"
#include "tests/core/edit_trials.h"

namespace stagelift::test {

/// Flags change nothing in the graph; what they come to is read back from the line.
inline Trial flagTrial(const Analysis& before, std::size_t edge, std::string_view flag,
                       const std::optional<std::string>& value)
{
    const auto also = [=, flag = std::string(flag)](const Analysis& after) -> std::string {
        for (const CopyFlag& now : copyFlags(after, edge)) {
            if (now.name == flag && now.isSet() != value.has_value())
                return "the flag is not as it was asked for";
            if (now.name == flag && !now.isBoolean && value && now.values.back() != *value)
                return std::format("the flag says {}", now.values.back());
        }
        return {};
    };
    return {
        "flag", setCopyFlag(before, edge, flag, value), namesOf(before.graph), EdgeLines(before.graph).sorted(), none,
        also};
}

inline Trial excludesTrial(const Analysis& before, std::size_t edge, const std::vector<std::string>& patterns)
{
    const auto also = [=](const Analysis& after) -> std::string {
        const std::vector<CopyFlag> flags = copyFlags(after, edge);
        return flags.empty() || flags.back().values == patterns ? "" : "it leaves out something else";
    };
    return {"excludes",
            setCopyExcludes(before, edge, patterns),
            namesOf(before.graph),
            EdgeLines(before.graph).sorted(),
            none,
            also};
}

inline Trial sourcesTrial(const Analysis& before, std::size_t index, const std::vector<std::string>& paths)
{
    const Edge& changed = before.graph.edges.at(index);
    const EdgeSet leftOut = triggersBeside(changed);
    EdgeLines edges(before.graph);
    edges.without(leftOut).with(
        [&](const Edge& edge) { return edits::shareWords(before, changed, edge) && !leftOut(edge); },
        [&](Edge& edge) { edge.paths = paths; });
    const std::size_t instruction = changed.instruction;
    const auto also = [=](const Analysis& after) -> std::string {
        for (const Edge& edge : after.graph.edges) {
            if (edge.instruction == instruction && edge.kind != EdgeKind::Base && edge.paths != paths)
                return std::format("it takes {} instead", edge.paths.empty() ? "nothing" : edge.paths.front());
        }
        return {};
    };
    return {"sources", setCopySources(before, index, paths), namesOf(before.graph), edges.sorted(), leftOut, also};
}

inline Trial toImageTrial(const Analysis& before, std::size_t index, const std::string& image)
{
    const Edge& changed = before.graph.edges.at(index);
    const bool isBase = changed.kind == EdgeKind::Base;
    const EdgeSet leftOut = isBase ? triggersOf(changed.to) : triggersBeside(changed);
    std::vector<std::string> lines;
    EdgeLines edges(before.graph);
    edges.without(leftOut);
    for (const Edge& edge : before.graph.edges) {
        if (!leftOut(edge) && (isBase ? &edge == &changed : edits::shareWords(before, changed, edge)))
            edges.with(edgeLine(image, edge.to, edge.kind, edge.paths.size(), edge.destination));
    }
    edges.without(
        [&](const Edge& edge) { return isBase ? &edge == &changed : edits::shareWords(before, changed, edge); });
    return {"to image", retargetSourceToImage(before, index, image), namesOf(before.graph), edges.sorted(), leftOut};
}

/// A stage whose FROM comes to another image, whichever part is set.
inline Trial baseTrial(const Analysis& before, std::string_view what, int stage, EditOutcome outcome,
                       const std::string& image)
{
    EdgeLines edges(before.graph);
    edges.without([=](const Edge& edge) { return edge.to == stage && (edge.kind == EdgeKind::Base || edge.isTrigger); })
        .with(edgeLine(image, stage, EdgeKind::Base, 0, ""));
    return {what, std::move(outcome), namesOf(before.graph), edges.sorted(), triggersOf(stage)};
}

inline Trial tagTrial(const Analysis& before, int stage, const std::string& tag)
{
    ImageParts parts = baseParts(before, stage).resolved;
    parts.tag = tag;
    return baseTrial(before, "tag", stage, setTag(before, stage, tag), edits::joined(parts));
}

inline Trial imageTrial(const Analysis& before, int stage, const std::string& image)
{
    const bool isImage = before.graph.stages.at(stage).base.kind == NodeKind::Image;
    ImageParts parts = isImage ? baseParts(before, stage).resolved : ImageParts();
    parts.name = image;
    return baseTrial(before, "image", stage, setImage(before, stage, image), edits::joined(parts));
}

inline Trial platformTrial(const Analysis& before, int stage, const std::optional<std::string>& platform)
{
    const auto also = [=](const Analysis& after) -> std::string {
        return baseParts(after, stage).writtenPlatform == platform.value_or("") ? "" : "the platform is another";
    };
    return {
        "platform", setPlatform(before, stage, platform), namesOf(before.graph), EdgeLines(before.graph).sorted(), none,
        also};
}

/// Lines are moved whole: with all that they bring, and nothing else.
inline Trial moveLinesTrial(const Analysis& before, const std::vector<std::size_t>& instructions, int stage,
                            std::optional<std::uint32_t> place)
{
    const auto isMoved = [&](const Edge& edge) { return std::ranges::contains(instructions, edge.instruction); };
    const bool isTrigger = std::ranges::any_of(
        before.graph.edges, [&](const Edge& edge) { return edge.kind == EdgeKind::OnbuildCopy && isMoved(edge); });
    const bool isOnbuild = std::ranges::any_of(instructions, [&](std::size_t index) {
        const auto& all = before.dockerfile.instructions;
        return index < all.size() && all[index].keyword == Keyword::Onbuild;
    });
    const EdgeSet leftOut =
        isTrigger || isOnbuild ? EdgeSet([](const Edge& edge) { return edge.isTrigger; }) : EdgeSet(none);
    EdgeLines edges(before.graph);
    edges.without(leftOut).with([&](const Edge& edge) { return isMoved(edge) && !leftOut(edge); },
                                [stage](Edge& edge) { edge.to = stage; });
    const std::size_t count = before.dockerfile.instructions.size();
    const auto also = [=](const Analysis& after) -> std::string {
        return after.dockerfile.instructions.size() == count ? "" : "there are other instructions";
    };
    return {"move lines",
            moveInstructions(before, instructions, stage, place),
            namesOf(before.graph),
            edges.sorted(),
            leftOut,
            also};
}

/// What a refusal offers: it undoes as any edit, brings in nothing that is wrong, and does change something.
inline std::string flawOfRemedy(const Analysis& before, const EditResult& remedy)
{
    if (remedy.edits.empty())
        return "the remedy does nothing";
    if (std::string wrong = flawOfText(before.source, remedy); !wrong.empty())
        return std::format("the remedy {}", wrong);
    const auto after = analysisOf(applied(before.source.bytes(), remedy.edits));
    if (after->dockerfile.errors.size() > before.dockerfile.errors.size())
        return "the remedy brings in: " + after->dockerfile.errors.back().message;
    if (after->graph.problems.size() > before.graph.problems.size())
        return "the remedy brings in: " + after->graph.problems.back().message;
    return {};
}

} // namespace stagelift::test
