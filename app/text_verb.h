// SPDX-License-Identifier: GPL-3.0-or-later
//
// What parse, graph and check share: each goes through the files named, prints something of each, and answers with the
// worst that it met.

#pragma once

#include "app/command_line.h"
#include "app/verb.h"

#include <QCommandLineParser>

#include <functional>
#include <string>

namespace stagelift::app {

/// What a verb has to say of one file.
struct Answer {
    std::string text; // with its last line ending
    ExitStatus status = kFine;
};

/// -o OUT. runOverFiles heeds it where the parser has it.
[[nodiscard]] QCommandLineOption outputOption();

/// Says on standard error which file can't be read; the rest is gone through all the same.
[[nodiscard]] int runOverFiles(const QCommandLineParser& parser,
                               const std::function<Answer(const std::string& name, std::string bytes)>& answer);

/// Adds the verb's own name and FILE to a parser's positional arguments.
void addFiles(QCommandLineParser& parser, const QString& verb);

/// --format, with the first of `formats` unless given; an empty answer means that it was refused.
[[nodiscard]] QString formatFrom(const QCommandLineParser& parser, const QStringList& formats);

} // namespace stagelift::app
