// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/accessible_thing.h"

#include "ui/diagram/accessible_diagram.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/menu_entries.h"
#include "ui/diagram/rows.h"
#include "ui/diagram/spoken.h"
#include "ui/diagram/walk.h"
#include "ui/diagram/words.h"

#include <QAction>
#include <QMenu>

#include <algorithm>
#include <utility>

namespace stagelift::ui {

namespace {

constexpr std::size_t kMostActions = 60; // a reader's list; the menu itself has them all

const PictureNode& nodeAt(const DiagramView& view, const Thing& thing)
{
    return view.picture().nodes[static_cast<std::size_t>(thing.node)];
}

/// The menu of one edge, where the menu is that of a line which stands for several.
QMenu& ownMenu(const Picture& picture, const Thing& thing, QMenu& menu)
{
    if (thing.edge < 0)
        return menu;
    const auto edge = static_cast<std::size_t>(thing.edge);
    const std::vector<std::size_t>& edges = picture.edges[static_cast<std::size_t>(picture.edgeOf(edge))].edges;
    const auto at = std::ranges::find(edges, edge) - edges.begin();
    QMenu* own = edges.size() > 1 && at < menu.actions().size() ? menu.actions()[at]->menu() : nullptr;
    return own ? *own : menu;
}

} // namespace

std::optional<Thing> selectedThing(const DiagramView& view)
{
    if (const auto row = view.currentRow())
        return Thing{.node = row->node, .row = row->row};
    const Selection selection = view.selection();
    Thing thing;
    if (selection.edge)
        thing.edge = static_cast<int>(*selection.edge);
    else if (selection.node)
        thing.node = view.picture().nodeOf(*selection.node);
    return isThere(view, thing) ? std::optional(thing) : std::nullopt;
}

bool isThere(const DiagramView& view, const Thing& thing)
{
    const Picture& picture = view.picture();
    if (thing.edge >= 0)
        return picture.analysis && picture.edgeOf(static_cast<std::size_t>(thing.edge)) >= 0;
    return thing.node >= 0 && std::cmp_less(thing.node, picture.nodes.size()) &&
           std::cmp_less(thing.row, nodeAt(view, thing).rows.size());
}

QString spoken(const DiagramView& view, const Thing& thing)
{
    if (thing.edge >= 0)
        return spokenEdge(view.picture(), static_cast<std::size_t>(thing.edge));
    return thing.row < 0 ? spokenNode(view.picture(), thing.node) : spokenRow(view.picture(), thing.node, thing.row);
}

AccessibleThing::AccessibleThing(AccessibleDiagram& diagram, DiagramView& view, Thing thing)
    : m_diagram(diagram), m_view(view), m_thing(thing)
{
}

bool AccessibleThing::isValid() const
{
    return isThere(m_view, m_thing);
}

QWindow* AccessibleThing::window() const
{
    return m_diagram.window();
}

QAccessibleInterface* AccessibleThing::parent() const
{
    if (m_thing.row >= 0)
        return m_diagram.interfaceOf({.node = m_thing.node});
    return &m_diagram;
}

int AccessibleThing::childCount() const
{
    const bool isNode = isValid() && m_thing.node >= 0 && m_thing.row < 0;
    return isNode ? static_cast<int>(nodeAt(m_view, m_thing).rows.size()) : 0;
}

QAccessibleInterface* AccessibleThing::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    return m_diagram.interfaceOf({.node = m_thing.node, .row = index});
}

int AccessibleThing::indexOfChild(const QAccessibleInterface* child) const
{
    const auto* row = dynamic_cast<const AccessibleThing*>(child);
    return row && row->m_thing.node == m_thing.node && m_thing.row < 0 ? row->m_thing.row : -1;
}

QAccessibleInterface* AccessibleThing::childAt(int x, int y) const
{
    for (int i = 0; i < childCount(); ++i)
        if (child(i)->rect().contains(x, y))
            return child(i);
    return nullptr;
}

