// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/mirror_view.h"

#include "ui/diagram/classic_picture.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/hit.h"
#include "ui/diagram/scene.h"
#include "ui/diagram/walk.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStyle>
#include <QToolTip>
#include <QWheelEvent>

#include <memory>

namespace stagelift::ui {

MirrorView::MirrorView(DiagramView& of, QWidget* parent) : PictureView(parent), m_of(of)
{
    setObjectName(QStringLiteral("classicDiagram"));
    setFocusPolicy(Qt::NoFocus); // the keys are the other's
    setAccessibleName(tr("The classic builder's view"));
    connect(&of, &DiagramView::pictureShown, this, &MirrorView::showPicture);
    connect(&of, &DiagramView::viewMoved, this, &MirrorView::showPlace);
    connect(&of, &DiagramView::selectionChanged, this, &MirrorView::showMarks);
    showPicture();
}

void MirrorView::setTheme(const Theme& theme)
{
    drawing().setTheme(theme);
}

void MirrorView::showPicture()
{
    const int duration = isVisible() ? style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) : 0;
    drawing().show(underClassicBuilder(m_of.picture()), duration);
    setAccessibleDescription(classicCaption(m_of.picture()));
    showPlace();
    showMarks();
}

void MirrorView::showPlace()
{
    setHorizontalScrollBarPolicy(m_of.horizontalScrollBarPolicy());
    setVerticalScrollBarPolicy(m_of.verticalScrollBarPolicy());
    setSceneRect(m_of.sceneRect());
    setTransform(m_of.transform());
    drawing().setScale(transform().m11(), 0);
    centerOn(m_of.mapToScene(m_of.viewport()->rect().center()));
    // To the pixel, where one can be scrolled at all: halves may differ by one.
    horizontalScrollBar()->setValue(m_of.horizontalScrollBar()->value());
    verticalScrollBar()->setValue(m_of.verticalScrollBar()->value());
}

void MirrorView::showMarks()
{
    const Selection selection = m_of.selection();
    Marks marks;
    marks.selectedNode = selection.node ? picture().nodeOf(*selection.node) : -1;
    marks.selectedEdge = selection.edge ? picture().edgeOf(*selection.edge) : -1;
    drawing().setMarks(marks);
}

bool MirrorView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && picture().analysis) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString text = tooltipFor(picture(), hitAt(picture(), mapToScene(help->pos()), 0)).toHtmlEscaped();
        QToolTip::showText(help->globalPos(),
                           text.isEmpty() ? text : QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(text),
                           viewport());
        return true;
    }
    return PictureView::viewportEvent(event);
}

void MirrorView::mousePressEvent(QMouseEvent* event)
{
    m_of.setFocus(Qt::MouseFocusReason);
    m_pressedAt = event->position().toPoint();
    m_last = m_pressedAt;
    m_pans = event->button() == Qt::MiddleButton;
}

void MirrorView::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() == Qt::NoButton)
        return;
    const QPoint position = event->position().toPoint();
    if (!m_pans && (position - m_pressedAt).manhattanLength() < QApplication::startDragDistance())
        return;
    m_pans = true;
    viewport()->setCursor(Qt::ClosedHandCursor);
    m_of.panBy(position - m_last);
    m_last = position;
}

void MirrorView::mouseReleaseEvent(QMouseEvent* event)
{
    viewport()->unsetCursor();
    if (!m_pans && event->button() == Qt::LeftButton)
        choose(event->position().toPoint());
    m_pans = false;
}

void MirrorView::choose(QPoint position)
{
    const Hit hit = picture().analysis ? hitAt(picture(), mapToScene(position), 4 / transform().m11()) : Hit{};
    Selection what;
    if (hit.node >= 0)
        what.node = picture().nodes[static_cast<std::size_t>(hit.node)].ref;
    else if (hit.edge >= 0)
        what.edge = picture().edges[static_cast<std::size_t>(hit.edge)].edges.front();
    m_of.select(what);
    if (what.edge)
        emit m_of.spanChosen(picture().graph().edges[*what.edge].span);
    else if (what.node)
        if (const auto span = spanOf(picture(), *what.node))
            emit m_of.spanChosen(*span);
}

void MirrorView::wheelEvent(QWheelEvent* event)
{
    // Both viewports are of one size: what is under the pointer here is so there.
    const std::unique_ptr<QWheelEvent> same(event->clone());
    QCoreApplication::sendEvent(m_of.viewport(), same.get());
    event->accept();
}

void MirrorView::contextMenuEvent(QContextMenuEvent* event)
{
    event->accept(); // nothing is changed from here
}

void MirrorView::resizeEvent(QResizeEvent* event)
{
    PictureView::resizeEvent(event);
    showPlace();
}

void MirrorView::drawForeground(QPainter* painter, const QRectF&)
{
    if (picture().message.isEmpty())
        return;
    painter->resetTransform();
    painter->setFont(font());
    painter->setPen(drawing().theme().textQuiet);
    painter->drawText(viewport()->rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap,
                      picture().message);
}

} // namespace stagelift::ui
