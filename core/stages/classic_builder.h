// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Docker built before BuildKit, and builds still with DOCKER_BUILDKIT=0. Source: moby,
// daemon/builder/dockerfile/builder.go: build() cuts the stages behind the target off, and dispatches the rest in
// order.

#pragma once

#include "core/stages/stage_graph.h"

#include <vector>

namespace stagelift {

/// The stages that the classic builder builds for `target`, ascending: every stage up to it, whether it is needed or
/// not. None where `target` is no stage. BuildKit builds those of StageGraph::reachable().
[[nodiscard]] std::vector<int> builtByClassic(const StageGraph& graph, int target);

} // namespace stagelift
