// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/start.h"

#include <QApplication>
#include <QIcon>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

void nameApplication()
{
    QApplication::setApplicationName(u"stagelift"_s);
    QApplication::setApplicationDisplayName(u"Stagelift"_s);
    QApplication::setApplicationVersion(QStringLiteral(STAGELIFT_VERSION));
    QApplication::setDesktopFileName(u"stagelift"_s);
    QApplication::setWindowIcon(QIcon::fromTheme(u"stagelift"_s, QIcon(u":/icons/stagelift.svg"_s)));
}

std::unique_ptr<MainWindow> openWindow(Settings settings, const QStringList& files)
{
    const bool remembers = !settings.isForgetful();
    auto window = std::make_unique<MainWindow>(std::move(settings));
    for (const QString& file : files)
        window->openFile(file);
    if (files.isEmpty() && remembers)
        window->restoreSession();
    window->show();
    if (remembers)
        window->offerRecovered();
    window->buildDesk().controller().findEngines();
    return window;
}

} // namespace stagelift::ui
