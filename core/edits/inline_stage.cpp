// SPDX-License-Identifier: GPL-3.0-or-later
//
// A stage made a part of the one that uses it. Where that one is built FROM it, the FROM between them goes, and the
// first takes on the second's name. What BuildKit does at that FROM has to be done by hand: ONBUILD works there, an ENV
// holds again over an ARG of its name, and an ENTRYPOINT forgets the CMD of a base (dockerfile2llb/convert.go:
// initOnBuildTriggers, dispatchEntrypoint; dispatchState.init).

#include "core/dockerfile/lines.h"
#include "core/edits/copy_place.h"
#include "core/edits/draft.h"
#include "core/edits/inline_copies.h"
#include "core/edits/names.h"
#include "core/edits/references.h"
#include "core/edits/sequence.h"
#include "core/edits/stage_block.h"
#include "core/edits/stage_edits.h"
#include "core/stages/expand.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>
#include <iterator>
#include <span>

namespace stagelift {

namespace {

std::span<const Instruction> behindFrom(const Analysis& analysis, int stage)
{
    const Stage& owner = analysis.graph.stages[static_cast<std::size_t>(stage)];
    return std::span(analysis.dockerfile.instructions)
        .subspan(owner.firstInstruction + 1, owner.endInstruction - owner.firstInstruction - 1);
}

/// What a stage does: what the ONBUILDs of the stage below it wait with, and then its own instructions.
std::vector<const Instruction*> commandsOf(const Analysis& analysis, int stage)
{
    std::vector<const Instruction*> commands;
    const NodeRef base = analysis.graph.stages[static_cast<std::size_t>(stage)].base;
    if (base.kind == NodeKind::Stage) {
        for (const Instruction& instruction : behindFrom(analysis, base.index)) {
            if (instruction.keyword == Keyword::Onbuild && instruction.child)
                commands.push_back(instruction.child.get());
        }
    }
    for (const Instruction& instruction : behindFrom(analysis, stage))
        commands.push_back(&instruction);
    return commands;
}

/// `instruction` of a base says nothing any more where its heir does one of these.
bool isOverruled(const Instruction& instruction, const std::vector<const Instruction*>& heir)
{
    const auto has = [&](Keyword keyword) {
        return std::ranges::contains(heir, keyword, [](const Instruction* each) { return each->keyword; });
    };
    switch (instruction.keyword) {
    case Keyword::Cmd:
        return has(Keyword::Cmd) || has(Keyword::Entrypoint);
    case Keyword::Entrypoint:
    case Keyword::Healthcheck:
        return has(instruction.keyword);
    default:
        return false;
    }
}

/// The variables that an ENV or an ARG sets.
std::vector<std::string_view> variablesOf(const Instruction& instruction, Keyword keyword)
{
    std::vector<std::string_view> names;
    if (instruction.keyword != keyword)
        return names;
    const std::size_t words = keyword == Keyword::Env ? 3 : 1; // key, value and separator; or a definition
    for (std::size_t at = 0; at < instruction.args.size(); at += words)
        names.push_back(definitionFrom(instruction.args[at].text).name);
    return names;
}

/// An ARG goes from a stage to the one built on it as it does within a stage. But behind a FROM the ENVs of the base
/// hold again over the ARGs of their names, be they of the stage or of one below it.
std::optional<Refusal> refusalOfHiddenVariable(const Analysis& before, int stage)
{
    std::vector<std::string_view> set;
    for (const int each : before.graph.shipped(stage)) { // from the lowest on, the stage itself last
        for (const Instruction* instruction : commandsOf(before, each)) {
            std::ranges::copy(variablesOf(*instruction, Keyword::Env), std::back_inserter(set));
            for (const std::string_view name : variablesOf(*instruction, Keyword::Arg)) {
                if (each == stage && std::ranges::contains(set, name))
                    return Refusal{
                        std::format("\"{0}\" has an ARG {1} behind an ENV {1}, which holds again behind a FROM",
                                    before.graph.label(stageNode(stage)), name),
                        "Give the ARG another name first."};
            }
        }
    }
    return std::nullopt;
}

/// What the ONBUILDs of a stage do, as lines of the stage built on it.
std::string triggeredLines(const Analysis& before, int stage, const TextEdits& edits)
{
    std::string lines;
    for (const Instruction& instruction : behindFrom(before, stage)) {
        if (instruction.keyword != Keyword::Onbuild || !instruction.child)
            continue;
        const Span span{instruction.child->span.begin, instruction.span.end};
        lines += std::format("{}{}", lines.empty() ? "" : before.source.lineEnding(),
                             edits::textWith(before.source, span, edits));
    }
    return lines;
}

/// The FROM, and the empty lines above it where nothing or an empty line stands below it.
Span spanOfFrom(const Analysis& before, int heir)
{
    const SourceText& source = before.source;
    const Span from =
        before.dockerfile.instructions[before.graph.stages[static_cast<std::size_t>(heir)].firstInstruction].span;
    std::uint32_t line = source.lineAt(from.begin);
    const bool takesGap = behindFrom(before, heir).empty() || isBlankLine(source, source.lineAt(from.end) + 1);
    while (takesGap && isBlankLine(source, line - 1))
        --line;
    return {std::max(source.lineSpan(line).begin, textBegin(source)), from.end};
}

/// Writes the heir's name into the FROM that stays.
void takeOverName(edits::Draft& draft, const Stage& stage, const Stage& heir)
{
    if (heir.isNamed()) {
        draft.replace(stage.nameSpan, std::string(heir.writtenName));
        draft.select({0, static_cast<std::uint32_t>(heir.writtenName.size())});
    } else {
        draft.replace({stage.baseWord.span.end, stage.nameSpan.end}, {});
        draft.select({});
    }
}

/// A stage and the one directly behind it, which is built on it, as one.
EditOutcome joined(const Analysis& before, int stage)
{
    const int heir = stage + 1;
    edits::Intended intended;
    for (const Stage& other : before.graph.stages)
        intended.stages.push_back(other.index - (other.index > stage ? 1 : 0));
    intended.stageCount = before.graph.stages.size() - 1;
    intended.changes = [stage, heir](const Edge& edge) {
        return edge.to == heir && (edge.from == stageNode(stage) || edge.isTrigger);
    };
    intended.mend = "Keep the stage, or move its instructions by hand.";

    const SourceText& source = before.source;
    const TextEdits indices = edits::renumbered(before, intended.stages);
    const std::string triggered = triggeredLines(before, stage, indices);
    const std::vector<const Instruction*> commands = commandsOf(before, heir);
    std::vector<Span> gone;
    for (const Instruction& instruction : behindFrom(before, stage)) {
        if (instruction.keyword == Keyword::Onbuild || isOverruled(instruction, commands))
            gone.push_back(instruction.span);
    }
    const Span from = spanOfFrom(before, heir);
    edits::Draft draft(before);
    edits::addOutside(draft, indices, gone);
    if (triggered.empty())
        gone.push_back(from);
    else
        draft.replace(from, triggered);
    for (TextEdit& edit : removedLines(source, gone))
        draft.add(std::move(edit));
    takeOverName(draft, before.graph.stages[static_cast<std::size_t>(stage)],
                 before.graph.stages[static_cast<std::size_t>(heir)]);
    return draft.settled(intended);
}

EditOutcome inlinedBase(const Analysis& before, int stage, int heir)
{
    if (auto refusal = refusalOfHiddenVariable(before, stage))
        return std::unexpected(std::move(*refusal));
    const std::array<EditStep, 2> steps{
        [=](const Analysis& now) { return moveStageTo(now, stage, heir); },
        [=](const Analysis& now) { return joined(now, heir - 1); },
    };
    return inSequence(before, steps);
}

std::optional<Refusal> refusalOfUses(const Analysis& before, int stage, const std::vector<std::size_t>& uses)
{
    const StageGraph& graph = before.graph;
    const std::string label = graph.label(stageNode(stage));
    if (uses.empty())
        return Refusal{std::format("Nothing takes from \"{}\"", label), "Remove the stage instead."};
    const Edge& first = graph.edges[uses.front()];
    for (const std::size_t use : uses) {
        const Edge& edge = graph.edges[use];
        const std::string user = graph.label(stageNode(edge.to));
        if (edge.broken)
            return Refusal{std::format("cannot copy from stage {}, it needs to be defined before current stage {}",
                                       quoted(edge.spec), quoted(edits::stageName(graph, edge.to))),
                           std::format("Move \"{}\" above \"{}\" first.", label, user)};
        if (edge.to != first.to)
            return Refusal{std::format("\"{}\" and \"{}\" both need it", graph.label(stageNode(first.to)), user),
                           "A stage can become a part of one other only: keep it, or let one of the two do without."};
        if (edge.isTrigger)
            return Refusal{std::format("An ONBUILD needs it, on line {}", before.source.lineAt(edge.specSpan.begin)),
                           "Write a COPY into the stage instead of the ONBUILD first."};
        if (edge.kind == EdgeKind::Mount)
            return Refusal{std::format("A RUN mounts it, on line {}, and what is mounted stays out of the image",
                                       edge.lines.first),
                           "Keep the stage, or copy from it instead."};
        if (edge.kind != EdgeKind::Base && first.kind == EdgeKind::Base)
            return Refusal{
                std::format("\"{}\" is built on it and copies from it too, on line {}", user, edge.lines.first),
                "Take out that COPY first: what it brings is there already, or can be put there by a RUN."};
    }
    return std::nullopt;
}

} // namespace

EditOutcome inlineStage(const Analysis& before, int stage)
{
    if (!edits::isStage(before.graph, stage))
        return std::unexpected(Refusal{"This stage is no longer there", {}});
    for (const edits::Reference& reference : edits::referencesTo(before, stage)) {
        if (reference.edge == nullptr)
            return std::unexpected(
                Refusal{std::format("An ONBUILD needs it, on line {}", before.source.lineAt(reference.span.begin)),
                        "Take out the ONBUILD first."});
    }
    std::vector<std::size_t> uses;
    for (std::size_t index = 0; index < before.graph.edges.size(); ++index) {
        if (before.graph.edges[index].from == stageNode(stage))
            uses.push_back(index);
    }
    if (auto refusal = refusalOfUses(before, stage, uses))
        return std::unexpected(std::move(*refusal));
    if (auto refusal = edits::refusalOfOpenHeredoc(before))
        return std::unexpected(std::move(*refusal));
    const Edge& first = before.graph.edges[uses.front()];
    return first.kind == EdgeKind::Base ? inlinedBase(before, stage, first.to)
                                        : edits::inlinedCopies(before, stage, uses);
}

} // namespace stagelift
