// SPDX-License-Identifier: GPL-3.0-or-later
//
// The patterns of a .dockerignore and what they match. Rules: moby/patternmatcher.

#pragma once

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

private:
    std::vector<std::string> m_patterns;
    bool m_hasExceptions = false;
};

/// A path in its shortest form, as Go's path.Clean: "./a//b/../c" is "a/c", "" is ".".
[[nodiscard]] std::string cleanedPath(std::string_view path);

} // namespace stagelift
