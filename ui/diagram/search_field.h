// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small field at the top right of the diagram, to look for something in it: it says how much is found, and asks for
// the next and the one before. Esc closes it.

#pragma once

#include "ui/theme/theme.h"

#include <QFrame>

class QLabel;
class QLineEdit;

namespace stagelift::ui {

class SearchField : public QFrame {
    Q_OBJECT
public:
    explicit SearchField(QWidget* viewport);

    void setTheme(const Theme& theme);
    /// Shows itself with all of its text selected, ready to be typed over.
    void open();
    void close();
    /// Takes its place in the viewport's corner.
    void settle();
    /// "3 of 12"; `at` counts from 0, and is -1 while none is gone to.
    void tell(int at, int count);
    [[nodiscard]] bool isOpen() const { return !isHidden(); }
    [[nodiscard]] bool isTypedIn() const;
    [[nodiscard]] QString text() const;

signals:
    void typed();
    void nextWanted();
    void previousWanted();
    void closed();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    QLineEdit* m_line = nullptr;
    QLabel* m_count = nullptr;
    Theme m_theme;
};

} // namespace stagelift::ui
