// SPDX-License-Identifier: GPL-3.0-or-later
//
// Goes through all stages as a build would, with the variables each instruction sees: ENV and ARG, those of the stages
// a stage is built on, and what its base image sets. Rules: BuildKit, dockerfile2llb/convert.go: dispatch.

#pragma once

#include "core/checks/subject.h"

#include <functional>
#include <string_view>
#include <unordered_set>

namespace stagelift {

/// What a stage has come to at some instruction.
struct StageState {
    Environment environment;
    Environment image; // what of it stays in the image; kept only where some stage is built on another
    std::unordered_set<std::string_view> declared; // by ARG, with a value or without
    bool hasSetArguments = false;                  // since its FROM
    bool hasWorkdir = false;
    bool isAtRoot = true;     // as far as the WORKDIRs say
    bool isImageKnown = true; // nothing is guessed of what it began with
    bool isWindows = false;
};

/// An instruction on its way. `from` is the FROM where a trigger of the base runs, else the instruction itself.
struct Visit {
    const StageState& state;
    const Instruction& instruction;
    const Instruction& from;
};

/// Calls `before` ahead of the effect of every instruction.
void walkStages(const Subject& subject, const std::function<void(const Visit&)>& before);

/// The words of an instruction in which BuildKit replaces variables, in its order.
[[nodiscard]] std::vector<Word> expandedWords(const Subject& subject, const Instruction& instruction);

} // namespace stagelift
