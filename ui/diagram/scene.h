// SPDX-License-Identifier: GPL-3.0-or-later
//
// A picture as it stands on the screen now, with what is marked in it. A new picture glides in from the old one. It
// says which part of it has to be painted anew; views paint it (picture_view.h).

#pragma once

#include "ui/diagram/paint_bounds.h"

#include <QGraphicsScene>
#include <QVariantAnimation>

#include <memory>

namespace stagelift::ui {

/// All that is painted, as it was at one moment: it stays so, and may be painted on another thread, with fonts of that
/// thread's own.
struct Scenery {
    std::shared_ptr<const Picture> picture;
    std::shared_ptr<const PaintBounds> bounds;
    Theme theme;
    Marks marks;
    double far = 0; // as Look's

    /// `scale` in pixels of the screen, `exposed` in scene units, as Look's.
    [[nodiscard]] Look look(double scale, const QRectF& exposed) const
    {
        return {*picture, theme, marks, far, scale, exposed};
    }
};

class DiagramScene : public QGraphicsScene {
    Q_OBJECT
public:
    explicit DiagramScene(QObject* parent = nullptr);
    ~DiagramScene() override;

    void setTheme(const Theme& theme);
    [[nodiscard]] const Theme& theme() const { return m_now.theme; }
    /// The picture that is shown, or will be when nothing glides any more.
    [[nodiscard]] const Picture& picture() const { return *m_picture; }
    /// The picture as it stands on the screen now.
    [[nodiscard]] const Picture& shown() const { return *m_now.picture; }
    [[nodiscard]] const Scenery& scenery() const { return m_now; }
    /// Something glides or fades: the next frame is another.
    [[nodiscard]] bool isMoving() const;

    /// `duration` in milliseconds; 0 puts everything in its place at once.
    void show(Picture picture, int duration);
    /// How many pixels of the screen a scene unit has now: where texts become too small to read, nodes take the form
    /// that is read from afar, and give it up again a little nearer. `duration` as in show().
    void setScale(double scale, int duration);
    [[nodiscard]] bool isFar() const { return m_isFar; }
    [[nodiscard]] const Marks& marks() const { return m_now.marks; }
    void setMarks(const Marks& marks);

signals:
    /// These places, in scene units, look otherwise than before; without any, all of it does.
    void dirtied(const QList<QRectF>& places);

private:
    void put(std::shared_ptr<const Picture> picture);
    void glideStep(double t);
    [[nodiscard]] bool isTouched(const Marks& marks, const PictureEdge& edge, int index) const;

    Scenery m_now;
    std::shared_ptr<const Picture> m_picture;
    std::shared_ptr<const Picture> m_from;
    QVariantAnimation m_glide;
    QVariantAnimation m_fade; // between the near form and the far one
    bool m_isFar = false;
};

} // namespace stagelift::ui
