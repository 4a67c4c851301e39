// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/dockerfile.h"

#include "core/dockerfile/keywords.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift {

std::string_view keywordName(Keyword keyword)
{
    return kKeywordNames[static_cast<std::size_t>(keyword)];
}

Keyword keywordFrom(std::string_view word)
{
    if (word.empty())
        return Keyword::Unknown;
    const char first = toUpper(word.front());
    for (std::size_t i = 1; i < kKeywordNames.size(); ++i) {
        const std::string_view name = kKeywordNames[i];
        if (name.front() == first && name.size() == word.size() && equalFolded(name, word))
            return static_cast<Keyword>(i);
    }
    return Keyword::Unknown;
}

const Flag* Instruction::flag(std::string_view name) const
{
    const auto found = std::ranges::find(flags, name, &Flag::name);
    return found == flags.end() ? nullptr : &*found;
}

std::string fullMessage(const SyntaxError& error)
{
    if (!error.named)
        return error.message;
    return std::format("dockerfile parse error on line {}: {}", error.lines.first, error.message);
}

} // namespace stagelift
