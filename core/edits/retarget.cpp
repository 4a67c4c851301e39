// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/copy_source.h"
#include "core/dockerfile/lines.h"
#include "core/edits/base.h"
#include "core/edits/copy_place.h"
#include "core/edits/draft.h"
#include "core/edits/edits.h"
#include "core/edits/expanded_words.h"
#include "core/edits/flags.h"
#include "core/edits/names.h"
#include "core/edits/naming.h"
#include "core/edits/order_remedy.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

const Refusal kGone{"This connection is no longer there", {}};

/// What ADD does beyond COPY; with one of these it can't become a COPY.
constexpr std::array<std::string_view, 3> kAddOnly{"checksum", "keep-git-dir", "unpack"};

std::optional<Refusal> refusalOfAdd(const Analysis& before, const Instruction& add)
{
    constexpr std::string_view kMend = "Add a COPY of its own for the files of the stage.";
    const auto addOnly = [](const Flag& flag) { return std::ranges::contains(kAddOnly, flag.name); };
    if (std::ranges::any_of(add.flags, addOnly))
        return Refusal{"ADD takes nothing from a stage, and this one does what COPY can't", std::string(kMend)};
    for (const std::string& source : edits::sourcesOf(before, add)) {
        if (auto refusal = edits::refusalOfRemote(source))
            return Refusal{std::move(refusal->reason), std::string(kMend)};
        if (isArchiveName(source))
            return Refusal{std::format("ADD unpacks {}, and a COPY would not", quoted(source)), std::string(kMend)};
    }
    return std::nullopt;
}

/// COPY [--from=x] …: sets, puts in or takes out the flag. An ADD becomes a COPY, because ADD knows no --from.
std::optional<Refusal> setCopySource(edits::Draft& draft, const Analysis& before, const Instruction& line,
                                     const std::string& reference)
{
    const Instruction& copy = edits::acting(line);
    const Flag* from = copy.flag("from");
    if (!copy.heredocs.empty() || !line.heredocs.empty())
        return Refusal{"A COPY of a heredoc takes its file from the Dockerfile itself", {}};
    if (from && reference.empty()) {
        draft.add(edits::removedFlag(before, line, *from));
        draft.select({});
    } else if (from) {
        draft.replace(from->value.span, reference);
        draft.select({0, static_cast<std::uint32_t>(reference.size())});
    } else if (!reference.empty()) {
        const bool isAdd = copy.keyword == Keyword::Add;
        if (isAdd) {
            if (auto refusal = refusalOfAdd(before, copy))
                return refusal;
        }
        const std::string keyword =
            isAdd ? inTheCaseOf(copy.keywordWord.text, "COPY") : std::string(copy.keywordWord.text);
        draft.replace(copy.keywordWord.span, std::format("{} --from={}", keyword, reference));
        const auto begin = static_cast<std::uint32_t>(keyword.size() + std::string_view(" --from=").size());
        draft.select({begin, begin + static_cast<std::uint32_t>(reference.size())});
    }
    return std::nullopt;
}

/// RUN --mount=…: sets, puts in or takes out `from=`.
std::optional<Refusal> setMountSource(edits::Draft& draft, const Analysis& before, const Edge& edge,
                                      const std::string& reference)
{
    const Flag* mount = edits::mountOf(before, edge);
    if (!mount)
        return Refusal{"This connection is no longer there", {}};
    const Mount fields = readMount(before.dockerfile, *mount);
    const MountField* from = fields.field("from");
    if (reference.empty() && fields.type() != "bind")
        return Refusal{"Only a bind mount can come from the build context", "Make it a mount of type=bind first."};
    if (reference.empty() && from) {
        draft.add(edits::removedField(before, fields, *from));
        draft.select({});
    } else if (from) {
        draft.replace(from->value.span, reference);
        draft.select({0, static_cast<std::uint32_t>(reference.size())});
    } else if (!reference.empty()) {
        constexpr std::string_view kField = ",from=";
        draft.insert(mount->value.span.end, std::format("{}{}", kField, reference));
        draft.select({kField.size(), static_cast<std::uint32_t>(kField.size() + reference.size())});
    }
    return std::nullopt;
}

std::string mendOfSource(const Analysis& before, NodeRef source, int target)
{
    if (source.kind != NodeKind::Stage || source.index <= target)
        return {};
    return std::format("Move \"{}\" above \"{}\".", before.graph.label(source), before.graph.label(stageNode(target)));
}

