// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/ignore_patterns.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace stagelift {

namespace {

struct Token {
    enum class Kind : std::uint8_t { Literal, AnyCharacter, Segment, Folders, Everything, Set };
    Kind kind = Kind::Literal;
    std::string_view text; // of a Literal, or between the brackets of a Set
};

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

/// Whether tokens from `first` on match all of `path` from `at` on: dead ends are remembered, so that no pattern is
/// slow.
class Match {
public:
    Match(const std::vector<Token>& tokens, std::string_view path)
        : m_tokens(tokens), m_path(path), m_deadEnds((tokens.size() + 1) * (path.size() + 1))
    {
    }

    [[nodiscard]] bool from(std::size_t token, std::size_t at)
    {
        const std::size_t place = token * (m_path.size() + 1) + at;
        if (m_deadEnds[place])
            return false;
        if (token == m_tokens.size() ? at == m_path.size() : step(token, at))
            return true;
        m_deadEnds[place] = true;
        return false;
    }

private:
    [[nodiscard]] bool step(std::size_t token, std::size_t at)
    {
        const Token& t = m_tokens[token];
        const bool isAtEnd = at == m_path.size();
        const std::size_t length = characterAtBegin(m_path.substr(at));
        switch (t.kind) {
        case Token::Kind::Everything:
            return true;
        case Token::Kind::Literal:
            return m_path.substr(at).starts_with(t.text) && from(token + 1, at + t.text.size());
        case Token::Kind::AnyCharacter:
            return !isAtEnd && m_path[at] != '/' && from(token + 1, at + length);
        case Token::Kind::Set:
            return !isAtEnd && isInSet(t.text, m_path[at]) && from(token + 1, at + 1);
        case Token::Kind::Segment:
            return from(token + 1, at) || (!isAtEnd && m_path[at] != '/' && from(token, at + length));
        case Token::Kind::Folders:
            break;
        }
        // Any number of folders, none included.
        if (from(token + 1, at))
            return true;
        for (std::size_t slash = m_path.find('/', at); slash != std::string_view::npos;
             slash = m_path.find('/', slash + 1)) {
            if (from(token + 1, slash + 1))
                return true;
        }
        return false;
    }

    const std::vector<Token>& m_tokens;
    std::string_view m_path;
    std::vector<bool> m_deadEnds;
};

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
        m_patterns.push_back(std::move(pattern));
    }
}

bool IgnorePatterns::ignoresAll() const
{
    constexpr std::array<std::string_view, 3> kAll{"*", "**", "**/*"};
    return std::ranges::any_of(m_patterns,
                               [&](const auto& each) { return std::ranges::find(kAll, each) != kAll.end(); });
}

bool IgnorePatterns::matches(std::string_view path) const
{
    for (const std::string& pattern : m_patterns) {
        const std::vector<Token> tokens = tokensOf(pattern);
        if (Match(tokens, path).from(0, 0))
            return true;
        // A folder counts as deep as the pattern is.
        const auto depth = std::ranges::count(pattern, '/');
        std::size_t end = 0;
        for (std::ptrdiff_t i = 0; i <= depth && end != std::string_view::npos; ++i)
            end = path.find('/', end + (i > 0 ? 1 : 0));
        if (end != std::string_view::npos && Match(tokens, path.substr(0, end)).from(0, 0))
            return true;
    }
    return false;
}

std::string cleanedPath(std::string_view path)
{
    const bool isRooted = path.starts_with('/');
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view part = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        if (part.empty() || part == ".")
            continue;
        if (part != "..")
            parts.push_back(part);
        else if (!parts.empty() && parts.back() != "..")
            parts.pop_back();
        else if (!isRooted)
            parts.push_back(part);
    }
    std::string result;
    for (const std::string_view part : parts) {
        if (!result.empty() || isRooted)
            result += '/';
        result += part;
    }
    if (result.empty())
        return isRooted ? "/" : ".";
    return result;
}

} // namespace stagelift
