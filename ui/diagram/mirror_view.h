// SPDX-License-Identifier: GPL-3.0-or-later
//
// A second look at what a diagram shows: as the classic builder has it, with the same layout, zoom and place. Pan, zoom
// and a click are for both; nothing is changed here.

#pragma once

#include "ui/diagram/scene.h"

#include <QGraphicsView>

namespace stagelift::ui {

class DiagramView;

class MirrorView : public QGraphicsView {
    Q_OBJECT
public:
    /// `of` must outlive it.
    MirrorView(DiagramView& of, QWidget* parent);
    ~MirrorView() override;

    void setTheme(const Theme& theme);
    [[nodiscard]] const Picture& picture() const { return m_scene.picture(); }

protected:
    bool viewportEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    void showPicture();
    void showPlace();
    void showMarks();
    void choose(QPoint position);

    DiagramView& m_of;
    DiagramScene m_scene;
    QPoint m_pressedAt;
    QPoint m_last;
    bool m_pans = false;
};

} // namespace stagelift::ui
