// SPDX-License-Identifier: GPL-3.0-or-later
//
// The verbs of the command line. Each makes the application object it needs: none but the window and the pictures needs
// a display.

#pragma once

#include <span>

namespace stagelift::app {

/// What a program's exit status says to scripts.
enum ExitStatus : int {
    kFine = 0,
    kDockerfileAtFault = 1, // or the build
    kCommandAtFault = 2,
};

struct Verb {
    const char* name;
    const char* summary;
    int (*run)(int argc, char** argv); // with the verb as argv[1]
};

[[nodiscard]] std::span<const Verb> verbs();

int runParse(int argc, char** argv);
int runGraph(int argc, char** argv);
int runCheck(int argc, char** argv);
int runSplit(int argc, char** argv);
int runBuild(int argc, char** argv);
int runHistory(int argc, char** argv);
int runScreenshot(int argc, char** argv);

/// Opens the window on the files named.
int runWindow(int argc, char** argv);

} // namespace stagelift::app
