// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/folder_tree.h"

#include <algorithm>
#include <utility>

namespace stagelift {

namespace {

/// A part of `weight` as `bytes` are one of `all`, and never more than all of it.
qint64 share(qint64 weight, qint64 bytes, qint64 all)
{
    if (weight == all)
        return bytes;
    const long double part = static_cast<long double>(weight) * static_cast<long double>(bytes);
    return std::clamp<qint64>(static_cast<qint64>(part / static_cast<long double>(all)), 0, weight);
}

} // namespace

FolderTree::FolderTree(LayerFoldersPtr folders, const FolderDetail& detail, int firstKey)
    : m_folders(std::move(folders)), m_detail(detail), m_firstKey(firstKey)
{
}

void FolderTree::fillLayer(WeightTree& node, int layer, qint64 measured)
{
    const qint64 content = m_folders->bytes(layer);
    if (content == 0 || measured <= 0)
        return;
    node.weight = std::min(content, measured);
    open(node, layer, LayerFolders::kRoot);
    const qint64 besides = measured - std::min(content, measured);
    node.weight += besides;
    if (besides > 0 && !node.children.empty())
        add(node, besides, {}, {.kind = LayerPart::Kind::Besides, .layer = layer, .bytes = besides});
}

void FolderTree::fillFolder(WeightTree& node, int layer, LayerFolders::Place folder, qint64 measured)
{
    const qint64 content = m_folders->bytes(layer);
    if (content == 0 || measured <= 0)
        return;
    node.weight = share(std::min(content, measured), m_folders->entries(layer)[folder].bytes, content);
    open(node, layer, folder);
    if (node.children.empty())
        gather(node, layer, folder, 0, node.weight);
}

/// What it puts below the node it takes off the node's own weight.
void FolderTree::open(WeightTree& node, int layer, LayerFolders::Place folder)
{
    const auto entries = m_folders->entries(layer);
    const auto inside = m_folders->children(layer, folder);
    const qint64 weight = node.weight;
    const auto weightOf = [&, all = entries[folder].bytes](qint64 bytes) { return share(weight, bytes, all); };
    const auto isSeen = [&](const LayerFolders::Entry& entry) { return weightOf(entry.bytes) >= m_detail.least; };
    auto seen = static_cast<std::size_t>(std::ranges::find_if_not(inside, isSeen) - inside.begin());
    if (seen == 0)
        return;
    if (seen + 1 == inside.size()) // one alone is no crowd
        ++seen;
    for (std::size_t i = 0; i < seen; ++i) {
        const LayerFolders::Entry& entry = inside[i];
        auto end = m_folders->deepest(layer, static_cast<LayerFolders::Place>(entries[folder].first + i));
        if (entries[end].count == 1) // a folder for one file's sake
            end = entries[end].first;
        add(node, weightOf(entry.bytes), nameOf(layer, folder, end),
            {.kind = entries[end].count > 0 ? LayerPart::Kind::Folder : LayerPart::Kind::File,
             .layer = layer,
             .place = end,
             .bytes = entry.bytes,
             .files = entry.files});
    }
    gather(node, layer, folder, seen, weight);
    for (WeightTree& child : node.children) {
        const LayerPart part = m_parts[static_cast<std::size_t>(child.key - m_firstKey)];
        if (part.kind == LayerPart::Kind::Folder && child.weight >= m_detail.leastOpen)
            open(child, layer, part.place);
    }
}

/// From one of what is in the folder on.
/// @param weight of the folder
void FolderTree::gather(WeightTree& node, int layer, LayerFolders::Place folder, std::size_t from, qint64 weight)
{
    LayerPart others{.kind = LayerPart::Kind::Others, .layer = layer, .place = folder};
    for (const LayerFolders::Entry& entry : m_folders->children(layer, folder).subspan(from)) {
        others.bytes += entry.bytes;
        others.files += entry.files;
    }
    if (others.files > 0)
        add(node, share(weight, others.bytes, m_folders->entries(layer)[folder].bytes), {}, others);
}

void FolderTree::add(WeightTree& node, qint64 weight, std::string name, const LayerPart& part)
{
    weight = std::min<qint64>(weight, node.weight);
    node.weight -= weight;
    const int key = m_firstKey + static_cast<int>(m_parts.size());
    node.children.push_back({.name = std::move(name), .weight = weight, .key = key});
    m_parts.push_back(part);
}

/// From the folder above down to it: "lib/x86_64-linux-gnu/" of a folder, "app" of a file.
std::string FolderTree::nameOf(int layer, LayerFolders::Place above, LayerFolders::Place place) const
{
    const auto entries = m_folders->entries(layer);
    std::string name = entries[place].count > 0 ? "/" : "";
    for (LayerFolders::Place at = place; at != above; at = entries[at].parent) {
        name.insert(0, m_folders->files()->name(entries[at].node));
        if (entries[at].parent != above)
            name.insert(0, "/");
    }
    return name;
}

} // namespace stagelift
