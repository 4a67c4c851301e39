// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the fuzz targets ask for. What does not hold ends the program, and libFuzzer keeps the input.

#pragma once

#include "core/text/characters.h"
#include "core/text/text_edit.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace stagelift::fuzz {

inline void require(bool holds, std::string_view sentence)
{
    if (holds)
        return;
    std::fputs("does not hold: ", stderr);
    std::fwrite(sentence.data(), 1, sentence.size(), stderr);
    std::fputs("\n", stderr);
    std::abort();
}

/// What goes to a terminal can't move its cursor.
inline void requireForTerminal(std::string_view text)
{
    const auto isControl = [](char c) { return isAsciiControl(c) && c != '\n'; };
    require(std::ranges::none_of(text, isControl), "a report holds no control byte");
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
