// SPDX-License-Identifier: GPL-3.0-or-later
//
// `# check=skip=…;error=…;experimental=…`: which checks a file wants. Rules: BuildKit, linter/linter.go:
// ParseLintOptions, and parser/directives.go: ParseDirective.

#pragma once

#include "core/dockerfile/dockerfile.h"

#include <expected>
#include <optional>

namespace stagelift {

struct CheckDirective {
    bool skipsAll = false;
    std::vector<std::string_view> skipped;
    bool wantsAllExperimental = false;
    std::vector<std::string_view> experimental;
    bool isError = false; // a finding fails the build

    [[nodiscard]] bool wants(std::string_view rule, bool isExperimental) const;
    void merge(const CheckDirective& other);
};

/// The directive's value; or BuildKit's sentence on what is wrong with it.
[[nodiscard]] std::expected<CheckDirective, std::string> parseCheckDirective(std::string_view value);

/// The directive at the top of the file, where it has one. BuildKit looks for it with other eyes than the parser's: a
/// first line `#!…` is passed over, and a line that begins with a blank holds none.
[[nodiscard]] std::optional<Directive> checkDirectiveOf(const Dockerfile& dockerfile);

} // namespace stagelift
