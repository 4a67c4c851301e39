// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words as BuildKit's imitation of a shell reads them: quotes, escapes, `$x`, `${x}` and the forms `:-` `:+` `:?` `-`
// `+` `?` `#` `##` `%` `%%` `/` `//`. One reading gives the expanded text, that text split into words, and the
// variables that were found and missed. Rules and sentences: BuildKit, shell/lex.go.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

/// Where the values of variables come from.
class Variables {
public:
    virtual ~Variables() = default;
    [[nodiscard]] virtual std::optional<std::string_view> find(std::string_view name) const = 0;
};

struct ShellRules {
    char escape = '\\';
    bool keepsQuotes = false;
    bool keepsEscapes = false;
    bool quotesArePlain = false; // a quote is a character like any other
    bool keepsUnset = false;     // `$x` stays where x has no value
};

struct ShellText {
    std::string text;
    std::vector<std::string> words;     // filled by readShell, not by expand()
    std::vector<std::string> matched;   // variables with a value, each once
    std::vector<std::string> unmatched; // and without
    std::string error;                  // BuildKit's sentence; empty where there is none

    [[nodiscard]] bool failed() const { return !error.empty(); }
};

[[nodiscard]] ShellText readShell(std::string_view source, const ShellRules& rules, const Variables& variables);

/// No variable has a value.
[[nodiscard]] const Variables& noVariables();

} // namespace stagelift
