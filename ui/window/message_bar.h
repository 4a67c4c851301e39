// SPDX-License-Identifier: GPL-3.0-or-later
//
// A calm strip above the editor: what happened, where, what to do. It takes no focus and stops nobody's typing.

#pragma once

#include "ui/theme/theme.h"

#include <QFrame>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace stagelift::ui {

enum class MessageKind : quint8 { Information, Warning, Error };

/// A button on the strip: it hides the strip, then does its work.
struct MessageAction {
    QString text;
    std::function<void()> act;
};

struct Message {
    MessageKind kind = MessageKind::Error;
    QString what; // one sentence
    QString mend; // what to do about it; may be empty
    std::vector<MessageAction> actions;
    bool mayWait = false; // a refusal, the buttons are an offer: what comes next may take its place
};

class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Replaces what stands there. Its cross or Escape takes it away.
    void showMessage(const Message& message);
    /// The text has changed: what was refused was about the one before. Anything else stays.
    void withdrawOffer();
    /// The words on the strip, "" while it is hidden.
    [[nodiscard]] QString text() const;
    [[nodiscard]] MessageKind kind() const { return m_kind; }
    /// It is shown and has buttons, of which somebody ought to press one.
    [[nodiscard]] bool isQuestion() const;

signals:
    /// By its cross, by Escape or by one of its buttons.
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void dismiss();
    void showActions(const std::vector<MessageAction>& actions);
    [[nodiscard]] QColor colour() const;

    Theme m_theme;
    MessageKind m_kind = MessageKind::Information;
    bool m_mayWait = false;
    QLabel* m_icon = nullptr;
    QLabel* m_text = nullptr;
    QHBoxLayout* m_buttons = nullptr;
    QToolButton* m_close = nullptr;
};

} // namespace stagelift::ui
