// SPDX-License-Identifier: GPL-3.0-or-later
//
// A part of the inspector: a heading, and under it rows of labels and fields that stand in line with those of the
// other parts.

#pragma once

#include <QWidget>

class QFormLayout;
class QLabel;

namespace stagelift::ui {

class Section : public QWidget {
    Q_OBJECT
public:
    Section(const QString& heading, QWidget* parent);

    void setHeading(const QString& heading);
    /// A row whose label is its field's buddy.
    void addRow(const QString& label, QWidget* field);
    /// Over the whole width.
    void addWide(QWidget* widget);
    void setRowVisible(QWidget* field, bool visible);
    /// The label of a field's row; null for a wide one.
    [[nodiscard]] QLabel* labelOf(QWidget* field) const;
    void clearRows(); // deletes them

private:
    QLabel* m_heading = nullptr;
    QFormLayout* m_rows = nullptr;
};

/// The width that labels take in every section, px.
[[nodiscard]] int labelWidth(const QWidget& widget);

} // namespace stagelift::ui
