// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/menu_entries.h"

#include <QAction>
#include <QMenu>

namespace stagelift::ui {

namespace {

void add(std::vector<MenuEntry>& entries, QMenu& menu, const QString& above, bool enabled)
{
    emit menu.aboutToShow(); // some are filled when they open
    for (QAction* action : menu.actions()) {
        if (action->isSeparator() || !action->isVisible())
            continue;
        const QString text = above + plainText(action->text());
        const bool possible = enabled && action->isEnabled();
        if (QMenu* below = action->menu())
            add(entries, *below, text + QStringLiteral(" ▸ "), possible);
        else
            entries.push_back({.text = text, .action = action, .enabled = possible, .direct = above.isEmpty()});
    }
}

} // namespace

std::vector<MenuEntry> entriesOf(QMenu& menu)
{
    std::vector<MenuEntry> entries;
    add(entries, menu, {}, true);
    return entries;
}

QString plainText(const QString& actionText)
{
    QString text;
    for (qsizetype i = 0; i < actionText.size(); ++i) {
        if (actionText[i] == u'&' && ++i == actionText.size())
            break;
        text += actionText[i];
    }
    return text;
}

} // namespace stagelift::ui
