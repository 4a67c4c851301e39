// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/stages/stage_graph.h"

#include <optional>

namespace stagelift {

/// The first cycle of COPYs and mounts that BuildKit finds, as its problem; FROM can't make one. Rules:
/// dockerfile2llb/validations.go: validateCircularDependency.
[[nodiscard]] std::optional<GraphProblem> findCycle(const StageGraph& graph);

} // namespace stagelift
