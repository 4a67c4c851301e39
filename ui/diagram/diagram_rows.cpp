// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows of nodes by hand and by key: chosen one or several, and shown or hidden as a stage is opened and closed.

#include "ui/diagram/diagram_private.h"
#include "ui/diagram/stage_map.h"
#include "ui/diagram/words.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace stagelift::ui {

namespace {

constexpr int kSlack = 4; // pixels; without them rounding brings up the scroll bars

void shift(Picture& picture, QPointF by)
{
    for (PictureNode& node : picture.nodes)
        node.rect.translate(by);
    for (PictureEdge& edge : picture.edges) {
        for (QPointF& point : edge.curve)
            point += by;
        edge.path.translate(by);
        edge.line.translate(by);
        edge.label.rect.translate(by);
        edge.labelRect.translate(by);
    }
    picture.bounds.translate(by);
}

} // namespace

/// Into `input`: the stages that are open now.
void DiagramView::Private::carryOpen()
{
    if (!input.analysis)
        return;
    if (openOf && openOf != input.analysis) {
        const StageMap map(openOf->graph, input.analysis->graph);
        std::set<int> now;
        for (const int stage : open)
            if (const int there = map.nowStage(stage); there >= 0)
                now.insert(there);
        open = std::move(now);
    }
    openOf = input.analysis;
    input.open = open;
    if (hand.opened && hand.taken == input.analysis)
        input.open.insert(*hand.opened);
}

void DiagramView::Private::setOpen(int stage, bool isOpen)
{
    if (isOpen && isStack(picture().nodeOf(stageNode(stage)))) {
        unfoldChain(stage);
        return;
    }
    if (isOpen)
        open.insert(stage);
    else
        open.erase(stage);
    if (!isOpen && rows.active() && rows.active()->kind == RowKind::Instruction)
        rows.clear();
    compose();
}

/// While something is carried: the stage shows its instructions until it is put down.
void DiagramView::Private::openForDrop(int stage)
{
    const int node = picture().nodeOf(stageNode(stage));
    if (node < 0 || isStack(node) || picture().nodes[static_cast<std::size_t>(node)].open)
        return;
    hand.opened = stage;
    compose();
    hand.over.reset();
    if (hand.carried) // what is said of it now depends on the place in it
        carryOver(Carried(*hand.carried), view.mapFromScene(hand.at));
}

/// The picture moved so that the stage under the pointer stays there, whatever has to make room.
Picture DiagramView::Private::heldStill(Picture next)
{
    const int before = picture().nodeOf(stageNode(*hand.opened));
    const int after = next.nodeOf(stageNode(*hand.opened));
    if (before < 0 || after < 0)
        return next;
    shift(next, picture().nodes[static_cast<std::size_t>(before)].rect.topLeft() -
                    next.nodes[static_cast<std::size_t>(after)].rect.topLeft());
    view.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // there is no hand free for them
    view.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const QPoint corner(0, 0);
    const QPointF held = view.mapToScene(corner);
    const QRect seen = view.viewport()->rect().adjusted(kSlack, kSlack, -kSlack, -kSlack);
    view.setSceneRect(view.mapToScene(seen).boundingRect() | next.bounds);
    const QPoint moved = view.mapFromScene(held) - corner;
    view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->value() + moved.x());
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + moved.y());
    return next;
}

void DiagramView::Private::chooseRow(const RowId& row)
{
    setSelection({.node = row.node, .edge = {}});
    rows.choose(row);
    tellRow(row);
}

void DiagramView::Private::tellRow(const RowId& row)
{
    showMarks();
    const auto place = ui::placeOf(picture(), row);
    if (!place)
        return;
    const PictureNode& node = picture().nodes[static_cast<std::size_t>(place->node)];
    const PictureRow& drawn = node.rows[static_cast<std::size_t>(place->row)];
    view.ensureVisible(drawn.rect.translated(node.rect.topLeft()), 10, 10);
    if (!drawn.span.empty())
        emit view.spanChosen(drawn.span);
}

/// A click on a row that can be chosen. Ctrl adds and takes out, Shift takes all in between.
void DiagramView::Private::clickRow(const RowId& row, Qt::KeyboardModifiers modifiers)
{
    setSelection({.node = row.node, .edge = {}});
    const int node = picture().nodeOf(row.node);
    if (modifiers.testFlag(Qt::ShiftModifier) && node >= 0)
        rows.extendTo(picture().nodes[static_cast<std::size_t>(node)], row);
    else if (modifiers.testFlag(Qt::ControlModifier))
        rows.toggle(row);
    else
        rows.choose(row);
    tellRow(row);
}

/// The paths that a drag from this row takes along: all that are chosen, if it is one of them.
std::vector<std::string> DiagramView::Private::pathsAt(const PictureNode& node, std::size_t row) const
{
    if (node.rows[row].kind != RowKind::Artifact)
        return {};
    if (rows.contains(rowId(node, row)))
        return rows.paths(node);
    return {node.rows[row].path};
}

