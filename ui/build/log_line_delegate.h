// SPDX-License-Identifier: GPL-3.0-or-later
//
// Paints the lines of a build log as a terminal would: in their styles, and with what was searched for marked.

#pragma once

#include "ui/build/log_colours.h"

#include <QStyledItemDelegate>
#include <QTextLayout>

namespace stagelift::ui {

class LogLineDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit LogLineDelegate(QObject* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Marked wherever it stands, in any case; "" for nothing.
    void setSought(const QString& text) { m_sought = text; }
    [[nodiscard]] const QString& sought() const { return m_sought; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    [[nodiscard]] QList<QTextLayout::FormatRange> formats(const StyledLine& line, bool selected) const;

    Theme m_theme;
    LogColours m_colours;
    QString m_sought;
};

} // namespace stagelift::ui
