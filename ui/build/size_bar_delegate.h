// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws a stage's size as a bar: its base pale, its own full; plain where it ships, hatched where it is left behind, so
// that the difference is told without colour too.

#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace stagelift::ui {

class SizeBarDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit SizeBarDelegate(QObject* parent = nullptr);

    void setTheme(const Theme& theme) { m_theme = theme; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    Theme m_theme;
};

} // namespace stagelift::ui
