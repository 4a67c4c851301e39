// SPDX-License-Identifier: GPL-3.0-or-later
//
// Above the diagram, as long as it shows the stages with other build arguments than the file's own defaults.

#pragma once

#include "ui/theme/theme.h"

#include <QList>
#include <QPair>
#include <QWidget>

class QLabel;
class QToolButton;

namespace stagelift::ui {

class WhatIfStrip : public QWidget {
    Q_OBJECT
public:
    explicit WhatIfStrip(QWidget* parent);

    void setTheme(const Theme& theme);
    /// Hides where there are none.
    void showArguments(const QList<QPair<QString, QString>>& given);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QToolButton& resetButton() { return *m_reset; }

signals:
    void resetRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_label = nullptr;
    QToolButton* m_reset = nullptr;
    Theme m_theme;
};

} // namespace stagelift::ui
