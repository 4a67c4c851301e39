// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why a drop could not be, with a button that mends it. It stays until it is answered: Enter takes the mend, Esc and a
// click elsewhere leave everything as it is.

#pragma once

#include "ui/theme/theme.h"

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace stagelift::ui {

class Offer : public QFrame {
    Q_OBJECT
public:
    explicit Offer(QWidget* viewport);

    void setTheme(const Theme& theme);
    /// Below `beside`, or above it where there is no room, with the button ready for Enter.
    void open(const QString& reason, const QString& mend, const QRect& beside, std::function<void()> taken);
    void withdraw();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void take();
    void placeBeside(const QRect& beside);

    Theme m_theme;
    QLabel* m_reason = nullptr;
    QPushButton* m_button = nullptr;
    std::function<void()> m_taken;
};

} // namespace stagelift::ui
