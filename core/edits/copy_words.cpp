// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/copy_words.h"

#include "core/edits/edits.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift {

std::string literalPath(std::string_view path, char escape)
{
    constexpr std::string_view kPattern = "[*?"; // as Go's filepath.Match has them
    constexpr std::string_view kShell = "$'\"";  // what BuildKit's shell lexer takes for its own
    std::string result;
    for (const char c : path) {
        if (kPattern.contains(c))
            result += std::format("[{}]", c);
        else if (kShell.contains(c))
            result += std::format("{}{}", escape, c);
        else if (c == escape)
            result += std::string(c == '\\' ? 4 : 2, c); // a backslash is the matcher's escape too
        else
            result += c;
    }
    return result;
}

} // namespace stagelift

namespace stagelift::edits {

namespace {

struct Pattern {
    std::string name;                      // with `[[]` read as `[` and its like
    std::size_t begin = std::string::npos; // of what is a pattern in it, if anything is

    [[nodiscard]] bool isOne() const { return begin != std::string::npos; }
    /// The folder of all that it stands for.
    [[nodiscard]] std::string folder() const
    {
        const std::string_view fixed = std::string_view(name).substr(0, begin);
        return std::string(fixed.substr(0, fixed.rfind('/') + 1));
    }
};

Pattern patternFrom(std::string_view path)
{
    Pattern pattern;
    while (!path.empty()) {
        const bool literal = path.starts_with("[[]") || path.starts_with("[*]") || path.starts_with("[?]");
        if (!literal && !pattern.isOne() && std::string_view("[*?").contains(path.front()))
            pattern.begin = pattern.name.size();
        pattern.name += path[literal ? 1 : 0];
        path.remove_prefix(literal ? 3 : 1);
    }
    return pattern;
}

/// The longest path that both begin with and that ends with a slash.
std::string commonFolder(std::string_view left, std::string_view right)
{
    const auto differs = std::ranges::mismatch(left, right).in1;
    const std::string_view same = left.substr(0, static_cast<std::size_t>(differs - left.begin()));
    return std::string(same.substr(0, same.rfind('/') + 1));
}

} // namespace

bool needsJson(std::string_view path, char escape)
{
    const auto isSpace = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; };
    const auto behindNumber = std::min(path.find_first_not_of("0123456789"), path.size());
    const bool isHeredoc = path.substr(behindNumber).starts_with("<<");
    // At the ends of a line BuildKit trims Unicode's white space too.
    return path.empty() || trimmed(path) != path || std::ranges::any_of(path, isSpace) || path.starts_with("--") ||
           isHeredoc || path.ends_with(escape);
}

std::string jsonEscaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += std::format("\\{}", c);
        else if (static_cast<unsigned char>(c) < ' ')
            result += std::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            result += c;
    }
    return result;
}

CopyWords copyWords(std::span<const std::string> sources, std::string_view destination, char escape)
{
    const bool json = needsJson(destination, escape) ||
                      std::ranges::any_of(sources, [&](const std::string& path) { return needsJson(path, escape); });
    CopyWords words;
    for (const std::string& source : sources)
        words.text += json ? std::format("\"{}\", ", jsonEscaped(source)) : std::format("{} ", source);
    if (json)
        words.text = std::format("[{}\"", words.text);
    words.destination.begin = static_cast<std::uint32_t>(words.text.size());
    words.text += json ? jsonEscaped(destination) : destination;
    words.destination.end = static_cast<std::uint32_t>(words.text.size());
    if (json)
        words.text += "\"]";
    return words;
}

bool isPattern(std::string_view path)
{
    return patternFrom(path).isOne();
}

std::string defaultDestination(std::span<const std::string> paths)
{
    std::string common;
    for (const std::string& path : paths) {
        const Pattern pattern = patternFrom(path);
        if (paths.size() == 1 && !pattern.isOne())
            return pattern.name;
        common = &path == &paths.front() ? pattern.folder() : commonFolder(common, pattern.folder());
    }
    return common.empty() ? "./" : common;
}

std::string asDirectory(std::string_view destination)
{
    return std::format("{}{}", destination, destination.ends_with('/') ? "" : "/");
}

} // namespace stagelift::edits
