// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/carry.h"

#include "ui/diagram/words.h"

#include <algorithm>
#include <array>

namespace stagelift::ui {

namespace {

Refusal refusal(const QString& reason, const QString& mend)
{
    return {reason.toStdString(), mend.toStdString()};
}

EditOutcome headMoved(const Analysis& now, std::size_t edge, NodeRef node)
{
    if (now.graph.edges[edge].kind == EdgeKind::Base)
        return std::unexpected(refusal(Diagram::tr("A stage has one FROM."),
                                       Diagram::tr("Drag the other end to change what it is built from.")));
    if (node.kind != NodeKind::Stage)
        return std::unexpected(refusal(Diagram::tr("Only a stage can take files."), {}));
    return retargetCopy(now, edge, node.index);
}

EditOutcome artifactsPut(const Carried& carried, const Analysis& now, const Spot& spot)
{
    return dropped(carried.artifact, now, spot.node.index, spot.place);
}

EditOutcome edgeEndPut(const Carried& carried, const Analysis& now, const Spot& spot)
{
    return retargeted(now, carried.index, carried.end, spot.node);
}

EditOutcome nodePut(const Carried& carried, const Analysis& now, const Spot& spot)
{
    if (const auto source = sourceNow(carried.artifact, now); source && source->kind != NodeKind::Context)
        if (EditOutcome based = basedOn(now, *source, spot.node.index); based && !based->edits.empty())
            return based;
    return artifactsPut(carried, now, spot);
}

EditOutcome instructionPut(const Carried& carried, const Analysis& now, const Spot& spot)
{
    return moveInstruction(now, carried.index, spot.node.index, spot.place);
}

using Put = EditOutcome (*)(const Carried&, const Analysis&, const Spot&);

constexpr std::array<Put, 5> kPuts{artifactsPut, edgeEndPut, nodePut, artifactsPut, instructionPut}; // by CarryKind

} // namespace

EditOutcome putDown(const Carried& carried, const Analysis& now, const Spot& spot)
{
    return kPuts.at(static_cast<std::size_t>(carried.kind))(carried, now, spot);
}

bool isTaken(const Carried& carried, const Analysis& now, NodeRef node)
{
    const bool isCopy = carried.kind == CarryKind::Artifacts || carried.kind == CarryKind::Port;
    if (isCopy || carried.kind == CarryKind::Node) {
        const auto source = sourceNow(carried.artifact, now);
        const bool copies = source && !refusalToCopy(now, *source, node.index);
        if (copies || isCopy)
            return copies;
    }
    return putDown(carried, now, {.node = node, .place = {}}).has_value();
}

EditOutcome retargeted(const Analysis& now, std::size_t edge, EdgeEnd end, NodeRef node)
{
    if (end == EdgeEnd::Head)
        return headMoved(now, edge, node);
    const Edge& moved = now.graph.edges[edge];
    return moved.kind == EdgeKind::Base ? basedOn(now, node, moved.to) : retargetSource(now, edge, node);
}

EditOutcome basedOn(const Analysis& now, NodeRef base, int stage)
{
    const StageGraph& graph = now.graph;
    if (base.kind == NodeKind::Context)
        return std::unexpected(
            refusal(Diagram::tr("A stage can't be built from a folder."), Diagram::tr("Copy from it instead.")));
    if (base.kind == NodeKind::Stage && !graph.stages[static_cast<std::size_t>(base.index)].isNamed())
        return std::unexpected(refusal(Diagram::tr("%1 has no name to be built from.").arg(toQt(graph.label(base))),
                                       Diagram::tr("Name it first: F2.")));
    return changeBase(now, stage,
                      base.kind == NodeKind::Stage ? graph.stages[static_cast<std::size_t>(base.index)].name
                                                   : graph.images[static_cast<std::size_t>(base.index)]);
}

bool isLandingPlace(const Carried& carried, NodeRef node)
{
    return node.kind == NodeKind::Stage || carried.kind == CarryKind::EdgeEnd;
}

QString lineWritten(const EditResult& result, const Analysis& before)
{
    if (result.edits.empty())
        return {};
    const std::string after = applied(before.source.bytes(), result.edits);
    const std::size_t at = std::min<std::size_t>(result.select.begin, after.size());
    const std::size_t begin = at == 0 ? 0 : after.rfind('\n', at - 1) + 1;
    const std::size_t end = std::min(after.find('\n', at), after.size());
    return toQt(std::string_view(after).substr(begin, end - begin)).trimmed();
}

} // namespace stagelift::ui
