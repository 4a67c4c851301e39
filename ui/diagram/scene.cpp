// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/scene.h"

#include <array>
#include <utility>

namespace stagelift::ui {

namespace {

// Pixels of the screen that a text is high.
constexpr double kUnreadable = 8;
constexpr double kNearAgain = 8.8;

} // namespace

DiagramScene::DiagramScene(QObject* parent)
    : QGraphicsScene(parent),
      m_now{.picture = std::make_shared<Picture>(),
            .bounds = std::make_shared<PaintBounds>(),
            .theme = Theme::lightTheme(),
            .marks = {}},
      m_picture(m_now.picture)
{
    m_glide.setStartValue(0.0);
    m_glide.setEndValue(1.0);
    m_glide.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&m_glide, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { glideStep(value.toDouble()); });
    connect(&m_fade, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        m_now.far = value.toDouble();
        emit dirtied({});
    });
}

DiagramScene::~DiagramScene() = default;

bool DiagramScene::isMoving() const
{
    return m_glide.state() == QAbstractAnimation::Running || m_fade.state() == QAbstractAnimation::Running;
}

void DiagramScene::setScale(double scale, int duration)
{
    const double text = m_picture->fonts.em * scale;
    const bool far = m_isFar ? text < kNearAgain : text < kUnreadable;
    if (far == m_isFar)
        return;
    m_isFar = far;
    m_fade.stop();
    if (duration > 0) {
        m_fade.setStartValue(m_now.far);
        m_fade.setEndValue(far ? 1.0 : 0.0);
        m_fade.setDuration(duration);
        m_fade.start();
        return;
    }
    m_now.far = far ? 1 : 0;
    emit dirtied({});
}

void DiagramScene::setTheme(const Theme& theme)
{
    m_now.theme = theme;
    emit dirtied({});
}

void DiagramScene::put(std::shared_ptr<const Picture> picture)
{
    m_now.picture = std::move(picture);
    m_now.bounds = std::make_shared<PaintBounds>(PaintBounds::of(*m_now.picture));
    emit dirtied({});
}

void DiagramScene::show(Picture picture, int duration)
{
    m_glide.stop();
    m_from = m_now.picture;
    m_picture = std::make_shared<Picture>(std::move(picture));
    const bool glides = duration > 0 && !m_from->nodes.empty() && !m_picture->nodes.empty();
    m_now.marks = {};
    put(glides ? std::make_shared<Picture>(between(*m_from, *m_picture, 0)) : m_picture);
    setSceneRect(m_picture->bounds);
    if (!glides)
        return;
    m_glide.setDuration(duration);
    m_glide.start();
}

void DiagramScene::glideStep(double t)
{
    put(t < 1 ? std::make_shared<Picture>(between(*m_from, *m_picture, t)) : m_picture);
}

bool DiagramScene::isTouched(const Marks& marks, const PictureEdge& edge, int index) const
{
    const auto isEnd = [&](int node) { return node >= 0 && (node == edge.from || node == edge.to); };
    return marks.hoveredEdge == index || marks.selectedEdge == index || marks.caretEdge == index ||
           isEnd(marks.hoveredNode) || isEnd(marks.selectedNode);
}

void DiagramScene::setMarks(const Marks& marks)
{
    if (marks == m_now.marks)
        return;
    const Marks before = std::exchange(m_now.marks, marks);
    if (before.searching != marks.searching || before.foundNodes != marks.foundNodes ||
        before.foundEdges != marks.foundEdges || before.takers != marks.takers ||
        before.chosenRows != marks.chosenRows) {
        emit dirtied({});
        return;
    }
    QList<QRectF> places;
    for (const Marks& each : {before, marks})
        for (const int node : std::array{each.hoveredNode, each.selectedNode, each.caretNode, each.dropNode})
            if (node >= 0 && node < static_cast<int>(m_now.bounds->nodes.size()))
                places.append(m_now.bounds->nodes[static_cast<std::size_t>(node)]);
    for (int i = 0; i < static_cast<int>(shown().edges.size()); ++i) {
        const auto edge = static_cast<std::size_t>(i);
        if (isTouched(before, shown().edges[edge], i) || isTouched(marks, shown().edges[edge], i))
            places.append(m_now.bounds->labels[edge]);
    }
    if (!places.isEmpty())
        emit dirtied(places);
}

} // namespace stagelift::ui
