// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole diagram in small, in the corner of a view that shows a part of it. A click or a drag goes there.

#pragma once

#include "ui/diagram/scene.h"

#include <QPixmap>
#include <QTransform>
#include <QWidget>

class QGraphicsView;

namespace stagelift::ui {

class Overview : public QWidget {
    Q_OBJECT
public:
    Overview(QGraphicsView& view, const DiagramScene& scene);

    /// Takes its place and size, and shows itself if the view does not show all.
    void settle();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] double scale() const;
    [[nodiscard]] QTransform fromPicture() const; // to this widget
    void paintPicture(QPainter& painter) const;
    void goTo(QPointF place);

    QGraphicsView& m_view;
    const DiagramScene& m_scene;
    QPixmap m_kept; // the picture in small, as long as it looks so
};

} // namespace stagelift::ui
