// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/overview.h"

#include <QGraphicsView>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace stagelift::ui {

namespace {

constexpr double kMostWidth = 200;
constexpr double kMostHeight = 140;
constexpr int kDistance = 12; // from the corner
constexpr int kPad = 6;
constexpr std::size_t kFewNodes = 6; // scroll bars do for these

} // namespace

Overview::Overview(QGraphicsView& view, const DiagramScene& scene)
    : QWidget(view.viewport()), m_view(view), m_scene(scene)
{
    setObjectName(QStringLiteral("diagramOverview"));
    setCursor(Qt::PointingHandCursor);
    hide();
    connect(&scene, &DiagramScene::dirtied, this, [this](const QList<QRectF>& places) {
        if (!places.isEmpty())
            return;
        m_kept = {};
        update();
    });
}

QTransform Overview::fromPicture() const
{
    QTransform transform = QTransform::fromTranslate(kPad, kPad);
    transform.scale(scale(), scale());
    const QPointF corner = m_scene.picture().bounds.topLeft();
    transform.translate(-corner.x(), -corner.y());
    return transform;
}

double Overview::scale() const
{
    const QRectF bounds = m_scene.picture().bounds;
    if (bounds.isEmpty())
        return 1;
    return std::min(kMostWidth / bounds.width(), kMostHeight / bounds.height());
}

void Overview::settle()
{
    const Picture& picture = m_scene.picture();
    const QRectF seen = m_view.mapToScene(m_view.viewport()->rect()).boundingRect();
    const QRect room = m_view.viewport()->rect();
    const bool all = seen.adjusted(-1, -1, 1, 1).contains(picture.bounds);
    if (all || picture.nodes.size() <= kFewNodes || room.width() < 2 * kMostWidth || room.height() < 2 * kMostHeight) {
        hide();
        return;
    }
    const QSizeF inner = picture.bounds.size() * scale();
    const QSize size(static_cast<int>(inner.width()) + 2 * kPad, static_cast<int>(inner.height()) + 2 * kPad);
    setGeometry(QRect(room.bottomRight() - QPoint(size.width() + kDistance, size.height() + kDistance), size));
    show();
    update();
}

void Overview::paintPicture(QPainter& painter) const
{
    const Theme& theme = m_scene.theme();
    const Picture& picture = m_scene.shown();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = theme.node;
    ground.setAlphaF(0.97F);
    painter.setPen(QPen(theme.nodeBorder, 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);

    painter.setTransform(fromPicture(), true);
    QPen thin(mixed(theme.edge, theme.node, 0.6), 1);
    thin.setCosmetic(true);
    painter.setPen(thin);
    for (const PictureEdge& edge : picture.edges)
        painter.drawPolyline(edge.line);
    painter.setPen(Qt::NoPen);
    for (const PictureNode& node : picture.nodes) {
        const QColor hue = node.ref.kind == NodeKind::Stage ? theme.stageHue(node.ref.index) : theme.edge;
        painter.fillRect(node.rect, mixed(hue, theme.node, node.needed ? 0.8 : 0.35));
    }
}

void Overview::paintEvent(QPaintEvent*)
{
    const QSize pixels = size() * devicePixelRatio();
    if (m_kept.size() != pixels) {
        m_kept = QPixmap(pixels);
        m_kept.setDevicePixelRatio(devicePixelRatio());
        m_kept.fill(Qt::transparent);
        QPainter painter(&m_kept);
        paintPicture(painter);
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_kept);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setTransform(fromPicture(), true);
    const QColor accent = m_scene.theme().accent;
    QColor veil = accent;
    veil.setAlphaF(0.14F);
    QPen frame(accent, 1.5);
    frame.setCosmetic(true);
    painter.setPen(frame);
    painter.setBrush(veil);
    const QRectF seen = m_view.mapToScene(m_view.viewport()->rect()).boundingRect();
    painter.drawRect(seen & m_scene.shown().bounds);
}

void Overview::goTo(QPointF place)
{
    m_view.centerOn(fromPicture().inverted().map(place));
    update();
}

void Overview::mousePressEvent(QMouseEvent* event)
{
    goTo(event->position());
}

void Overview::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        goTo(event->position());
}

void Overview::mouseReleaseEvent(QMouseEvent* event)
{
    event->accept();
}

} // namespace stagelift::ui
