// SPDX-License-Identifier: GPL-3.0-or-later
//
// Instructions moved as they stand, by their index in Dockerfile::instructions.

#pragma once

#include "core/edits/edit_types.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace stagelift {

/// Where a line may be put in.
struct InstructionPlace {
    std::uint32_t offset = 0;               // where a line begins
    std::optional<std::size_t> instruction; // that it is ahead of, with its comments; none at the end of the stage
};

/// Every place between the instructions of a stage, from behind its FROM to its end. None where there is no such stage.
[[nodiscard]] std::vector<InstructionPlace> instructionPlaces(const Analysis& analysis, int stage);

/// Moves an instruction with the comments directly above it and its heredocs into a stage, its own or another: ahead of
/// the line with the offset `place`, else to where such an instruction usually stands. Refused in BuildKit's words
/// where something would then come before what it names.
[[nodiscard]] EditOutcome moveInstruction(const Analysis& before, std::size_t instruction, int stage,
                                          std::optional<std::uint32_t> place = std::nullopt);

/// Moves several to one place, in the order in which they stand.
[[nodiscard]] EditOutcome moveInstructions(const Analysis& before, std::vector<std::size_t> instructions, int stage,
                                           std::optional<std::uint32_t> place = std::nullopt);

} // namespace stagelift
