// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/treemap_view.h"

#include "ui/build/layer_tree.h"
#include "ui/build/sizes_model.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr QSize kLeast{160, 80};  // px
constexpr int kMargin = 6;        // px, around all of it
constexpr double kFrame = 2;      // px
constexpr double kLeastSide = 8;  // px, of what is worth a frame
constexpr double kPad = 5;        // px, around a text
constexpr double kLeastText = 30; // px, of a rectangle with a text in it
constexpr double kTint = 0.24;    // of a hue in its ground
constexpr double kHeadTint = 0.38;
constexpr double kGap = 0.75; // px, half of what is between two rectangles

QColor tinted(const QColor& colour, const QColor& ground, double part)
{
    const auto mix = [part](int a, int b) { return qRound(b + (a - b) * part); };
    return {mix(colour.red(), ground.red()), mix(colour.green(), ground.green()), mix(colour.blue(), ground.blue())};
}

QRectF rectOf(const TreemapRect& rect)
{
    return {rect.left, rect.top, rect.width, rect.height};
}

} // namespace

TreemapView::TreemapView(QWidget* parent) : QWidget(parent), m_theme(Theme::ofDesktop())
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Treemap of the layers"));
    describe();
}

QSize TreemapView::minimumSizeHint() const
{
    return kLeast;
}

void TreemapView::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

void TreemapView::showStage(const AnalysisPtr& analysis, const StageSize& size)
{
    m_analysis = analysis;
    m_size = size;
    m_tree = layerTree(*analysis, size);
    m_current = m_hovered = -1;
    arrange();
    describe();
}

void TreemapView::clear()
{
    m_analysis.reset();
    m_tree = {};
    m_current = m_hovered = -1;
    arrange();
    describe();
}

void TreemapView::arrange()
{
    const QRectF room = QRectF(rect()).adjusted(kMargin, kMargin, -kMargin, -kMargin);
    m_tiles = layTreemap(m_tree, {room.left(), room.top(), room.width(), room.height()},
                         {.head = fontMetrics().height() + 2.0, .frame = kFrame, .least = kLeastSide});
    update();
}

void TreemapView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// Whose instruction made it; -1 for the base image.
int TreemapView::stageOf(const TreemapTile& tile) const
{
    const TreemapTile& branch = tile.parent < 0 ? tile : m_tiles[static_cast<std::size_t>(tile.parent)];
    return stageOfBranch(branch.node->key);
}

const TreemapTile* TreemapView::layerAt(QPointF place) const
{
    const auto found = std::ranges::find_if(
        m_tiles, [&](const TreemapTile& tile) { return tile.node->key >= 0 && rectOf(tile.rect).contains(place); });
    return found == m_tiles.end() ? nullptr : &*found;
}

const TreemapTile* TreemapView::tileOf(int layer) const
{
    const auto found =
        std::ranges::find_if(m_tiles, [layer](const TreemapTile& tile) { return tile.node->key == layer; });
    return layer < 0 || found == m_tiles.end() ? nullptr : &*found;
}

std::optional<Span> TreemapView::spanOf(int layer) const
{
    if (!m_analysis || layer < 0)
        return std::nullopt;
    const int instruction = m_size.layers.at(layer).instruction;
    const auto& instructions = m_analysis->dockerfile.instructions;
    if (instruction < 0 || static_cast<std::size_t>(instruction) >= instructions.size())
        return std::nullopt;
    return instructions[static_cast<std::size_t>(instruction)].span;
}

QString TreemapView::hint(int layer) const
{
    const TreemapTile* tile = tileOf(layer);
    if (!tile)
        return {};
    const qint64 bytes = m_size.layers.at(layer).bytes;
    const int stage = stageOf(*tile);
    const QString whose = stage < 0
                              ? tr("of the base image")
                              : tr("of %1").arg(QString::fromStdString(m_analysis->graph.label(stageNode(stage))));
    const double part = 100.0 * static_cast<double>(bytes) / static_cast<double>(std::max<qint64>(1, m_size.total));
    return QStringList{QString::fromStdString(tile->node->name), whose,
                       tr("%1, %2 % of the image").arg(exactSize(bytes), QLocale().toString(part, 'f', 1))}
        .join(u'\n');
}

QString TreemapView::hintAt(QPointF place) const
{
    const TreemapTile* tile = layerAt(place);
    return tile ? hint(tile->node->key) : QString();
}

/// The rectangle that a key leads to; the same where it leads nowhere. By far the nearest is the one beside it.
const TreemapTile* TreemapView::besides(const TreemapTile& tile, int key) const
{
    const QPointF from = rectOf(tile.rect).center();
    const bool isLevel = key == Qt::Key_Left || key == Qt::Key_Right;
    const double sign = key == Qt::Key_Left || key == Qt::Key_Up ? -1 : 1;
    const TreemapTile* nearest = &tile;
    double distance = 0;
    for (const TreemapTile& each : m_tiles) {
        if (each.node->key < 0 || &each == &tile)
            continue;
        const QRectF rect = rectOf(each.rect);
        const double ahead = sign * (isLevel ? rect.center().x() - from.x() : rect.center().y() - from.y());
        const double aside = isLevel ? std::max({0.0, rect.top() - from.y(), from.y() - rect.bottom()})
                                     : std::max({0.0, rect.left() - from.x(), from.x() - rect.right()});
        const double gap = isLevel ? (sign > 0 ? rect.left() - tile.rect.right() : tile.rect.left - rect.right())
                                   : (sign > 0 ? rect.top() - tile.rect.bottom() : tile.rect.top - rect.bottom());
        constexpr double kTouch = 0.5;     // px, what rounding takes
        constexpr double kAsideCounts = 3; // times
        const double away = std::max(0.0, gap) + kAsideCounts * aside;
        if (ahead <= 0 || gap < -kTouch || (nearest != &tile && away >= distance))
            continue;
        nearest = &each;
        distance = away;
    }
    return nearest;
}

