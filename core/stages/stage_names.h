// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stages are called, and what one may be called. Rules: BuildKit, instructions/parse.go and linter/ruleset.go.

#pragma once

#include "core/stages/stage_graph.h"

#include <optional>
#include <string>
#include <string_view>

namespace stagelift {

/// `scratch` and `context` mean something else wherever a stage is named.
[[nodiscard]] bool isReservedStageName(std::string_view name);

/// The last definition of a name, in any case: what COPY --from takes.
[[nodiscard]] std::optional<int> lastStageNamed(const StageGraph& graph, std::string_view name);

/// A name for a stage, after its base image where it has none of its own: no other stage has it, and nothing in the
/// file means something else by it. Pass -1 for a stage that is yet to come.
[[nodiscard]] std::string suggestName(const StageGraph& graph, int stage);
/// The same, beginning with a word that is a name.
[[nodiscard]] std::string freeStageName(const StageGraph& graph, int stage, std::string_view word);

} // namespace stagelift
