// SPDX-License-Identifier: GPL-3.0-or-later
//
// Drags that Qt brings over the diagram: artifacts of its own and of the Files pane, and files from the desktop.

#include "ui/diagram/diagram_private.h"
#include "ui/diagram/file_drag.h"

#include <QDragMoveEvent>
#include <QMimeData>

namespace stagelift::ui {

namespace {

Carried artifacts(ArtifactDrag drag)
{
    return {.kind = CarryKind::Artifacts, .artifact = std::move(drag), .index = 0, .end = {}};
}

bool isOurs(const QMimeData& mime)
{
    return mime.hasFormat(kArtifactFormat) || mime.hasUrls();
}

} // namespace

/// What it is as a thing to be put down; or why it is none.
std::expected<Carried, Refusal> DiagramView::Private::carriedBy(const QMimeData& mime) const
{
    if (auto drag = dragFrom(&mime))
        return artifacts(std::move(*drag));
    auto files = filesDrag(*analysis(), contextFolder, mime.urls());
    if (!files)
        return std::unexpected(std::move(files.error()));
    return artifacts(std::move(*files));
}

/// True where a drop would be taken. Beside the stages, files are taken to be opened.
bool DiagramView::Private::dragMimeOver(const QMimeData& mime, QPoint position, Qt::KeyboardModifiers modifiers)
{
    if (!analysis())
        return mime.hasUrls();
    const auto carried = carriedBy(mime);
    if (carried) // while it scrolls, a drop meets what is below the pointer then, and not at its last move
        return carryOver(*carried, position, modifiers) || (mime.hasUrls() && !hand.over) || edgeScroll.isScrolling();
    const Hit hit = hitUnder(position);
    if (hit.node < 0 || picture().nodes[static_cast<std::size_t>(hit.node)].ref.kind != NodeKind::Stage) {
        bubble.hide();
        return mime.hasUrls();
    }
    bubble.say(Bubble::Kind::Objection, sentences(carried.error()),
               onViewport(picture().nodes[static_cast<std::size_t>(hit.node)].rect));
    return false;
}

void DiagramView::Private::dropMime(const QMimeData& mime, QPoint position, Qt::KeyboardModifiers modifiers)
{
    const Hit hit = analysis() ? hitUnder(position) : Hit{};
    const auto carried = analysis() ? carriedBy(mime) : std::unexpected(Refusal{});
    const bool onStage =
        hit.node >= 0 && picture().nodes[static_cast<std::size_t>(hit.node)].ref.kind == NodeKind::Stage;
    if (carried && (onStage || !mime.hasUrls())) {
        put(*carried, position, modifiers);
        return;
    }
    forgetDrag();
    if (onStage)
        object(carried.error(), onViewport(picture().nodes[static_cast<std::size_t>(hit.node)].rect));
    else if (mime.hasUrls())
        emit view.filesDropped(mime.urls());
}

void DiagramView::setContextFolder(const QString& folder)
{
    d->contextFolder = folder;
}

void DiagramView::dragEnterEvent(QDragEnterEvent* event)
{
    // Whatever it is over now, its way may lead to a stage that takes it.
    if (isOurs(*event->mimeData()))
        event->acceptProposedAction();
    else
        event->ignore();
}

void DiagramView::dragMoveEvent(QDragMoveEvent* event)
{
    if (!isOurs(*event->mimeData()) ||
        !d->dragMimeOver(*event->mimeData(), event->position().toPoint(), event->modifiers())) {
        event->ignore();
        return;
    }
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void DiagramView::dragLeaveEvent(QDragLeaveEvent*)
{
    d->bubble.hide();
    d->forgetDrag();
}

void DiagramView::dropEvent(QDropEvent* event)
{
    if (!isOurs(*event->mimeData())) {
        event->ignore();
        return;
    }
    event->setDropAction(Qt::CopyAction);
    event->accept();
    d->dropMime(*event->mimeData(), event->position().toPoint(), event->modifiers());
}

} // namespace stagelift::ui
