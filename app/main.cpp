// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opens the window, or runs a verb. Nothing else.

#include "app/command_line.h"
#include "app/verb.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace stagelift::app {

std::span<const Verb> verbs()
{
    static constexpr std::array table{
        Verb{"parse", "Print a Dockerfile's syntax tree", runParse},
        Verb{"graph", "Print or draw its stages and what they take from each other", runGraph},
        Verb{"check", "Print what BuildKit and Stagelift have to say about it", runCheck},
        Verb{"split", "Make a file of one stage multi-stage, and print it", runSplit},
        Verb{"build", "Build a target and print each stage's size", runBuild},
        Verb{"history", "Print how large its stages were from build to build", runHistory},
        Verb{"screenshot", "Draw the window into a picture", runScreenshot},
    };
    return table;
}

} // namespace stagelift::app

int main(int argc, char** argv)
{
    using namespace stagelift::app;
    const std::string_view word = argc > 1 ? argv[1] : "";
    const auto verb = std::ranges::find(verbs(), word, [](const Verb& each) { return std::string_view(each.name); });
    if (verb != verbs().end())
        return verb->run(argc, argv);
    if (word == "help" || word == "--help" || word == "-h")
        return printHelp();
    if (word == "--version" || word == "-v")
        return printVersion();
    return runWindow(argc, argv);
}
