// SPDX-License-Identifier: GPL-3.0-or-later
//
// The simple commands of a shell script, as far as a reader of the text can tell: split at `&&`, `||`, `;`, `|` and
// line ends, with the folder that `cd` has led to and the variables that are known. Not a shell: loops are read once,
// and both branches of an `if`.

#pragma once

#include "core/stages/expand.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

struct ShellCommand {
    std::string programme;           // without its folder: "mvnw" of "./mvnw"
    std::vector<std::string> words;  // behind the programme, quotes taken out; unknown variables stay as written
    std::string folder;              // that it runs in
    Environment values;              // variables, those set ahead of the command included
    std::vector<std::string> writes; // files that its output goes to

    [[nodiscard]] bool has(std::string_view word) const;
    /// The value of an option: `-o x`, `-ox` for a single letter, `--output x`, `--output=x`.
    [[nodiscard]] std::optional<std::string> option(std::string_view name) const;
    /// The words that are no options. Values of options are among them, for nobody knows which take one.
    [[nodiscard]] std::vector<std::string> plainWords() const;
};

[[nodiscard]] std::vector<ShellCommand> commandsOf(std::string_view script, std::string folder, Environment values);

} // namespace stagelift
