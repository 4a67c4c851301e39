// SPDX-License-Identifier: GPL-3.0-or-later
//
// All that can be asked of the window at this moment, as one list: what its menus hold, what the diagram offers for
// what is selected, the targets, the engines, and the stages to go to. It is made from the menus themselves, so that
// what is added to a menu is in the list.

#pragma once

#include <QString>

#include <functional>
#include <vector>

class QMenu;

namespace stagelift::ui {

class MainWindow;

struct Command {
    QString what;  // "Theme ▸ Dark", "build: Rename…"
    QString where; // whose it is: "View", "Diagram"
    QString keys;  // as the desktop writes them; "" for none
    bool enabled = true;
    std::function<void()> run; // does nothing where what it was about is gone
};

using Commands = std::vector<Command>;

/// Each entry of a menu and of the menus below it, in their order; `what` begins with `prefix`. A menu that is filled
/// when it opens is filled. The commands hold on to the menu's actions only as long as those live.
void addMenu(Commands& commands, QMenu& menu, const QString& where, const QString& prefix = {});

/// What is in the window's menus and its toolbar, and where one can go.
[[nodiscard]] Commands windowCommands(MainWindow& window);

/// What the diagram in front offers for its selection and as a whole. They keep what they need alive by themselves.
[[nodiscard]] Commands diagramCommands(MainWindow& window);

} // namespace stagelift::ui
