// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/treemap_view.h"

#include "core/layout/treemap_walk.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <ranges>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr QSize kLeast{160, 80};  // px
constexpr int kMargin = 6;        // px, around all of it
constexpr double kFrame = 2;      // px
constexpr double kLeastSide = 8;  // px, of what is worth a frame
constexpr double kLeastHead = 56; // px, the width of a folder's or a layer's name
constexpr int kDepthOfLayers = 1; // whose stage they are of is around them

struct Way {
    Qt::Key key;
    TreemapStep step;
};

constexpr std::array kWays{Way{Qt::Key_Left, TreemapStep::Left}, Way{Qt::Key_Right, TreemapStep::Right},
                           Way{Qt::Key_Up, TreemapStep::Up}, Way{Qt::Key_Down, TreemapStep::Down}};

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
    m_plan.setStage(analysis, size);
    m_current = {};
    arrange();
    emit zoomed();
}

void TreemapView::showFolders(const LayerFoldersPtr& folders)
{
    if (folders == m_plan.folders())
        return;
    m_plan.setFolders(folders);
    m_current.place = LayerFolders::kRoot; // its folders may be others
    arrange();
    emit zoomed();
}

void TreemapView::clear()
{
    m_plan.clear();
    m_current = {};
    arrange();
    emit zoomed();
}

void TreemapView::goTo(const TreemapSpot& spot)
{
    const TreemapSpot from = m_plan.zoom();
    if (spot == from)
        return;
    m_plan.goTo(spot);
    // On the way out, where one was is what is current; on the way in, that is what is heaviest there.
    if (spot.layer < 0 || (from.layer == spot.layer && spot.place < from.place))
        m_current = from;
    arrange();
    if (m_currentKey < 0)
        makeCurrent(heaviest());
    emit zoomed();
}

void TreemapView::goUp()
{
    const QList<TreemapCrumb> crumbs = m_plan.crumbs();
    if (m_plan.isZoomed())
        goTo(crumbs.at(crumbs.size() - 2).spot);
}

void TreemapView::arrange()
{
    const QRectF room = QRectF(rect()).adjusted(kMargin, kMargin, -kMargin, -kMargin);
    m_tiles.clear(); // they look into the tree that goes
    m_plan.make(std::max(0.0, room.width()) * std::max(0.0, room.height()));
    m_tiles = layTreemap(m_plan.tree(), {room.left(), room.top(), room.width(), room.height()},
                         {.head = fontMetrics().height() + 2.0,
                          .frame = kFrame,
                          .least = kLeastSide,
                          .headsFrom = m_plan.isZoomed() ? 0 : kDepthOfLayers,
                          .leastHead = kLeastHead});
    m_open.assign(m_tiles.size(), false);
    for (const TreemapTile& tile : m_tiles)
        if (tile.parent >= 0)
            m_open[static_cast<std::size_t>(tile.parent)] = true;
    m_hovered = -1;
    m_currentKey = m_plan.keyOf(m_current, [this](int key) { return indexOf(key) >= 0; });
    describe();
    update();
}

void TreemapView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// The innermost, for what is in a frame comes behind it.
const TreemapTile* TreemapView::tileAt(QPointF place) const
{
    const auto holds = [&](const TreemapTile& tile) {
        return tile.node->key >= 0 && rectOf(tile.rect).contains(place);
    };
    const auto found = std::ranges::find_if(m_tiles | std::views::reverse, holds);
    return found == m_tiles.rend() ? nullptr : &*found;
}

int TreemapView::indexOf(int key) const
{
    const auto found = std::ranges::find(m_tiles, key, [](const TreemapTile& tile) { return tile.node->key; });
    return key < 0 || found == m_tiles.end() ? -1 : static_cast<int>(found - m_tiles.begin());
}

/// Where the keys can be: at what nothing is laid out in.
bool TreemapView::isStop(std::size_t index) const
{
    return m_tiles[index].node->key >= 0 && !m_open[index];
}

/// The key of the heaviest there is to be at; -1 for none.
int TreemapView::heaviest() const
{
    const TreemapTile* found = nullptr;
    for (std::size_t i = 0; i < m_tiles.size(); ++i)
        if (isStop(i) && (!found || m_tiles[i].node->total() > found->node->total()))
            found = &m_tiles[i];
    return found ? found->node->key : -1;
}

QString TreemapView::hintAt(QPointF place) const
{
    const TreemapTile* tile = tileAt(place);
    return tile ? m_plan.hint(tile->node->key) : QString();
}