void TreemapView::describe()
{
    const QString said = hint(m_current);
    setAccessibleDescription(said.isEmpty()
                                 ? tr("What the stage's image is made of, by size; the arrow keys walk from layer to "
                                      "layer, Enter goes to its line")
                                 : QString(said).replace(u'\n', u", "_s));
}

void TreemapView::choose(int layer)
{
    if (const auto span = spanOf(layer))
        emit spanChosen(*span);
}

void TreemapView::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    const bool walks =
        key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Home;
    const bool enters = key == Qt::Key_Return || key == Qt::Key_Enter;
    const bool isPlain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    const auto heaviest = std::ranges::max_element(
        m_tiles, {}, [](const TreemapTile& tile) { return tile.node->key < 0 ? -1 : tile.node->weight; });
    if (!isPlain || (!walks && !enters) || heaviest == m_tiles.end() || heaviest->node->key < 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    const TreemapTile* tile = tileOf(m_current);
    if (enters) {
        choose(m_current);
        return;
    }
    m_current = (tile && key != Qt::Key_Home ? besides(*tile, key) : &*heaviest)->node->key;
    describe();
    update();
}

void TreemapView::mousePressEvent(QMouseEvent* event)
{
    const TreemapTile* tile = event->button() == Qt::LeftButton ? layerAt(event->position()) : nullptr;
    if (!tile)
        return;
    m_current = tile->node->key;
    describe();
    update();
    choose(m_current);
}

void TreemapView::mouseMoveEvent(QMouseEvent* event)
{
    const TreemapTile* tile = layerAt(event->position());
    const int hovered = tile ? tile->node->key : -1;
    setCursor(spanOf(hovered) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (hovered == m_hovered)
        return;
    m_hovered = hovered;
    update();
}

void TreemapView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_hovered = -1;
    update();
}

bool TreemapView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        // A command may look like markup; a tooltip would take it for such.
        QToolTip::showText(help->globalPos(), hintAt(help->pos()).toHtmlEscaped().replace(u'\n', "<br>"_L1), this);
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    if (event->type() == QEvent::FontChange)
        arrange();
    return QWidget::event(event);
}

void TreemapView::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.palette.color(QPalette::Base));
    if (m_analysis && m_tiles.empty()) {
        painter.setPen(m_theme.textQuiet);
        painter.drawText(rect(), Qt::AlignCenter, tr("This stage's image has no layer that weighs anything."));
    }
    for (const TreemapTile& tile : m_tiles)
        tile.node->key < 0 ? paintFrame(painter, tile) : paintLayer(painter, tile);
    if (const TreemapTile* current = hasFocus() ? tileOf(m_current) : nullptr) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.accent, 2));
        painter.drawRect(rectOf(current->rect).adjusted(1, 1, -1, -1));
    }
}

void TreemapView::paintFrame(QPainter& painter, const TreemapTile& tile) const
{
    const int stage = stageOf(tile);
    const QColor hue = stage < 0 ? m_theme.leftBehind : m_theme.stageHue(stage);
    const QColor ground = m_theme.palette.color(QPalette::Base);
    const QRectF rect = rectOf(tile.rect).adjusted(kGap, kGap, -kGap, -kGap);
    painter.fillRect(rect, tinted(hue, ground, kHeadTint));
    if (tile.head <= 0 || rect.width() < kLeastText)
        return;
    const QRectF head(rect.left() + kPad, rect.top(), rect.width() - 2 * kPad, tile.head);
    const QString text = tr("%1 · %2").arg(QString::fromStdString(tile.node->name), humanSize(tile.node->total()));
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(m_theme.text);
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(bold).elidedText(text, Qt::ElideMiddle, head.width()));
    painter.setFont(font());
}

void TreemapView::paintLayer(QPainter& painter, const TreemapTile& tile) const
{
    const int stage = stageOf(tile);
    const QColor hue = stage < 0 ? m_theme.leftBehind : m_theme.stageHue(stage);
    const QColor ground = m_theme.palette.color(QPalette::Base);
    const bool isHovered = tile.node->key == m_hovered;
    const QRectF rect = rectOf(tile.rect).adjusted(kGap, kGap, -kGap, -kGap);
    painter.fillRect(rect, tinted(hue, ground, isHovered ? kTint / 2 : kTint));
    const QRectF inside = rect.adjusted(kPad, kPad / 2, -kPad, -kPad / 2);
    const double line = fontMetrics().height();
    if (inside.width() < kLeastText || inside.height() < line)
        return;
    const auto put = [&](double top, const QString& text, const QColor& colour) {
        painter.setPen(colour);
        painter.drawText(QRectF(inside.left(), top, inside.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(inside.width())));
    };
    const QString size = humanSize(tile.node->weight);
    if (inside.height() < 2 * line) {
        put(inside.top(), tr("%1 · %2").arg(size, QString::fromStdString(tile.node->name)), m_theme.text);
        return;
    }
    put(inside.top(), QString::fromStdString(tile.node->name), m_theme.text);
    put(inside.top() + line, size, m_theme.text);
}

} // namespace stagelift::ui
