// SPDX-License-Identifier: GPL-3.0-or-later
//
// Artifacts dragged over the diagram: what a drop would write is said before, and so is why there can be none.

#include "ui/diagram/diagram_private.h"

#include <QDragMoveEvent>

namespace stagelift::ui {

int DiagramView::Private::stageUnder(QPoint position) const
{
    const Hit hit = hitUnder(position);
    if (hit.node < 0 || picture().nodes[static_cast<std::size_t>(hit.node)].ref.kind != NodeKind::Stage)
        return -1;
    return hit.node;
}

bool DiagramView::Private::dragOver(const ArtifactDrag& dragged, QPoint position)
{
    const int node = analysis() ? stageUnder(position) : -1;
    if (node < 0) {
        forgetDrag();
        return false;
    }
    if (node == dropNode && bubble.isVisible())
        return dropAllowed;
    const PictureNode& over = picture().nodes[static_cast<std::size_t>(node)];
    const EditOutcome outcome = dropped(dragged, *analysis(), over.ref.index);
    dropNode = node;
    dropAllowed = outcome.has_value();
    hovered = {};
    bubbleAway.stop();
    if (outcome)
        bubble.say(Bubble::Kind::Preview, copyLineIn(*outcome), onViewport(over.rect));
    else
        bubble.say(Bubble::Kind::Objection, sentences(outcome.error()), onViewport(over.rect));
    showMarks();
    return dropAllowed;
}

void DiagramView::Private::forgetDrag()
{
    dropNode = -1;
    dropAllowed = true;
    if (!field.isVisible())
        bubble.hide();
    showMarks();
}

void DiagramView::Private::drop(const ArtifactDrag& dragged, QPoint position)
{
    const int node = analysis() ? stageUnder(position) : -1;
    forgetDrag();
    if (node < 0)
        return;
    const int stage = picture().nodes[static_cast<std::size_t>(node)].ref.index;
    const EditOutcome outcome = dropped(dragged, *analysis(), stage);
    const QRect place = placeOf({.node = stageNode(stage), .edge = {}});
    if (outcome && dragged.paths.empty()) {
        askPath(*sourceNow(dragged, *analysis()), stage);
        return;
    }
    if (outcome)
        pending = Pending{.revision = analysis()->revision, .offset = outcome->select.begin};
    give(outcome, place);
}

void DiagramView::dragEnterEvent(QDragEnterEvent* event)
{
    // Whatever it is over now, its way may lead to a stage that takes it.
    if (event->mimeData()->hasFormat(kArtifactFormat))
        event->acceptProposedAction();
    else
        event->ignore();
}

void DiagramView::dragMoveEvent(QDragMoveEvent* event)
{
    const auto dragged = dragFrom(event->mimeData());
    if (!dragged || !d->dragOver(*dragged, event->position().toPoint())) {
        event->ignore();
        return;
    }
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void DiagramView::dragLeaveEvent(QDragLeaveEvent*)
{
    d->forgetDrag();
}

void DiagramView::dropEvent(QDropEvent* event)
{
    const auto dragged = dragFrom(event->mimeData());
    if (!dragged) {
        event->ignore();
        return;
    }
    event->setDropAction(Qt::CopyAction);
    event->accept();
    d->drop(*dragged, event->position().toPoint());
}

} // namespace stagelift::ui
