// SPDX-License-Identifier: GPL-3.0-or-later
//
// The patterns of a .dockerignore and what they match. Rules: moby/patternmatcher.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

class IgnorePatterns {
public:
    explicit IgnorePatterns(std::string_view file);

    [[nodiscard]] bool empty() const { return m_patterns.empty(); }
    /// Some lines begin with `!`: what is ignored can then not be told of a path alone.
    [[nodiscard]] bool hasExceptions() const { return m_hasExceptions; }
    /// Everything at the root is ignored.
    [[nodiscard]] bool ignoresAll() const;
    /// The path or a folder that it is in.
    [[nodiscard]] bool matches(std::string_view path) const;

    // Its patterns hold views into each other.
    IgnorePatterns(const IgnorePatterns&) = delete;
    IgnorePatterns& operator=(const IgnorePatterns&) = delete;

    struct Token {
        enum class Kind : std::uint8_t { Literal, AnyCharacter, Segment, Folders, Everything, Set };
        Kind kind = Kind::Literal;
        std::string_view text; // of a Literal, or between the brackets of a Set
    };

private:
    struct Pattern {
        std::string text;
        std::vector<Token> tokens; // of the text
        bool isEnding = false;
    };

    std::vector<Pattern> m_patterns;
    bool m_hasExceptions = false;
};

} // namespace stagelift
