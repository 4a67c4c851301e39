// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the verbs share: reading what the user typed, reading a Dockerfile from a path or from standard input, and
// saying what is wrong with a command.

#pragma once

#include "core/engine/build_extras.h"
#include "core/stages/stage_graph.h"

#include <QCommandLineParser>
#include <QString>
#include <QStringList>

#include <expected>
#include <string>

namespace stagelift::app {

/// Each answers with the program's exit status: kFine, or kCommandAtFault where standard output can't be written.
[[nodiscard]] int printHelp();
[[nodiscard]] int printVersion();

/// Says on standard error what is wrong with the command, and answers kCommandAtFault.
int refuse(const QString& sentence);

/// Reads what the user typed behind a verb: the parser's positional arguments are what follows it. `operands` is what
/// the usage line says of them: "FILE...". Ends the program with kCommandAtFault where an option is unknown or lacks
/// its value, after saying so; and after --help, with kFine where that could be written.
void process(QCommandLineParser& parser, const QString& operands);

/// The bytes of a file, or of standard input for "-"; else a sentence that names the file and says what is wrong.
[[nodiscard]] std::expected<std::string, QString> readInput(const QString& path);

/// The names of a table's rows.
[[nodiscard]] QStringList namesOf(const auto& rows)
{
    QStringList names;
    for (const auto& row : rows)
        names << row.name;
    return names;
}

/// --format, the first of `formats` unless given; any other is refused with a sentence.
[[nodiscard]] QCommandLineOption formatOption(const QStringList& formats);
[[nodiscard]] std::expected<QString, QString> formatFrom(const QCommandLineParser& parser, const QStringList& formats);

/// --build-arg K=V, as often as it is given; K alone takes the value from the environment, as docker does. Without a K
/// it is refused with a sentence.
[[nodiscard]] QCommandLineOption buildArgOption();
[[nodiscard]] std::expected<BuildOptions, QString> buildOptions(const QCommandLineParser& parser);

/// --build-context NAME=VALUE, as often as it is given: a folder from the current one on, an image or a URL. What is
/// none is refused with a sentence.
[[nodiscard]] QCommandLineOption buildContextOption();
[[nodiscard]] std::expected<QList<NamedContext>, QString> namedContexts(const QCommandLineParser& parser);
[[nodiscard]] std::vector<std::string> namesOf(const QList<NamedContext>& contexts);

/// --context DIR: a folder that is there, "" where none is given; else a sentence.
[[nodiscard]] QCommandLineOption contextOption();
[[nodiscard]] std::expected<QString, QString> contextFrom(const QCommandLineParser& parser);

/// Writes to a file, whole or not at all; into a device or a pipe; or to standard output for "" and "-".
[[nodiscard]] std::expected<void, QString> writeOutput(const QString& path, const QByteArray& bytes);

} // namespace stagelift::app
