// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fonts for another thread.

#pragma once

#include <QFont>

namespace stagelift::ui {

/// The same font, with no part in common: a QFont and its copies keep together what the last thread that used one of
/// them has loaded, and two threads must not do so at once.
[[nodiscard]] QFont ownFont(const QFont& font);

} // namespace stagelift::ui
