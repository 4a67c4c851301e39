// SPDX-License-Identifier: GPL-3.0-or-later
//
// The edits that make one text out of another, line by line: as few lines as can be go and come (Myers, "An O(ND)
// Difference Algorithm and Its Variations", 1986). Lines that both texts begin or end with are set aside first, and
// lines are compared by number.
//
// Texts that have next to nothing in common would take long, and a diff of them tells nobody anything: from so many
// changed lines on, all that lies between the first and the last difference is one edit.

#pragma once

#include "core/text/source_text.h"
#include "core/text/text_edit.h"

#include <cstddef>

namespace stagelift {

/// Lines that go and come, together, up to which the fewest are looked for.
inline constexpr std::size_t kMostChangedLines = 1000;

/// Sorted, disjoint, of whole lines with their endings; empty where the texts are equal, byte for byte.
[[nodiscard]] TextEdits lineEdits(const SourceText& before, const SourceText& after);

} // namespace stagelift
