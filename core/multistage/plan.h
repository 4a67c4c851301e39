// SPDX-License-Identifier: GPL-3.0-or-later
//
// What becomes of each instruction, and what the final stage holds beside.
//
// The new FROM goes ahead of the first instruction that no longer builds: from there on the lines of the file stand in
// the final stage as they are. Of those above, what builds stays; what describes the running image moves down; what
// both need (ENV, a user, sources of an interpreted language) is written down there a second time.

#pragma once

#include "core/multistage/bases.h"
#include "core/multistage/contents.h"
#include "core/multistage/multistage.h"
#include "core/multistage/packages.h"

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace stagelift::multistage {

enum class Fate : std::uint8_t {
    Stays,     // with the builder
    Repeats,   // stays, and stands in the final stage too
    Moves,     // to the final stage
    Untouched, // stands in the final stage already, behind the new FROM
    Goes,      // is in neither
};

struct Plan {
    std::size_t split = 0;   // the first step that is not the builder's
    std::vector<Fate> fates; // of the steps
    std::vector<Insertion> insertions;
    std::vector<Change> changes;
    std::string base;
    std::vector<BaseChoice> bases;
    std::vector<Product> products;
    std::vector<Line> head;   // behind the new FROM
    std::string user;         // that is proposed; "" where there is none, or the file has one
    std::size_t userStep = 0; // ahead of which USER goes; the split where it is part of the head
    std::string userWhy;
    std::vector<std::string> cautions;
    bool shipsDevelopment = false; // development dependencies of Node, for what is started needs them
};

/// Or why there is nothing to split.
/// @param builder the name of the builder's stage
[[nodiscard]] std::expected<Plan, Refusal> planSplit(const Reading& reading, const Toolchain& toolchain,
                                                     const MultiStageOptions& options, std::string_view builder);

} // namespace stagelift::multistage
