// SPDX-License-Identifier: GPL-3.0-or-later
//
// `# check=skip=…;error=…;experimental=…`: which checks a file wants. At the top it counts for all of it, in the
// comment above an instruction for that. Rules: BuildKit, linter/linter.go: ParseLintOptions,
// WithMergedConfigFromComments.

#pragma once

#include "core/text/source_text.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

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

/// The comment lines right above a line, top to bottom, without `#` and blanks around.
[[nodiscard]] std::vector<std::string_view> commentsAbove(const SourceText& source, std::uint32_t line);

/// What the comments above an instruction say of the checks, if anything.
[[nodiscard]] CheckDirective directiveIn(const std::vector<std::string_view>& comments);

} // namespace stagelift
