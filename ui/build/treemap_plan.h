// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a treemap of a stage shows at a time, and the words for it: the stage's layers, and once its files were read, in
// each layer the folders that weigh most; or, gone into, one layer or one folder of it alone.
//
// A rectangle is known by its key: below zero whose layers it frames (see layer_tree.h), then the layers by their place
// in StageSize::layers, and from kFirstPart on what is in them. Those keys hold until the next plan; a spot stays.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/files/folder_tree.h"

#include <QString>

#include <functional>
#include <optional>

namespace stagelift::ui {

/// A layer, or a folder or a file in it.
struct TreemapSpot {
    int layer = -1;                                  // a place in StageSize::layers; -1: all of them
    LayerFolders::Place place = LayerFolders::kRoot; // in the layer's folders

    [[nodiscard]] bool operator==(const TreemapSpot&) const = default;
};

struct TreemapCrumb {
    QString text;
    TreemapSpot spot;
};

class TreemapPlan {
public:
    static constexpr int kFirstPart = 1 << 20;

    /// @param size of a stage of `analysis`; its files are not known
    void setStage(const AnalysisPtr& analysis, const StageSize& size);
    /// @param folders of that stage; null: they are not known any more
    void setFolders(const LayerFoldersPtr& folders);
    void clear();
    /// Goes into a layer or a folder that is known; or back to all layers.
    void goTo(const TreemapSpot& spot) { m_zoom = spot; }
    /// Makes the tree that is to be laid out in a room of so many square pixels.
    void make(double area);

    [[nodiscard]] bool hasStage() const { return m_analysis != nullptr; }
    [[nodiscard]] const LayerFoldersPtr& folders() const { return m_folders; }
    /// Whether folders of any layer are known.
    [[nodiscard]] bool hasFolders() const;
    [[nodiscard]] const TreemapSpot& zoom() const { return m_zoom; }
    [[nodiscard]] bool isZoomed() const { return m_zoom.layer >= 0; }
    [[nodiscard]] const WeightTree& tree() const { return m_tree; }

    /// Null of what is no part of a layer.
    [[nodiscard]] const LayerPart* part(int key) const;
    /// Where a key is; of what frames layers, none.
    [[nodiscard]] std::optional<TreemapSpot> spotOf(int key) const;
    /// The key of a spot, or of the smallest thing around it that is shown; -1 for none.
    /// @param isShown whether there is a rectangle of a key
    [[nodiscard]] int keyOf(TreemapSpot spot, const std::function<bool(int key)>& isShown) const;
    /// Whose rectangle it is; -1 of the base image's.
    [[nodiscard]] int stageOf(int key) const;
    /// Of the instruction that made its layer, where it stands in the file.
    [[nodiscard]] std::optional<Span> spanOf(int key) const;
    /// Where a double click leads: into the folder itself, or into the one that a file is in; none where that is what
    /// is shown.
    [[nodiscard]] std::optional<TreemapSpot> insideOf(int key) const;
    /// One step from what is shown towards it.
    [[nodiscard]] std::optional<TreemapSpot> nextTowards(int key) const;
    /// From the whole stage to what is shown.
    [[nodiscard]] QList<TreemapCrumb> crumbs() const;

    [[nodiscard]] QString name(const WeightTree& node) const;
    /// In lines; "" of what frames layers.
    [[nodiscard]] QString hint(int key) const;

private:
    [[nodiscard]] int layerOf(int key) const;
    [[nodiscard]] int filesLayer(int layer) const { return m_filesLayers.value(layer, -1); }
    [[nodiscard]] bool canEnter(const TreemapSpot& spot) const;
    [[nodiscard]] TreemapSpot above(const TreemapSpot& spot) const;
    [[nodiscard]] QString partHint(const LayerPart& part, int layer) const;
    [[nodiscard]] QString layerHint(int layer) const;
    [[nodiscard]] QString originOf(int layer) const;

    AnalysisPtr m_analysis;
    StageSize m_size;
    LayerFoldersPtr m_folders;
    QList<int> m_filesLayers; // by place in StageSize::layers
    TreemapSpot m_zoom;
    WeightTree m_tree;
    std::vector<LayerPart> m_parts; // their layers are those of the files
    QList<int> m_layers;            // by layer of the files: the place in StageSize::layers
};

} // namespace stagelift::ui
