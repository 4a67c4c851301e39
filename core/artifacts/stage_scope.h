// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an instruction knows when it runs: its folder and its variables, inherited from the stages it is built on.

#pragma once

#include "core/artifacts/shell_script.h"
#include "core/stages/expand.h"
#include "core/stages/stage_graph.h"

#include <functional>
#include <string>

namespace stagelift {

struct StageScope {
    std::string folder = "/"; // WORKDIR; that of an image is not known
    Environment values;
};

using StageVisitor = std::function<void(const Instruction&, const StageScope&)>;

/// Visits the instructions behind a stage's FROM, each with what holds ahead of it.
void walkStage(const Dockerfile& dockerfile, const StageGraph& graph, int stage, const StageVisitor& visit);

/// The commands that a RUN, a CMD or an ENTRYPOINT runs, in a shell or without one.
[[nodiscard]] std::vector<ShellCommand> commandsOf(const Instruction& run, const StageScope& scope);

} // namespace stagelift
