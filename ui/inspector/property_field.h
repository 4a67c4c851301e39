// SPDX-License-Identifier: GPL-3.0-or-later
//
// A value in the inspector: a line to type in, with choices or without, and under it why what is typed can't be. Enter
// and leaving it hand the text on, Esc takes it back. What is being typed is never overwritten by a newer text.

#pragma once

#include "ui/inspector/editing.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace stagelift::ui {

class PropertyField : public QWidget {
    Q_OBJECT
public:
    using Check = std::function<Objection(const QString&)>;

    enum class Kind : quint8 { Line, Choice };

    /// `name` is what a screen reader calls it.
    PropertyField(Kind kind, const QString& name, QWidget* parent);

    void setTheme(const Theme& theme);
    void setCheck(Check check) { m_check = std::move(check); }
    void setPlaceholder(const QString& text);
    void setReadOnly(bool readOnly);
    /// What is typed counts at once, so Esc takes back all of it since the field got the focus.
    void setLive(bool live) { m_isLive = live; }
    /// What a Choice offers; anything else can be typed as well.
    void setChoices(const QStringList& choices);

    /// The value as the text has it now. What someone is typing stays.
    void showValue(const QString& value);
    /// The value of another thing: what was typed for the one before is gone.
    void startWith(const QString& value);
    /// Says under the field why its text can't be, with a button for the remedy; nothing for no objection.
    void object(const Objection& objection);

    [[nodiscard]] QLineEdit& line() { return *m_line; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] const QString& reason() const { return m_objected.reason; }
    [[nodiscard]] QToolButton& remedyButton() { return *m_remedy; }
    [[nodiscard]] bool isTyped() const; // and not handed on yet

signals:
    /// The text, without blanks around it, is another than the value and passed the check.
    void committed(const QString& text);
    void remedyChosen(const stagelift::ui::Objection& objection);
    /// As it is typed, whether it passes or not.
    void typed(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeChoice(const QString& name);
    void commit();
    void restore();
    void fitRemedy();
    [[nodiscard]] const QString& valueToRestore() const { return m_isLive ? m_before : m_value; }
    bool pressKey(int key);

    QComboBox* m_combo = nullptr; // of a Choice
    QLineEdit* m_line = nullptr;
    QLabel* m_objection = nullptr;
    QToolButton* m_remedy = nullptr;
    Objection m_objected;
    Theme m_theme;
    Check m_check;
    QString m_value;  // as the text has it
    QString m_before; // when it got the focus
    bool m_isLive = false;
    bool m_committing = false;
};

} // namespace stagelift::ui
