// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which instructions the final stage needs, and its lines.

#pragma once

#include "core/multistage/plan.h"

#include <string>

namespace stagelift::multistage {

/// What becomes of each RUN, COPY and describing instruction. ENV, ARG, WORKDIR and USER are left to writeHead.
[[nodiscard]] std::vector<Fate> fatesOf(const Reading& reading, const Toolchain& toolchain, std::size_t split,
                                        const Contents& contents);

/// The lines behind the new FROM, and the fates of the instructions that only they decide.
/// @param builder the name of the builder's stage
void writeHead(Plan& plan, const Reading& reading, const Toolchain& toolchain, const Contents& contents,
               const RuntimePackages& packages, std::string_view builder);

/// An instruction with the comments directly above it.
[[nodiscard]] std::string withComments(const Reading& reading, const Step& step);
/// Where those comments begin, else the line of the instruction.
[[nodiscard]] std::uint32_t headOfStep(const Reading& reading, const Step& step);

} // namespace stagelift::multistage
