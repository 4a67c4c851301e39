// SPDX-License-Identifier: GPL-3.0-or-later
//
// Edits as values. An operation answers with a list of these; whoever owns the text applies it in one undo step.

#pragma once

#include "core/text/span.h"

#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

/// Replaces the bytes of `span` by `text`. An empty span inserts, an empty text deletes.
struct TextEdit {
    Span span;
    std::string text;

    [[nodiscard]] bool operator==(const TextEdit&) const = default;
};

/// Sorted by position and disjoint, all in offsets of the text before the first of them. Applied last to first.
using TextEdits = std::vector<TextEdit>;

/// The text after the edits.
[[nodiscard]] std::string applied(std::string_view text, const TextEdits& edits);

/// The edits that turn `applied(text, edits)` back into `text`, byte for byte.
[[nodiscard]] TextEdits inverse(std::string_view text, const TextEdits& edits);

/// Sorts the edits by position. Insertions at one place keep the order they were given in.
/// @returns false where two of them overlap, which is a bug of the caller.
[[nodiscard]] bool normalise(TextEdits& edits);

} // namespace stagelift
