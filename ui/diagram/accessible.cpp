// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/accessible.h"

#include "ui/diagram/diagram_view.h"
#include "ui/diagram/hit.h"
#include "ui/diagram/walk.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <map>

namespace stagelift::ui {

namespace {

/// A node; it looks at the picture of the moment, so that its words are always those of now.
class AccessibleNode : public QAccessibleInterface {
public:
    AccessibleNode(DiagramView& view, int node) : m_view(view), m_node(node) {}

    bool isValid() const override { return m_node < static_cast<int>(m_view.picture().nodes.size()); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(&m_view); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}

    QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? spokenNode(m_view.picture(), m_node) : QString();
    }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRectF inScene = m_view.picture().nodes[static_cast<std::size_t>(m_node)].rect;
        const QRect local = m_view.mapFromScene(inScene).boundingRect();
        return {m_view.viewport()->mapToGlobal(local.topLeft()), local.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = true;
        state.focusable = true;
        const auto selected = m_view.selection().node;
        state.selected = isValid() && selected && m_view.picture().nodeOf(*selected) == m_node;
        state.focused = state.selected && m_view.hasFocus();
        return state;
    }

private:
    DiagramView& m_view;
    int m_node;
};

class AccessibleDiagram : public QAccessibleWidget {
public:
    explicit AccessibleDiagram(DiagramView* view) : QAccessibleWidget(view, QAccessible::List), m_view(*view) {}

    ~AccessibleDiagram() override
    {
        for (const auto& [node, id] : m_ids)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return static_cast<int>(m_view.picture().nodes.size()); }

    QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_ids.find(index);
        if (known != m_ids.end())
            return QAccessible::accessibleInterface(known->second);
        auto* node = new AccessibleNode(m_view, index); // the registry owns it, until we take it out
        m_ids.emplace(index, QAccessible::registerAccessibleInterface(node));
        return node;
    }

    int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (const auto& [node, id] : m_ids)
            if (QAccessible::accessibleInterface(id) == child)
                return node;
        return -1;
    }

    QAccessibleInterface* childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i)
            if (child(i)->rect().contains(x, y))
                return child(i);
        return nullptr;
    }

    QAccessibleInterface* focusChild() const override
    {
        const auto selected = m_view.selection().node;
        return selected && m_view.hasFocus() ? child(m_view.picture().nodeOf(*selected)) : nullptr;
    }

private:
    DiagramView& m_view;
    mutable std::map<int, QAccessible::Id> m_ids;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* view = qobject_cast<DiagramView*>(object);
    return view ? new AccessibleDiagram(view) : nullptr;
}

} // namespace

void installDiagramAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    static_cast<void>(installed);
}

void announceNode(DiagramView& view, int node)
{
    if (node < 0 || !QAccessible::isActive())
        return;
    QAccessibleEvent event(&view, QAccessible::Focus);
    event.setChild(node);
    QAccessible::updateAccessibility(&event);
}

} // namespace stagelift::ui
