// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the verbs share: reading a Dockerfile from a path or from standard input, and saying what is wrong with a
// command.

#pragma once

#include "core/stages/stage_graph.h"

#include <QCommandLineParser>
#include <QString>
#include <QStringList>

#include <expected>
#include <string>

namespace stagelift::app {

void printHelp();
void printVersion();

/// Says on standard error what is wrong with the command, and answers kCommandAtFault.
int refuse(const QString& sentence);

/// Reads what the user typed behind a verb. Ends the program with kCommandAtFault where an option is unknown, after
/// saying so, and with kFine after --help or --version.
void process(QCommandLineParser& parser, const QStringList& arguments);

/// The bytes of a file, or of standard input for "-"; else a sentence that names the file and says what is wrong.
[[nodiscard]] std::expected<std::string, QString> readInput(const QString& path);

/// --build-arg K=V, as often as it is given; K alone takes the value from the environment, as docker does.
[[nodiscard]] QCommandLineOption buildArgOption();
[[nodiscard]] BuildOptions buildOptions(const QCommandLineParser& parser);

/// Writes to a file, or to standard output for "" and "-".
[[nodiscard]] std::expected<void, QString> writeOutput(const QString& path, const QByteArray& bytes);

} // namespace stagelift::app