QAccessible::State AccessibleThing::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.selectable = true;
    state.focusable = true;
    state.selected = selectedThing(m_view) == m_thing;
    state.focused = state.selected && m_view.hasFocus();
    state.offscreen = !m_view.viewport()->rect().intersects(m_view.mapFromScene(place()).boundingRect());
    return state;
}

QString AccessibleThing::text(QAccessible::Text kind) const
{
    return isValid() && kind == QAccessible::Name ? spoken(m_view, m_thing) : QString();
}

QRectF AccessibleThing::place() const
{
    const Picture& picture = m_view.picture();
    if (m_thing.edge < 0) {
        const PictureNode& node = nodeAt(m_view, m_thing);
        return m_thing.row < 0 ? node.rect
                               : node.rows[static_cast<std::size_t>(m_thing.row)].rect.translated(node.rect.topLeft());
    }
    const auto drawn = static_cast<std::size_t>(picture.edgeOf(static_cast<std::size_t>(m_thing.edge)));
    const PictureEdge& edge = picture.edges[drawn];
    return edge.labelRect.isEmpty() ? QRectF(edge.path.pointAtPercent(0.5), QSizeF(1, 1)) : edge.labelRect;
}

QRect AccessibleThing::rect() const
{
    if (!isValid())
        return {};
    const QRect local = m_view.mapFromScene(place()).boundingRect();
    return {m_view.viewport()->mapToGlobal(local.topLeft()), local.size()};
}

void* AccessibleThing::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
}

Hit AccessibleThing::hit() const
{
    if (m_thing.edge >= 0)
        return hitOf(m_view.picture(), {.node = {}, .edge = static_cast<std::size_t>(m_thing.edge)});
    if (m_thing.row >= 0)
        return {.kind = HitKind::Row, .node = m_thing.node, .row = m_thing.row};
    return {.kind = HitKind::Node, .node = m_thing.node};
}

void AccessibleThing::choose()
{
    if (!isValid())
        return;
    if (m_thing.edge >= 0)
        m_view.choose({.node = {}, .edge = static_cast<std::size_t>(m_thing.edge)});
    else if (m_thing.row >= 0)
        m_view.chooseRow({.node = m_thing.node, .row = m_thing.row});
    else
        m_view.choose({.node = nodeAt(m_view, m_thing).ref, .edge = {}});
}

/// What is in the menu itself goes ahead of what is in the menus below it.
QStringList AccessibleThing::actionNames() const
{
    if (!isValid())
        return {};
    if (m_actionsOf == m_view.picture().analysis && !m_actions.isEmpty())
        return m_actions;
    const std::unique_ptr<QMenu> menu = m_view.menuFor(hit());
    std::vector<MenuEntry> entries = entriesOf(ownMenu(m_view.picture(), m_thing, *menu));
    std::ranges::stable_partition(entries, &MenuEntry::direct);
    m_actions = {pressAction()};
    for (const MenuEntry& entry : entries)
        if (entry.enabled && std::cmp_less(m_actions.size(), kMostActions))
            m_actions += entry.text;
    m_actionsOf = m_view.picture().analysis;
    return m_actions;
}

QString AccessibleThing::localizedActionName(const QString& name) const
{
    return name == pressAction() ? QAccessibleActionInterface::localizedActionName(name) : name;
}

QString AccessibleThing::localizedActionDescription(const QString& name) const
{
    return name == pressAction() ? Diagram::tr("Selects it, here and in the text") : name;
}

void AccessibleThing::doAction(const QString& name)
{
    if (!isValid())
        return;
    if (name == pressAction()) {
        choose();
        m_view.setFocus(Qt::OtherFocusReason);
        return;
    }
    const std::unique_ptr<QMenu> menu = m_view.menuFor(hit());
    const std::vector<MenuEntry> entries = entriesOf(ownMenu(m_view.picture(), m_thing, *menu));
    const auto entry = std::ranges::find(entries, name, &MenuEntry::text);
    if (entry != entries.end() && entry->enabled)
        entry->action->trigger(); // this may be gone behind it
}

QStringList AccessibleThing::keyBindingsForAction(const QString&) const
{
    return {};
}

} // namespace stagelift::ui
