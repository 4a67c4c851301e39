// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/examples.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

QStringList exampleFiles()
{
    const QDir program(QCoreApplication::applicationDirPath());
    QStringList folders{program.filePath(u"../share/stagelift/examples"_s),
                        program.filePath(u"../../../resources/examples"_s)}; // from build/PRESET/bin
    folders += QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, u"stagelift/examples"_s,
                                         QStandardPaths::LocateDirectory);
    for (const QString& folder : std::as_const(folders)) {
        QStringList files;
        for (const QFileInfo& info : QDir(folder).entryInfoList({u"*.Dockerfile"_s}, QDir::Files, QDir::Name))
            files << info.canonicalFilePath();
        if (!files.isEmpty())
            return files;
    }
    return {};
}

} // namespace stagelift::ui
