// SPDX-License-Identifier: GPL-3.0-or-later
//
// A shell script taken apart into words as written, quotes included, and the operators between its simple commands.
// Not a shell: loops are read once, and both branches of an `if`.

#pragma once

#include "core/dockerfile/dockerfile.h"

#include <string_view>
#include <vector>

namespace stagelift {

class ShellTokens {
public:
    explicit ShellTokens(std::string_view script) : m_script(script) {}

    /// The next word or operator; "" at the end.
    [[nodiscard]] std::string_view next();

private:
    void skipBlanks();
    void skipWord();
    void skipQuoted(char quote);

    std::string_view m_script;
    std::size_t m_at = 0;
};

/// `;`, `&`, `|`, a line's end and parentheses, each alone.
[[nodiscard]] bool isShellOperator(std::string_view token);

/// A word that stands ahead of a command without being one: `if`, `then`, `sudo`, `exec`, …
[[nodiscard]] bool standsAhead(std::string_view word);

/// "NAME" of `NAME=value`; "" of anything else.
[[nodiscard]] std::string_view assignedName(std::string_view word);

/// The scripts that a RUN hands to a shell: its own words, the heredocs that its shell reads, the last word of
/// ["sh", "-c", "…"]. None where it runs a command without a shell.
[[nodiscard]] std::vector<std::string_view> scriptsOf(const Instruction& run);

} // namespace stagelift
