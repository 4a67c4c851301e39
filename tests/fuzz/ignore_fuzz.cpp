// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes are an ignore file, and behind a line of dashes any are paths: what matches is what a matcher says that
// tries everything, without a thought of speed.

#include "core/checks/ignore_patterns.h"
#include "core/dockerfile/paths.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

#include <format>
#include <vector>

using namespace stagelift;
using namespace stagelift::fuzz;

namespace {

constexpr std::size_t kMostPaths = 20;
constexpr std::size_t kLongestTried = 24; // bytes of a pattern or a path: trying everything takes its time

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool isOneOf(std::string_view set, char c)
{
    if (set.size() >= 3 && set[1] == '-')
        return (set[0] <= c && c <= set[2]) || isOneOf(set.substr(3), c);
    return !set.empty() && (set[0] == c || isOneOf(set.substr(1), c));
}

bool isInSet(std::string_view set, char c)
{
    return set.starts_with('^') ? !isOneOf(set.substr(1), c) : isOneOf(set, c);
}

bool fits(std::string_view pattern, std::string_view path);

/// The rest of the pattern fits behind `step` bytes or any further folders of the path.
bool fitsBelow(std::string_view rest, std::string_view path)
{
    if (fits(rest, path))
        return true;
    const std::size_t slash = path.find('/');
    return slash != std::string_view::npos && fitsBelow(rest, path.substr(slash + 1));
}

bool fits(std::string_view pattern, std::string_view path)
{
    if (pattern.empty())
        return path.empty();
    if (pattern.starts_with("**")) {
        pattern.remove_prefix(pattern.starts_with("**/") ? 3 : 2);
        return pattern.empty() || fitsBelow(pattern, path);
    }
    const std::size_t character = characterAtBegin(path);
    const bool isInSegment = !path.empty() && path.front() != '/';
    if (pattern.front() == '*')
        return fits(pattern.substr(1), path) || (isInSegment && fits(pattern, path.substr(character)));
    if (pattern.front() == '?')
        return isInSegment && fits(pattern.substr(1), path.substr(character));
    const std::size_t close = pattern.front() == '[' ? pattern.find(']', 2) : std::string_view::npos;
    if (close != std::string_view::npos)
        return !path.empty() && isInSet(pattern.substr(1, close - 1), path.front()) &&
               fits(pattern.substr(close + 1), path.substr(1));
    if (pattern.front() == '\\' && pattern.size() > 1)
        pattern.remove_prefix(1);
    return !path.empty() && pattern.front() == path.front() && fits(pattern.substr(1), path.substr(1));
}

/// `**` right ahead of a plain word is the word at the end of any path.
bool isWordEnding(std::string_view pattern)
{
    return pattern.starts_with("**") && pattern.size() > 2 && pattern[2] != '/' &&
           pattern.find_first_of("*?[]\\", 2) == std::string_view::npos;
}

/// As a person reads the rules: the path fits, or a folder that it lies in; the root is one of what lies in it alone.
bool fitsPathOrFolder(std::string_view pattern, std::string_view path)
{
    const auto fitsOne = [&](std::string_view part) {
        return isWordEnding(pattern) ? part.ends_with(pattern.substr(2)) : fits(pattern, part);
    };
    for (std::size_t at = 0; at < path.size(); ++at) {
        if (path[at] == '/' && fitsOne(path.substr(0, at)))
            return true;
    }
    return fitsOne(path) || (path.rfind('/') == 0 && fitsOne("/"));
}

/// One pattern as a line of a file, so that the two can be compared.
void compare(std::string_view line, std::string_view path)
{
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    line = trimmed(line.starts_with(kByteOrderMark) ? line.substr(kByteOrderMark.size()) : line);
    if (line.empty() || line.starts_with('#') || line.starts_with('!') || line.size() > kLongestTried ||
        path.size() > kLongestTried)
        return;
    std::string pattern = cleanedPath(line);
    if (pattern.size() > 1 && pattern.front() == '/')
        pattern.erase(0, 1);
    const bool matches = IgnorePatterns(std::format("\n{}", line)).matches(path);
    require(matches == fitsPathOrFolder(pattern, path),
            std::format("'{}' {} '{}'", line, matches ? "does not match" : "matches", path));
}

void requireClean(std::string_view path)
{
    const std::string clean = cleanedPath(path);
    require(!clean.empty() && cleanedPath(clean) == clean, "a clean path stays as it is");
    require(!clean.contains("//") && !clean.contains("/./"), "a clean path has no empty part");
    require(clean.front() == '/' == path.starts_with('/'), "a path stays rooted or relative");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto [file, list] = halves(viewOf(bytes, size));
    const IgnorePatterns patterns(file);
    (void)patterns.hasExceptions();
    if (patterns.empty())
        require(!patterns.ignoresAll() && !patterns.matches("a"), "an empty file ignores nothing");
    std::vector<std::string_view> paths = linesOf(list);
    paths.resize(std::min(paths.size(), kMostPaths));
    std::vector<std::string_view> lines = linesOf(file);
    for (const std::string_view path : paths) {
        requireClean(path);
        (void)patterns.matches(path);
        for (std::size_t i = 0; i < std::min(lines.size(), kMostPaths); ++i)
            compare(lines[i], path);
    }
    return 0;
}
