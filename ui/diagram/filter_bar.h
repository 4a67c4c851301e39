// SPDX-License-Identifier: GPL-3.0-or-later
//
// A slim bar over a diagram that does not show all, saying what it shows, with a button that brings back the rest.

#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace stagelift::ui {

class FilterBar : public QWidget {
    Q_OBJECT
public:
    explicit FilterBar(QWidget* parent);

    void setTheme(const Theme& theme);
    /// Shows itself with that sentence, hides itself without one.
    void say(const QString& sentence);

signals:
    void allWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();

    QLabel* m_label;
    QPushButton* m_all;
    QString m_sentence;
    Theme m_theme;
};

} // namespace stagelift::ui