QString TreemapView::currentName() const
{
    const int index = indexOf(m_currentKey);
    return index < 0 ? QString() : m_plan.name(*m_tiles[static_cast<std::size_t>(index)].node);
}

void TreemapView::makeCurrent(int key)
{
    m_currentKey = key;
    m_current = m_plan.spotOf(key).value_or(TreemapSpot());
    describe();
    update();
}

void TreemapView::describe()
{
    const QString said = m_plan.hint(m_currentKey);
    const QString ways =
        m_plan.hasFolders()
            ? tr("What the stage's image is made of, by size; the arrow keys walk from one to the next, "
                 "Enter goes into a folder, Backspace back, Space to the line that made the layer")
            : tr("What the stage's image is made of, by size; the arrow keys walk from layer to layer, "
                 "Enter goes to its line");
    setAccessibleDescription(said.isEmpty() ? ways : QString(said).replace(u'\n', u", "_s));
}

void TreemapView::choose(int key)
{
    if (const auto span = m_plan.spanOf(key))
        emit spanChosen(*span);
}

/// Into what can be gone into; to the line of what can't.
void TreemapView::enter(int key)
{
    const auto inside = m_plan.insideOf(key);
    if (inside && m_plan.part(key))
        goTo(*inside);
    else
        choose(key);
}

bool TreemapView::walk(int key)
{
    const auto way = std::ranges::find(kWays, key, &Way::key);
    if (way == kWays.end() && key != Qt::Key_Home)
        return false;
    const int first = heaviest();
    const int from = indexOf(m_currentKey);
    if (first < 0)
        return false;
    if (from < 0 || way == kWays.end()) {
        makeCurrent(first);
        return true;
    }
    const auto to = tileBeside(m_tiles, static_cast<std::size_t>(from), way->step,
                               [this](std::size_t index) { return isStop(index); });
    makeCurrent(m_tiles[to].node->key);
    return true;
}

bool TreemapView::act(int key)
{
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        enter(m_currentKey);
        return true;
    case Qt::Key_Space:
        choose(m_currentKey);
        return true;
    case Qt::Key_Plus:
        if (const auto next = m_plan.nextTowards(m_currentKey))
            goTo(*next);
        return true;
    case Qt::Key_Minus:
    case Qt::Key_Backspace:
    case Qt::Key_Back:
        goUp();
        return true;
    case Qt::Key_Escape:
        if (!m_plan.isZoomed())
            return false;
        goTo({});
        return true;
    default:
        return walk(key);
    }
}

void TreemapView::keyPressEvent(QKeyEvent* event)
{
    // A plus may need Shift.
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier);
    const bool isPlain =
        modifiers == Qt::NoModifier || (event->key() == Qt::Key_Plus && modifiers == Qt::ShiftModifier);
    if (!isPlain || !m_plan.hasStage() || m_tiles.empty() || !act(event->key()))
        QWidget::keyPressEvent(event);
}

void TreemapView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::BackButton) {
        goUp();
        return;
    }
    const TreemapTile* tile = event->button() == Qt::LeftButton ? tileAt(event->position()) : nullptr;
    if (!tile)
        return;
    makeCurrent(tile->node->key);
    choose(m_currentKey);
}

/// The click before it may have led to the line, with the keys; so they are brought back.
void TreemapView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const TreemapTile* tile = event->button() == Qt::LeftButton ? tileAt(event->position()) : nullptr;
    const auto inside = tile ? m_plan.insideOf(tile->node->key) : std::nullopt;
    if (!inside)
        return;
    goTo(*inside);
    setFocus(Qt::MouseFocusReason);
}

void TreemapView::mouseMoveEvent(QMouseEvent* event)
{
    const TreemapTile* tile = tileAt(event->position());
    const int hovered = tile ? tile->node->key : -1;
    setCursor(m_plan.spanOf(hovered) || m_plan.insideOf(hovered) ? Qt::PointingHandCursor : Qt::ArrowCursor);
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
    if (m_plan.hasStage() && m_tiles.empty()) {
        painter.setPen(m_theme.textQuiet);
        painter.drawText(rect(), Qt::AlignCenter, tr("This stage's image has no layer that weighs anything."));
    }
    paintTreemap(painter, m_plan, m_tiles, m_open,
                 {.theme = m_theme, .font = font(), .hovered = m_hovered, .current = hasFocus() ? m_currentKey : -1});
}

} // namespace stagelift::ui
