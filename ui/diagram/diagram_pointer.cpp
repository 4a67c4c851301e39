// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pointer on the diagram: hovering, choosing, panning, zooming, starting a drag, moving an edge's end.

#include "ui/diagram/diagram_private.h"
#include "ui/diagram/words.h"

#include <QApplication>
#include <QDrag>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace stagelift::ui {

namespace {

constexpr double kReach = 5;          // pixels beside a line that still count as on it
constexpr double kZoomPerNotch = 1.2; // of a wheel
constexpr double kNotch = 120;

} // namespace

double DiagramView::Private::reach() const
{
    return kReach / view.transform().m11();
}

Hit DiagramView::Private::hitUnder(QPoint position) const
{
    const QPointF place = view.mapToScene(position);
    if (scene.isFar())
        return hitFromAfar(scene.shown(), place, reach(), view.transform().m11());
    return hitAt(scene.shown(), place, reach());
}

void DiagramView::Private::showCursor(const Hit& hit, bool onHandle)
{
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (mode == Mode::Panning)
        shape = Qt::ClosedHandCursor;
    else if (spaceHeld)
        shape = Qt::OpenHandCursor;
    else if (onHandle || mode == Mode::MovingEnd)
        shape = Qt::CrossCursor;
    else if (hit.kind == HitKind::Edge)
        shape = Qt::PointingHandCursor;
    else if (hit.kind == HitKind::Row &&
             picture().nodes[static_cast<std::size_t>(hit.node)].rows[static_cast<std::size_t>(hit.row)].kind !=
                 RowKind::More)
        shape = Qt::OpenHandCursor;
    view.viewport()->setCursor(shape);
}

void DiagramView::Private::hover(QPoint position)
{
    const Hit hit = hitUnder(position);
    bool onHandle = false;
    if (const int selected = scene.marks().selectedEdge; selected >= 0)
        onHandle = handleAt(scene.shown().edges[static_cast<std::size_t>(selected)], view.mapToScene(position), reach())
                       .has_value();
    showCursor(hit, onHandle);
    if (hit == hovered)
        return;
    hovered = hit;
    showMarks();
}

bool DiagramView::Private::pressPointer(QMouseEvent* event)
{
    bubble.hide();
    field.abandon();
    pressedAt = event->position().toPoint();
    const bool left = event->button() == Qt::LeftButton;
    if (event->button() == Qt::MiddleButton || (left && spaceHeld)) {
        mode = Mode::Panning;
        showCursor({}, false);
        return true;
    }
    if (!left || !analysis())
        return false;
    if (const int selected = scene.marks().selectedEdge; selected >= 0 && selection.edge) {
        const PictureEdge& edge = scene.shown().edges[static_cast<std::size_t>(selected)];
        if (const auto end = handleAt(edge, view.mapToScene(pressedAt), reach())) {
            mode = Mode::MovingEnd;
            movingEnd = *end;
            movingEdge = *selection.edge;
            endAt = view.mapToScene(pressedAt);
            return true;
        }
    }
    pressed = hitUnder(pressedAt);
    mode = pressed.kind == HitKind::Nothing ? Mode::Panning : Mode::Pressed;
    return true;
}

void DiagramView::Private::pan(QPoint position)
{
    const QPoint moved = position - pressedAt;
    pressedAt = position;
    follows = false;
    view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->value() - moved.x());
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() - moved.y());
}

void DiagramView::Private::movePointer(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    switch (mode) {
    case Mode::Idle:
        hover(position);
        return;
    case Mode::Panning:
        if ((position - pressedAt).manhattanLength() > 0)
            pan(position);
        return;
    case Mode::MovingEnd:
        moveEnd(position);
        return;
    case Mode::Pressed:
        if (pressed.kind == HitKind::Row &&
            (position - pressedAt).manhattanLength() >= QApplication::startDragDistance())
            startArtifactDrag();
        return;
    }
}

