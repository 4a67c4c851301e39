// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an edit is asked for with, and what comes of it.

#pragma once

#include "core/edits/analysis.h"
#include "core/text/text_edit.h"

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace stagelift {

/// Edits and where the caret belongs afterwards: in the text after the edits, a span to be typed over.
struct EditResult {
    TextEdits edits;
    Span select;
};

/// Why an edit is not made. `reason` is BuildKit's sentence where it has one; `mend` says what to do about it.
struct Refusal {
    std::string reason;
    std::string mend;
    /// What `mend` says and then what was wanted, as one edit that went through the same checks as any other; nothing
    /// where only a person can tell how. Where it is there, `mend` can stand on a button: "Move lint above runtime".
    std::optional<EditResult> remedy = std::nullopt;
};

using EditOutcome = std::expected<EditResult, Refusal>;

struct CopyIntent {
    NodeRef source;                     // a stage, an image, or the build context
    int target = 0;                     // a stage
    std::vector<std::string> paths;     // one at least, as COPY takes them: patterns allowed, else literalPath
    std::string destination;            // empty: the path itself, or "./" for the context
    std::optional<std::uint32_t> place; // the line goes ahead of the line with this offset; else where copyPlace says
    std::string image = {};             // taken from instead of `source`: an image that may be new to the file
};

} // namespace stagelift
