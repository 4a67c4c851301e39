// SPDX-License-Identifier: GPL-3.0-or-later
//
// A program and its argument list, as a value. Never a shell line: nothing that a person wrote is read by a shell.

#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

namespace stagelift {

struct Command {
    QString program;
    QStringList arguments;
    QString folder;                             // to run in; empty: ours
    QList<QPair<QString, QString>> environment; // on top of ours
    QByteArray input;                           // for its standard input, which is empty otherwise
};

/// A word as a POSIX shell reads it back: quoted where it must be.
[[nodiscard]] QString shellWord(const QString& word);

/// What a person would type to run it: the environment, the program's name without its folder, and its arguments.
[[nodiscard]] QString shellLine(const Command& command);

} // namespace stagelift
