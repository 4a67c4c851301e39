// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/lines.h"
#include "core/edits/copy_place.h"
#include "core/edits/copy_words.h"
#include "core/edits/edits.h"
#include "core/edits/names.h"
#include "core/edits/naming.h"
#include "core/edits/order_remedy.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

/// What to do where the order of the stages is in the way.
std::string mendOfCopy(const Analysis& before, const CopyIntent& intent)
{
    if (!intent.image.empty() || intent.source.kind != NodeKind::Stage)
        return {};
    if (intent.source.index == intent.target)
        return "What a stage has made is in it already: use it there, or copy it with RUN.";
    if (intent.source.index > intent.target)
        return edits::adviceOnOrder(before.graph, intent.source.index, intent.target);
    return {};
}

std::string destinationOf(const CopyIntent& intent)
{
    std::string destination = intent.destination;
    if (destination.empty())
        destination = intent.image.empty() && intent.source.kind == NodeKind::Context
                          ? "./"
                          : edits::defaultDestination(intent.paths);
    const bool several = intent.paths.size() > 1 || edits::isPattern(intent.paths.front());
    return several ? edits::asDirectory(destination) : destination;
}

std::optional<Refusal> refusalOfIntent(const Analysis& before, const CopyIntent& intent)
{
    if (!edits::isStage(before.graph, intent.target))
        return Refusal{"This stage is no longer there", {}};
    if (intent.paths.empty() || std::ranges::contains(intent.paths, std::string()))
        return Refusal{"COPY requires at least two arguments, but only one was provided. Destination could not be "
                       "determined",
                       "Name what is to be copied."};
    if (!intent.image.empty())
        return edits::refusalOfImageSource(intent.image);
    if (intent.source == stageNode(intent.target)) // ahead of naming it, for it would be refused by that name
        return Refusal{
            std::format("circular dependency detected on stage: {}", edits::stageName(before.graph, intent.target)),
            mendOfCopy(before, intent)};
    return edits::refusalOfDuplicate(before.graph, intent.source);
}

/// One COPY, in the order in which the stages are.
EditOutcome copied(const Analysis& before, const CopyIntent& intent)
{
    if (auto refusal = refusalOfIntent(before, intent))
        return std::unexpected(std::move(*refusal));

    edits::Draft draft(before);
    const auto from = intent.image.empty() ? edits::referenceIn(draft, before, intent.source)
                                           : std::expected<std::string, Refusal>(intent.image);
    if (!from)
        return std::unexpected(from.error());

    const std::uint32_t place =
        intent.place ? edits::placeWithin(before, intent.target, *intent.place) : copyPlace(before, intent.target);
    const std::string destination = destinationOf(intent);
    const edits::CopyWords words = edits::copyWords(intent.paths, destination, before.dockerfile.escape);
    const std::string head =
        std::format("{}{}{}{} ", edits::indentationAt(before, intent.target, place),
                    inTheFilesCase(before.dockerfile, "COPY"), from->empty() ? "" : " --from=", *from);
    draft.add(insertedLines(before.source, place, head + words.text));
    const auto begin = static_cast<std::uint32_t>(lineEndingOwed(before.source, place).size() + head.size());
    draft.select({begin + words.destination.begin, begin + words.destination.end});
    edits::Intended intended;
    intended.landing = {intent.source, intent.target, destination, intent.image};
    intended.isOwnLine = true;
    intended.mend = mendOfCopy(before, intent);
    return draft.settled(intended);
}

} // namespace

EditOutcome copyArtifact(const Analysis& before, const CopyIntent& intent)
{
    const NodeRef source = intent.image.empty() ? intent.source : NodeRef();
    return edits::orLifted(before, copied(before, intent), source, intent.target, [&](const edits::Lift& lift) {
        CopyIntent lifted = intent;
        lifted.source = lift.nodeNow(intent.source);
        lifted.target = lift.stageNow(intent.target);
        if (intent.place)
            lifted.place = lift.placeNow(intent.target, *intent.place);
        return copied(lift.now(), lifted);
    });
}

std::optional<Refusal> refusalToCopy(const Analysis& analysis, NodeRef source, int target)
{
    const EditOutcome trial = copied(analysis, {source, target, {"/"}, "/", std::nullopt});
    return trial ? std::nullopt : std::optional(trial.error());
}

} // namespace stagelift
