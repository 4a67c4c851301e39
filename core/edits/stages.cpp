// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/lines.h"
#include "core/edits/base.h"
#include "core/edits/draft.h"
#include "core/edits/edits.h"
#include "core/edits/names.h"
#include "core/edits/stage_block.h"
#include "core/text/characters.h"

#include <array>
#include <format>

namespace stagelift {

namespace {

/// What stands above a new stage: an empty line, unless there is one or nothing to be kept apart from.
std::string_view gapAbove(const SourceText& source)
{
    const std::string_view bytes = source.bytes();
    if (bytes.size() <= textBegin(source))
        return {};
    const std::uint32_t last = source.lineCount();
    const bool ended = bytes.ends_with('\n');
    const bool apart = isBlankLine(source, ended ? last - 1 : last);
    return apart ? std::string_view() : source.lineEnding();
}

/// A stage that names the base of another, or a file in it, can't go.
std::optional<Refusal> refusalToRemove(const StageGraph& graph, int stage)
{
    if (graph.stages.size() == 1)
        return Refusal{"dockerfile contains no stages to build", "A Dockerfile needs one stage at least."};
    for (const Edge& edge : graph.edges) {
        if (edge.from != stageNode(stage) || edge.to == stage)
            continue;
        const std::string needing = graph.label(stageNode(edge.to));
        return Refusal{std::format("\"{}\" needs it, on line {}", needing, edge.lines.first),
                       std::format("Remove that line of \"{}\" first, or let it take from elsewhere.", needing)};
    }
    return std::nullopt;
}

} // namespace

EditOutcome addStage(const Analysis& before, std::string_view base, std::string_view name)
{
    const StageGraph& graph = before.graph;
    const auto index = static_cast<int>(graph.stages.size());
    const auto spelled = edits::baseAsWritten(graph, index, trimmed(base));
    if (!spelled)
        return std::unexpected(spelled.error());
    const std::string stageName = lowered(name);
    if (!stageName.empty()) {
        if (auto refusal = edits::refusalToName(graph, -1, stageName))
            return std::unexpected(std::move(*refusal));
    }
    const SourceText& source = before.source;
    const auto end = static_cast<std::uint32_t>(source.bytes().size());
    const std::string head = std::format("{}{} ", gapAbove(source), inTheFilesCase(before.dockerfile, "FROM"));
    const std::string as = std::format(" {} ", inTheFilesCase(before.dockerfile, "AS"));
    const std::string line =
        stageName.empty() ? head + *spelled : std::format("{}{}{}{}", head, *spelled, as, stageName);

    edits::Draft draft(before);
    draft.add(insertedLines(source, end, line));
    const auto owed = static_cast<std::uint32_t>(lineEndingOwed(source, end).size());
    const auto lineEnd = owed + static_cast<std::uint32_t>(line.size());
    draft.select(
        {lineEnd - static_cast<std::uint32_t>(stageName.empty() ? spelled->size() : stageName.size()), lineEnd});
    edits::Intended intended;
    intended.isOwnLine = true;
    intended.stageCount = graph.stages.size() + 1;
    if (!stageName.empty())
        intended.mend = "Choose another name.";
    return draft.settled(intended);
}

namespace edits {

EditOutcome stageTakenOut(const Analysis& before, int stage)
{
    if (!isStage(before.graph, stage))
        return std::unexpected(Refusal{"This stage is no longer there", {}});
    if (auto refusal = refusalToRemove(before.graph, stage))
        return std::unexpected(std::move(*refusal));

    const Span gone = linesOfStage(before, stage);
    Intended intended;
    for (const Stage& other : before.graph.stages)
        intended.stages.push_back(other.index == stage ? -1 : other.index - (other.index > stage ? 1 : 0));
    intended.stageCount = before.graph.stages.size() - 1;
    Draft draft(before);
    addOutside(draft, renumbered(before, intended.stages), std::array{gone});
    draft.add(removedLines(before.source, gone));
    draft.select({});
    return draft.settled(intended);
}

} // namespace edits

} // namespace stagelift
