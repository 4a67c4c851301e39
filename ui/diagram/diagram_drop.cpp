// SPDX-License-Identifier: GPL-3.0-or-later
//
// Things carried over the diagram: who can take them lights up, a line follows the pointer, and what putting them down
// would write is said before, and so is why it can't be.

#include "ui/diagram/diagram_private.h"
#include "ui/diagram/patience.h"
#include "ui/diagram/words.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace stagelift::ui {

namespace {

constexpr auto kRestsBeforeOpening = 500ms; // of what is dragged, over a stage

std::uint32_t placeOfGap(const Analysis& now, int stage, const Gap& gap)
{
    const std::vector<InstructionPlace> places = instructionPlaces(now, stage);
    const std::size_t first = now.graph.stages[static_cast<std::size_t>(stage)].firstInstruction + 1;
    return places[std::min(gap.instruction - first, places.size() - 1)].offset;
}

/// The node that it comes from, or -1.
int sourceNode(const Carried& carried, const Picture& picture)
{
    if (carried.kind == CarryKind::Instruction) {
        const int stage = picture.graph().stageAt(picture.analysis->dockerfile.instructions[carried.index].span.begin);
        return picture.nodeOf(stageNode(stage));
    }
    if (carried.kind != CarryKind::EdgeEnd) {
        const auto source = sourceNow(carried.artifact, *picture.analysis);
        return source ? picture.nodeOf(*source) : -1;
    }
    const int drawn = picture.edgeOf(carried.index);
    if (drawn < 0)
        return -1;
    const PictureEdge& edge = picture.edges[static_cast<std::size_t>(drawn)];
    return carried.end == EdgeEnd::Head ? edge.from : edge.to;
}

/// Where the line to the pointer begins: at the row that is carried, else in the middle of the node; at the side that
/// the pointer is on.
QPointF beginOf(const Carried& carried, const PictureNode& node, bool backwards)
{
    const auto isIt = [&](const PictureRow& row) {
        if (carried.kind == CarryKind::Instruction)
            return row.kind == RowKind::Instruction && row.instruction == carried.index;
        return row.kind == RowKind::Artifact && std::ranges::contains(carried.artifact.paths, row.path);
    };
    const auto row = std::ranges::find_if(node.rows, isIt);
    const double y = row == node.rows.end() ? node.rect.height() / 2 : row->rect.center().y();
    return node.rect.topLeft() + QPointF(backwards ? 0 : node.rect.width(), y);
}

} // namespace

std::optional<Spot> DiagramView::Private::spotUnder(const Carried& carried, QPoint position) const
{
    const Hit hit = analysis() ? hitUnder(position) : Hit{};
    if (hit.node < 0)
        return std::nullopt;
    const PictureNode& node = picture().nodes[static_cast<std::size_t>(hit.node)];
    if (!isLandingPlace(carried, node.ref))
        return std::nullopt;
    if ((carried.kind == CarryKind::Node || carried.kind == CarryKind::Port) && carried.artifact.source == node.ref)
        return std::nullopt; // it begins there
    if (carried.kind == CarryKind::EdgeEnd) {
        // Where the end is already there is nothing to say.
        const Edge& edge = picture().graph().edges[carried.index];
        if (node.ref == (carried.end == EdgeEnd::Head ? stageNode(edge.to) : edge.from))
            return std::nullopt;
    }
    Spot spot{.node = node.ref, .place = {}};
    if (const auto gap = carried.kind == CarryKind::EdgeEnd ? std::nullopt : gapUnder(node, position))
        spot.place = placeOfGap(*analysis(), node.ref.index, *gap);
    return spot;
}

std::optional<Gap> DiagramView::Private::gapUnder(const PictureNode& node, QPoint position) const
{
    const int index = picture().nodeOf(node.ref);
    const QRectF shown = scene.shown().nodes[static_cast<std::size_t>(index)].rect;
    return node.open && !scene.isFar() ? gapAt(node, view.mapToScene(position).y() - shown.top()) : std::nullopt;
}

std::vector<Taker> DiagramView::Private::takersOf(const Carried& carried) const
{
    Patience patience(1);
    const int source = sourceNode(carried, picture());
    std::vector<Taker> takers(picture().nodes.size(), Taker::Apart);
    for (std::size_t i = 0; i < takers.size(); ++i) {
        const NodeRef ref = picture().nodes[i].ref;
        if (std::cmp_equal(i, source))
            takers[i] = Taker::Source;
        else if (!isLandingPlace(carried, ref))
            takers[i] = Taker::Refuses;
        else if (patience.allowsAnother()) // else it is asked when the pointer is over it
            takers[i] = isTaken(carried, *analysis(), ref) ? Taker::Takes : Taker::Refuses;
    }
    return takers;
}

std::optional<Band> DiagramView::Private::band() const
{
    if (!hand.isCarrying() || !analysis())
        return std::nullopt;
    const Picture& shown = scene.shown();
    if (hand.carried->kind == CarryKind::EdgeEnd) {
        const int drawn = shown.edgeOf(hand.carried->index);
        if (drawn < 0)
            return std::nullopt;
        const PictureEdge& edge = shown.edges[static_cast<std::size_t>(drawn)];
        if (hand.carried->end == EdgeEnd::Head)
            return Band{.from = edge.curve.front(), .to = hand.at, .pointer = hand.at, .backwards = false};
        return Band{.from = hand.at, .to = edge.curve.back(), .pointer = hand.at, .backwards = false};
    }
    const Carried& carried = *hand.carried;
    const int node = sourceNode(carried, shown);
    if (node < 0)
        return std::nullopt;
    const PictureNode& source = shown.nodes[static_cast<std::size_t>(node)];
    const bool backwards = hand.at.x() < source.rect.center().x() && carried.kind != CarryKind::Port;
    return Band{.from = beginOf(carried, source, backwards), .to = hand.at, .pointer = hand.at, .backwards = backwards};
}

