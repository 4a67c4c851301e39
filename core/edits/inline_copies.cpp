// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/inline_copies.h"

#include "core/dockerfile/lines.h"
#include "core/dockerfile/paths.h"
#include "core/edits/copy_words.h"
#include "core/edits/draft.h"
#include "core/edits/settings.h"
#include "core/edits/stage_block.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <expected>
#include <format>
#include <span>
#include <string>

namespace stagelift::edits {

namespace {

using Instructions = std::span<const Instruction>;

/// The two stages, each cut where the COPYs stand.
struct Merge {
    const Analysis& before;
    const Stage& source;
    const Stage& target;
    Instructions work;   // of the source, behind its FROM
    Instructions ahead;  // of the target, between its FROM and the first COPY
    Instructions copies; // from the first COPY to the last
    Instructions behind;

    [[nodiscard]] std::string label(const Stage& stage) const { return before.graph.label(stageNode(stage.index)); }
};

Merge mergeOf(const Analysis& before, int stage, const std::vector<std::size_t>& copies)
{
    const Edge& first = before.graph.edges[copies.front()];
    const Edge& last = before.graph.edges[copies.back()];
    const Stage& source = before.graph.stages[static_cast<std::size_t>(stage)];
    const Stage& target = before.graph.stages[static_cast<std::size_t>(first.to)];
    const Instructions all(before.dockerfile.instructions);
    const auto between = [&](std::size_t begin, std::size_t end) { return all.subspan(begin, end - begin); };
    return {before,
            source,
            target,
            between(source.firstInstruction + 1, source.endInstruction),
            between(target.firstInstruction + 1, first.instruction),
            between(first.instruction, last.instruction + 1),
            between(last.instruction + 1, target.endInstruction)};
}

std::optional<Refusal> refusalOfBases(const Merge& merge)
{
    const std::string source = merge.label(merge.source);
    const std::string target = merge.label(merge.target);
    if (merge.source.base != merge.target.base)
        return Refusal{
            std::format("\"{}\" is built on {}, and \"{}\" on {}", source, merge.source.baseName, target,
                        merge.target.baseName),
            "Build both on the same base first, or keep the COPY: it leaves behind what only a build needs."};
    if (merge.source.platform != merge.target.platform)
        return Refusal{std::format("\"{}\" and \"{}\" are built for different platforms", source, target),
                       "Give both the same --platform first."};
    return std::nullopt;
}

/// What a COPY does beside bringing files to where they were.
std::optional<Refusal> refusalOfFlags(const Instruction& copy)
{
    for (const Flag& flag : copy.flags) {
        if (flag.name != "from" && flag.name != "link")
            return Refusal{
                std::format("The COPY on line {} does more than bring files: --{}", copy.lines.first, flag.name),
                std::format("Take --{} off it, and do the same with a RUN.", flag.name)};
    }
    return std::nullopt;
}

/// A folder is copied by what is in it, a file as itself: only a slash at the end and an ending tell one from the
/// other.
bool isCopiedOntoItself(std::string_view path, std::string_view destination, bool isAlone, std::string_view folder)
{
    const std::string from = pathFrom("/", path);
    const std::string to = isAbsolutePath(destination) ? pathFrom("/", destination) : pathFrom(folder, destination);
    const bool isIntoFolder = !isAlone || destination.ends_with('/') || lastPart(destination) == ".";
    if (isPattern(path))
        return false;
    if (!isIntoFolder)
        return from == to;
    if (looksLikeAFile(path))
        return from.substr(0, from.rfind('/')) == (to == "/" ? "" : to);
    return from == to && isAlone;
}

std::optional<Refusal> refusalOfPaths(const Merge& merge, const std::vector<std::size_t>& copies)
{
    const std::string folder = folderBehind(merge.ahead, {});
    for (const std::size_t index : copies) {
        const Edge& edge = merge.before.graph.edges[index];
        const bool isTold = isAbsolutePath(edge.destination) || isAbsolutePath(folder);
        for (const std::string& path : edge.paths) {
            if (isTold && isCopiedOntoItself(path, edge.destination, edge.paths.size() == 1, folder))
                continue;
            return Refusal{std::format("Line {} copies {} to {}: within one stage nothing says that this is the same "
                                       "place",
                                       edge.lines.first, quoted(path), quoted(edge.destination)),
                           std::format("Let \"{}\" make it where \"{}\" has it, and write both paths from / on.",
                                       merge.label(merge.source), merge.label(merge.target))};
        }
    }
    return std::nullopt;
}

std::vector<const Instruction*> settingsIn(Instructions instructions)
{
    std::vector<const Instruction*> settings;
    for (const Instruction& instruction : instructions) {
        if (partOf(instruction) == Part::Setting)
            settings.push_back(&instruction);
    }
    return settings;
}

/// One sets what the other does not, or not then.
std::optional<Refusal> refusalOfSettings(const Merge& merge)
{
    const auto own = settingsIn(merge.work);
    const auto theirs = settingsIn(merge.ahead);
    const auto same = [](const Instruction* left, const Instruction* right) {
        return meaningOf(*left) == meaningOf(*right);
    };
    const auto [differs, other] = std::ranges::mismatch(own, theirs, same);
    if (differs != own.end() || other != theirs.end()) {
        const bool isOwn = differs != own.end();
        const std::string setting = settingInWords(isOwn ? **differs : **other);
        return Refusal{std::format("\"{}\" sets {}, and \"{}\" does not have the same ahead of its COPY",
                                   merge.label(isOwn ? merge.source : merge.target), setting,
                                   merge.label(isOwn ? merge.target : merge.source)),
                       "Let both say the same first, as the RUNs of both would see it."};
    }
    if (own.empty())
        return std::nullopt;
    const auto work = std::ranges::find(merge.work, Part::Work, partOf);
    if (work == merge.work.end() || &*work > own.back())
        return std::nullopt;
    return Refusal{std::format("\"{}\" sets {} behind its first {}", merge.label(merge.source),
                               settingInWords(*own.back()), keywordName(work->keyword)),
                   "Move it ahead of that first: in one stage it would hold from the beginning."};
}

struct FolderPlan {
    const Instruction* needless = nullptr; // a WORKDIR that says what holds already
    std::string restored;                  // the folder to go back to; "" for none
};

/// What comes behind goes to a folder of its own before it does anything.
bool goesToItsFolder(Instructions behind)
{
    for (const Instruction& instruction : behind) {
        if (partOf(instruction) == Part::Folder)
            return isAbsoluteFolder(instruction);
        if (partOf(instruction) == Part::Work)
            return false;
    }
    return false;
}

std::expected<FolderPlan, Refusal> planOfFolders(const Merge& merge)
{
    const std::string source = merge.label(merge.source);
    const std::string target = merge.label(merge.target);
    const std::string ahead = folderBehind(merge.ahead, {});
    const auto first = std::ranges::find_if(merge.work, [](const Instruction& instruction) {
        return partOf(instruction) == Part::Work || partOf(instruction) == Part::Folder;
    });
    const bool hasOwn = first != merge.work.end() && isAbsoluteFolder(*first);
    if (!ahead.empty() && !hasOwn && first != merge.work.end())
        return std::unexpected(Refusal{std::format("\"{}\" begins in the folder of its base, and the COPY stands in {}",
                                                   source, ahead == kUnknown ? "another" : ahead),
                                       std::format("Begin \"{}\" with a WORKDIR.", source)});
    FolderPlan plan;
    if (hasOwn && folderBehind(std::span(first, 1), {}) == ahead)
        plan.needless = &*first;
    const std::string end = folderBehind(merge.work, ahead);
    if (end == ahead && end != kUnknown)
        return plan;
    if (isAbsolutePath(ahead))
        plan.restored = ahead;
    else if (!goesToItsFolder(merge.behind))
        return std::unexpected(Refusal{
            std::format("\"{}\" ends in the folder {}, and \"{}\" goes on in that of its base", source, end, target),
            std::format("Give \"{}\" a WORKDIR first.", target)});
    return plan;
}

/// Without empty lines at its begin and its end, nor the last line ending.
std::string_view withoutEmptyLines(std::string_view text)
{
    const auto first = text.find_first_not_of("\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of("\r\n") + 1 - first);
}

/// The lines of the source that do something, as they come in place of the COPY.
std::string inlinedLines(const Merge& merge, const FolderPlan& plan, TextEdits edits)
{
    const SourceText& source = merge.before.source;
    const Span block = blockOf(merge.before, merge.source.index);
    for (const Instruction& instruction : merge.work) {
        const Part part = partOf(instruction);
        if (part == Part::Setting || part == Part::Describe || &instruction == plan.needless)
            edits.push_back(removedLines(source, instruction.span));
    }
    const Instruction& from = merge.before.dockerfile.instructions[merge.source.firstInstruction];
    const std::string comments(source.at({block.begin, lineBegin(source, from.span.begin)}));
    const Span body{nextLine(source, from.span.end), nextLine(source, block.end)};
    std::string lines = body.begin < body.end ? textWith(source, body, edits) : std::string();
    lines = withoutEmptyLines(lines);
    if (!plan.restored.empty() && !lines.empty())
        lines += std::format("{}{} {}", source.lineEnding(), inTheFilesCase(merge.before.dockerfile, "WORKDIR"),
                             plan.restored);
    return std::string(withoutEmptyLines(comments + lines));
}

/// The comments that stand between the COPYs, each with the line ending ahead of it.
std::string commentsBetween(const Merge& merge)
{
    const SourceText& source = merge.before.source;
    std::string comments;
    for (std::size_t next = 1; next < merge.copies.size(); ++next) {
        const std::uint32_t below = source.lineAt(merge.copies[next].span.begin);
        for (std::uint32_t line = source.lineAt(merge.copies[next - 1].span.end) + 1; line < below; ++line)
            comments += std::format("{}{}", source.lineEnding(), source.at(source.lineSpan(line)));
    }
    return comments;
}

EditOutcome merged(const Merge& merge, const FolderPlan& plan)
{
    const int source = merge.source.index;
    const int target = merge.target.index;
    Intended intended;
    for (const Stage& stage : merge.before.graph.stages)
        intended.stages.push_back(stage.index == source ? target - 1 : stage.index - (stage.index > source ? 1 : 0));
    intended.stageCount = merge.before.graph.stages.size() - 1;
    intended.changes = [source](const Edge& edge) {
        return edge.from == stageNode(source) || (edge.to == source && (edge.kind == EdgeKind::Base || edge.isTrigger));
    };
    intended.mend = "Keep the stage, or move its instructions by hand.";

    std::vector<int> numbers = intended.stages;
    numbers[static_cast<std::size_t>(source)] = -1;
    const SourceText& text = merge.before.source;
    const TextEdits indices = renumbered(merge.before, numbers);
    const Span gone = linesOfStage(merge.before, source);
    const Span copies{lineBegin(text, merge.copies.front().span.begin), merge.copies.back().span.end};
    const std::string lines =
        std::string(withoutEmptyLines(inlinedLines(merge, plan, indices) + commentsBetween(merge)));
    Draft draft(merge.before);
    addOutside(draft, indices, std::array{gone, copies});
    draft.add(removedLines(text, gone));
    if (lines.empty())
        draft.add(removedLines(text, copies));
    else
        draft.replace(copies, lines);
    draft.select({});
    return draft.settled(intended);
}

} // namespace

EditOutcome inlinedCopies(const Analysis& before, int stage, const std::vector<std::size_t>& copies)
{
    const Merge merge = mergeOf(before, stage, copies);
    if (auto refusal = refusalOfBases(merge))
        return std::unexpected(std::move(*refusal));
    for (const Instruction& instruction : merge.copies) {
        const auto isIt = [&](std::size_t edge) {
            return &before.dockerfile.instructions[before.graph.edges[edge].instruction] == &instruction;
        };
        if (std::ranges::none_of(copies, isIt))
            return std::unexpected(
                Refusal{std::format("Line {} stands between the COPYs from \"{}\", and may change what they bring",
                                    instruction.lines.first, merge.label(merge.source)),
                        "Put the COPYs one behind the other first."});
        if (auto refusal = refusalOfFlags(instruction))
            return std::unexpected(std::move(*refusal));
    }
    if (auto refusal = refusalOfPaths(merge, copies))
        return std::unexpected(std::move(*refusal));
    if (auto refusal = refusalOfSettings(merge))
        return std::unexpected(std::move(*refusal));
    const auto plan = planOfFolders(merge);
    if (!plan)
        return std::unexpected(plan.error());
    return merged(merge, *plan);
}

} // namespace stagelift::edits
