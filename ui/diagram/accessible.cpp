// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/accessible.h"

#include "ui/diagram/accessible_diagram.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"
#include "ui/diagram/walk.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace stagelift::ui {

namespace {

std::map<const DiagramView*, AccessibleDiagram*>& known()
{
    static std::map<const DiagramView*, AccessibleDiagram*> all;
    return all;
}

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* view = qobject_cast<DiagramView*>(object);
    return view ? new AccessibleDiagram(*view) : nullptr;
}

/// The one that is there; a new one where somebody listens.
AccessibleDiagram* listener(DiagramView& view)
{
    if (!AccessibleDiagram::of(view) && QAccessible::isActive())
        QAccessible::queryAccessibleInterface(&view);
    return AccessibleDiagram::of(view);
}

} // namespace

AccessibleDiagram::AccessibleDiagram(DiagramView& view) : QAccessibleWidget(&view, QAccessible::List), m_view(view)
{
    known()[&view] = this;
    readPicture();
    m_selected = selectedThing(view);
}

AccessibleDiagram::~AccessibleDiagram()
{
    for (const auto& [thing, id] : m_ids)
        QAccessible::deleteAccessibleInterface(id);
    known().erase(&m_view);
}

AccessibleDiagram* AccessibleDiagram::of(const DiagramView& view)
{
    const auto found = known().find(&view);
    return found == known().end() ? nullptr : found->second;
}

QAccessibleInterface* AccessibleDiagram::interfaceOf(const Thing& thing) const
{
    if (!isThere(m_view, thing))
        return nullptr;
    const auto found = m_ids.find(thing);
    if (found != m_ids.end())
        return QAccessible::accessibleInterface(found->second);
    auto* made = new AccessibleThing(const_cast<AccessibleDiagram&>(*this), m_view, thing);
    m_ids.emplace(thing, QAccessible::registerAccessibleInterface(made));
    return made;
}

void AccessibleDiagram::readPicture()
{
    const Picture& picture = m_view.picture();
    m_children.clear();
    m_names.clear();
    for (int node = 0; node < static_cast<int>(picture.nodes.size()); ++node) {
        m_children.push_back({.node = node});
        m_names[m_children.back()] = spoken(m_view, m_children.back());
        const auto rows = static_cast<int>(picture.nodes[static_cast<std::size_t>(node)].rows.size());
        for (int row = 0; row < rows; ++row)
            m_names[{.node = node, .row = row}] = spoken(m_view, {.node = node, .row = row});
    }
    const int edges = picture.nodes.empty() ? 0 : static_cast<int>(picture.graph().edges.size());
    for (int edge = 0; edge < edges; ++edge) {
        const Thing thing{.edge = edge};
        if (!isThere(m_view, thing))
            continue;
        m_children.push_back(thing);
        m_names[thing] = spoken(m_view, thing);
    }
}

void AccessibleDiagram::pictureShown()
{
    const std::map<Thing, QString> before = std::move(m_names);
    readPicture();
    const auto keys = [](const auto& names) { return names | std::views::keys; };
    if (!std::ranges::equal(keys(before), keys(m_names))) {
        // Things have come or gone, and places mean others: whoever keeps one asks anew.
        for (const auto& [thing, id] : std::exchange(m_ids, {}))
            QAccessible::deleteAccessibleInterface(id);
        m_selected.reset();
        QAccessibleEvent event(&m_view, QAccessible::ObjectReorder);
        QAccessible::updateAccessibility(&event);
        return;
    }
    for (const auto& [thing, name] : m_names) {
        if (before.at(thing) == name)
            continue;
        QAccessibleEvent event(interfaceOf(thing), QAccessible::NameChanged);
        QAccessible::updateAccessibility(&event);
    }
}

void AccessibleDiagram::tellState(const Thing& thing) const
{
    QAccessibleInterface* item = interfaceOf(thing);
    if (!item)
        return;
    QAccessible::State changed;
    changed.selected = true;
    changed.focused = m_view.hasFocus();
    QAccessibleStateChangeEvent event(item, changed);
    QAccessible::updateAccessibility(&event);
}

void AccessibleDiagram::selectionChanged()
{
    const auto now = selectedThing(m_view);
    const auto before = std::exchange(m_selected, now);
    if (before == now)
        return;
    if (before)
        tellState(*before);
    if (!now)
        return;
    tellState(*now);
    QAccessibleEvent selected(interfaceOf(*now), QAccessible::Selection);
    QAccessible::updateAccessibility(&selected);
    focusCame();
}

void AccessibleDiagram::focusCame() const
{
    QAccessibleInterface* item = focusChild();
    if (!item)
        return;
    QAccessibleEvent event(item, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

QAccessibleInterface* AccessibleDiagram::child(int index) const
{
    return index < 0 || index >= childCount() ? nullptr : interfaceOf(m_children[static_cast<std::size_t>(index)]);
}

int AccessibleDiagram::indexOfChild(const QAccessibleInterface* child) const
{
    const auto* item = dynamic_cast<const AccessibleThing*>(child);
    const auto at = item ? std::ranges::find(m_children, item->thing()) : m_children.end();
    return at == m_children.end() ? -1 : static_cast<int>(at - m_children.begin());
}

QAccessibleInterface* AccessibleDiagram::childAt(int x, int y) const
{
    for (int i = 0; i < childCount(); ++i)
        if (child(i)->rect().contains(x, y))
            return child(i);
    return nullptr;
}

QAccessibleInterface* AccessibleDiagram::focusChild() const
{
    const auto selected = selectedThing(m_view);
    return selected && m_view.hasFocus() ? interfaceOf(*selected) : nullptr;
}

void* AccessibleDiagram::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::SelectionInterface)
        return static_cast<QAccessibleSelectionInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
}

int AccessibleDiagram::selectedItemCount() const
{
    return selectedThing(m_view) ? 1 : 0;
}

QList<QAccessibleInterface*> AccessibleDiagram::selectedItems() const
{
    const auto selected = selectedThing(m_view);
    return selected ? QList{interfaceOf(*selected)} : QList<QAccessibleInterface*>();
}

bool AccessibleDiagram::select(QAccessibleInterface* item)
{
    auto* thing = dynamic_cast<AccessibleThing*>(item);
    if (!thing || !thing->isValid())
        return false;
    thing->choose();
    return true;
}

bool AccessibleDiagram::unselect(QAccessibleInterface* item)
{
    const auto* thing = dynamic_cast<AccessibleThing*>(item);
    return thing && selectedThing(m_view) == thing->thing() && clear();
}

bool AccessibleDiagram::clear()
{
    m_view.choose({});
    return true;
}

void installDiagramAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    static_cast<void>(installed);
}

void announcePicture(const DiagramView& view)
{
    if (AccessibleDiagram* diagram = AccessibleDiagram::of(view))
        diagram->pictureShown();
}

void announceSelection(DiagramView& view)
{
    if (AccessibleDiagram* diagram = listener(view))
        diagram->selectionChanged();
}

void announceFocus(DiagramView& view)
{
    if (const AccessibleDiagram* diagram = listener(view))
        diagram->focusCame();
}

} // namespace stagelift::ui
