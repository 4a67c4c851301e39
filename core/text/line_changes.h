// SPDX-License-Identifier: GPL-3.0-or-later
//
// What edits do to a text, line by line, for showing it before it is done. Taken from the edits themselves, so that
// what is shown is what will happen; no text is compared with another.

#pragma once

#include "core/text/source_text.h"
#include "core/text/text_edit.h"

#include <cstdint>
#include <vector>

namespace stagelift {

enum class LineChange : std::uint8_t { Same, Removed, Added };

/// A line of the text before, of the text after, or of both. Lines are 1-based; 0 where it is not in that text.
struct ChangedLine {
    LineChange change = LineChange::Same;
    std::uint32_t before = 0;
    std::uint32_t after = 0;

    [[nodiscard]] bool operator==(const ChangedLine&) const = default;
};

/// Every line of both texts in order; of a place that changes, what goes stands ahead of what comes. `after` is what
/// the edits make of `before`. Endings count: a last line that gets one is another line.
/// The empty line behind a last line ending is none.
[[nodiscard]] std::vector<ChangedLine> changedLines(const SourceText& before, const SourceText& after,
                                                    const TextEdits& edits);

} // namespace stagelift
