// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/treemap_plan.h"

#include "ui/build/layer_tree.h"

#include <algorithm>
#include <utility>

namespace stagelift::ui {

namespace {

// px²
constexpr double kLeastArea = 120;      // of a rectangle of its own
constexpr double kLeastOpenArea = 2400; // of a frame with something in it

FolderDetail detailFor(qint64 bytes, double area)
{
    const double bytesPerPixel = static_cast<double>(bytes) / std::max(1.0, area);
    const auto weighing = [&](double pixels) {
        return std::max<qint64>(1, static_cast<qint64>(bytesPerPixel * pixels));
    };
    return {.least = weighing(kLeastArea), .leastOpen = weighing(kLeastOpenArea)};
}

} // namespace

void TreemapPlan::setStage(const AnalysisPtr& analysis, const StageSize& size)
{
    m_analysis = analysis;
    m_size = size;
    setFolders(nullptr);
}

void TreemapPlan::setFolders(const LayerFoldersPtr& folders)
{
    m_folders = folders;
    m_filesLayers = folders ? layersOf(*folders->files(), m_size.layers) : QList<int>();
    m_layers = QList<int>(folders ? folders->files()->layers().size() : 0, -1);
    for (qsizetype i = 0; i < m_filesLayers.size(); ++i)
        if (m_filesLayers.at(i) >= 0)
            m_layers[m_filesLayers.at(i)] = static_cast<int>(i);
    m_zoom = {};
    m_parts.clear();
}

void TreemapPlan::clear()
{
    m_analysis.reset();
    m_size = {};
    setFolders(nullptr);
}

bool TreemapPlan::hasFolders() const
{
    return std::ranges::any_of(m_filesLayers, [](int layer) { return layer >= 0; });
}

void TreemapPlan::make(double area)
{
    m_tree = {};
    m_parts.clear();
    if (!m_analysis)
        return;
    if (isZoomed()) {
        const int layer = filesLayer(m_zoom.layer);
        const qint64 measured = m_size.layers.at(m_zoom.layer).bytes;
        const qint64 shown = m_folders->entries(layer)[m_zoom.place].bytes;
        FolderTree maker(m_folders, detailFor(shown, area), kFirstPart);
        if (m_zoom.place == LayerFolders::kRoot)
            maker.fillLayer(m_tree, layer, measured);
        if (m_tree.children.empty())
            maker.fillFolder(m_tree, layer, m_zoom.place, measured);
        m_tree.weight = 0; // what is left of dividing
        m_parts = maker.parts();
        return;
    }
    m_tree = layerTree(*m_analysis, m_size);
    if (!m_folders)
        return;
    FolderTree maker(m_folders, detailFor(m_tree.total(), area), kFirstPart);
    for (WeightTree& branch : m_tree.children)
        for (WeightTree& layer : branch.children)
            if (const int known = filesLayer(layer.key); known >= 0)
                maker.fillLayer(layer, known, layer.weight);
    m_parts = maker.parts();
}

const LayerPart* TreemapPlan::part(int key) const
{
    const auto at = static_cast<std::size_t>(key - kFirstPart);
    return key >= kFirstPart && at < m_parts.size() ? &m_parts[at] : nullptr;
}

int TreemapPlan::layerOf(int key) const
{
    if (const LayerPart* within = part(key))
        return m_layers.at(within->layer);
    return key >= 0 && key < m_size.layers.size() ? key : -1;
}

std::optional<TreemapSpot> TreemapPlan::spotOf(int key) const
{
    const int layer = layerOf(key);
    if (layer < 0)
        return std::nullopt;
    const LayerPart* within = part(key);
    return TreemapSpot{.layer = layer, .place = within ? within->place : LayerFolders::kRoot};
}

int TreemapPlan::keyOf(TreemapSpot spot, const std::function<bool(int key)>& isShown) const
{
    while (m_folders && spot.layer >= 0 && spot.place != LayerFolders::kRoot) {
        const auto same = std::ranges::find_if(m_parts, [&](const LayerPart& each) {
            return m_layers.at(each.layer) == spot.layer && each.place == spot.place &&
                   (each.kind == LayerPart::Kind::Folder || each.kind == LayerPart::Kind::File);
        });
        const int key = kFirstPart + static_cast<int>(same - m_parts.begin());
        if (same != m_parts.end() && isShown(key))
            return key;
        spot.place = m_folders->entries(filesLayer(spot.layer))[spot.place].parent;
    }
    return isShown(spot.layer) ? spot.layer : -1;
}

int TreemapPlan::stageOf(int key) const
{
    const int layer = layerOf(key);
    return layer < 0 ? stageOfBranch(key) : stageOfLayer(*m_analysis, m_size.layers.at(layer));
}

std::optional<Span> TreemapPlan::spanOf(int key) const
{
    const int layer = layerOf(key);
    if (!m_analysis || layer < 0)
        return std::nullopt;
    const int instruction = m_size.layers.at(layer).instruction;
    const auto& instructions = m_analysis->dockerfile.instructions;
    if (instruction < 0 || static_cast<std::size_t>(instruction) >= instructions.size())
        return std::nullopt;
    return instructions[static_cast<std::size_t>(instruction)].span;
}

bool TreemapPlan::canEnter(const TreemapSpot& spot) const
{
    const int layer = filesLayer(spot.layer);
    return m_folders && layer >= 0 && spot.place < m_folders->entries(layer).size() &&
           m_folders->entries(layer)[spot.place].count > 0;
}

std::optional<TreemapSpot> TreemapPlan::insideOf(int key) const
{
    auto spot = spotOf(key);
    if (!spot)
        return std::nullopt;
    if (const LayerPart* within = part(key); within && within->kind == LayerPart::Kind::File) {
        const auto entries = m_folders->entries(within->layer);
        do // up to where there is more than the file
            spot->place = entries[spot->place].parent;
        while (spot->place != LayerFolders::kRoot && entries[spot->place].count == 1);
    }
    return *spot != m_zoom && canEnter(*spot) ? spot : std::nullopt;
}

std::optional<TreemapSpot> TreemapPlan::nextTowards(int key) const
{
    auto spot = insideOf(key);
    if (!spot)
        return std::nullopt;
    for (TreemapSpot outer = *spot; outer.layer >= 0 && outer != m_zoom; outer = above(outer))
        spot = outer;
    return spot;
}

/// The folder that it is in, where there is more in that one.
TreemapSpot TreemapPlan::above(const TreemapSpot& spot) const
{
    if (spot.place == LayerFolders::kRoot)
        return {};
    const int layer = filesLayer(spot.layer);
    const auto entries = m_folders->entries(layer);
    LayerFolders::Place place = entries[spot.place].parent;
    while (place != LayerFolders::kRoot && m_folders->deepest(layer, place) != place)
        place = entries[place].parent;
    return {.layer = spot.layer, .place = place};
}

QList<TreemapCrumb> TreemapPlan::crumbs() const
{
    QList<TreemapCrumb> crumbs;
    if (!m_analysis)
        return crumbs;
    for (TreemapSpot spot = m_zoom; spot.layer >= 0; spot = above(spot)) {
        if (spot.place == LayerFolders::kRoot) {
            crumbs.prepend({.text = layerText(*m_analysis, m_size.layers.at(spot.layer)), .spot = spot});
            continue;
        }
        const auto entries = m_folders->entries(filesLayer(spot.layer));
        std::string text;
        for (LayerFolders::Place at = spot.place, end = above(spot).place; at != end; at = entries[at].parent)
            text = std::string(m_folders->files()->name(entries[at].node)) + (text.empty() ? "" : "/") + text;
        crumbs.prepend({.text = QString::fromStdString(text), .spot = spot});
    }
    crumbs.prepend({.text = QString::fromStdString(m_analysis->graph.label(stageNode(m_size.stage))), .spot = {}});
    return crumbs;
}

} // namespace stagelift::ui
