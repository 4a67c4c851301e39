// SPDX-License-Identifier: GPL-3.0-or-later
//
// Instructions of a stage moved into one of their own ahead of it, on the same base, with all that holds for them; and
// what the stage needs of their files copied back.

#include "core/dockerfile/lines.h"
#include "core/dockerfile/paths.h"
#include "core/edits/copy_words.h"
#include "core/edits/draft.h"
#include "core/edits/names.h"
#include "core/edits/settings.h"
#include "core/edits/stage_block.h"
#include "core/edits/stage_edits.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

using edits::Part;
using edits::partOf;

/// What an intent comes to: `moved` are the instructions that go, ascending.
struct Split {
    const Analysis& before;
    const Stage& stage;
    std::vector<std::size_t> moved;
    std::vector<std::string> survivors; // from / on
    std::string name;

    [[nodiscard]] const Instruction& instruction(std::size_t index) const
    {
        return before.dockerfile.instructions[index];
    }
    [[nodiscard]] bool moves(std::size_t index) const { return std::ranges::binary_search(moved, index); }
};

std::optional<Refusal> refusalOfChoice(const Split& split, std::size_t index)
{
    if (index < split.stage.firstInstruction || index >= split.stage.endInstruction)
        return Refusal{"This instruction is no longer there", {}};
    const Instruction& chosen = split.instruction(index);
    if (chosen.keyword == Keyword::From)
        return Refusal{"A stage can't be without a base", "Choose of what stands behind the FROM."};
    const std::string_view keyword = keywordName(chosen.keyword);
    if (partOf(chosen) == Part::Describe)
        return Refusal{std::format("{} on line {} only describes the image", keyword, chosen.lines.first),
                       "Leave it where it is: in a stage that is copied from it would say nothing."};
    if (partOf(chosen) == Part::Other)
        return Refusal{std::format("unknown instruction: {}", chosen.keywordWord.text), "Mend that line first."};
    return std::nullopt;
}

std::optional<Refusal> refusalOfIntent(const Split& split, const SplitIntent& intent)
{
    if (intent.instructions.empty())
        return Refusal{"No instruction is chosen", "Choose what a stage of its own is to do."};
    for (const std::size_t index : intent.instructions) {
        if (auto refusal = refusalOfChoice(split, index))
            return refusal;
    }
    if (split.moved.empty())
        return Refusal{"None of the chosen instructions makes a file", "Choose a RUN, a COPY or an ADD."};
    bool movesAll = true;
    for (std::size_t index = split.stage.firstInstruction + 1; index < split.stage.endInstruction; ++index)
        movesAll = movesAll && (split.moves(index) || partOf(split.instruction(index)) != Part::Work);
    if (movesAll && split.survivors.empty())
        return Refusal{"The stage would have nothing of what it makes now",
                       "Name the files that it needs of these instructions, or leave one of them."};
    const std::size_t words = split.instruction(split.stage.firstInstruction).args.size();
    if (words != (split.stage.isNamed() ? 3U : 1U))
        return Refusal{"FROM requires either one or three arguments", "Mend the FROM line first."};
    if (auto refusal = edits::refusalOfOpenHeredoc(split.before))
        return refusal;
    return edits::refusalToName(split.before.graph, -1, split.name);
}

/// Where the last of the moved instructions works.
std::string folderOfWork(const Split& split)
{
    const std::span all(split.before.dockerfile.instructions);
    std::string folder;
    for (const int index : split.before.graph.shipped(split.stage.index)) {
        const Stage& stage = split.before.graph.stages[static_cast<std::size_t>(index)];
        const std::size_t end = index == split.stage.index ? split.moved.back() : stage.endInstruction;
        folder = edits::folderBehind(all.subspan(stage.firstInstruction, end - stage.firstInstruction), folder);
    }
    return folder;
}

/// The survivors with their whole paths, each once; or why one has none.
std::optional<Refusal> setSurvivors(Split& split, const std::vector<std::string>& paths)
{
    const std::string folder = folderOfWork(split);
    for (const std::string& path : paths) {
        if (path.empty())
            return Refusal{"COPY requires at least two arguments, but only one was provided. Destination could not be "
                           "determined",
                           "Name what is to be copied."};
        if (!isAbsolutePath(path) && !isAbsolutePath(folder))
            return Refusal{std::format("Nothing tells in which folder {} is: the stage has no WORKDIR", quoted(path)),
                           "Name it from / on."};
        // A slash at the end says that it is a folder, and stays.
        std::string whole = isAbsolutePath(path) ? path : pathFrom(folder, path);
        if (path.ends_with('/') && !whole.ends_with('/'))
            whole += '/';
        if (!std::ranges::contains(split.survivors, whole))
            split.survivors.push_back(std::move(whole));
    }
    return std::nullopt;
}

/// COPY puts what is in a folder, not the folder itself: only files can share a line.
bool canShareLine(std::string_view path)
{
    return looksLikeAFile(path) && !edits::isPattern(path);
}

std::vector<std::vector<std::string>> linesOfSurvivors(const std::vector<std::string>& survivors)
{
    std::vector<std::vector<std::string>> lines;
    for (const std::string& path : survivors) {
        const auto folder = [](std::string_view of) { return of.substr(0, of.rfind('/') + 1); };
        const auto goesAlong = [&](const std::vector<std::string>& line) {
            return canShareLine(path) && canShareLine(line.front()) && folder(line.front()) == folder(path);
        };
        const auto line = std::ranges::find_if(lines, goesAlong);
        if (line == lines.end())
            lines.push_back({path});
        else
            line->push_back(path);
    }
    return lines;
}

