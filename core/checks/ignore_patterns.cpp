// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/ignore_patterns.h"

#include "core/dockerfile/paths.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace stagelift {

namespace {

using Token = IgnorePatterns::Token;

std::vector<Token> tokensOf(std::string_view pattern)
{
    using enum Token::Kind;
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < pattern.size();) {
        const char c = pattern[at];
        if (pattern.substr(at).starts_with("**")) {
            at += 2;
            at += pattern.substr(at).starts_with('/') ? 1 : 0;
            tokens.push_back({at == pattern.size() ? Everything : Folders, {}});
        } else if (c == '[' && pattern.find(']', at + 2) != std::string_view::npos) {
            const std::size_t close = pattern.find(']', at + 2);
            tokens.push_back({Set, pattern.substr(at + 1, close - at - 1)});
            at = close + 1;
        } else if (c == '*' || c == '?') {
            tokens.push_back({c == '*' ? Segment : AnyCharacter, {}});
            ++at;
        } else {
            at += c == '\\' && at + 1 < pattern.size() ? 1 : 0;
            const std::size_t length = characterAtBegin(pattern.substr(at));
            tokens.push_back({Literal, pattern.substr(at, length)});
            at += length;
        }
    }
    return tokens;
}

bool isInSet(std::string_view set, char c)
{
    const bool isNegated = set.starts_with('^');
    set.remove_prefix(isNegated ? 1 : 0);
    bool isIn = false;
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (i + 2 < set.size() && set[i + 1] == '-') {
            isIn = isIn || (set[i] <= c && c <= set[i + 2]);
            i += 2;
        } else {
            isIn = isIn || set[i] == c;
        }
    }
    return isIn != isNegated;
}

/// The places in the path where one may be once a token is matched from one of `places`: all of them are followed at
/// once, so that no pattern is slow and no path too deep.
std::vector<bool> placesBehind(const Token& token, std::string_view path, std::vector<bool> places)
{
    const bool isStar = token.kind == Token::Kind::Segment;
    std::vector<bool> behind(places.size());
    bool isBelow = false; // of a place where a token for folders began
    for (std::size_t at = 0; at <= path.size(); ++at) {
        const std::string_view rest = path.substr(at);
        if (token.kind == Token::Kind::Folders) {
            behind[at] = places[at] || (isBelow && path[at - 1] == '/');
            isBelow = isBelow || places[at];
        }
        if (!places[at])
            continue;
        const bool isInSegment = !rest.empty() && rest.front() != '/';
        if (token.kind == Token::Kind::Literal && rest.starts_with(token.text))
            behind[at + token.text.size()] = true;
        if (token.kind == Token::Kind::AnyCharacter && isInSegment)
            behind[at + characterAtBegin(rest)] = true;
        if (token.kind == Token::Kind::Set && !rest.empty() && isInSet(token.text, rest.front()))
            behind[at + 1] = true;
        if (isStar) {
            behind[at] = true;
            if (isInSegment)
                places[at + characterAtBegin(rest)] = true;
        }
    }
    return behind;
}

bool isMatch(const std::vector<Token>& tokens, std::string_view path)
{
    std::vector<bool> places(path.size() + 1);
    places.front() = true;
    for (const Token& token : tokens) {
        if (std::ranges::find(places, true) == places.end())
            return false;
        if (token.kind == Token::Kind::Everything)
            return true;
        places = placesBehind(token, path, std::move(places));
    }
    return places.back();
}

/// `**` with no slash behind it is a word's ending where nothing else in the pattern is special.
bool isEnding(std::string_view pattern)
{
    return pattern.starts_with("**") && pattern.size() > 2 && pattern.find_first_of("/*", 2) != 2 &&
           pattern.find_first_of("*?[]\\", 2) == std::string_view::npos;
}

} // namespace

IgnorePatterns::IgnorePatterns(std::string_view file)
{
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (file.starts_with(kByteOrderMark))
        file.remove_prefix(kByteOrderMark.size());
    while (!file.empty()) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        std::string_view line = file.substr(0, end);
        file.remove_prefix(std::min(end + 1, file.size()));
        if (line.starts_with('#'))
            continue;
        line = trimmed(line);
        if (line.starts_with('!')) {
            m_hasExceptions = true;
            line = trimmed(line.substr(1));
        }
        if (line.empty())
            continue;
        std::string pattern = cleanedPath(line);
        if (pattern.size() > 1 && pattern.front() == '/')
            pattern.erase(0, 1);
        m_patterns.push_back({std::move(pattern), {}, false});
    }
    for (Pattern& pattern : m_patterns) { // views into texts that no longer move
        pattern.tokens = tokensOf(pattern.text);
        pattern.isEnding = isEnding(pattern.text);
    }
}

bool IgnorePatterns::ignoresAll() const
{
    constexpr std::array<std::string_view, 3> kAll{"*", "**", "**/*"};
    return std::ranges::any_of(m_patterns, [&](const Pattern& each) { return std::ranges::contains(kAll, each.text); });
}

bool IgnorePatterns::matches(std::string_view path) const
{
    const auto matchesPart = [](const Pattern& pattern, std::string_view part) {
        return pattern.isEnding ? part.ends_with(std::string_view(pattern.text).substr(2))
                                : isMatch(pattern.tokens, part);
    };
    return std::ranges::any_of(m_patterns, [&](const Pattern& pattern) {
        if (matchesPart(pattern, path))
            return true;
        for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
            if (matchesPart(pattern, path.substr(0, slash)))
                return true;
        }
        return path.rfind('/') == 0 && matchesPart(pattern, "/");
    });
}

} // namespace stagelift
