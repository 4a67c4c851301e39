// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a pane says while it has nothing to show: a sentence or two, and perhaps a button.

#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace stagelift::ui {

class Placeholder : public QWidget {
    Q_OBJECT
public:
    explicit Placeholder(QWidget* parent = nullptr);

    /// An empty `button` shows none.
    void setWords(const QString& title, const QString& text, const QString& button = {});
    [[nodiscard]] QString words() const;

signals:
    void buttonPressed();

private:
    QLabel* m_title = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_button = nullptr;
};

} // namespace stagelift::ui
