// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stages that are there for tests. BuildKit has no word for them: a stage is one where nothing is built on it or copied
// from it, and its name or what it does last says so. What such stages alone need is not what a target forgot.

#pragma once

#include "core/stages/stage_graph.h"

#include <vector>

namespace stagelift {

/// Whether the stage tests, lints or checks: a word of its name ("unit-test"), or the last of its RUN, CMD and
/// ENTRYPOINT ("RUN go vet ./..."). What other stages do with it is not looked at.
[[nodiscard]] bool looksLikeTest(const Dockerfile& dockerfile, const StageGraph& graph, int stage);

/// For each stage the tests that need it, ascending, where a build of `target` does not need it and all that nothing
/// else uses and that needs it looks like a test; else none. A test itself has none. Empty lists all where `target` is
/// no stage.
[[nodiscard]] std::vector<std::vector<int>> neededByTestsOnly(const Dockerfile& dockerfile, const StageGraph& graph,
                                                              int target);

} // namespace stagelift
