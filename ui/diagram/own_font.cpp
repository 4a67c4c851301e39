// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/own_font.h"

namespace stagelift::ui {

QFont ownFont(const QFont& font)
{
    QFont own;
    own.fromString(font.toString());
    own.setHintingPreference(font.hintingPreference()); // which its string does not tell
    return own;
}

} // namespace stagelift::ui
