// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram itself as a screen reader has it: the list of its things, and which of them is selected.

#pragma once

#include "ui/diagram/accessible_thing.h"

#include <QAccessibleWidget>

#include <map>

namespace stagelift::ui {

class AccessibleDiagram : public QAccessibleWidget, public QAccessibleSelectionInterface {
public:
    explicit AccessibleDiagram(DiagramView& view);
    ~AccessibleDiagram() override;

    /// The one that somebody asked for already, or null.
    [[nodiscard]] static AccessibleDiagram* of(const DiagramView& view);

    /// The interface of a thing that is there; the registry of QAccessible owns it.
    [[nodiscard]] QAccessibleInterface* interfaceOf(const Thing& thing) const;

    void pictureShown();
    void selectionChanged();
    void focusCame() const;

    [[nodiscard]] int childCount() const override { return static_cast<int>(m_children.size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override;
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override;
    [[nodiscard]] QAccessibleInterface* focusChild() const override;
    void* interface_cast(QAccessible::InterfaceType type) override;

    [[nodiscard]] int selectedItemCount() const override;
    [[nodiscard]] QList<QAccessibleInterface*> selectedItems() const override;
    bool select(QAccessibleInterface* item) override;
    bool unselect(QAccessibleInterface* item) override;
    bool selectAll() override { return false; } // one thing at a time
    bool clear() override;

private:
    void readPicture();
    void tellState(const Thing& thing) const;

    DiagramView& m_view;
    std::vector<Thing> m_children;    // nodes, then edges
    std::map<Thing, QString> m_names; // of all, rows too
    std::optional<Thing> m_selected;  // as it was last told
    mutable std::map<Thing, QAccessible::Id> m_ids;
};

} // namespace stagelift::ui