void DiagramView::Private::releasePointer(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    const Mode before = std::exchange(mode, Mode::Idle);
    if (before == Mode::MovingEnd)
        dropEnd(position);
    else if (before == Mode::Pressed && hitUnder(position) == pressed)
        click(pressed);
    hover(position);
}

void DiagramView::Private::click(const Hit& hit)
{
    if (hit.kind == HitKind::Edge) {
        // A line that stands for several goes from one to the next.
        const std::vector<std::size_t>& edges = picture().edges[static_cast<std::size_t>(hit.edge)].edges;
        auto next = edges.begin();
        if (selection.edge)
            if (const auto at = std::ranges::find(edges, *selection.edge); at != edges.end() && at + 1 != edges.end())
                next = at + 1;
        choose({.node = {}, .edge = *next});
        return;
    }
    const PictureNode& node = picture().nodes[static_cast<std::size_t>(hit.node)];
    if (hit.kind == HitKind::Row) {
        const PictureRow& row = node.rows[static_cast<std::size_t>(hit.row)];
        if (row.kind == RowKind::Artifact && !row.span.empty()) {
            setSelection({.node = node.ref, .edge = {}});
            emit view.spanChosen(row.span);
            return;
        }
    }
    choose({.node = node.ref, .edge = {}});
}

void DiagramView::Private::startArtifactDrag()
{
    const PictureNode& node = picture().nodes[static_cast<std::size_t>(pressed.node)];
    const PictureRow& row = node.rows[static_cast<std::size_t>(pressed.row)];
    mode = Mode::Idle;
    if (row.kind == RowKind::More)
        return;
    std::vector<std::string> paths;
    if (row.kind == RowKind::Artifact)
        paths.push_back(row.path);
    const QString text = row.text.whole;
    auto drag = std::make_unique<QDrag>(&view);
    drag->setMimeData(mimeOf(artifactDrag(*analysis(), node.ref, std::move(paths))).release());

    const QFontMetricsF metrics(view.font());
    const double ratio = view.devicePixelRatioF();
    const QSizeF size(std::min(metrics.horizontalAdvance(text), 320.0) + 20, metrics.height() + 8);
    QPixmap pixmap((size * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, 1.5));
    painter.setBrush(theme.node);
    painter.drawRoundedRect(QRectF(QPointF(1, 1), size - QSizeF(2, 2)), 6, 6);
    painter.setPen(theme.text);
    painter.setFont(view.font());
    painter.drawText(QRectF(QPointF(0, 0), size), Qt::AlignCenter,
                     metrics.elidedText(text, Qt::ElideMiddle, size.width() - 18));
    painter.end();
    drag->setPixmap(pixmap);
    drag->setHotSpot({-8, -8});
    // exec() runs the event loop: nothing taken from the picture above is used after it.
    drag.release()->exec(Qt::CopyAction);
    forgetDrag();
}

void DiagramView::Private::moveEnd(QPoint position)
{
    endAt = view.mapToScene(position);
    const Hit hit = hitUnder(position);
    dropNode = hit.node;
    if (hit.node >= 0) {
        const PictureNode& node = picture().nodes[static_cast<std::size_t>(hit.node)];
        const EditOutcome outcome = retargeted(movingEdge, movingEnd, node.ref);
        dropAllowed = outcome.has_value();
        if (outcome)
            bubble.hide();
        else
            bubble.say(Bubble::Kind::Objection, sentences(outcome.error()), onViewport(node.rect));
    } else {
        bubble.hide();
    }
    showMarks();
    view.viewport()->update();
}

void DiagramView::Private::dropEnd(QPoint position)
{
    const Hit hit = hitUnder(position);
    forgetDrag();
    view.viewport()->update();
    const int drawn = picture().edgeOf(movingEdge);
    if (hit.node < 0 || drawn < 0)
        return;
    const PictureEdge& edge = picture().edges[static_cast<std::size_t>(drawn)];
    if (hit.node == (movingEnd == EdgeEnd::Head ? edge.to : edge.from))
        return;
    const PictureNode& node = picture().nodes[static_cast<std::size_t>(hit.node)];
    give(retargeted(movingEdge, movingEnd, node.ref), onViewport(node.rect));
}

