// SPDX-License-Identifier: GPL-3.0-or-later
//
// What programs need, and what might be copied, in sentences.

#pragma once

#include "core/engine/files/copy_candidates.h"
#include "core/engine/files/program_needs.h"

#include <QString>

namespace stagelift::ui {

/// "dynamic program, x86-64, not stripped"
[[nodiscard]] QString programSummary(const ProgramFacts& facts);

/// What a program needs and where each of it lies, a line each. It looks through all files: not for the UI's thread.
/// @param program of which ImageFiles::program() tells
[[nodiscard]] QString programReport(const ImageFiles& files, ImageFiles::Id program);

/// Why it might be copied: "a program; loads 3 libraries".
[[nodiscard]] QString candidateText(const ImageFiles& files, const CopyCandidate& candidate);

} // namespace stagelift::ui
