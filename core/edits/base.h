// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands behind FROM.

#pragma once

#include "core/edits/edits.h"

namespace stagelift::edits {

/// The base as the FROM of `stage` has to spell it: a stage above in lower case, else an image; or why it can't be.
[[nodiscard]] std::expected<std::string, Refusal> baseAsWritten(const StageGraph& graph, int stage,
                                                                std::string_view base);

/// Makes a stage be built from a node of the graph, which is named first where it is a stage without a name.
[[nodiscard]] EditOutcome changeBaseTo(const Analysis& before, int stage, NodeRef base);
/// Makes a stage be built from an image, by its name; refused where that is the name of a stage above it.
[[nodiscard]] EditOutcome changeBaseToImage(const Analysis& before, int stage, std::string_view image);

} // namespace stagelift::edits
