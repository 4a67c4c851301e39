// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/command_line.h"
#include "app/verb.h"
#include "ui/window/start.h"

#include <QApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace stagelift::app {

namespace {

/// Qt ends the program with a core dump where it finds no display: we say it in a sentence.
bool hasDisplay()
{
    for (const char* variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!qEnvironmentVariableIsEmpty(variable))
            return true;
    }
    return false;
}

} // namespace

int runWindow(int argc, char** argv)
{
    if (const QString word = QString::fromLocal8Bit(argc > 1 ? argv[1] : "-");
        !hasDisplay() && word != "-"_L1 && !QFileInfo::exists(word))
        return refuse(u"there is neither a verb nor a file %1. See: stagelift --help"_s.arg(word));
    if (!hasDisplay())
        return refuse(u"there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
                      "Without one: stagelift screenshot FILE -o OUT.png, or stagelift graph FILE"_s);
    const QApplication application(argc, argv);
    ui::nameApplication();
    QStringList files = QApplication::arguments().mid(1);
    for (const QString& file : std::as_const(files)) {
        if (file.startsWith(u'-') && file != "-"_L1)
            return refuse(u"there is no option %1. See: stagelift --help"_s.arg(file));
    }
    const bool fromInput = files.removeAll(u"-"_s) > 0;
    std::string input;
    if (fromInput) {
        auto read = readInput(u"-"_s);
        if (!read)
            return refuse(read.error());
        input = std::move(*read);
    }
    const auto window = ui::openWindow(ui::Settings::ofUser(), files);
    if (fromInput) {
        window->newFile();
        window->showText(input);
    }
    return QApplication::exec();
}

} // namespace stagelift::app
