// SPDX-License-Identifier: GPL-3.0-or-later
//
// The folders of a layer as a tree of weights, as much of it as can be seen: the heaviest folders, in them the
// heaviest, and what is too light for a place of its own gathered in one for all of them. However many files there are,
// the tree is no larger than the room that it is laid out in.
//
// What a layer was measured to weigh is rarely what its files come to: engines count folders, links and headers too, or
// whole blocks of a disk. The tree always comes to what was measured, to the byte: what the engine counts besides files
// has a part of its own, and where the files come to more, for some are hollow, each has its share.

#pragma once

#include "core/engine/files/layer_folders.h"
#include "core/layout/treemap.h"

namespace stagelift {

/// What a node within a layer stands for.
struct LayerPart {
    enum class Kind : quint8 {
        Folder,
        File,
        Others,  // in a folder, what is too light to be told apart
        Besides, // what the engine counts besides the content of files
    };

    Kind kind = Kind::Folder;
    int layer = -1;                // of the files
    LayerFolders::Place place = 0; // of it; of others, of the folder that they are in
    qint64 bytes = 0;              // as they are stored
    qint64 files = 0;              // of these bytes
};

struct FolderDetail {
    qint64 least = 1;     // bytes; what weighs less is gathered
    qint64 leastOpen = 1; // bytes; a folder that weighs less is not looked into
};

class FolderTree {
public:
    /// @param firstKey of the nodes: the first part that is made has it, the next one follows
    FolderTree(LayerFoldersPtr folders, const FolderDetail& detail, int firstKey);

    /// Puts below a node what is in a layer, which weighs `measured` bytes as the engine has it. The node itself then
    /// weighs only what it has beside that, mostly nothing: its total is `measured`. Nothing is put where the layer has
    /// no content, or none that weighs enough.
    /// @param layer of the files
    void fillLayer(WeightTree& node, int layer, qint64 measured);
    /// The same of one folder, which is all that is shown: what is in it is there, if only as one part for all of it.
    void fillFolder(WeightTree& node, int layer, LayerFolders::Place folder, qint64 measured);

    /// By key, from the first one on.
    [[nodiscard]] const std::vector<LayerPart>& parts() const { return m_parts; }

private:
    void open(WeightTree& node, int layer, LayerFolders::Place folder);
    void gather(WeightTree& node, int layer, LayerFolders::Place folder, std::size_t from, qint64 weight);
    void add(WeightTree& node, qint64 weight, std::string name, const LayerPart& part);
    [[nodiscard]] std::string nameOf(int layer, LayerFolders::Place above, LayerFolders::Place place) const;

    LayerFoldersPtr m_folders;
    FolderDetail m_detail;
    int m_firstKey = 0;
    std::vector<LayerPart> m_parts;
};

} // namespace stagelift
