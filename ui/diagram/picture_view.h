// SPDX-License-Identifier: GPL-3.0-or-later
//
// A view on a DiagramScene of its own. It paints at once what is painted in a moment, and what would take longer from
// tiles, so that no frame is waited for however large the picture is.

#pragma once

#include <QGraphicsView>
#include <QTimer>

#include <memory>
#include <vector>

namespace stagelift::ui {

class DiagramScene;
struct Marks;
struct Picture;
struct Sight;
class Tiles;

class PictureView : public QGraphicsView {
    Q_OBJECT
public:
    explicit PictureView(QWidget* parent = nullptr);
    ~PictureView() override;

    /// What is drawn now, or will be when nothing glides any more.
    [[nodiscard]] const Picture& picture() const;
    /// What of it is marked now: selected, hovered, ready to take what is dragged.
    [[nodiscard]] const Marks& marks() const;
    /// All that is in view is painted as it is to be: none of it is stretched or waited for.
    [[nodiscard]] bool isSharp() const;

protected:
    [[nodiscard]] DiagramScene& drawing() { return *m_drawing; }
    void paintEvent(QPaintEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void dirty(const QList<QRectF>& places);
    void showTile(const Sight& part);
    void paintDirectly(QPainter& painter, const std::vector<QRectF>& parts);
    [[nodiscard]] Sight sightOf(const QRect& rect) const; // of the viewport
    [[nodiscard]] std::vector<QRectF> inScene(const QRegion& region) const;
    /// In milliseconds, by what the last ones took.
    [[nodiscard]] double costOf(const std::vector<QRectF>& parts) const;

    std::unique_ptr<DiagramScene> m_drawing;
    std::unique_ptr<Tiles> m_tiles;
    QTimer m_rest;           // after it, tiles are made for when someone will pan
    double m_ratio = 1;      // device pixels for each of the screen's, where it was last painted
    double m_perThing = 0.1; // milliseconds that one thing of a picture took to paint of late
};

} // namespace stagelift::ui
