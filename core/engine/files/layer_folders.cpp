// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/layer_folders.h"

#include <algorithm>
#include <utility>

namespace stagelift {

LayerFolders::LayerFolders(ImageFilesPtr files)
    : m_files(std::move(files)), m_layers(static_cast<std::size_t>(m_files->layers().size()))
{
    gather();
    std::vector<Place> places(m_files->count(), kNone); // by node, in the layer that is arranged
    for (std::vector<Entry>& layer : m_layers)
        if (!layer.empty())
            arrange(layer, places);
}

std::span<const LayerFolders::Entry> LayerFolders::children(int layer, Place folder) const
{
    const std::span<const Entry> all = entries(layer);
    if (folder >= all.size() || all[folder].count == 0)
        return {};
    return all.subspan(all[folder].first, all[folder].count);
}

qint64 LayerFolders::bytes(int layer) const
{
    const std::span<const Entry> all = entries(layer);
    return all.empty() ? 0 : all[kRoot].bytes;
}

LayerFolders::Place LayerFolders::deepest(int layer, Place folder) const
{
    const std::span<const Entry> all = entries(layer);
    while (all[folder].count == 1) {
        const Entry& only = all[all[folder].first];
        if (only.count == 0 || only.bytes != all[folder].bytes)
            break;
        folder = all[folder].first;
    }
    return folder;
}

/// The files, each in the layers that store it.
void LayerFolders::gather()
{
    for (ImageFiles::Id node = 0; node < m_files->count(); ++node)
        for (const auto* version = m_files->newest(node); version; version = m_files->before(*version))
            if (version->change != FileChange::Hidden && version->size > 0)
                m_layers[version->layer].push_back({.bytes = version->size, .node = node, .files = 1});
}

/// @param places none of any node, before and after
void LayerFolders::arrange(std::vector<Entry>& layer, std::vector<Place>& places) const
{
    addFolders(layer, places);
    // From the leaves up: what is in a folder has a greater number than it.
    for (auto entry = layer.rbegin(); entry->node != ImageFiles::kRoot; ++entry) {
        Entry& folder = layer[places[m_files->parent(entry->node)]];
        folder.bytes += entry->bytes;
        folder.files += entry->files;
        ++folder.count;
    }
    lineUp(layer, places);
    for (const Entry& entry : layer)
        places[entry.node] = kNone;
}

/// Each folder once, however many files are in it and however deep it lies. By their numbers, as the files are.
void LayerFolders::addFolders(std::vector<Entry>& layer, std::vector<Place>& places) const
{
    const std::size_t files = layer.size();
    for (const Entry& entry : layer)
        places[entry.node] = 0; // it is there
    for (std::size_t i = 0; i < files; ++i) {
        ImageFiles::Id folder = m_files->parent(layer[i].node);
        for (; folder != ImageFiles::kNone && places[folder] == kNone; folder = m_files->parent(folder)) {
            places[folder] = 0;
            layer.push_back({.bytes = 0, .node = folder});
        }
    }
    const auto folders = layer.begin() + static_cast<std::ptrdiff_t>(files);
    const auto isAhead = [](const Entry& a, const Entry& b) { return a.node < b.node; };
    std::sort(folders, layer.end(), isAhead);
    std::inplace_merge(layer.begin(), folders, layer.end(), isAhead);
    for (Place place = 0; place < layer.size(); ++place)
        places[layer[place].node] = place;
}

/// Brothers together, in the order of their folders, which so stand ahead of what is in them.
void LayerFolders::lineUp(std::vector<Entry>& layer, std::vector<Place>& places) const
{
    std::vector<Place> next(layer.size()); // by folder, where the next of its children goes
    Place end = 1;
    for (Place place = 0; place < layer.size(); ++place) {
        layer[place].first = next[place] = layer[place].count > 0 ? end : kNone;
        end += layer[place].count;
    }
    std::vector<Entry> lined(layer.size());
    lined.front() = layer.front();
    for (std::size_t i = 1; i < layer.size(); ++i)
        lined[next[places[m_files->parent(layer[i].node)]]++] = layer[i];
    const auto isAhead = [this](const Entry& a, const Entry& b) {
        return a.bytes != b.bytes ? a.bytes > b.bytes : m_files->name(a.node) < m_files->name(b.node);
    };
    for (const Entry& folder : layer)
        if (folder.count > 1)
            std::ranges::sort(std::span(lined).subspan(folder.first, folder.count), isAhead);
    for (Place place = 0; place < lined.size(); ++place)
        for (Place child = 0; child < lined[place].count; ++child)
            lined[lined[place].first + child].parent = place;
    layer = std::move(lined);
}

QList<int> layersOf(const ImageFiles& files, const QList<LayerSize>& measured)
{
    QList<int> layers(measured.size(), -1);
    const bool isSameHistory = files.history().size() == measured.size();
    for (qsizetype i = 0; i < measured.size(); ++i) {
        if (isSameHistory) {
            layers[i] = files.history().at(i).layer;
            continue;
        }
        const int instruction = measured.at(i).instruction;
        const auto made = std::ranges::find(files.layers(), instruction, &ImageLayer::instruction);
        if (instruction >= 0 && measured.at(i).bytes > 0 && made != files.layers().end())
            layers[i] = static_cast<int>(made - files.layers().begin());
    }
    return layers;
}

} // namespace stagelift
