// SPDX-License-Identifier: GPL-3.0-or-later
//
// A stage graph as Graphviz text.

#pragma once

#include "core/stages/stage_graph.h"

#include <string>

namespace stagelift {

/// A digraph from left to right, in the diagram's own manner: stages are round boxes, images and build contexts
/// quieter; FROM is heavy, COPY --from plain with its paths, a mount dotted, what is only left behind for an ONBUILD
/// dashed. The target is bold and starred, what it does not need is grey. `target` -1: none, nothing is grey.
[[nodiscard]] std::string dotText(const StageGraph& graph, int target);

} // namespace stagelift
