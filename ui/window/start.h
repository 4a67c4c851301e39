// SPDX-License-Identifier: GPL-3.0-or-later
//
// From an application object to a window with its files open.

#pragma once

#include "ui/window/main_window.h"

#include <memory>

namespace stagelift::ui {

/// Names the application, for its settings, its window and its desktop entry. Once, after QApplication.
void nameApplication();

/// The window, shown, with the files in its tabs; the last session's where none is named. Looks for engines.
[[nodiscard]] std::unique_ptr<MainWindow> openWindow(Settings settings, const QStringList& files);

} // namespace stagelift::ui
