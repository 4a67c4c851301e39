// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/tiles.h"

#include "ui/diagram/own_font.h"

#include <QFuture>
#include <QPromise>

#include <algorithm>
#include <cmath>
#include <utility>

namespace stagelift::ui {

namespace {

constexpr int kSide = 512;           // device pixels
constexpr double kSmallArea = 1.2e6; // pixels of all of it in small
constexpr double kMostSmooth = 1e6;  // pixels that are stretched smoothly in a few milliseconds
constexpr qsizetype kMostTiles = 96; // of a mebibyte each, if no larger screen needs more

QRect placeOf(QPoint tile)
{
    return {tile * kSide, QSize(kSide, kSide)};
}

int floorOf(int pixel)
{
    return pixel >= 0 ? pixel / kSide : -((kSide - 1 - pixel) / kSide);
}

QRect tilesIn(const QRect& rect)
{
    return {QPoint(floorOf(rect.left()), floorOf(rect.top())), QPoint(floorOf(rect.right()), floorOf(rect.bottom()))};
}

template<typename Visit>
void forEachTile(const QRect& rect, Visit visit)
{
    const QRect tiles = tilesIn(rect);
    for (int y = tiles.top(); y <= tiles.bottom(); ++y)
        for (int x = tiles.left(); x <= tiles.right(); ++x)
            visit(QPoint(x, y));
}

QRectF sceneRectOf(const QRect& rect, double scale)
{
    return {rect.x() / scale, rect.y() / scale, rect.width() / scale, rect.height() / scale};
}

} // namespace

/// What paints, on the thread that does: the picture again, with fonts of its own.
struct Tiles::Easel {
    std::shared_ptr<const Picture> of;
    std::shared_ptr<const Picture> own;

