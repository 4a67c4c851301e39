// SPDX-License-Identifier: GPL-3.0-or-later
//
// The user's own terminal window, and a run in it. There is no one way to name a command to a terminal: each has its
// own, in a table.

#pragma once

#include "core/engine/image_run.h"

#include <functional>
#include <optional>
#include <span>

namespace stagelift {

struct TerminalRow {
    const char* program;
    const char* option; // goes ahead of the command and its arguments; "" for none
};

/// In the order in which they are looked for; the first few stand for whatever the user or the desktop has chosen.
[[nodiscard]] std::span<const TerminalRow> terminals();

struct Terminal {
    QString program;       // an absolute path
    QStringList arguments; // ahead of the command

    /// Opens a window that runs a program with its arguments.
    [[nodiscard]] Command running(const QStringList& words) const;
};

/// @param chosen what the variable TERMINAL holds: a program, perhaps with options; "" where it is not set
/// @param find where a program of that name is; "" where it is not there
/// @returns nothing where there is no terminal
[[nodiscard]] std::optional<Terminal> findTerminal(const QString& chosen,
                                                   const std::function<QString(const QString&)>& find);

/// What a shell in the terminal does: says what it runs, runs it, tidies up behind it even where the window is closed
/// meanwhile, and leaves the window open as long as there is something to be read in it.
[[nodiscard]] QString terminalScript(const ImageRun& run);

/// Opens the user's terminal and runs it there, without waiting for anything.
/// @returns a sentence where there is no terminal, or where it can't be started
[[nodiscard]] std::expected<void, QString> startInTerminal(const ImageRun& run);

} // namespace stagelift
