// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/file_links.h"

#include <algorithm>

namespace stagelift {

namespace {

constexpr int kMostLinks = 40; // as many as Linux follows (MAXSYMLINKS)

/// The path that a link in the image points to.
std::string linkTarget(const ImageFiles& files, ImageFiles::Id node, std::string_view link)
{
    if (link.starts_with('/'))
        return std::string(link);
    return files.path(files.parent(node)) + '/' + std::string(link);
}

} // namespace

ImageFiles::Id childNamed(const ImageFiles& files, ImageFiles::Id folder, std::string_view name)
{
    ImageFiles::Id child = files.firstChild(folder);
    while (child != ImageFiles::kNone && (files.name(child) != name || !files.exists(child)))
        child = files.nextSibling(child);
    return child;
}

ImageFiles::Id follow(const ImageFiles& files, std::string path)
{
    int links = 0;
    ImageFiles::Id at = ImageFiles::kRoot;
    std::size_t begin = 0;
    while (begin < path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string name = path.substr(begin, end - begin);
        begin = end + 1;
        if (name.empty() || name == ".")
            continue;
        if (name == "..") {
            at = at == ImageFiles::kRoot ? at : files.parent(at);
            continue;
        }
        const ImageFiles::Id child = childNamed(files, at, name);
        if (child == ImageFiles::kNone)
            return ImageFiles::kNone;
        const ImageFiles::Version& version = *files.newest(child);
        if (version.type != FileType::Link) {
            at = child;
            continue;
        }
        if (++links > kMostLinks)
            return ImageFiles::kNone;
        const std::string rest = begin < path.size() ? path.substr(begin) : std::string();
        path = linkTarget(files, child, files.linkOf(version)) + '/' + rest;
        begin = 0;
        at = ImageFiles::kRoot;
    }
    return at;
}

} // namespace stagelift
