// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a stage is made, as far as the text says: what was seen in a stage that was built holds for the text as it is
// now as long as that is the same. And what a COPY takes from.

#pragma once

#include "core/stages/stage_graph.h"

#include <string>

namespace stagelift {

/// The instructions of a stage and of all that it takes from, with what their references mean. Stages for which it is
/// the same are made in the same way, where the build's options are the same too. Neither comments nor where the stage
/// stands in the file count. "" where there is no such stage.
[[nodiscard]] std::string originOf(const Dockerfile& dockerfile, const StageGraph& graph, int stage);

/// The edge of a COPY or ADD itself, not of one that it leaves to others (ONBUILD).
/// @returns nullptr where `instruction` has none
[[nodiscard]] const Edge* copyEdge(const StageGraph& graph, std::size_t instruction);
/// The stage that it takes from; -1 where it is none, or BuildKit would refuse it.
[[nodiscard]] int copiedStage(const StageGraph& graph, std::size_t instruction);

} // namespace stagelift
