// SPDX-License-Identifier: GPL-3.0-or-later
//
// `# check=…` in the comment above an instruction, which counts for that alone. Rules: BuildKit, linter/linter.go:
// WithMergedConfigFromComments.

#pragma once

#include "core/dockerfile/check_directive.h"

#include <string_view>
#include <vector>

namespace stagelift {

/// The comment lines right above a line, top to bottom, without `#` and blanks around. Directives are none.
[[nodiscard]] std::vector<std::string_view> commentsAbove(const Dockerfile& dockerfile, std::uint32_t line);

/// What the comments above an instruction say of the checks, if anything.
[[nodiscard]] CheckDirective directiveIn(const std::vector<std::string_view>& comments);

} // namespace stagelift