    [[nodiscard]] QImage paint(Scenery scenery, double zoom, double ratio, const QRect& place)
    {
        if (of != scenery.picture) {
            of = scenery.picture;
            auto copy = std::make_shared<Picture>(*of);
            for (QFont* font : {&copy->fonts.title, &copy->fonts.unnamed, &copy->fonts.text, &copy->fonts.small})
                *font = ownFont(*font);
            own = std::move(copy);
        }
        scenery.picture = own;
        QImage image(place.size(), QImage::Format_RGB32);
        image.fill(scenery.theme.canvas);
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        painter.translate(-place.topLeft());
        painter.scale(zoom * ratio, zoom * ratio);
        paintExposed(painter, scenery.look(zoom, sceneRectOf(place, zoom * ratio)), *scenery.bounds);
        return image;
    }
};

Tiles::Tiles(const DiagramScene& scene) : m_scene(scene), m_easel(std::make_shared<Easel>())
{
    m_pool.setMaxThreadCount(1);
    m_pool.setExpiryTimeout(-1); // it keeps the glyphs that it has drawn
    connect(&scene, &DiagramScene::dirtied, this, &Tiles::dirty);
}

Tiles::~Tiles()
{
    m_pool.waitForDone();
}

void Tiles::dirty(const QList<QRectF>& places)
{
    if (m_busy) {
        m_allDirtied |= places.isEmpty();
        m_dirtied += places;
    }
    m_smallIsStale |= places.isEmpty();
    const auto mark = [&](Sheet& sheet) {
        const double scale = sheet.zoom * sheet.ratio;
        for (auto [place, tile] : sheet.tiles.asKeyValueRange()) {
            const QRectF rect = sceneRectOf(placeOf(place), scale);
            tile.stale |= places.isEmpty() ||
                          std::ranges::any_of(places, [&](const QRectF& dirty) { return dirty.intersects(rect); });
        }
    };
    mark(m_ground);
    if (m_work)
        mark(*m_work);
}

const Tiles::Tile* Tiles::tileFor(const Sight& sight, QPoint place) const
{
    const Tile* found = nullptr;
    for (const Sheet* sheet : {&m_ground, m_work ? &*m_work : nullptr}) {
        if (!sheet || !sheet->isFor(sight))
            continue;
        const auto tile = sheet->tiles.constFind(place);
        if (tile != sheet->tiles.constEnd() && (!found || found->stale))
            found = &*tile;
    }
    return found;
}

bool Tiles::cover(const Sight& sight) const
{
    bool all = true;
    forEachTile(sight.rect, [&](QPoint place) {
        const Tile* tile = tileFor(sight, place);
        all = all && tile && !tile->stale;
    });
    return all;
}

void Tiles::draw(QPainter& painter, const Sight& sight) const
{
    QRegion missing;
    forEachTile(sight.rect, [&](QPoint place) {
        if (const Tile* tile = tileFor(sight, place))
            painter.drawImage(placeOf(place).topLeft(), tile->image);
        else
            missing += placeOf(place);
    });
    if (missing.isEmpty())
        return;
    painter.save();
    // A stretched pixel is seen where pixels are large, and takes its time where they are many.
    const double pixels = static_cast<double>(sight.rect.width()) * sight.rect.height();
    painter.setRenderHint(QPainter::SmoothPixmapTransform, sight.ratio < 1.5 && pixels < kMostSmooth);
    const QRectF seen = sight.rect;
    const auto inSight = [&](const QRectF& scene) {
        const double scale = sight.scale();
        return QRectF(scene.topLeft() * scale, scene.size() * scale);
    };
    QRegion covered;
    const double groundScale = m_ground.zoom * m_ground.ratio;
    for (const auto [place, tile] : m_ground.tiles.asKeyValueRange())
        covered += inSight(sceneRectOf(placeOf(place), groundScale)).toAlignedRect();
    if (const QRegion bare = (missing - covered) & sight.rect; !bare.isEmpty()) {
        painter.setClipRegion(bare);
        painter.fillRect(seen, m_scene.theme().canvas);
        if (!m_small.isNull())
            painter.drawImage(inSight(m_smallRect), m_small);
    }
    painter.setClipRegion(missing);
    for (const auto [place, tile] : m_ground.tiles.asKeyValueRange())
        if (const QRectF there = inSight(sceneRectOf(placeOf(place), groundScale)); there.intersects(seen))
            painter.drawImage(there, tile.image);
    painter.restore();
}

void Tiles::want(const Sight& sight)
{
    if (sight.rect.isEmpty())
        return;
    m_wanted = sight;
    next();
}

void Tiles::forget()
{
    m_wanted.reset();
    m_work.reset();
    m_ground = {};
    m_small = {};
    m_smallIsStale = true;
}

void Tiles::next()
{
    if (m_busy || !m_wanted)
        return;
    if (const auto job = pick())
        start(*job);
}

/// What is to be painted next. Work on another zoom is brought to its end even where that zoom is past: while someone
/// zooms on and on, there is a newer ground each time.
std::optional<Tiles::Job> Tiles::pick()
{
    const auto lackingIn = [](const Sheet& sheet, const QRect& rect) {
        std::optional<QPoint> nearest;
        int least = 0;
        forEachTile(rect, [&](QPoint place) {
            const auto tile = sheet.tiles.constFind(place);
            if (tile != sheet.tiles.constEnd() && !tile->stale)
                return;
            const int away = (placeOf(place).center() - rect.center()).manhattanLength();
            if (!nearest || away < least) {
                nearest = place;
                least = away;
            }
        });
        return nearest;
    };
    if (m_work && m_ground.isFor(*m_wanted))
        m_work.reset();
    if (m_work) {
        if (const auto tile = lackingIn(*m_work, m_workRect))
            return Job{m_work->zoom, m_work->ratio, tile};
        m_ground = *std::exchange(m_work, std::nullopt);
    }
    if (!m_ground.isFor(*m_wanted)) {
        m_work = Sheet{.zoom = m_wanted->zoom, .ratio = m_wanted->ratio, .tiles = {}};
        m_workRect = m_wanted->rect;
        return Job{m_work->zoom, m_work->ratio, lackingIn(*m_work, m_workRect)};
    }
    const QRect around = m_wanted->rect.adjusted(-kSide, -kSide, kSide, kSide);
    for (const QRect& rect : {m_wanted->rect, around}) {
        if (const auto tile = lackingIn(m_ground, rect))
            return Job{m_ground.zoom, m_ground.ratio, tile};
        if (m_smallIsStale && !m_scene.picture().bounds.isEmpty())
            return Job{};
    }
    return std::nullopt;
}

void Tiles::start(const Job& job)
{
    Job order = job;
    QRect place;
    if (order.tile) {
        place = placeOf(*order.tile);
    } else {
        m_smallIsStale = false;
        m_smallRect = m_scene.picture().bounds;
        order.zoom = std::min(1.0, std::sqrt(kSmallArea / (m_smallRect.width() * m_smallRect.height())));
        order.ratio = 1;
        place = QRectF(m_smallRect.topLeft() * order.zoom, m_smallRect.size() * order.zoom).toAlignedRect();
        m_smallRect = sceneRectOf(place, order.zoom);
    }
    m_busy = true;
    m_allDirtied = false;
    m_dirtied.clear();
    auto promise = std::make_shared<QPromise<QImage>>();
    promise->future().then(this, [this, order](const QImage& image) { take(order, image); });
    m_pool.start([promise, order, place, easel = m_easel, scenery = m_scene.scenery()] {
        promise->start();
        promise->addResult(easel->paint(scenery, order.zoom, order.ratio, place));
        promise->finish();
    });
}

void Tiles::take(const Job& job, const QImage& image)
{
    m_busy = false;
    if (!job.tile) {
        m_small = image;
        next();
        return;
    }
    const Sight part{job.zoom, job.ratio, placeOf(*job.tile)};
    const QRectF scene = sceneRectOf(part.rect, part.scale());
    const bool stale =
        m_allDirtied || std::ranges::any_of(m_dirtied, [&](const QRectF& dirty) { return dirty.intersects(scene); });
    for (Sheet* sheet : {m_work ? &*m_work : nullptr, &m_ground}) {
        if (!sheet || !sheet->isFor(part))
            continue;
        sheet->tiles.insert(*job.tile, {image, stale});
        emit painted(part);
        break;
    }
    trim();
    next();
}

/// Leaves out what is far from all that is wanted.
void Tiles::trim()
{
    if (!m_wanted || !m_ground.isFor(*m_wanted))
        return;
    const QRect near = tilesIn(m_wanted->rect).adjusted(-1, -1, 1, 1);
    const qsizetype most = std::max<qsizetype>(kMostTiles, static_cast<qsizetype>(near.width()) * near.height());
    if (m_ground.tiles.size() <= most)
        return;
    m_ground.tiles.removeIf([&](const auto& tile) { return !near.contains(tile.key()); });
}

} // namespace stagelift::ui
