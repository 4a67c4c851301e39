// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/text/nearest.h"

#include "core/text/characters.h"

#include <algorithm>
#include <format>
#include <numeric>
#include <vector>

namespace stagelift {

namespace {

constexpr std::size_t kTooFar = 3;

std::vector<std::string_view> charactersOf(std::string_view text)
{
    std::vector<std::string_view> characters;
    for (; !text.empty(); text.remove_prefix(characters.back().size()))
        characters.push_back(text.substr(0, characterAtBegin(text)));
    return characters;
}

/// Levenshtein's distance.
template<typename Text>
std::size_t distance(const Text& left, const Text& right)
{
    if (std::max(left.size(), right.size()) - std::min(left.size(), right.size()) >= kTooFar)
        return kTooFar;
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t replaced = diagonal + (left[i] == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

/// In characters, as a person counts what was mistyped; bytes do where each is one.
std::size_t distanceOf(std::string_view left, std::string_view right)
{
    if (std::ranges::all_of(left, isAscii) && std::ranges::all_of(right, isAscii))
        return distance(left, right);
    return distance(charactersOf(left), charactersOf(right));
}

bool beginAlike(std::string_view left, std::string_view right)
{
    return !left.empty() && !right.empty() && left.front() == right.front();
}

/// `isBetter(name, before)` decides between two that are as near.
template<typename IsBetter>
std::string_view best(std::string_view word, std::span<const std::string_view> names, IsBetter isBetter)
{
    if (names.size() > kMostCompared)
        return {};
    std::string_view found;
    std::size_t foundDistance = kTooFar;
    for (const std::string_view name : names) {
        if (name == word)
            return {};
        const std::size_t d = distanceOf(word, name);
        if (d < foundDistance || (d == foundDistance && d < kTooFar && isBetter(name, found))) {
            found = name;
            foundDistance = d;
        }
    }
    return found;
}

} // namespace

std::string nearest(std::string_view word, std::span<const std::string_view> names)
{
    return std::string(best(word, names, [](std::string_view, std::string_view) { return false; }));
}

std::string likeliest(std::string_view word, std::span<const std::string_view> names)
{
    return std::string(best(word, names, [&](std::string_view name, std::string_view before) {
        return beginAlike(word, name) && !beginAlike(word, before);
    }));
}

std::string nearestInAnyCase(std::string_view word, std::span<const std::string_view> names)
{
    std::vector<std::string> lower;
    lower.reserve(names.size());
    for (const std::string_view name : names) {
        // As bytes a word is as long or longer, never shorter, than as characters.
        if (name.size() < word.size() + kTooFar)
            lower.push_back(lowered(name));
    }
    const std::vector<std::string_view> views(lower.begin(), lower.end());
    const std::string found = likeliest(lowered(word), views);
    return word != lowered(word) && word == uppered(word) ? uppered(found) : found;
}

std::string didYouMean(std::string_view suggestion)
{
    return suggestion.empty() ? std::string() : std::format(" (did you mean {}?)", suggestion);
}

} // namespace stagelift
