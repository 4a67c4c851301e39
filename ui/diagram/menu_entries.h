// SPDX-License-Identifier: GPL-3.0-or-later
//
// A menu and all menus below it as one list, for whoever does not open menus: the command palette and screen readers.

#pragma once

#include <QPointer>
#include <QString>

#include <vector>

class QAction;
class QMenu;

namespace stagelift::ui {

struct MenuEntry {
    QString text;             // "Theme ▸ Dark", without the marks of mnemonics
    QPointer<QAction> action; // goes with its menu
    bool enabled = true;      // and its menu, too
    bool direct = true;       // in the menu itself, not in one below it
};

/// In the order of the menu; separators and what is hidden are left out. A menu that is filled when it opens is filled.
[[nodiscard]] std::vector<MenuEntry> entriesOf(QMenu& menu);

/// An action's text without the mark of its mnemonic.
[[nodiscard]] QString plainText(const QString& actionText);

} // namespace stagelift::ui