std::string copyLines(const Split& split)
{
    const std::string keyword = inTheFilesCase(split.before.dockerfile, "COPY");
    std::string text;
    for (const std::vector<std::string>& paths : linesOfSurvivors(split.survivors)) {
        const bool isFolder = paths.size() > 1 || edits::isPattern(paths.front());
        const std::string destination = edits::defaultDestination(paths);
        const edits::CopyWords words = edits::copyWords(
            paths, isFolder ? edits::asDirectory(destination) : paths.front(), split.before.dockerfile.escape);
        text += std::format("{}{} --from={} {}", text.empty() ? "" : split.before.source.lineEnding(), keyword,
                            split.name, words.text);
    }
    return text;
}

/// The instruction's lines with the comments directly above it, the last line ending left out.
Span linesWithComments(const Split& split, std::size_t index)
{
    const SourceText& source = split.before.source;
    const Instruction& instruction = split.instruction(index);
    const std::uint32_t above = source.lineAt(split.instruction(index - 1).span.end);
    std::uint32_t line = source.lineAt(instruction.span.begin);
    while (line - 1 > above && isCommentLine(source, line - 1))
        --line;
    return {lineBegin(source, source.fullLineSpan(line).begin), instruction.span.end};
}

/// The new stage: what moves, and in between what holds for it.
std::string newStage(const Split& split, const TextEdits& edits)
{
    const SourceText& source = split.before.source;
    const Instruction& from = split.instruction(split.stage.firstInstruction);
    std::string text = std::format("{} {} {}", source.at({from.span.begin, split.stage.baseWord.span.end}),
                                   inTheCaseOf(from.keywordWord.text, "AS"), split.name);
    for (std::size_t index = split.stage.firstInstruction + 1; index <= split.moved.back(); ++index) {
        const Instruction& instruction = split.instruction(index);
        const Part part = partOf(instruction);
        if (split.moves(index))
            text += std::format("{}{}", source.lineEnding(),
                                edits::textWith(source, linesWithComments(split, index), edits));
        else if (part == Part::Setting || part == Part::Folder)
            text += std::format("{}{}", source.lineEnding(),
                                source.at({lineBegin(source, instruction.span.begin), instruction.span.end}));
    }
    return std::format("{0}{1}{1}", text, source.lineEnding());
}

/// The lines that go, those that stand together as one.
std::vector<Span> linesThatGo(const Split& split)
{
    std::vector<Span> gone;
    for (const std::size_t index : split.moved) {
        const Span lines = linesWithComments(split, index);
        if (!gone.empty() && nextLine(split.before.source, gone.back().end) == lines.begin)
            gone.back().end = lines.end;
        else
            gone.push_back(lines);
    }
    return gone;
}

EditOutcome made(const Split& split)
{
    const int builder = split.stage.index;
    edits::Intended intended;
    for (const Stage& stage : split.before.graph.stages)
        intended.stages.push_back(stage.index + (stage.index >= builder ? 1 : 0));
    intended.stageCount = split.before.graph.stages.size() + 1;
    intended.repeatsProblems = true; // a base that only a build argument tells
    intended.ends = [&](const Edge& edge) -> std::vector<int> {
        if (edge.to != builder)
            return {};
        if (edge.kind == EdgeKind::Base || edge.isTrigger)
            return {builder, builder + 1};
        return {split.moves(edge.instruction) ? builder : builder + 1};
    };
    intended.mend = "Choose another name, or other instructions.";

    const TextEdits indices = edits::renumbered(split.before, intended.stages);
    const std::vector<Span> gone = linesThatGo(split);
    edits::Draft draft(split.before);
    edits::addOutside(draft, indices, gone);
    const std::string copies = copyLines(split);
    for (const Span& lines : gone) {
        if (&lines == &gone.front() && !copies.empty())
            draft.replace(lines, copies);
        else
            draft.add(removedLines(split.before.source, lines));
    }
    draft.insert(edits::blockOf(split.before, builder).begin, newStage(split, indices));
    const Instruction& from = split.instruction(split.stage.firstInstruction);
    const auto end = split.stage.baseWord.span.end - from.span.begin +
                     static_cast<std::uint32_t>(std::string_view(" AS ").size() + split.name.size());
    draft.select({end - static_cast<std::uint32_t>(split.name.size()), end});
    return draft.settled(intended);
}

} // namespace

EditOutcome splitStage(const Analysis& before, const SplitIntent& intent)
{
    if (!edits::isStage(before.graph, intent.stage))
        return std::unexpected(Refusal{"This stage is no longer there", {}});
    const std::string_view name = trimmed(intent.name);
    Split split{before,
                before.graph.stages[static_cast<std::size_t>(intent.stage)],
                {},
                {},
                name.empty() ? freeStageName(before.graph, -1, "build") : lowered(name)};
    for (const std::size_t index : intent.instructions) {
        if (index >= split.stage.firstInstruction && index < split.stage.endInstruction &&
            partOf(split.instruction(index)) == Part::Work)
            split.moved.push_back(index);
    }
    std::ranges::sort(split.moved);
    const auto repeated = std::ranges::unique(split.moved);
    split.moved.erase(repeated.begin(), repeated.end());
    if (!split.moved.empty()) {
        if (auto refusal = setSurvivors(split, intent.survivors))
            return std::unexpected(std::move(*refusal));
    }
    if (auto refusal = refusalOfIntent(split, intent))
        return std::unexpected(std::move(*refusal));
    return made(split);
}

} // namespace stagelift