void DiagramView::mousePressEvent(QMouseEvent* event)
{
    if (!d->pressPointer(event))
        event->ignore();
}

void DiagramView::mouseMoveEvent(QMouseEvent* event)
{
    d->movePointer(event);
}

void DiagramView::mouseReleaseEvent(QMouseEvent* event)
{
    d->releasePointer(event);
}

void DiagramView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !d->analysis())
        return;
    const Hit hit = d->hitUnder(event->position().toPoint());
    if (hit.kind == HitKind::Edge)
        d->askDestination(
            d->selection.edge.value_or(d->picture().edges[static_cast<std::size_t>(hit.edge)].edges.front()));
    else if (hit.kind == HitKind::Node &&
             d->picture().nodes[static_cast<std::size_t>(hit.node)].ref.kind == NodeKind::Stage)
        d->rename(d->picture().nodes[static_cast<std::size_t>(hit.node)].ref.index);
}

void DiagramView::wheelEvent(QWheelEvent* event)
{
    d->field.abandon();
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        d->follows = false;
        QGraphicsView::wheelEvent(event);
        return;
    }
    const QPoint at = event->position().toPoint();
    const QPointF held = mapToScene(at);
    zoomBy(std::pow(kZoomPerNotch, event->angleDelta().y() / kNotch));
    const QPoint moved = mapFromScene(held) - at;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + moved.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + moved.y());
    event->accept();
}

bool DiagramView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const Hit hit = d->analysis() ? d->hitUnder(help->pos()) : Hit{};
        const QString text = d->analysis() ? tooltipFor(d->picture(), hit).toHtmlEscaped() : QString();
        // As rich text, so that Qt wraps what is long; line by line, as it was said.
        QToolTip::showText(help->globalPos(),
                           text.isEmpty() ? text : QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(text),
                           viewport());
        return true;
    }
    if (event->type() == QEvent::Leave) {
        d->hovered = {};
        d->showMarks();
    }
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomBy(1 + gesture->value());
            return true;
        }
    }
    return QGraphicsView::viewportEvent(event);
}

void DiagramView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        d->spaceHeld = true;
        d->showCursor({}, false);
        return;
    }
    if (!d->pressKey(event))
        event->ignore();
}

void DiagramView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        d->spaceHeld = false;
        d->showCursor({}, false);
        return;
    }
    event->ignore();
}

void DiagramView::focusOutEvent(QFocusEvent* event)
{
    d->spaceHeld = false; // its release goes elsewhere
    d->showCursor({}, false);
    QGraphicsView::focusOutEvent(event);
}

void DiagramView::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    if (d->follows)
        fit();
    d->overview.settle();
}

void DiagramView::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    d->overview.settle();
}

void DiagramView::drawForeground(QPainter* painter, const QRectF&)
{
    if (!d->picture().message.isEmpty()) {
        painter->resetTransform();
        painter->setFont(font());
        painter->setPen(d->theme.textQuiet);
        painter->drawText(viewport()->rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap,
                          d->picture().message);
        return;
    }
    const int drawn = d->mode == Private::Mode::MovingEnd ? d->picture().edgeOf(d->movingEdge) : -1;
    if (drawn < 0)
        return;
    const PictureEdge& edge = d->scene.shown().edges[static_cast<std::size_t>(drawn)];
    const QPointF fixed = d->movingEnd == EdgeEnd::Head ? edge.curve.front() : edge.curve.back();
    const QPointF slack((d->endAt.x() - fixed.x()) / 2, 0);
    QPainterPath path(fixed);
    path.cubicTo(fixed + slack, d->endAt - slack, d->endAt);
    painter->setPen(QPen(d->theme.accent, 2, Qt::DashLine));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(path);
    painter->setBrush(d->theme.canvas);
    painter->setPen(QPen(d->theme.accent, 2));
    painter->drawEllipse(d->endAt, kHandleRadius, kHandleRadius);
}

} // namespace stagelift::ui
