// SPDX-License-Identifier: GPL-3.0-or-later
//
// Gives a stage a name within a larger edit.

#pragma once

#include "core/edits/draft.h"

#include <expected>
#include <string>

namespace stagelift::edits {

/// Writes `AS name` behind an unnamed stage's base, and the name wherever its index was used.
/// @returns the place of the name in the text of the edit, or why it can't be.
[[nodiscard]] std::expected<Span, Refusal> nameIn(Draft& draft, const Analysis& before, int stage,
                                                  std::string_view name);

/// What a FROM or a --from has to say to mean the node, naming an unnamed stage in the draft; "" for the build context.
[[nodiscard]] std::expected<std::string, Refusal> referenceIn(Draft& draft, const Analysis& before, NodeRef node);

/// Why one stage can't take from another by name, though the order is right: another stage is meant by that name.
[[nodiscard]] std::optional<Refusal> refusalOfDuplicate(const StageGraph& graph, NodeRef source);

} // namespace stagelift::edits
