// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was seen in the files of stages that were built, and is to be said of the text. It is tied to the words of an
// instruction and of what that takes from: where either is another now, nothing is said.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace stagelift {

/// A copied program that can't start where it was copied to.
struct BuiltFinding {
    std::string instruction;        // the COPY, as written
    std::size_t turn = 0;           // as many instructions of the same words stand above it
    std::string origin;             // of the stage that it copies from, see originOf(); "" where it is none
    std::string message;            // what was seen, and what to do
    std::string mend;               // what `lines` do: "Copy what it needs from build"
    std::vector<std::string> lines; // instructions that mend it, right below; none where only a person can

    [[nodiscard]] bool operator==(const BuiltFinding&) const = default;
};

struct Subject;

/// Something was seen of the program that this instruction copies: then nothing has to be guessed.
[[nodiscard]] bool wasSeen(const Subject& subject, std::size_t instruction);

} // namespace stagelift
