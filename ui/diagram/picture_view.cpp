// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/picture_view.h"

#include "ui/diagram/tiles.h"

#include <QElapsedTimer>
#include <QPaintEvent>

#include <algorithm>
#include <cmath>

namespace stagelift::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kRest = 120ms;
constexpr double kQuick = 6;           // milliseconds: what is left of a frame is the window's
constexpr double kBearable = 40;       // where there is nothing else to show
constexpr double kMostPerThing = 0.25; // milliseconds; more is the machine's doing, not the picture's
constexpr double kLearning = 0.3;

} // namespace

PictureView::PictureView(QWidget* parent)
    : QGraphicsView(parent), m_drawing(std::make_unique<DiagramScene>()), m_tiles(std::make_unique<Tiles>(*m_drawing))
{
    setScene(m_drawing.get());
    setFrameShape(QFrame::NoFrame);
    setTransformationAnchor(QGraphicsView::NoAnchor);
    setResizeAnchor(QGraphicsView::NoAnchor);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    connect(&m_rest, &QTimer::timeout, this, [this] { m_tiles->want(sightOf(viewport()->rect())); });
    connect(m_drawing.get(), &DiagramScene::dirtied, this, &PictureView::dirty);
    connect(m_tiles.get(), &Tiles::painted, this, &PictureView::showTile);
}

PictureView::~PictureView()
{
    setScene(nullptr);
}

const Picture& PictureView::picture() const
{
    return m_drawing->picture();
}

const Marks& PictureView::marks() const
{
    return m_drawing->marks();
}

Sight PictureView::sightOf(const QRect& rect) const
{
    const QTransform toViewport = viewportTransform();
    const QPoint origin(static_cast<int>(std::lround(toViewport.dx() * m_ratio)),
                        static_cast<int>(std::lround(toViewport.dy() * m_ratio)));
    const QRectF pixels(QPointF(rect.topLeft()) * m_ratio, QSizeF(rect.size()) * m_ratio);
    return {.zoom = toViewport.m11(), .ratio = m_ratio, .rect = pixels.toAlignedRect().translated(-origin)};
}

std::vector<QRectF> PictureView::inScene(const QRegion& region) const
{
    const QTransform toScene = viewportTransform().inverted();
    std::vector<QRectF> parts;
    for (const QRect& rect : region)
        parts.push_back(toScene.mapRect(QRectF(rect)));
    return parts;
}

double PictureView::costOf(const std::vector<QRectF>& parts) const
{
    return m_perThing * m_drawing->scenery().bounds->countIn(parts);
}

bool PictureView::isSharp() const
{
    return costOf(inScene(viewport()->rect())) <= kQuick || m_tiles->cover(sightOf(viewport()->rect()));
}

void PictureView::dirty(const QList<QRectF>& places)
{
    if (places.isEmpty()) {
        viewport()->update();
        return;
    }
    const QTransform toViewport = viewportTransform();
    QRegion region;
    for (const QRectF& place : places)
        region += toViewport.mapRect(place).toAlignedRect().adjusted(-1, -1, 1, 1);
    viewport()->update(region);
}

void PictureView::showTile(const Sight& part)
{
    const Sight seen = sightOf(viewport()->rect());
    if (part.zoom != seen.zoom || part.ratio != seen.ratio)
        return;
    const QRectF there = part.rect.translated(-seen.rect.topLeft());
    viewport()->update(QRectF(there.topLeft() / m_ratio, there.size() / m_ratio).toAlignedRect());
}

void PictureView::paintDirectly(QPainter& painter, const std::vector<QRectF>& parts)
{
    QRectF exposed;
    for (const QRectF& part : parts)
        exposed |= part;
    painter.setWorldTransform(viewportTransform());
    painter.fillRect(exposed, m_drawing->theme().canvas);
    QElapsedTimer timer;
    timer.start();
    const Scenery& scenery = m_drawing->scenery();
    paintExposed(painter, scenery.look(transform().m11(), exposed), *scenery.bounds);
    const QRectF all = inScene(viewport()->rect()).front();
    if (exposed.width() * exposed.height() < all.width() * all.height() / 2)
        return;
    const int things = scenery.bounds->countIn(parts);
    if (things == 0)
        return;
    const double each = static_cast<double>(timer.nsecsElapsed()) / 1e6 / things;
    m_perThing += (std::min(each, kMostPerThing) - m_perThing) * kLearning;
}

void PictureView::hideEvent(QHideEvent* event)
{
    m_rest.stop();
    m_tiles->forget();
    QGraphicsView::hideEvent(event);
}

void PictureView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    const QTransform device = painter.deviceTransform();
    m_ratio = device.m11();
    const std::vector<QRectF> parts = inScene(event->region());
    const Sight whole = sightOf(viewport()->rect());
    const Sight part = sightOf(event->region().boundingRect());
    const double bearable = m_tiles->isEmpty() ? kBearable : kQuick;
    if (!m_drawing->isMoving() && (costOf(parts) > bearable || m_tiles->cover(part))) {
        const QPointF corner = device.map(QPointF(0, 0)) - whole.rect.topLeft();
        painter.setWorldTransform(QTransform::fromTranslate(std::round(corner.x()), std::round(corner.y())) *
                                  device.inverted());
        m_tiles->draw(painter, part);
        m_tiles->want(whole);
    } else {
        paintDirectly(painter, parts);
        if (costOf(inScene(viewport()->rect())) > kQuick)
            m_rest.start();
    }
    painter.setWorldTransform(viewportTransform());
    drawForeground(&painter, QRectF());
}

} // namespace stagelift::ui
