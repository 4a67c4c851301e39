// SPDX-License-Identifier: GPL-3.0-or-later
//
// Instructions moved with the comment lines directly above them. Of lines that stand one below the other already, the
// blocks that they are moved as are one.

#include "core/dockerfile/lines.h"
#include "core/edits/copy_edits.h"
#include "core/edits/copy_place.h"
#include "core/edits/draft.h"
#include "core/edits/instruction_edits.h"
#include "core/edits/names.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

/// Where the comments begin that stand directly above an instruction; else its own line.
std::uint32_t headOfInstruction(const Analysis& analysis, std::size_t index)
{
    const SourceText& source = analysis.source;
    const auto& instructions = analysis.dockerfile.instructions;
    const std::uint32_t floor = index == 0 ? 0 : source.lineAt(instructions[index - 1].span.end);
    std::uint32_t line = source.lineAt(instructions[index].span.begin);
    while (line > floor + 1 && isCommentLine(source, line - 1))
        --line;
    return std::max(source.fullLineSpan(line).begin, textBegin(source));
}

/// Lines that are moved as one, without the line ending of the last.
struct Block {
    Span lines;
    std::uint32_t firstInstruction = 0; // where the first of them begins
};

std::vector<Block> blocksOf(const Analysis& before, const std::vector<std::size_t>& instructions)
{
    std::vector<Block> blocks;
    for (const std::size_t index : instructions) {
        const Span span = before.dockerfile.instructions[index].span;
        const std::uint32_t head = headOfInstruction(before, index);
        if (!blocks.empty() && nextLine(before.source, blocks.back().lines.end) == head)
            blocks.back().lines.end = span.end;
        else
            blocks.push_back({{head, span.end}, span.begin});
    }
    return blocks;
}

/// Where an instruction usually stands: a COPY behind the others, what only describes the image at the end.
std::uint32_t usualPlace(const Analysis& before, std::size_t instruction, int stage)
{
    constexpr std::array kWorking{Keyword::Run, Keyword::Arg, Keyword::Env, Keyword::Workdir, Keyword::Shell};
    const Keyword keyword = before.dockerfile.instructions[instruction].keyword;
    if (keyword == Keyword::Copy || keyword == Keyword::Add)
        return copyPlace(before, stage);
    return std::ranges::contains(kWorking, keyword) ? edits::placeOfWork(before, stage)
                                                    : instructionPlaces(before, stage).back().offset;
}

std::optional<Refusal> refusalToMove(const Analysis& before, const std::vector<std::size_t>& instructions, int stage)
{
    const auto& all = before.dockerfile.instructions;
    if (!edits::isStage(before.graph, stage))
        return Refusal{"This stage is no longer there", {}};
    if (instructions.empty() || instructions.back() >= all.size())
        return Refusal{"This instruction is no longer there", {}};
    if (std::ranges::any_of(instructions, [&](std::size_t index) { return all[index].keyword == Keyword::From; }))
        return Refusal{"A FROM begins a stage: it can't be moved alone", "Move the stage instead."};
    if (instructions.front() < before.graph.stages.front().firstInstruction)
        return Refusal{"An ARG ahead of the first FROM is for the FROM lines: in a stage they would not see it",
                       "Declare it in the stage by an ARG of its own."};
    // What stands behind one is told by its letters only: in another place it may be a part of the heredoc.
    if (!before.dockerfile.resumed.empty())
        return Refusal{"unterminated heredoc", "Close the heredoc first."};
    return std::nullopt;
}

/// The text of all the blocks, and in it where the first instruction begins.
std::pair<std::string, std::uint32_t> textOf(const Analysis& before, const std::vector<Block>& blocks)
{
    std::string text;
    for (const Block& block : blocks)
        text += std::format("{}{}", text.empty() ? "" : before.source.lineEnding(), before.source.at(block.lines));
    return {std::move(text), blocks.front().firstInstruction - blocks.front().lines.begin};
}

void moveBlocks(edits::Draft& draft, const Analysis& before, const std::vector<Block>& blocks, std::uint32_t place)
{
    const SourceText& source = before.source;
    const auto [text, first] = textOf(before, blocks);
    const auto size = static_cast<std::uint32_t>(text.size());
    const auto reachesPlace = [&](const Block& block) {
        return block.lines.begin <= place && place <= nextLine(source, block.lines.end);
    };
    const auto there = std::ranges::find_if(blocks, reachesPlace);
    for (const Block& block : blocks) {
        if (there == blocks.end() || &block != &*there)
            draft.add(removedLines(source, block.lines));
    }
    if (there != blocks.end()) { // the others come to where one of them is
        draft.replace(there->lines, text);
        draft.select({first, size});
        return;
    }
    draft.add(insertedLines(source, place, text));
    const auto owed = static_cast<std::uint32_t>(lineEndingOwed(source, place).size());
    draft.select({owed + first, owed + size});
}

} // namespace

std::vector<InstructionPlace> instructionPlaces(const Analysis& analysis, int stage)
{
    std::vector<InstructionPlace> places;
    if (!edits::isStage(analysis.graph, stage))
        return places;
    const Stage& owner = analysis.graph.stages[stage];
    for (std::size_t index = owner.firstInstruction + 1; index < owner.endInstruction; ++index)
        places.push_back({headOfInstruction(analysis, index), index});
    places.push_back({nextLine(analysis.source, edits::tailOfStage(analysis, stage)), std::nullopt});
    return places;
}

EditOutcome moveInstruction(const Analysis& before, std::size_t instruction, int stage,
                            std::optional<std::uint32_t> place)
{
    return moveInstructions(before, {instruction}, stage, place);
}

EditOutcome moveInstructions(const Analysis& before, std::vector<std::size_t> instructions, int stage,
                             std::optional<std::uint32_t> place)
{
    std::ranges::sort(instructions);
    instructions.erase(std::ranges::unique(instructions).begin(), instructions.end());
    if (auto refusal = refusalToMove(before, instructions, stage))
        return std::unexpected(std::move(*refusal));
    const std::uint32_t line =
        edits::placeWithin(before, stage, place.value_or(usualPlace(before, instructions.front(), stage)));
    const std::vector<Block> blocks = blocksOf(before, instructions);
    const Block& only = blocks.front();
    const bool isThere = only.lines.begin <= line && line <= nextLine(before.source, only.lines.end);
    const auto isOfStage = [&](std::size_t index) {
        const Stage& target = before.graph.stages[stage];
        return target.firstInstruction < index && index < target.endInstruction;
    };
    if (blocks.size() == 1 && isThere && std::ranges::all_of(instructions, isOfStage))
        return EditResult{};

    edits::Draft draft(before);
    moveBlocks(draft, before, blocks, line);
    edits::Intended intended;
    const auto isMoved = [&](const Edge& edge) { return std::ranges::binary_search(instructions, edge.instruction); };
    intended.ends = [&](const Edge& edge) { return isMoved(edge) ? std::vector{stage} : std::vector<int>(); };
    intended.changes = [&](const Edge& edge) { return edge.isTrigger && isMoved(edge); }; // by an ONBUILD that moves
    intended.isOwnLine = true;
    intended.objection = [&](const Dockerfile& after, const StageGraph&) -> std::optional<Refusal> {
        if (after.instructions.size() == before.dockerfile.instructions.size())
            return std::nullopt;
        return Refusal{"The lines would be read as other instructions there", "Choose another place."};
    };
    return draft.settled(intended);
}

} // namespace stagelift
