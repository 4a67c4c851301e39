// SPDX-License-Identifier: GPL-3.0-or-later
//
// A hand on the diagram of a DiagramDesk: drags that come from elsewhere as the events that Qt sends, drags of the
// pointer itself as presses and moves.

#pragma once

#include "ui/diagram/drag.h"
#include "ui/diagram/painter.h"
#include "ui/diagram_fixture.h"

#include <QDragEnterEvent>

namespace stagelift::ui {

/// A drag that comes over `place`; true where the diagram would take it.
inline bool dragOver(DiagramDesk& desk, const QMimeData& mime, QPoint place, Qt::KeyboardModifiers modifiers = {})
{
    QWidget* viewport = desk.view().viewport();
    QDragEnterEvent enter(place, Qt::CopyAction, &mime, Qt::LeftButton, modifiers);
    QApplication::sendEvent(viewport, &enter);
    QDragMoveEvent move(place, Qt::CopyAction, &mime, Qt::LeftButton, modifiers);
    QApplication::sendEvent(viewport, &move);
    return enter.isAccepted() && move.isAccepted();
}

/// The end of a drag that came over the diagram before.
inline void dropOn(DiagramDesk& desk, const QMimeData& mime, QPoint place, Qt::KeyboardModifiers modifiers = {})
{
    QDropEvent drop(place, Qt::CopyAction, &mime, Qt::LeftButton, modifiers);
    QApplication::sendEvent(desk.view().viewport(), &drop);
}

inline std::unique_ptr<QMimeData> artifact(const DiagramDesk& desk, const QString& from, std::vector<std::string> paths)
{
    return mimeOf(artifactDrag(*desk.analysis(), desk.node(from).ref, std::move(paths)));
}

/// Moves the pointer with a button held, as a hand does: there in a few steps.
inline void moveWith(DiagramDesk& desk, QPoint to, Qt::MouseButtons held = Qt::LeftButton,
                     Qt::KeyboardModifiers modifiers = {})
{
    QWidget* viewport = desk.view().viewport();
    QMouseEvent move(QEvent::MouseMove, to, viewport->mapToGlobal(to), Qt::NoButton, held, modifiers);
    QApplication::sendEvent(viewport, &move);
}

/// A press, a drag and a release.
inline void dragPointer(DiagramDesk& desk, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {})
{
    QWidget* viewport = desk.view().viewport();
    moveWith(desk, from, Qt::NoButton, modifiers);
    QTest::mousePress(viewport, Qt::LeftButton, modifiers, from);
    moveWith(desk, (from * 3 + to) / 4, Qt::LeftButton, modifiers);
    moveWith(desk, (from + to) / 2, Qt::LeftButton, modifiers);
    moveWith(desk, to, Qt::LeftButton, modifiers);
    QTest::mouseRelease(viewport, Qt::LeftButton, modifiers, to);
}

/// "builder takes, final refuses": who would take what is dragged now; "" while nothing is.
inline QString takers(const DiagramDesk& desk)
{
    static const std::array kWords{QStringLiteral("apart"), QStringLiteral("source"), QStringLiteral("takes"),
                                   QStringLiteral("refuses")};
    QStringList parts;
    const std::vector<Taker>& takers = desk.marks().takers;
    for (std::size_t i = 0; i < takers.size(); ++i)
        if (desk.picture().nodes[i].ref.kind == NodeKind::Stage)
            parts +=
                desk.picture().nodes[i].title.whole + QLatin1Char(' ') + kWords.at(static_cast<std::size_t>(takers[i]));
    return parts.join(QStringLiteral(", "));
}

} // namespace stagelift::ui
