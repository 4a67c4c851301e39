// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the words of an instruction come to when BuildKit replaces their variables, and what it says where they come to
// nothing it can use. Sentences: BuildKit, shell/lex.go; dockerfile2llb/convert.go: dispatchCopy.

#pragma once

#include "core/edits/edits.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift::edits {

/// The sources of a COPY or an ADD with their variables replaced as far as the text tells; as written in an ONBUILD.
[[nodiscard]] std::vector<std::string> sourcesOf(const Analysis& analysis, const Instruction& copy);

/// Why a COPY can't have the source, which only an ADD fetches.
[[nodiscard]] std::optional<Refusal> refusalOfRemote(std::string_view source);

/// What BuildKit says against a word and has not said before: a quote without its match, a URL in a COPY.
[[nodiscard]] std::optional<Refusal> newWordProblem(const Dockerfile& before, const StageGraph& graphBefore,
                                                    const Dockerfile& after, const StageGraph& graphAfter);

} // namespace stagelift::edits
