// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dresses the whole program in a theme: style, palette and icons. Panes that draw themselves are told by the window.

#pragma once

#include "ui/theme/theme.h"

#include <QIcon>

namespace stagelift::ui {

/// What the user chose in the View menu.
enum class ThemeChoice : quint8 { System, Light, Dark };

[[nodiscard]] const Theme& themeFor(ThemeChoice choice);

/// Fusion, because it follows a palette everywhere; Breeze icons in the variant that suits the ground.
void applyTheme(const Theme& theme);

/// No motion and no blinking caret: for pictures that are the same every time, and for tests.
void holdStill();

/// A Breeze icon by its freedesktop name; null where none is installed, and then a button shows its text.
[[nodiscard]] QIcon themeIcon(const QString& name);

} // namespace stagelift::ui
