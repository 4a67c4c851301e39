// SPDX-License-Identifier: GPL-3.0-or-later
//
// Instructions by what they are to those behind them, and the folder that a stage works in. Two stages do the same by
// the same instructions only where the same settings hold.

#pragma once

#include "core/dockerfile/dockerfile.h"

#include <span>
#include <string>
#include <string_view>

namespace stagelift::edits {

enum class Part : std::uint8_t {
    Work,     // RUN, COPY, ADD: makes files
    Setting,  // ENV, ARG, SHELL, USER: holds for those behind it
    Folder,   // WORKDIR
    Describe, // CMD, EXPOSE, ONBUILD…: says how the image is used, and changes nothing in the stage
    Other,    // FROM, and what is no instruction
};

[[nodiscard]] Part partOf(const Instruction& instruction);

/// The keyword in capitals and the words: the same for two that do the same.
[[nodiscard]] std::string meaningOf(const Instruction& instruction);

/// "ENV NODE_ENV", "USER 1000": what a setting sets.
[[nodiscard]] std::string settingInWords(const Instruction& instruction);

/// The folder behind the instructions, from one on, as written, variables and all: "" is that of the base, kUnknown
/// what begins with a variable or with a folder that the text does not tell.
[[nodiscard]] std::string folderBehind(std::span<const Instruction> instructions, std::string folder);
inline constexpr std::string_view kUnknown = "?";

/// True for a WORKDIR that does not depend on the folder ahead of it.
[[nodiscard]] bool isAbsoluteFolder(const Instruction& instruction);

} // namespace stagelift::edits
