// SPDX-License-Identifier: GPL-3.0-or-later
//
// What helps a program that can't start where it was copied to: where the stage that it comes from has what it lacks,
// and the COPY lines that bring it along. Lines are offered only where they were tried: the stage is put together as
// the text would be with them, and all programs start in it.

#pragma once

#include "core/engine/files/run_problems.h"

namespace stagelift {

/// What can't start in a stage that was foreseen for this text.
[[nodiscard]] std::vector<RunProblem> foreseenProblems(const Analysis& analysis, int stage,
                                                       const ForeseenFiles& foreseen);

/// Fills in MissingNeed::at and RunProblem::mend.
/// @param files of the stage that the problems are of
void lookForMends(const Analysis& analysis, const KnownFiles& known, const ImageFiles& files,
                  std::vector<RunProblem>& problems);

} // namespace stagelift
