// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Dockerfiles that come with the program, each with the sources it needs.

#pragma once

#include <QStringList>

namespace stagelift::ui {

/// Their paths, in the order of their names: as installed, else those of the checkout that the program was built in.
[[nodiscard]] QStringList exampleFiles();

} // namespace stagelift::ui
