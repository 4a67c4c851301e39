// SPDX-License-Identifier: GPL-3.0-or-later
//
// Holds a picture in graphics items, which only know their place in it: they cull and update, the one painter draws.
// A new picture glides in from the old one.

#pragma once

#include "ui/diagram/painter.h"

#include <QGraphicsScene>
#include <QVariantAnimation>

#include <memory>
#include <vector>

namespace stagelift::ui {

class PictureItem;

class DiagramScene : public QGraphicsScene {
    Q_OBJECT
public:
    explicit DiagramScene(QObject* parent = nullptr);
    ~DiagramScene() override;

    void setTheme(const Theme& theme);
    [[nodiscard]] const Theme& theme() const { return m_theme; }
    /// The picture that is shown, or will be when nothing glides any more.
    [[nodiscard]] const Picture& picture() const { return m_picture; }
    /// The picture as it stands on the screen now.
    [[nodiscard]] const Picture& shown() const { return m_shown; }
    [[nodiscard]] Look look() const { return {m_shown, m_theme, m_marks, m_far, m_scale, m_exposed}; }

    /// `duration` in milliseconds; 0 puts everything in its place at once.
    void show(Picture picture, int duration);
    /// How many pixels of the screen a scene unit has now: where texts become too small to read, nodes take the form
    /// that is read from afar, and give it up again a little nearer. `duration` as in show().
    void setScale(double scale, int duration);
    [[nodiscard]] bool isFar() const { return m_isFar; }
    [[nodiscard]] const Marks& marks() const { return m_marks; }
    void setMarks(const Marks& marks);

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;

private:
    void putItems();
    void repaint(); // all of it, what is kept of the nodes too
    void glideStep(double t);
    [[nodiscard]] bool isTouched(const Marks& marks, const PictureEdge& edge, int index) const;

    Theme m_theme;
    Picture m_picture;
    Picture m_from;
    Picture m_shown;
    Marks m_marks;
    QVariantAnimation m_glide;
    QVariantAnimation m_fade; // between the near form and the far one
    bool m_isFar = false;
    double m_far = 0;
    double m_scale = 1;
    QRectF m_exposed; // by the painting that is under way
    std::vector<std::unique_ptr<PictureItem>> m_edges;
    std::vector<std::unique_ptr<PictureItem>> m_nodes;
    std::vector<std::unique_ptr<PictureItem>> m_labels;
};

} // namespace stagelift::ui
