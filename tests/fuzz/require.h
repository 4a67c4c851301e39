// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the fuzz targets ask for. What does not hold ends the program, and libFuzzer keeps the input.

#pragma once

#include "core/text/text_edit.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace stagelift::fuzz {

inline void require(bool holds, std::string_view sentence)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(sentence.size()), sentence.data());
    std::abort();
}

/// The text after edits that stand in it, in order, and can be undone byte for byte.
inline std::string appliedUndoably(std::string_view text, const TextEdits& edits)
{
    TextEdits sorted = edits;
    require(normalise(sorted) && sorted == edits, "edits are in order");
    for (const TextEdit& edit : edits)
        require(edit.span.begin <= edit.span.end && edit.span.end <= text.size(), "an edit stands in the text");
    std::string after = applied(text, edits);
    require(applied(after, inverse(text, edits)) == text, "the inverse restores every byte");
    return after;
}

} // namespace stagelift::fuzz
