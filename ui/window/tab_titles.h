// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the tabs are called: the file's name, and its folder in front where another file is called the same.

#pragma once

#include <QStringList>

namespace stagelift::ui {

/// One title a path, in the same order; "" is a file that was never saved.
[[nodiscard]] QStringList tabTitles(const QStringList& paths);

} // namespace stagelift::ui
