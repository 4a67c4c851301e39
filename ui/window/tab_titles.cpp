// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/tab_titles.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace stagelift::ui {

namespace {

/// The last `parts` parts of a path: "Dockerfile", "api/Dockerfile", "shop/api/Dockerfile".
QString ending(const QString& path, int parts)
{
    return path.section(u'/', -parts);
}

} // namespace

QStringList tabTitles(const QStringList& paths)
{
    QStringList titles;
    for (const QString& path : paths) {
        if (path.isEmpty()) {
            titles << QCoreApplication::translate("stagelift::ui::DocumentTab", "Untitled");
            continue;
        }
        int parts = 1;
        const auto clashes = [&](const QString& other) {
            return other != path && ending(other, parts) == ending(path, parts);
        };
        while (std::ranges::any_of(paths, clashes) && parts < path.count(u'/'))
            ++parts;
        titles << ending(path, parts);
    }
    return titles;
}

} // namespace stagelift::ui
