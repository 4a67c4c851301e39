// SPDX-License-Identifier: GPL-3.0-or-later
//
// A large picture in square pieces that are painted on a thread of their own and kept, so that to pan and to zoom is
// to move pieces about. Where a piece is still to come, what was there before stands in for it: the pieces of another
// zoom, stretched, or all of the picture in small.

#pragma once

#include "ui/diagram/scene.h"

#include <QHash>
#include <QImage>
#include <QObject>
#include <QPoint>
#include <QRect>
#include <QThreadPool>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace stagelift::ui {

/// What is looked at. A scene at this zoom, on a device of this many pixels for each of the screen's, is a plane of
/// device pixels, with the scene's origin at its own; `rect` is in that plane.
struct Sight {
    double zoom = 1;
    double ratio = 1;
    QRect rect;

    [[nodiscard]] double scale() const { return zoom * ratio; }
};

class Tiles : public QObject {
    Q_OBJECT
public:
    /// `scene` must outlive it.
    explicit Tiles(const DiagramScene& scene);
    ~Tiles() override;

    /// There is nothing yet that could stand in for what is missing.
    [[nodiscard]] bool isEmpty() const { return m_ground.tiles.isEmpty() && m_small.isNull(); }
    /// All of it is there as it is to be.
    [[nodiscard]] bool cover(const Sight& sight) const;
    /// Draws the best that there is; `painter` paints in the plane of `sight`.
    void draw(QPainter& painter, const Sight& sight) const;
    /// Has it painted, and then what is around it, until something else is wanted.
    void want(const Sight& sight);
    /// Keeps nothing: they take many megabytes, and nobody looks.
    void forget();
    /// As DiagramScene::dirtied.
    void dirty(const QList<QRectF>& places);

signals:
    /// This much of what is wanted is there now.
    void painted(const stagelift::ui::Sight& part);

private:
    struct Tile {
        QImage image;
        bool stale = false;
    };
    struct Sheet {
        double zoom = 0;
        double ratio = 0;
        QHash<QPoint, Tile> tiles;

        [[nodiscard]] bool isFor(const Sight& sight) const { return zoom == sight.zoom && ratio == sight.ratio; }
    };
    struct Job {
        double zoom = 0;
        double ratio = 0;
        std::optional<QPoint> tile; // none for all of it in small
    };

    void next();
    [[nodiscard]] std::optional<Job> pick();
    void start(const Job& job);
    void take(const Job& job, const QImage& image);
    [[nodiscard]] const Tile* tileFor(const Sight& sight, QPoint place) const;
    void trim();

    const DiagramScene& m_scene;
    Sheet m_ground;              // was whole when it was wanted
    std::optional<Sheet> m_work; // for another zoom; becomes the ground
    QRect m_workRect;
    std::optional<Sight> m_wanted;

    QImage m_small;     // all of the picture
    QRectF m_smallRect; // what of the scene it shows
    bool m_smallIsStale = true;

    bool m_busy = false;
    bool m_allDirtied = false; // since the job that runs began, and these places:
    QList<QRectF> m_dirtied;

    struct Easel;
    std::shared_ptr<Easel> m_easel; // used by the pool's one thread alone
    QThreadPool m_pool;
};

} // namespace stagelift::ui
