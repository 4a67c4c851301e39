// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/image_files.h"

#include <algorithm>

namespace stagelift {

std::string_view ImageFiles::name(Id node) const
{
    return std::string_view(m_text).substr(m_nodes[node].name, m_nodes[node].nameSize);
}

std::string ImageFiles::path(Id node) const
{
    if (node == kRoot)
        return "/";
    std::vector<std::string_view> names;
    for (Id at = node; at != kRoot; at = parent(at))
        names.push_back(name(at));
    std::string path;
    for (auto part = names.rbegin(); part != names.rend(); ++part)
        path.append("/").append(*part);
    return path;
}

ImageFiles::Id ImageFiles::find(std::string_view path) const
{
    Id at = kRoot;
    while (!path.empty() && at != kNone) {
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view part = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        if (part.empty() || part == ".")
            continue;
        Id child = firstChild(at);
        while (child != kNone && name(child) != part)
            child = nextSibling(child);
        at = child;
    }
    return at;
}

const ImageFiles::Version* ImageFiles::newest(Id node) const
{
    const Id version = m_nodes[node].newest;
    return version == kNone ? nullptr : &m_versions[version];
}

const ImageFiles::Version* ImageFiles::before(const Version& version) const
{
    return version.before == kNone ? nullptr : &m_versions[version.before];
}

const ImageFiles::Version* ImageFiles::inLayer(Id node, int layer) const
{
    const Version* version = newest(node);
    while (version && version->layer > layer)
        version = before(*version);
    return version && version->layer == layer ? version : nullptr;
}

std::string_view ImageFiles::linkOf(const Version& version) const
{
    return std::string_view(m_text).substr(version.link, version.linkSize);
}

bool ImageFiles::exists(Id node) const
{
    const Version* version = newest(node);
    return version && version->change != FileChange::Hidden;
}

qint64 ImageFiles::wasted(Id node) const
{
    qint64 bytes = 0;
    for (const Version* version = newest(node); version; version = before(*version))
        if (version != newest(node) && version->change != FileChange::Hidden)
            bytes += version->size;
    return bytes;
}

std::vector<std::string> namesIn(const ImageFiles& files, std::string_view folder)
{
    std::vector<std::string> names;
    const ImageFiles::Id at = files.find(folder);
    if (at == ImageFiles::kNone)
        return names;
    for (ImageFiles::Id child = files.firstChild(at); child != ImageFiles::kNone; child = files.nextSibling(child)) {
        const std::string_view name = files.name(child);
        const auto isPlain = [](char c) {
            return static_cast<unsigned char>(c) > ' ' && c != '\x7f' && !std::string_view("*?[]\\\"'`$<>").contains(c);
        };
        if (!files.exists(child) || !std::ranges::all_of(name, isPlain))
            continue;
        names.emplace_back(name);
        if (files.newest(child)->type == FileType::Folder)
            names.back() += '/';
    }
    return names;
}

FileTotals totalsOf(const ImageFiles& files)
{
    FileTotals totals;
    for (ImageFiles::Id node = 0; node < files.count(); ++node) {
        totals.wasted += files.wasted(node);
        if (!files.exists(node) || files.newest(node)->type == FileType::Folder)
            continue;
        ++totals.files;
        totals.bytes += files.newest(node)->size;
    }
    return totals;
}

} // namespace stagelift
