// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/copy_source.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>

namespace stagelift {

namespace {

/// `user@host:path`. Rule: BuildKit, util/sshutil/scpurl.go.
bool isScpStyle(std::string_view source)
{
    const auto isUser = [](char c) { return isAsciiLetter(c) || isDigit(c) || c == '-' || c == '_'; };
    const auto isHost = [](char c) { return isAsciiLetter(c) || isDigit(c) || c == '-' || c == '.'; };
    const std::size_t at = source.find('@');
    const std::size_t colon = source.find(':', std::min(at, source.size()));
    if (at == 0 || at == std::string_view::npos || colon == std::string_view::npos || colon == at + 1)
        return false;
    return std::ranges::all_of(source.substr(0, at), isUser) &&
           std::ranges::all_of(source.substr(at + 1, colon - at - 1), isHost);
}

} // namespace

SourceKind sourceKind(std::string_view source)
{
    if (source.size() > 1 && (source.front() == '"' || source.front() == '\'') && source.back() == source.front())
        source = source.substr(1, source.size() - 2);
    constexpr std::array<std::string_view, 2> kUrl{"http://", "https://"};
    constexpr std::array<std::string_view, 2> kGit{"git://", "ssh://"};
    const auto begins = [&](std::string_view scheme) { return source.starts_with(scheme); };
    if (std::ranges::any_of(kGit, begins) || isScpStyle(source))
        return SourceKind::Git;
    if (std::ranges::none_of(kUrl, begins))
        return SourceKind::Local;
    // By HTTP a repository is known by its ending only; `?ref=` and `#ref` come behind.
    return source.substr(0, source.find_first_of("?#")).ends_with(".git") ? SourceKind::Git : SourceKind::Url;
}

bool isArchiveName(std::string_view path)
{
    constexpr std::string_view kTar = ".tar";
    constexpr std::array<std::string_view, 8> kEndings{kTar,       ".tar.gz", ".tar.xz", ".tar.bz2",
                                                       ".tar.zst", ".tgz",    ".txz",    ".tbz2"};
    const std::string name = lowered(path);
    if (std::ranges::any_of(kEndings, [&](std::string_view ending) { return name.ends_with(ending); }))
        return true;
    const std::size_t tar = name.rfind(kTar);
    if (tar == std::string::npos)
        return false;
    const std::string_view behind = std::string_view(name).substr(tar + kTar.size());
    return behind.find_first_of("*?[") != std::string_view::npos && !behind.contains('/');
}

} // namespace stagelift
