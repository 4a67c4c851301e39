// SPDX-License-Identifier: GPL-3.0-or-later
//
// A word beside a node, on top of the diagram and never in the pointer's way: the line that a drop will write, or why
// there can be none.

#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace stagelift::ui {

class Bubble : public QWidget {
    Q_OBJECT
public:
    enum class Kind : quint8 { Preview, Objection };

    explicit Bubble(QWidget* viewport);

    void setTheme(const Theme& theme);
    /// Below `beside`, or above it where there is no room. The first line is what matters, the rest explains.
    void say(Kind kind, const QString& text, const QRect& beside);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] Kind kind() const { return m_kind; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QFont firstFont() const;

    Theme m_theme;
    Kind m_kind = Kind::Preview;
    QString m_text;
    int m_wrapping = Qt::TextWordWrap; // of the painter's flags
};

} // namespace stagelift::ui
