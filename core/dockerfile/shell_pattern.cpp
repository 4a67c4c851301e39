// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/shell_pattern.h"

#include "core/text/characters.h"

#include <algorithm>
#include <format>
#include <optional>
#include <vector>

namespace stagelift {

namespace {

struct Token {
    enum class Kind : unsigned char { Literal, AnyCharacter, AnyText };
    Kind kind = Kind::Literal;
    std::string_view character;
};

using Tokens = std::vector<Token>;

std::expected<Tokens, std::string> tokensOf(std::string_view pattern)
{
    Tokens tokens;
    for (std::string_view rest = pattern; !rest.empty();) {
        std::size_t length = characterAtBegin(rest);
        Token token{Token::Kind::Literal, rest.substr(0, length)};
        if (rest.front() == '*') {
            token.kind = Token::Kind::AnyText;
        } else if (rest.front() == '?') {
            token.kind = Token::Kind::AnyCharacter;
        } else if (rest.front() == '\\') {
            rest.remove_prefix(1);
            // `}` and `/` need an escape inside of ${}, which is no part of the pattern.
            if (rest.starts_with('}') || rest.starts_with('/'))
                continue;
            length = characterAtBegin(rest);
            token.character = rest.substr(0, length);
            if (rest.empty() || !std::string_view("*?\\").contains(rest.front()))
                return std::unexpected(std::format("invalid pattern ({}) in substitution: invalid escape '\\{}'",
                                                   pattern, token.character));
        }
        tokens.push_back(token);
        rest.remove_prefix(length);
    }
    return tokens;
}

/// Which tokens are reached: a set, with those behind a `*` in it too.
class States {
public:
    explicit States(const Tokens& tokens) : m_tokens(tokens), m_reached(tokens.size() + 1) { reach(0); }

    [[nodiscard]] bool accepts() const { return m_reached.back(); }
    [[nodiscard]] bool isDead() const { return std::ranges::find(m_reached, true) == m_reached.end(); }

    void step(std::string_view character)
    {
        const std::vector<bool> before = std::move(m_reached);
        m_reached.assign(before.size(), false);
        for (std::size_t i = 0; i < m_tokens.size(); ++i) {
            const Token& token = m_tokens[i];
            if (!before[i] || (token.kind != Token::Kind::Literal && character == "\n"))
                continue;
            if (token.kind == Token::Kind::AnyText)
                reach(i);
            else if (token.kind == Token::Kind::AnyCharacter || token.character == character)
                reach(i + 1);
        }
    }

private:
    void reach(std::size_t i)
    {
        m_reached[i] = true;
        for (; i < m_tokens.size() && m_tokens[i].kind == Token::Kind::AnyText; ++i)
            m_reached[i + 1] = true;
    }

    const Tokens& m_tokens;
    std::vector<bool> m_reached;
};

/// How many bytes at the begin of `value` match.
std::optional<std::size_t> matchAtBegin(std::string_view value, const Tokens& tokens, Reach reach)
{
    std::optional<std::size_t> found;
    States states(tokens);
    for (std::size_t at = 0;;) {
        if (states.accepts())
            found = at;
        if ((found && reach == Reach::Shortest) || at == value.size() || states.isDead())
            return found;
        const std::size_t length = characterAtBegin(value.substr(at));
        states.step(value.substr(at, length));
        at += length;
    }
}

std::string reversed(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t end = text.size(); end > 0;) {
        std::size_t begin = end - 1;
        while (begin > 0 && end - begin < 4 && characterAtBegin(text.substr(begin, end - begin)) != end - begin)
            --begin;
        if (characterAtBegin(text.substr(begin, end - begin)) != end - begin)
            begin = end - 1;
        result += text.substr(begin, end - begin);
        end = begin;
    }
    return result;
}

} // namespace

std::expected<std::string, std::string> withoutPrefix(std::string_view value, std::string_view pattern, Reach reach)
{
    const auto tokens = tokensOf(pattern);
    if (!tokens)
        return std::unexpected(tokens.error());
    return std::string(value.substr(matchAtBegin(value, *tokens, reach).value_or(0)));
}

std::expected<std::string, std::string> withoutSuffix(std::string_view value, std::string_view pattern, Reach reach)
{
    auto tokens = tokensOf(pattern);
    if (!tokens)
        return std::unexpected(tokens.error());
    std::ranges::reverse(*tokens);
    const std::size_t length = matchAtBegin(reversed(value), *tokens, reach).value_or(0);
    return std::string(value.substr(0, value.size() - length));
}

std::expected<std::string, std::string> replaced(std::string_view value, std::string_view pattern,
                                                 std::string_view replacement, Replace which)
{
    const auto tokens = tokensOf(pattern);
    if (!tokens)
        return std::unexpected(tokens.error());
    std::string result;
    bool mayMatchNothing = true; // not right behind a match
    for (std::size_t at = 0; at <= value.size();) {
        const auto length = matchAtBegin(value.substr(at), *tokens, Reach::Longest);
        const bool isMatch = length && (*length > 0 || mayMatchNothing);
        if (isMatch) {
            result += replacement;
            at += *length;
            if (which == Replace::First)
                return result + std::string(value.substr(at));
        }
        mayMatchNothing = !isMatch || *length == 0;
        if (isMatch && *length > 0)
            continue;
        const std::size_t step = std::max<std::size_t>(characterAtBegin(value.substr(at)), 1);
        result += value.substr(std::min(at, value.size()), step);
        at += step;
    }
    return result;
}

} // namespace stagelift
