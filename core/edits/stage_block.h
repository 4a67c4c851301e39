// SPDX-License-Identifier: GPL-3.0-or-later
//
// A stage as a block of lines that is moved, copied or taken out, and the numbers that mean stages by their place.

#pragma once

#include "core/edits/draft.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace stagelift::edits {

/// From the comments directly above the FROM to those directly below the last instruction; the last line ending is
/// left out.
[[nodiscard]] Span blockOf(const Analysis& analysis, int stage);

/// The block with the empty lines that go with it: those below; for the last stage those above.
[[nodiscard]] Span linesOfStage(const Analysis& analysis, int stage);

/// The same of several, ascending, as if they were taken out from the last to the first: where those at the end of the
/// file go, each is the last in its turn.
[[nodiscard]] std::vector<Span> linesOfStages(const Analysis& analysis, std::span<const int> stages);

/// What has to be written wherever a stage is meant by its number, once each has the index that stands at its place
/// here. Those that go (-1) are left alone.
[[nodiscard]] TextEdits renumbered(const Analysis& before, std::span<const int> stages);

/// The bytes of a span, with those of the edits made that lie in it.
[[nodiscard]] std::string textWith(const SourceText& source, Span span, const TextEdits& edits);

/// Adds to the draft those of the edits that lie in none of the spans.
void addOutside(Draft& draft, const TextEdits& edits, std::span<const Span> spans);

/// Why no block can be put elsewhere: what stands behind an open heredoc is told by its letters only, and in another
/// place may be a part of it.
[[nodiscard]] std::optional<Refusal> refusalOfOpenHeredoc(const Analysis& analysis);

/// The indices of so many stages as they are.
[[nodiscard]] std::vector<int> sameStages(std::size_t count);

/// Takes out a stage that nothing needs; refused where something does, without a remedy.
[[nodiscard]] EditOutcome stageTakenOut(const Analysis& before, int stage);

} // namespace stagelift::edits