bool DiagramView::Private::walkRows(int step, bool extends)
{
    const auto place = ui::placeOf(picture(), *rows.active());
    if (!place) {
        rows.clear();
        return false;
    }
    const PictureNode& node = picture().nodes[static_cast<std::size_t>(place->node)];
    int row = place->row + step;
    while (row >= 0 && std::cmp_less(row, node.rows.size()) &&
           node.rows[static_cast<std::size_t>(row)].kind == RowKind::More)
        row += step;
    if (row < 0) { // back to the node
        rows.clear();
        showMarks();
        return true;
    }
    if (std::cmp_greater_equal(row, node.rows.size()))
        return true;
    const RowId next = rowId(node, static_cast<std::size_t>(row));
    if (extends && next.kind == RowKind::Artifact)
        rows.extendTo(node, next);
    else
        rows.choose(next);
    tellRow(next);
    return true;
}

/// An instruction one place up or down in its stage.
EditOutcome DiagramView::Private::instructionMoved(std::size_t instruction, int step) const
{
    const int stage = picture().graph().stageAt(analysis()->dockerfile.instructions[instruction].span.begin);
    const std::vector<InstructionPlace> places = instructionPlaces(*analysis(), stage);
    const auto here = std::ranges::find(places, std::optional(instruction), &InstructionPlace::instruction);
    const auto at = here - places.begin() + (step > 0 ? 2 : -1); // its own place and the one behind it are where it is
    if (here == places.end() || at < 0 || std::cmp_greater_equal(at, places.size()))
        return EditResult{};
    return moveInstruction(*analysis(), instruction, stage, places[static_cast<std::size_t>(at)].offset);
}

void DiagramView::Private::moveRow(int step)
{
    giveAndAsk(*analysis(), instructionMoved(rows.active()->instruction, step), placeOf(selection), PendingField::Row);
}

/// The instruction at that offset, wherever it is drawn now.
void DiagramView::Private::followRow(std::uint32_t offset)
{
    const auto& instructions = analysis()->dockerfile.instructions;
    const auto moved =
        std::ranges::find_if(instructions, [&](const Instruction& each) { return each.span.touches(offset); });
    const int stage = picture().graph().stageAt(offset);
    if (moved == instructions.end() || stage < 0)
        return;
    const RowId row{.node = stageNode(stage),
                    .kind = RowKind::Instruction,
                    .path = {},
                    .instruction = static_cast<std::size_t>(moved - instructions.begin())};
    if (ui::placeOf(picture(), row))
        chooseRow(row);
    else
        setSelection({.node = row.node, .edge = {}});
}

/// A COPY goes; what else a row stands for is not the diagram's to take out, and surely not its whole stage.
void DiagramView::Private::removeRow()
{
    const std::vector<Edge>& edges = picture().graph().edges;
    const auto copied = std::ranges::find_if(edges, [&](const Edge& edge) {
        return rows.active()->kind == RowKind::Instruction && edge.kind == EdgeKind::Copy && !edge.isTrigger &&
               edge.instruction == rows.active()->instruction;
    });
    const bool isMade = rows.active()->kind == RowKind::Artifact;
    if (copied != edges.end())
        give(removeCopy(*analysis(), static_cast<std::size_t>(copied - edges.begin())), placeOf(selection));
    else
        object({(isMade ? Diagram::tr("A file is there because a line makes it or takes it.")
                        : Diagram::tr("Only a COPY is taken out here."))
                    .toStdString(),
                (isMade ? Diagram::tr("Delete the edge that brings it, or the line that makes it.")
                        : Diagram::tr("Its line is selected in the text: delete it there."))
                    .toStdString()},
               placeOf(selection));
}

/// Alt with the arrows: down opens the selected stage and then leads into its rows, where both move an instruction; up
/// closes it.
bool DiagramView::Private::pressAltKey(int key)
{
    if ((key != Qt::Key_Up && key != Qt::Key_Down) || !selection.node)
        return false;
    const int index = picture().nodeOf(*selection.node);
    if (index < 0)
        return false;
    if (rows.active() && rows.active()->kind == RowKind::Instruction) {
        moveRow(key == Qt::Key_Down ? 1 : -1);
        return true;
    }
    if (key == Qt::Key_Up) {
        rows.clear();
        if (selection.node->kind == NodeKind::Stage)
            setOpen(selection.node->index, false);
        showMarks();
        return true;
    }
    if (selection.node->kind == NodeKind::Stage && !open.contains(selection.node->index)) {
        setOpen(selection.node->index, true);
        return true;
    }
    const PictureNode& node = picture().nodes[static_cast<std::size_t>(index)];
    const auto first = std::ranges::find_if(node.rows, [](const PictureRow& row) { return row.kind != RowKind::More; });
    if (first != node.rows.end() && !rows.active())
        chooseRow(rowId(node, static_cast<std::size_t>(first - node.rows.begin())));
    return true;
}

bool DiagramView::Private::pressRowKey(QKeyEvent* event)
{
    if (event->modifiers() == Qt::AltModifier)
        return pressAltKey(event->key());
    if (!rows.active() || mode == Mode::Carrying || event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))
        return false;
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        return walkRows(event->key() == Qt::Key_Down ? 1 : -1, shift);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_C:
        if (rows.active()->kind == RowKind::Instruction)
            return false;
        askWhatToCopyOut();
        return true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        removeRow();
        return true;
    case Qt::Key_Escape:
        rows.clear();
        showMarks();
        return true;
    default:
        return false;
    }
}

} // namespace stagelift::ui
