// SPDX-License-Identifier: GPL-3.0-or-later
//
// What BuildKit stops at while it goes through the instructions of a stage: a quote without its match, a mount that is
// none, a port out of range. The parser and the graph know nothing of these. Rules and sentences: BuildKit,
// dockerfile2llb/convert.go: dispatch.

#pragma once

#include "core/checks/stage_walk.h"

#include <expected>
#include <string>
#include <string_view>

namespace stagelift {

/// The errors of all stages, one an instruction.
[[nodiscard]] Diagnostics buildErrors(const Subject& subject);

/// A sentence on what is wrong; empty where nothing is.
using Sentence = std::string;

/// True where a word can be told, at a glance, to be one that BuildKit can read. Most words are.
[[nodiscard]] bool isPlainlyFine(std::string_view text, char escape);

/// Replaces the variables of a word; or says why it can't.
[[nodiscard]] std::expected<std::string, Sentence> expanded(std::string_view text, const Visit& visit, char escape);

// mount_errors.cpp; likewise
[[nodiscard]] bool mayHaveMountError(const Subject& subject, const Instruction& instruction);
[[nodiscard]] Sentence mountError(const Subject& subject, const Visit& visit);

// file_errors.cpp; the first says whether it is worth asking the second
[[nodiscard]] bool mayHaveFileError(const Instruction& instruction, char escape);
[[nodiscard]] Sentence fileError(const Subject& subject, const Visit& visit);

/// Why --chmod can't have the value, its variables replaced; "" is no mode, and none is wrong with that.
[[nodiscard]] Sentence modeError(std::string_view mode);

// port_errors.cpp
[[nodiscard]] Sentence portError(const Subject& subject, const Visit& visit);

} // namespace stagelift
