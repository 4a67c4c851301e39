// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>

namespace stagelift::ui {

/// A colour, moved away from the ground in lightness until text in it can be read there.
/// @param contrast of WCAG 2.2; up to 4.5 can be had on every ground.
[[nodiscard]] QColor readable(QColor colour, const QColor& ground, double contrast = 4.5);

/// Of `b`, a part from 0 to 1; the rest is `a`.
[[nodiscard]] QColor between(const QColor& a, const QColor& b, double part);

} // namespace stagelift::ui
