// SPDX-License-Identifier: GPL-3.0-or-later
//
// A stage graph as Mermaid text, which GitHub, GitLab and many wikis draw in place.

#pragma once

#include "core/stages/stage_graph.h"

#include <string>

namespace stagelift {

/// A flowchart from left to right, in the manner of `dotText`. Labels are in quotes, and what Mermaid would take for
/// its own in them is written as an entity.
[[nodiscard]] std::string mermaidText(const StageGraph& graph, int target);

} // namespace stagelift
