// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an instruction must have: its arguments, its flags, their values. Rules and sentences: BuildKit,
// instructions/parse.go and instructions/bflag.go.

#pragma once

#include "core/dockerfile/dockerfile.h"

namespace stagelift {

/// Adds the first thing that is wrong with the instruction, if anything is.
void checkGrammar(const Instruction& instruction, std::vector<SyntaxError>& errors);

/// Adds an error where an instruction stands ahead of every stage that must not.
void checkStages(Dockerfile& dockerfile);

/// `^[a-z][a-z0-9-_.]*$` in any case.
[[nodiscard]] bool isStageName(std::string_view name);

} // namespace stagelift
