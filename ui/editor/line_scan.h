// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a line is, told from the lines above it: the least that highlighting has to know before the parser has had its
// say. Rules as in BuildKit's parser (frontend/dockerfile/parser): comments and blank lines between continued lines,
// `escape=`, and heredocs of RUN, COPY and ADD.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift::ui {

enum class BodyKind : std::uint8_t { Script, Text, RawText }; // the shell's; with variables; without

struct OpenHeredoc {
    std::string name;
    bool chomp = false; // <<-
    BodyKind kind = BodyKind::Text;

    [[nodiscard]] bool operator==(const OpenHeredoc&) const = default;
};

/// Between two lines.
struct ScanState {
    char escape = '\\';
    bool top = true;        // only parser directives so far
    bool continued = false; // the instruction goes on
    bool takesHeredocs = false;
    bool isRun = false;
    std::uint32_t words = 0;           // of a RUN, behind its flags
    std::vector<OpenHeredoc> heredocs; // whose bodies are still to come, or under way

    [[nodiscard]] bool inBody() const { return !continued && !heredocs.empty(); }
    [[nodiscard]] bool operator==(const ScanState&) const = default;
};

enum class LineKind : std::uint8_t { Directive, Comment, Blank, Instruction, Body, Terminator };

struct ScannedLine {
    LineKind kind = LineKind::Blank;
    bool goesOn = false; // ends in the escape character
};

/// Looks at a line without its ending, and moves `state` behind it.
[[nodiscard]] ScannedLine scanLine(std::string_view line, ScanState& state);

} // namespace stagelift::ui
