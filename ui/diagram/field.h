// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line to type in, right where the thing is that it changes. Enter hands the text on, Esc and a click elsewhere leave
// everything as it was. While one types, a check says what would be refused.

#pragma once

#include "ui/theme/theme.h"

#include <QLineEdit>

#include <functional>

namespace stagelift::ui {

class Field : public QLineEdit {
    Q_OBJECT
public:
    /// Says why a text can't be, or "" where it can.
    using Check = std::function<QString(const QString&)>;
    using Done = std::function<void(const QString&)>;

    explicit Field(QWidget* viewport);

    void setTheme(const Theme& theme);
    /// Opens over `place`, in coordinates of the viewport, with all of `text` selected.
    void open(const QRect& place, const QString& name, const QString& text, Check check, Done done);
    /// The same, but no wider than `place` as long as that is wide enough to type in.
    void openWithin(const QRect& place, const QString& name, const QString& text, Check check, Done done);
    void abandon();

signals:
    /// While a text is typed: why it can't be, or "".
    void objected(const QString& reason);
    void closed();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void openAt(const QRect& place, int wanted, const QString& name, const QString& text);
    void accept();
    void close();
    void showObjection(const QString& reason);

    Theme m_theme;
    Check m_check;
    Done m_done;
    QString m_before;
};

} // namespace stagelift::ui
