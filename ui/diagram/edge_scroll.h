// SPDX-License-Identifier: GPL-3.0-or-later
//
// A view scrolls while something is carried near one of its edges, for as long as the pointer stays there: what it is
// to be put down on may be out of sight.

#pragma once

#include <QPoint>
#include <QRect>
#include <QTimer>

class QAbstractScrollArea;

namespace stagelift::ui {

/// How far to scroll in one step, in pixels: to the edges of `room` that the pointer is near, faster the nearer it is,
/// fastest beyond them. Null where it is near none.
[[nodiscard]] QPoint edgeScrollStep(const QRect& room, QPoint pointer);

class EdgeScroll : public QObject {
    Q_OBJECT
public:
    explicit EdgeScroll(QAbstractScrollArea& view);

    /// Something is carried, and the pointer is here on the viewport. Scrolls after a moment, in case it only passes.
    void follow(QPoint pointer);
    void stop();
    [[nodiscard]] bool isScrolling() const { return m_isScrolling; }

signals:
    /// The view has scrolled: the pointer stands still, and is over something else.
    void scrolled(QPoint pointer);

private:
    void step();

    QAbstractScrollArea& m_view;
    QPoint m_pointer;
    QTimer m_steps;
    bool m_isScrolling = false; // else it is about to, while there are steps
};

} // namespace stagelift::ui
