// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the signs of the diagram mean: samples of nodes and edges, painted by the painter that paints the real ones,
// each with a few words. In the window it lies in a corner of the diagram, in a file below it.

#pragma once

#include "ui/diagram/painter.h"

#include <QWidget>

#include <vector>

class QGraphicsView;

namespace stagelift::ui {

class DiagramScene;

struct LegendText {
    QString text;
    QRectF rect;
};

/// A legend in its place, its corner at (0, 0).
struct Legend {
    Picture samples; // nodes and edges of no graph
    std::vector<LegendText> texts;
    QSizeF size;
};

/// In as many columns as there is room for. `room` is a width in scene units; one column always fits.
[[nodiscard]] Legend legendWithin(const PictureFonts& fonts, double room);
void paintLegend(QPainter& painter, const Legend& legend, const Theme& theme);

/// The legend at the bottom left of a view, where that is large enough for both.
class LegendBox : public QWidget {
    Q_OBJECT
public:
    LegendBox(QGraphicsView& view, const DiagramScene& scene);

    /// Someone wants to see it; it is hidden all the same while there is no room.
    void setWanted(bool wanted);
    [[nodiscard]] bool isWanted() const { return m_wanted; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void settle();

    QGraphicsView& m_view;
    const DiagramScene& m_scene;
    Legend m_legend;
    bool m_wanted = false;
};

} // namespace stagelift::ui
