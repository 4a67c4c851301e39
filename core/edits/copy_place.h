// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where in a stage a new line goes.

#pragma once

#include "core/edits/edits.h"

namespace stagelift::edits {

/// A place asked for, brought to the begin of a line where a line may be put in: inside the stage, between
/// instructions, and not between the next stage's comments and its FROM.
[[nodiscard]] std::uint32_t placeWithin(const Analysis& analysis, int stage, std::uint32_t place);

/// Behind the stage's last instruction that does something, ahead of those that only describe the image.
[[nodiscard]] std::uint32_t placeOfWork(const Analysis& analysis, int stage);

/// How the lines of the stage around the place are indented.
[[nodiscard]] std::string_view indentationAt(const Analysis& analysis, int stage, std::uint32_t place);

/// Where the comment block begins that stands directly above a stage's FROM; else the FROM's own line. Parser
/// directives belong to no stage.
[[nodiscard]] std::uint32_t headOfStage(const Analysis& analysis, int stage);

/// Where the last line of a stage ends, its line ending left out: of its last instruction, or of the comments directly
/// below it.
[[nodiscard]] std::uint32_t tailOfStage(const Analysis& analysis, int stage);

} // namespace stagelift::edits
