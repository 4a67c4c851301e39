// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why copied programs can't start, and what helps, in sentences.

#pragma once

#include "core/engine/files/run_problems.h"

#include <QString>

#include <vector>

namespace stagelift::ui {

/// "interpreter /bin/sh, libz.so.1 for /usr/lib/libcurl.so.4", all of it.
[[nodiscard]] QString missingText(const RunProblem& problem);
/// "Link it statically, or build final FROM an image with glibc."
[[nodiscard]] QString remedyText(const Analysis& analysis, const RunProblem& problem);
/// "/bin/app and 2 more can't start in final, which does not have libz.so.1. Install the package that has it."
[[nodiscard]] QString runProblemText(const Analysis& analysis, const RunProblem& problem);

/// As findings of the text that they were found for.
[[nodiscard]] std::vector<BuiltFinding> builtFindings(const Analysis& analysis,
                                                      const std::vector<RunProblem>& problems);

} // namespace stagelift::ui