bool DiagramView::Private::carryOver(const Carried& carried, QPoint position, Qt::KeyboardModifiers modifiers)
{
    if (!analysis())
        return false;
    hand.at = view.mapToScene(position);
    edgeScroll.follow(position);
    view.viewport()->update();
    if (hand.carried != carried || hand.taken != picture().analysis) {
        hand.letGo();
        hand.carried = carried;
        hand.taken = picture().analysis;
        hand.takers = takersOf(carried);
        hovered = {};
        bubbleAway.stop();
    }
    const auto spot = spotUnder(carried, position);
    if (spot != hand.over || !bubble.isVisible()) {
        const auto before = std::exchange(hand.over, spot);
        hand.refused.reset();
        if (spot)
            sayOfDrop(putDown(carried, *analysis(), *spot));
        else
            bubble.hide();
        restOver(before, modifiers);
    }
    showMarks();
    return spot && (!hand.refused || hand.refused->remedy);
}

/// The view has scrolled under the pointer. What is said of a node goes along with it.
void DiagramView::Private::carryOn(QPoint position)
{
    follows = false;
    bubble.move(bubble.pos() + view.mapFromScene(hand.at) - position);
    if (hand.carried)
        carryOver(Carried(*hand.carried), position);
}

/// A stage that something rests over opens, so that it can be put between two of its instructions. At once with Alt,
/// and where the pointer is on the sign that opens it.
void DiagramView::Private::restOver(const std::optional<Spot>& before, Qt::KeyboardModifiers modifiers)
{
    hand.line = -1;
    const bool takes = hand.over && !hand.refused && hand.carried->kind != CarryKind::EdgeEnd && !scene.isFar();
    if (!takes) {
        hand.opens.stop();
        return;
    }
    const QPoint position = view.mapFromScene(hand.at);
    if (modifiers.testFlag(Qt::AltModifier) || hitUnder(position).kind == HitKind::Chevron)
        hand.opens.start(0);
    else if (!before || before->node != hand.over->node)
        hand.opens.start(kRestsBeforeOpening);
    const PictureNode& node = picture().nodes[static_cast<std::size_t>(picture().nodeOf(hand.over->node))];
    if (const auto gap = hand.over->place ? gapUnder(node, position) : std::nullopt)
        hand.line = gap->y;
}

/// What will be written; where it depends on what is chosen then, what there is to choose.
QString DiagramView::Private::previewOf(const EditOutcome& outcome) const
{
    QString line = lineWritten(*outcome, *analysis());
    if (hand.carried->kind != CarryKind::Node)
        return line;
    const Carried asCopy{.kind = CarryKind::Port, .artifact = hand.carried->artifact, .index = 0, .end = {}};
    const EditOutcome copied = putDown(asCopy, *analysis(), *hand.over);
    if (!copied)
        return line;
    const QString copyLine = lineWritten(*copied, *analysis());
    return copyLine == line ? line : line + u'\n' + copyLine;
}

void DiagramView::Private::sayOfDrop(const EditOutcome& outcome)
{
    const QRect beside = placeOf({.node = hand.over->node, .edge = {}});
    if (outcome && outcome->edits.empty()) { // it is there already
        bubble.hide();
        return;
    }
    if (outcome) {
        bubble.say(Bubble::Kind::Preview, previewOf(outcome), beside);
        return;
    }
    hand.refused = outcome.error();
    bubble.say(Bubble::Kind::Objection, sentences(outcome.error()), beside);
}

void DiagramView::Private::forgetDrag()
{
    edgeScroll.stop();
    if (!hand.isCarrying())
        return;
    const bool closes = hand.opened.has_value();
    hand.letGo();
    if (!field.isVisible())
        bubble.hide();
    showMarks();
    view.viewport()->update();
    if (!closes)
        return;
    view.setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    view.setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    composeSoon.start();
}

void DiagramView::Private::put(const Carried& carried, QPoint position, Qt::KeyboardModifiers modifiers)
{
    const auto spot = spotUnder(carried, position);
    forgetDrag();
    if (!spot)
        return;
    const EditOutcome outcome = putDown(carried, *analysis(), *spot);
    if (carried.kind == CarryKind::EdgeEnd)
        give(outcome, placeOf({.node = spot->node, .edge = {}}));
    else if (carried.kind == CarryKind::Instruction)
        giveAndAsk(*analysis(), outcome, placeOf({.node = spot->node, .edge = {}}), PendingField::Row);
    else if (carried.kind == CarryKind::Node)
        putNode(carried, *spot, modifiers);
    else if (carried.kind == CarryKind::Port && outcome)
        askWhatToCopy(*sourceNow(carried.artifact, *analysis()), *spot);
    else
        putArtifacts(carried, *spot, outcome);
}

void DiagramView::Private::putArtifacts(const Carried& carried, const Spot& spot, const EditOutcome& outcome)
{
    if (outcome && carried.artifact.paths.empty())
        askPath(copyIntent(*sourceNow(carried.artifact, *analysis()), spot.node.index, {}, spot.place));
    else
        giveAndAsk(*analysis(), outcome, placeOf({.node = spot.node, .edge = {}}), PendingField::Destination);
}

} // namespace stagelift::ui
