// SPDX-License-Identifier: GPL-3.0-or-later
//
// How much room a text takes, in whole scene units.

#pragma once

#include "ui/diagram/picture.h"

#include <QFontMetricsF>

#include <cmath>

namespace stagelift::ui {

[[nodiscard]] inline double widthOf(const QFont& font, const QString& text)
{
    return std::ceil(QFontMetricsF(font).horizontalAdvance(text));
}

[[nodiscard]] inline double heightOf(const QFont& font)
{
    return std::ceil(QFontMetricsF(font).height());
}

/// A text that is not cut yet, and has no place.
[[nodiscard]] inline PictureText whole(const QString& text)
{
    return {.shown = text, .whole = text, .rect = {}};
}

} // namespace stagelift::ui
