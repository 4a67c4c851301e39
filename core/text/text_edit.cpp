// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/text_edit.h"

#include <algorithm>

namespace stagelift {

std::string applied(std::string_view text, const TextEdits& edits)
{
    std::string result;
    std::size_t done = 0;
    for (const TextEdit& edit : edits) {
        result.append(text.substr(done, edit.span.begin - done));
        result.append(edit.text);
        done = edit.span.end;
    }
    result.append(text.substr(done));
    return result;
}

TextEdits inverse(std::string_view text, const TextEdits& edits)
{
    TextEdits result;
    result.reserve(edits.size());
    std::uint32_t done = 0;     // in `text`
    std::uint32_t position = 0; // in the text after the edits
    for (const TextEdit& edit : edits) {
        position += edit.span.begin - done;
        const auto size = static_cast<std::uint32_t>(edit.text.size());
        result.push_back({{position, position + size}, std::string(text.substr(edit.span.begin, edit.span.size()))});
        position += size;
        done = edit.span.end;
    }
    return result;
}

bool normalise(TextEdits& edits)
{
    // An insertion at the place where a replaced range begins comes ahead of it.
    std::ranges::stable_sort(edits, [](const TextEdit& left, const TextEdit& right) {
        if (left.span.begin != right.span.begin)
            return left.span.begin < right.span.begin;
        return left.span.empty() && !right.span.empty();
    });
    const auto overlap = [](const TextEdit& left, const TextEdit& right) { return right.span.begin < left.span.end; };
    return std::ranges::adjacent_find(edits, overlap) == edits.end();
}

} // namespace stagelift
