// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/treemap_paint.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <array>

namespace stagelift::ui {

namespace {

constexpr double kPad = 5;        // px, around a text
constexpr double kLeastText = 30; // px, of a rectangle with a text in it
constexpr double kLeastName = 40; // px, of what is left of a name ahead of its size
constexpr double kGap = 0.75;     // px, half of what is between two rectangles
constexpr double kSeen = 1.5;     // px, of a side

// Of a hue in its ground.
constexpr double kTint = 0.24;                            // a layer
constexpr double kPartTint = 0.14;                        // what is in one, on the ground of its frame
constexpr double kQuietTint = 0.07;                       // what is left
constexpr std::array kFrameTints{0.38, 0.34, 0.30, 0.26}; // by how many frames are around it

QColor tinted(const QColor& colour, const QColor& ground, double part)
{
    const auto mix = [part](int a, int b) { return qRound(b + (a - b) * part); };
    return {mix(colour.red(), ground.red()), mix(colour.green(), ground.green()), mix(colour.blue(), ground.blue())};
}

class TreemapPainter {
public:
    TreemapPainter(QPainter& painter, const TreemapPlan& plan, const TreemapLook& look)
        : m_painter(painter), m_plan(plan), m_look(look), m_metrics(look.font), m_bold(look.font)
    {
        m_bold.setBold(true);
        m_ground = look.theme.palette.color(QPalette::Base);
    }

    void paintFrame(const TreemapTile& tile, double tint)
    {
        const bool isHovered = tile.node->key >= 0 && tile.node->key == m_look.hovered;
        const QRectF rect = rectOf(tile.rect).adjusted(kGap, kGap, -kGap, -kGap);
        m_painter.fillRect(rect, tinted(hueOf(tile), m_ground, isHovered ? tint / 2 : tint));
        if (tile.head <= 0 || rect.width() < kLeastText)
            return;
        const QRectF head(rect.left() + kPad, rect.top(), rect.width() - 2 * kPad, tile.head);
        const QFont& font = tile.depth == 0 && !m_plan.isZoomed() ? m_bold : m_look.font;
        m_painter.setFont(font);
        put(head, lineOf(tile, QFontMetricsF(font), head.width()), QFontMetricsF(font), m_look.theme.text);
        m_painter.setFont(m_look.font);
    }

    void paintLeaf(const TreemapTile& tile)
    {
        const QRectF rect = rectOf(tile.rect).adjusted(kGap, kGap, -kGap, -kGap);
        if (rect.width() < kSeen || rect.height() < kSeen)
            return;
        const bool isHovered = tile.node->key == m_look.hovered;
        const bool isQuiet = isRest(tile);
        const double tint = isQuiet ? kQuietTint : m_plan.part(tile.node->key) ? kPartTint : kTint;
        m_painter.fillRect(rect, tinted(hueOf(tile), m_ground, isHovered ? tint / 2 : tint));
        const QRectF inside = rect.adjusted(kPad, kPad / 2, -kPad, -kPad / 2);
        const double line = m_metrics.height();
        if (inside.width() < kLeastText || inside.height() < line)
            return;
        const QColor& colour = isQuiet ? m_look.theme.textQuiet : m_look.theme.text;
        const QRectF first(inside.left(), inside.top(), inside.width(), line);
        if (inside.height() < 2 * line) {
            put(first, lineOf(tile, m_metrics, first.width()), m_metrics, colour);
            return;
        }
        put(first, m_plan.name(*tile.node), m_metrics, colour);
        put(first.translated(0, line), humanSize(tile.node->total()), m_metrics, colour);
    }

    void paintCurrent(const TreemapTile& tile)
    {
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_look.theme.accent, 2));
        m_painter.drawRect(rectOf(tile.rect).adjusted(1, 1, -1, -1));
    }

private:
    [[nodiscard]] QColor hueOf(const TreemapTile& tile) const
    {
        const int stage = m_plan.stageOf(tile.node->key);
        return stage < 0 ? m_look.theme.leftBehind : m_look.theme.stageHue(stage);
    }

    /// No folder and no file, but what is left.
    [[nodiscard]] bool isRest(const TreemapTile& tile) const
    {
        const LayerPart* part = m_plan.part(tile.node->key);
        return part && (part->kind == LayerPart::Kind::Others || part->kind == LayerPart::Kind::Besides);
    }

    /// The name and the size; where there is no room for both, of the name what there is room for.
    [[nodiscard]] QString lineOf(const TreemapTile& tile, const QFontMetricsF& metrics, double width) const
    {
        const QString name = m_plan.name(*tile.node);
        const QString both = QCoreApplication::translate("stagelift::ui::TreemapView", "%1 · %2");
        const QString size = humanSize(tile.node->total());
        const double left = width - metrics.horizontalAdvance(both.arg(QString(), size));
        return left < std::min(kLeastName, metrics.horizontalAdvance(name))
                   ? name
                   : both.arg(metrics.elidedText(name, Qt::ElideMiddle, left), size);
    }

    void put(const QRectF& room, const QString& text, const QFontMetricsF& metrics, const QColor& colour)
    {
        m_painter.setPen(colour);
        m_painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                           metrics.elidedText(text, Qt::ElideRight, room.width()));
    }

    QPainter& m_painter;
    const TreemapPlan& m_plan;
    const TreemapLook& m_look;
    QFontMetricsF m_metrics;
    QFont m_bold;
    QColor m_ground;
};

} // namespace

void paintTreemap(QPainter& painter, const TreemapPlan& plan, const std::vector<TreemapTile>& tiles,
                  const std::vector<bool>& open, const TreemapLook& look)
{
    painter.setFont(look.font);
    TreemapPainter paints(painter, plan, look);
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        const auto depth = static_cast<std::size_t>(tiles[i].depth + (plan.isZoomed() ? 2 : 0));
        open[i] || tiles[i].node->key < 0
            ? paints.paintFrame(tiles[i], kFrameTints.at(std::min(depth, kFrameTints.size() - 1)))
            : paints.paintLeaf(tiles[i]);
    }
    const auto current = std::ranges::find_if(
        tiles, [&](const TreemapTile& tile) { return look.current >= 0 && tile.node->key == look.current; });
    if (current != tiles.end())
        paints.paintCurrent(*current);
}

} // namespace stagelift::ui
