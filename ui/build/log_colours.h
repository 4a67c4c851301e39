// SPDX-License-Identifier: GPL-3.0-or-later
//
// The colours that programs give their output in a terminal, on the grounds of our themes: moved in lightness until
// they can be read there, 4.5:1, whatever the program had in mind.

#pragma once

#include "core/engine/log_style.h"
#include "ui/theme/theme.h"

#include <QColor>
#include <QHash>
#include <QTextCharFormat>

namespace stagelift::ui {

class LogColours {
public:
    explicit LogColours(const Theme& theme);

    /// With no background where the style asks for none.
    [[nodiscard]] QTextCharFormat format(const LogStyle& style) const;

private:
    [[nodiscard]] QColor onGround(const QColor& colour, const QColor& ground) const;

    QColor m_text;
    QColor m_ground;
    mutable QHash<quint64, QColor> m_known; // a rainbow asks for hundreds
};

} // namespace stagelift::ui
