// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/scene.h"

#include <QGraphicsItem>

#include <array>
#include <utility>

namespace stagelift::ui {

namespace {

// Pixels of the screen that a text is high.
constexpr double kUnreadable = 8;
constexpr double kNearAgain = 8.8;

} // namespace

using Paint = void (*)(QPainter&, const Look&, int);

class PictureItem : public QGraphicsItem {
public:
    PictureItem(const DiagramScene& scene, Paint function, int index, double z)
        : m_scene(scene), m_paint(function), m_index(index)
    {
        setZValue(z);
        setAcceptedMouseButtons(Qt::NoButton);
    }

    void setBounds(const QRectF& bounds)
    {
        if (bounds == m_bounds)
            return;
        prepareGeometryChange();
        m_bounds = bounds;
    }

    [[nodiscard]] QRectF boundingRect() const override { return m_bounds; }

    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override
    {
        m_paint(*painter, m_scene.look(), m_index);
    }

private:
    const DiagramScene& m_scene;
    Paint m_paint;
    int m_index;
    QRectF m_bounds;
};

DiagramScene::DiagramScene(QObject* parent) : QGraphicsScene(parent), m_theme(Theme::lightTheme())
{
    // Few items that often move: an index costs more than it finds.
    setItemIndexMethod(NoIndex);
    m_glide.setStartValue(0.0);
    m_glide.setEndValue(1.0);
    m_glide.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&m_glide, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { glideStep(value.toDouble()); });
    connect(&m_fade, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        m_far = value.toDouble();
        repaint();
    });
}

void DiagramScene::setScale(double scale, int duration)
{
    m_scale = scale;
    const double text = m_picture.fonts.em * scale;
    const bool far = m_isFar ? text < kNearAgain : text < kUnreadable;
    if (far == m_isFar)
        return;
    m_isFar = far;
    m_fade.stop();
    if (duration > 0) {
        m_fade.setStartValue(m_far);
        m_fade.setEndValue(far ? 1.0 : 0.0);
        m_fade.setDuration(duration);
        m_fade.start();
        return;
    }
    m_far = far ? 1 : 0;
    repaint();
}

DiagramScene::~DiagramScene() = default;

/// Comes ahead of all items.
void DiagramScene::drawBackground(QPainter* painter, const QRectF& rect)
{
    m_exposed = rect;
    QGraphicsScene::drawBackground(painter, rect);
}

void DiagramScene::repaint()
{
    for (const auto& node : m_nodes)
        node->update();
    update();
}

void DiagramScene::setTheme(const Theme& theme)
{
    m_theme = theme;
    setBackgroundBrush(theme.canvas);
    repaint();
}

void DiagramScene::show(Picture picture, int duration)
{
    m_glide.stop();
    m_from = std::move(m_shown);
    m_picture = std::move(picture);
    const bool glides = duration > 0 && !m_from.nodes.empty() && !m_picture.nodes.empty();
    m_shown = glides ? between(m_from, m_picture, 0) : m_picture;
    m_marks = {};
    putItems();
    setSceneRect(m_picture.bounds);
    repaint();
    if (!glides)
        return;
    m_glide.setDuration(duration);
    m_glide.start();
}

void DiagramScene::glideStep(double t)
{
    m_shown = between(m_from, m_picture, t);
    putItems();
    repaint();
}

void DiagramScene::putItems()
{
    // Nodes are drawn once for each zoom, and moved as they are while someone pans; lines would take too much room.
    const auto fill = [this](auto& items, std::size_t count, Paint function, double z) {
        while (items.size() > count)
            items.pop_back();
        while (items.size() < count) {
            items.push_back(std::make_unique<PictureItem>(*this, function, static_cast<int>(items.size()), z));
            if (function == paintNode)
                items.back()->setCacheMode(QGraphicsItem::DeviceCoordinateCache);
            addItem(items.back().get());
        }
    };
    fill(m_edges, m_shown.edges.size(), paintEdge, 0);
    fill(m_nodes, m_shown.nodes.size(), paintNode, 1);
    fill(m_labels, m_shown.edges.size(), paintEdgeLabel, 2);
    const auto widened = [](const QRectF& rect) { return rect.adjusted(-kOverhang, -kOverhang, kOverhang, kOverhang); };
    for (std::size_t i = 0; i < m_shown.nodes.size(); ++i)
        m_nodes[i]->setBounds(widened(m_shown.nodes[i].rect.marginsAdded(m_shown.nodes[i].farRoom)));
    for (std::size_t i = 0; i < m_shown.edges.size(); ++i) {
        const PictureEdge& edge = m_shown.edges[i];
        const QRectF line = edge.path.controlPointRect();
        m_edges[i]->setBounds(widened(line));
        m_labels[i]->setBounds(widened(line | edge.labelRect));
    }
}

bool DiagramScene::isTouched(const Marks& marks, const PictureEdge& edge, int index) const
{
    const auto isEnd = [&](int node) { return node >= 0 && (node == edge.from || node == edge.to); };
    return marks.hoveredEdge == index || marks.selectedEdge == index || marks.caretEdge == index ||
           isEnd(marks.hoveredNode) || isEnd(marks.selectedNode);
}

void DiagramScene::setMarks(const Marks& marks)
{
    if (marks == m_marks)
        return;
    const Marks before = std::exchange(m_marks, marks);
    if (before.searching != marks.searching || before.foundNodes != marks.foundNodes ||
        before.foundEdges != marks.foundEdges)
        repaint();
    if (before.takers != marks.takers || before.chosenRows != marks.chosenRows) {
        repaint();
        return;
    }
    for (const Marks& each : {before, marks})
        for (const int node : std::array{each.hoveredNode, each.selectedNode, each.caretNode, each.dropNode})
            if (node >= 0 && node < static_cast<int>(m_nodes.size()))
                m_nodes[static_cast<std::size_t>(node)]->update();
    for (int i = 0; i < static_cast<int>(m_shown.edges.size()); ++i) {
        const PictureEdge& edge = m_shown.edges[static_cast<std::size_t>(i)];
        if (!isTouched(before, edge, i) && !isTouched(marks, edge, i))
            continue;
        m_edges[static_cast<std::size_t>(i)]->update();
        m_labels[static_cast<std::size_t>(i)]->update();
    }
}

} // namespace stagelift::ui
