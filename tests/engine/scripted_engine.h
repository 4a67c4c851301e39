// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scripts that stand in for engines, and the files they need. Nothing here needs Qt Test: the benchmarks use it, too.

#pragma once

#include "core/engine/engine.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QString>

namespace stagelift::test {

/// A static busybox, which makes a stage that can run commands without any registry; "" where there is none.
inline QString busybox()
{
    for (const QString& path : {QStringLiteral("/bin/busybox"), QStringLiteral("/usr/bin/busybox")})
        if (QFileInfo(path).isExecutable())
            return path;
    return {};
}

/// Ends the test where it can't be written.
inline void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush())
        qFatal("%s can't be written", qPrintable(path));
}

/// A program of what a shell is to do. One that is still running keeps its own text.
inline void writeProgram(const QString& path, const QByteArray& script)
{
    QFile::remove(path);
    writeFile(path, "#!/bin/sh\n" + script + '\n');
    if (!QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        qFatal("%s can't be made a program", qPrintable(path));
}

/// An engine that is ready, and does what the script says whatever it is asked for.
/// @param folder that the program is written into
/// @param name of the program, which is the engine's id, too
inline Engine scriptedEngine(const QString& folder, EngineKind kind, const QByteArray& script,
                             const QString& name = QStringLiteral("fake"))
{
    Engine engine;
    engine.kind = kind;
    engine.id = name;
    engine.program = QDir(folder).filePath(name);
    engine.buildx = QStringLiteral("0.13.1");
    engine.ready = true;
    writeProgram(engine.program, script);
    return engine;
}

} // namespace stagelift::test
