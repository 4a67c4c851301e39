// SPDX-License-Identifier: GPL-3.0-or-later
//
// One thing of the diagram as a screen reader has it: a node, a row of one, or an edge. It looks at the picture of the
// moment, so that its words are always those of now, and is invalid where that has no such thing.

#pragma once

#include "core/edits/analysis.h"
#include "ui/diagram/hit.h"

#include <QAccessibleInterface>
#include <QStringList>

#include <optional>

namespace stagelift::ui {

class DiagramView;

/// By its place in the picture: a node (and a row of it), or an edge of the graph.
struct Thing {
    int node = -1;
    int row = -1;
    int edge = -1;

    [[nodiscard]] bool operator==(const Thing&) const = default;
    [[nodiscard]] auto operator<=>(const Thing&) const = default;
};

/// What of the picture is selected; the row, where one is.
[[nodiscard]] std::optional<Thing> selectedThing(const DiagramView& view);
[[nodiscard]] bool isThere(const DiagramView& view, const Thing& thing);
[[nodiscard]] QString spoken(const DiagramView& view, const Thing& thing);

class AccessibleDiagram;

class AccessibleThing : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    AccessibleThing(AccessibleDiagram& diagram, DiagramView& view, Thing thing);

    [[nodiscard]] const Thing& thing() const { return m_thing; }
    void choose();

    [[nodiscard]] bool isValid() const override;
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override;
    [[nodiscard]] QAccessibleInterface* parent() const override;
    [[nodiscard]] QAccessibleInterface* child(int index) const override;
    [[nodiscard]] int childCount() const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override;
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override;
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override;
    [[nodiscard]] QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    [[nodiscard]] QStringList actionNames() const override;
    [[nodiscard]] QString localizedActionName(const QString& name) const override;
    [[nodiscard]] QString localizedActionDescription(const QString& name) const override;
    void doAction(const QString& name) override;
    [[nodiscard]] QStringList keyBindingsForAction(const QString& name) const override;

private:
    [[nodiscard]] Hit hit() const;
    [[nodiscard]] QRectF place() const; // in the scene

    AccessibleDiagram& m_diagram;
    DiagramView& m_view;
    Thing m_thing;
    mutable AnalysisPtr m_actionsOf;
    mutable QStringList m_actions;
};

} // namespace stagelift::ui