/// The lines of an instruction moved behind the last COPY of another stage; a RUN behind its last work.
EditOutcome lineMoved(const Analysis& before, std::size_t index, int target)
{
    const Edge& edge = before.graph.edges[index];
    const Instruction& line = before.dockerfile.instructions[edge.instruction];
    const SourceText& source = before.source;
    const Span lines{lineBegin(source, line.span.begin), line.span.end};
    const std::uint32_t place =
        edge.kind == EdgeKind::Mount ? edits::placeOfWork(before, target) : copyPlace(before, target);
    edits::Draft draft(before);
    draft.add(removedLines(source, line.span));
    draft.add(insertedLines(source, place, source.at(lines)));
    const auto begin = static_cast<std::uint32_t>(lineEndingOwed(source, place).size());
    draft.select({begin + line.span.begin - lines.begin, begin + lines.size()});
    edits::Intended intended;
    intended.changes = [&](const Edge& other) { return other.instruction == edge.instruction; };
    intended.landing = {edge.from, target, edge.destination};
    intended.isOwnLine = true;
    intended.mend = mendOfSource(before, edge.from, target);
    return draft.settled(intended);
}

/// The edge's words with another source, written in a draft that may have named it.
EditOutcome takingFrom(edits::Draft& draft, const Analysis& before, const Edge& changed, const std::string& reference,
                       edits::Intended::Landing landing)
{
    const Instruction& line = before.dockerfile.instructions[changed.instruction];
    auto refusal = changed.kind == EdgeKind::Mount ? setMountSource(draft, before, changed, reference)
                                                   : setCopySource(draft, before, line, reference);
    if (refusal)
        return std::unexpected(std::move(*refusal));
    edits::Intended intended;
    intended.changes = [&](const Edge& other) { return edits::shareWords(before, changed, other); };
    intended.mend = mendOfSource(before, landing.from, changed.to);
    intended.landing = std::move(landing);
    return draft.settled(intended);
}

/// Another source, in the order in which the stages are.
EditOutcome sourceChanged(const Analysis& before, std::size_t edge, NodeRef source)
{
    const Edge& changed = before.graph.edges[edge];
    if (changed.from == source)
        return EditResult{};
    if (changed.kind == EdgeKind::Base)
        return edits::changeBaseTo(before, changed.to, source);
    if (auto refusal = edits::refusalOfDuplicate(before.graph, source))
        return std::unexpected(std::move(*refusal));
    edits::Draft draft(before);
    const auto reference = edits::referenceIn(draft, before, source);
    if (!reference)
        return std::unexpected(reference.error());
    return takingFrom(draft, before, changed, *reference, {source, changed.to, changed.destination});
}

} // namespace

EditOutcome retargetSource(const Analysis& before, std::size_t edge, NodeRef source)
{
    if (edge >= before.graph.edges.size())
        return std::unexpected(kGone);
    const int target = before.graph.edges[edge].to;
    return edits::orLifted(before, sourceChanged(before, edge, source), source, target, [&](const edits::Lift& lift) {
        return sourceChanged(lift.now(), lift.edgeNow(edge), lift.nodeNow(source));
    });
}

EditOutcome retargetSourceToImage(const Analysis& before, std::size_t edge, std::string_view image)
{
    if (edge >= before.graph.edges.size())
        return std::unexpected(kGone);
    const Edge& changed = before.graph.edges[edge];
    const std::string name(trimmed(image));
    if (changed.from.kind == NodeKind::Image && before.graph.label(changed.from) == name)
        return EditResult{};
    if (changed.kind == EdgeKind::Base)
        return edits::changeBaseToImage(before, changed.to, name);
    if (auto refusal = edits::refusalOfImageSource(name))
        return std::unexpected(std::move(*refusal));
    edits::Draft draft(before);
    return takingFrom(draft, before, changed, name, {{}, changed.to, changed.destination, name});
}

EditOutcome retargetCopy(const Analysis& before, std::size_t edge, int target)
{
    if (edge >= before.graph.edges.size() || !edits::isStage(before.graph, target))
        return std::unexpected(Refusal{"This connection is no longer there", {}});
    const Edge& moved = before.graph.edges[edge];
    if (moved.kind == EdgeKind::Base)
        return std::unexpected(Refusal{"A stage can't be without a base", "Drag the other end of the line."});
    if (moved.isTrigger)
        return std::unexpected(Refusal{"An ONBUILD works in every stage that is built on its own",
                                       "Move the ONBUILD in the text, or write a COPY instead."});
    if (moved.to == target)
        return EditResult{};
    return edits::orLifted(before, lineMoved(before, edge, target), moved.from, target, [&](const edits::Lift& lift) {
        return lineMoved(lift.now(), lift.edgeNow(edge), lift.stageNow(target));
    });
}

} // namespace stagelift
