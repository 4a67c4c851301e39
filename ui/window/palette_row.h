// SPDX-License-Identifier: GPL-3.0-or-later
//
// How one command looks in the palette: what it does with the typed letters bold, whose it is, and its keys at the
// right.

#pragma once

#include <QStyledItemDelegate>

namespace stagelift::ui {

class PaletteRow : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace stagelift::ui
