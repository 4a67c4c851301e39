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

/// Says on standard error which file can't be read; the rest is gone through all the same. OUT is written only when
/// every file was read and answered.
[[nodiscard]] int runOverFiles(const QCommandLineParser& parser,
                               const std::function<Answer(const std::string& name, std::string bytes)>& answer);

/// Tells of FILE... in the help, and reads what the user typed.
void processFiles(QCommandLineParser& parser);

} // namespace stagelift::app
