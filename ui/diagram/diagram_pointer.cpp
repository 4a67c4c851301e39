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
    const QPointF point = view.mapToScene(position);
    const Picture& shown = scene.shown();
    if (scene.isFar())
        return hitFromAfar(shown, point, reach(), view.transform().m11());
    // A port is there where it is seen.
    for (const int node : {hovered.node, scene.marks().selectedNode})
        if (!hand.isCarrying() && node >= 0 && std::cmp_less(node, shown.nodes.size()) &&
            QLineF(portOf(shown.nodes[static_cast<std::size_t>(node)]), point).length() <= kPortRadius + reach() / 2)
            return {.kind = HitKind::Port, .node = node};
    return hitAt(shown, point, reach());
}

void DiagramView::Private::showCursor(const Hit& hit, bool onHandle)
{
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (mode == Mode::Panning)
        shape = Qt::ClosedHandCursor;
    else if (spaceHeld)
        shape = Qt::OpenHandCursor;
    else if (onHandle || hit.kind == HitKind::Port || mode == Mode::Carrying)
        shape = Qt::CrossCursor;
    else if (hit.kind == HitKind::Edge || hit.kind == HitKind::Chevron)
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
    offer.withdraw();
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
            mode = Mode::Carrying;
            inHand = {.kind = CarryKind::EdgeEnd, .artifact = {}, .index = *selection.edge, .end = *end};
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
    view.panBy(moved);
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
    case Mode::Carrying:
        carryOver(inHand, position, event->modifiers());
        return;
    case Mode::Pressed:
        if ((position - pressedAt).manhattanLength() >= QApplication::startDragDistance())
            startCarrying();
        return;
    }
}

void DiagramView::Private::releasePointer(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    const Mode before = std::exchange(mode, Mode::Idle);
    if (before == Mode::Carrying)
        put(inHand, position, event->modifiers());
    else if (before == Mode::Pressed && hitUnder(position) == pressed)
        click(pressed, event->modifiers());
    hover(position);
}

void DiagramView::Private::click(const Hit& hit, Qt::KeyboardModifiers modifiers)
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
    if (hit.kind == HitKind::Chevron) {
        setOpen(node.ref.index, !node.open);
        return;
    }
    if (hit.kind == HitKind::Row && node.rows[static_cast<std::size_t>(hit.row)].kind != RowKind::More) {
        clickRow(rowId(node, static_cast<std::size_t>(hit.row)), modifiers);
        return;
    }
    rows.clear();
    choose({.node = node.ref, .edge = {}});
}

/// What was pressed goes with the pointer from now on.
void DiagramView::Private::startCarrying()
{
    const PictureNode& from = picture().nodes[static_cast<std::size_t>(std::max(pressed.node, 0))];
    if (pressed.kind == HitKind::Row && from.rows[static_cast<std::size_t>(pressed.row)].kind == RowKind::Instruction) {
        mode = Mode::Carrying;
        inHand = {.kind = CarryKind::Instruction,
                  .artifact = {},
                  .index = from.rows[static_cast<std::size_t>(pressed.row)].instruction,
                  .end = {}};
        return;
    }
    if (pressed.kind == HitKind::Row) {
        startArtifactDrag();
        return;
    }
    if (pressed.kind != HitKind::Node && pressed.kind != HitKind::Port)
        return;
    const NodeRef ref = picture().nodes[static_cast<std::size_t>(pressed.node)].ref;
    mode = Mode::Carrying;
    inHand = {.kind = pressed.kind == HitKind::Port ? CarryKind::Port : CarryKind::Node,
              .artifact = artifactDrag(*analysis(), ref, {}),
              .index = 0,
              .end = {}};
}

void DiagramView::Private::startArtifactDrag()
{
    const PictureNode& node = picture().nodes[static_cast<std::size_t>(pressed.node)];
    const PictureRow& row = node.rows[static_cast<std::size_t>(pressed.row)];
    mode = Mode::Idle;
    if (row.kind == RowKind::More)
        return;
    std::vector<std::string> paths = pathsAt(node, static_cast<std::size_t>(pressed.row));
    const QString text =
        paths.size() > 1 ? Diagram::tr("%n artifacts", nullptr, static_cast<int>(paths.size())) : row.text.whole;
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
        d->editNode(d->picture().nodes[static_cast<std::size_t>(hit.node)].ref.index);
    else // two quick presses, of which the second may begin a drag
        d->pressPointer(event);
}

void DiagramView::wheelEvent(QWheelEvent* event)
{
    d->field.abandon();
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        d->follows = false;
        PictureView::wheelEvent(event);
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
    return PictureView::viewportEvent(event);
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
    PictureView::focusOutEvent(event);
}

void DiagramView::resizeEvent(QResizeEvent* event)
{
    PictureView::resizeEvent(event);
    d->bar.resize(width(), d->bar.height());
    d->search.settle();
    d->followRoom();
    d->overview.settle();
}

void DiagramView::scrollContentsBy(int dx, int dy)
{
    PictureView::scrollContentsBy(dx, dy);
    d->overview.settle();
    emit viewMoved();
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
    if (const auto band = d->band())
        paintBand(*painter, d->theme, *band);
}

} // namespace stagelift::ui
