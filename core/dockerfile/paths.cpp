// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/paths.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <vector>

namespace stagelift {

namespace {

bool isWindowsPath(std::string_view path)
{
    return path.size() > 2 && isAsciiLetter(path[0]) && path[1] == ':' && (path[2] == '\\' || path[2] == '/');
}

/// A folder's name by its ending: one that folders have by custom; that of a version, where it is no library's; or a
/// word in capitals, as .NET names its projects.
bool endsAsAFolder(std::string_view name, std::size_t dot)
{
    constexpr std::array<std::string_view, 4> kOfFolders{"d", "git", "egg-info", "dist-info"};
    const std::string_view ending = name.substr(dot + 1);
    const bool isVersion = std::ranges::all_of(ending, isDigit) && isDigit(name[dot - 1]) && !name.contains(".so.");
    const bool isWord = isAsciiLetter(ending.front()) && isUpperCase(ending.substr(0, 1)) && !isUpperCase(ending);
    return isVersion || isWord || std::ranges::contains(kOfFolders, ending);
}

} // namespace

bool isAbsolutePath(std::string_view path)
{
    return path.starts_with('/') || isWindowsPath(path);
}

std::string pathFrom(std::string_view folder, std::string_view path)
{
    if (isWindowsPath(path))
        return std::string(path);
    if (isWindowsPath(folder))
        return std::string(folder).append(folder.ends_with('\\') ? "" : "\\").append(path);
    std::string whole(path.starts_with('/') ? std::string_view() : folder);
    whole.append("/").append(path);
    std::vector<std::string_view> parts;
    for (const auto range : std::views::split(whole, '/')) {
        const std::string_view part(range);
        if (part == ".." && !parts.empty())
            parts.pop_back();
        else if (!part.empty() && part != "." && part != "..")
            parts.push_back(part);
    }
    std::string result;
    for (const std::string_view part : parts)
        result.append("/").append(part);
    return result.empty() ? "/" : result;
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

bool covers(std::string_view pattern, std::string_view path)
{
    std::size_t star = pattern.npos; // the last one that was met, and how far it reaches so far
    std::size_t reach = 0;
    std::size_t at = 0;
    std::size_t done = 0;
    while (done < path.size()) {
        if (at == pattern.size() && path[done] == '/')
            return true;
        if (at < pattern.size() && pattern[at] == '*') {
            star = at++;
            reach = done;
        } else if (at < pattern.size() && (pattern[at] == path[done] || (pattern[at] == '?' && path[done] != '/'))) {
            ++at;
            ++done;
        } else if (star != pattern.npos && path[reach] != '/') {
            at = star + 1;
            done = ++reach;
        } else {
            return false;
        }
    }
    return at == pattern.size() || pattern.substr(at) == "*";
}

std::string_view lastPart(std::string_view path)
{
    while (path.ends_with('/'))
        path.remove_suffix(1);
    return path.substr(path.rfind('/') + 1);
}

bool looksLikeAFile(std::string_view path)
{
    const std::string_view name = lastPart(path);
    const auto dot = name.rfind('.');
    return !path.ends_with('/') && dot != std::string_view::npos && dot > 0 && dot + 1 < name.size() &&
           !endsAsAFolder(name, dot);
}

} // namespace stagelift
