// SPDX-License-Identifier: GPL-3.0-or-later
//
// A second look at what a diagram shows: as the classic builder has it, with the same layout, zoom and place. Pan, zoom
// and a click are for both; nothing is changed here.

#pragma once

#include "ui/diagram/picture_view.h"
#include "ui/theme/theme.h"

#include <QPoint>

namespace stagelift::ui {

class DiagramView;

class MirrorView : public PictureView {
    Q_OBJECT
public:
    /// `of` must outlive it.
    MirrorView(DiagramView& of, QWidget* parent);

    void setTheme(const Theme& theme);

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
    QPoint m_pressedAt;
    QPoint m_last;
    bool m_pans = false;
};

} // namespace stagelift::ui
