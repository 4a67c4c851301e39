// SPDX-License-Identifier: GPL-3.0-or-later
//
// Chains: stages in a row, each used by exactly one other stage, by FROM, by COPY --from or by a mount. What happens
// within one is of no matter to the rest of the graph, which sees its last stage alone; so it can be drawn as one.

#pragma once

#include "core/stages/stage_graph.h"

#include <span>
#include <vector>

namespace stagelift {

/// The chains of two stages and more, each from its first stage to its last, in the order of their first stages. No
/// stage is in two of them. A stage that takes from several goes on with the one it is built from, else with the only
/// one that could precede it. `kinds` has a number for each stage; a chain has stages of one number only, and none of a
/// negative one.
[[nodiscard]] std::vector<std::vector<int>> chains(const StageGraph& graph, std::span<const int> kinds);

} // namespace stagelift
