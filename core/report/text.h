// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the program knows of a file, for a person at a terminal.

#pragma once

#include "core/checks/diagnostic.h"
#include "core/stages/stage_graph.h"

#include <string>

namespace stagelift {

/// A line an instruction: its lines, keyword, flags and arguments. Errors come after them.
[[nodiscard]] std::string parseAsText(std::string_view file, const Dockerfile& dockerfile);

/// A line a stage, with what it is built on, and a line for each thing it takes from elsewhere. The target has a star;
/// what it does not need is marked.
[[nodiscard]] std::string graphAsText(std::string_view file, const StageGraph& graph, int target);

/// A line a finding, as compilers print them: `Dockerfile:3: warning: … [Rule]`.
[[nodiscard]] std::string checkAsText(std::string_view file, const Diagnostics& diagnostics);

} // namespace stagelift
