// SPDX-License-Identifier: GPL-3.0-or-later
//
// What each layer of an image stores, folder by folder. A file counts in every layer that stores a version of it, also
// where a later one hides or replaces it, for there it still weighs; a hard link counts once, with the first of its
// names; a mark that hides weighs nothing. So what a layer's folders come to is the content of that layer.
//
// All layers are summed up in one pass over the versions of all files, into flat arrays.

#pragma once

#include "core/engine/build.h"
#include "core/engine/files/image_files.h"

#include <memory>
#include <span>
#include <vector>

namespace stagelift {

class LayerFolders {
public:
    using Place = std::uint32_t; // among the entries of a layer
    static constexpr Place kRoot = 0;
    static constexpr Place kNone = UINT32_MAX;

    struct Entry {
        qint64 bytes = 0;        // of it, and of all that is in it
        ImageFiles::Id node = 0; // in the image's tree
        Place parent = kNone;    // ahead of it; of the root, none
        Place first = kNone;     // what is in it stands together, the heaviest first
        std::uint32_t count = 0; // how many these are; of a file, none
        std::uint32_t files = 0; // that weigh something, in it and below; of a file, one
    };

    /// @param files may not be null
    explicit LayerFolders(ImageFilesPtr files);

    [[nodiscard]] const ImageFilesPtr& files() const { return m_files; }
    /// Of a layer of files(): the root, and each folder and file in which it stores something. Empty of a layer without
    /// any content.
    [[nodiscard]] std::span<const Entry> entries(int layer) const
    {
        return m_layers.at(static_cast<std::size_t>(layer));
    }
    [[nodiscard]] std::span<const Entry> children(int layer, Place folder) const;
    /// Bytes of all its files.
    [[nodiscard]] qint64 bytes(int layer) const;
    /// "usr/lib" of a folder "usr" that holds nothing but "lib": whoever goes into the one means the other.
    [[nodiscard]] Place deepest(int layer, Place folder) const;

private:
    void gather();
    void arrange(std::vector<Entry>& layer, std::vector<Place>& places) const;
    void addFolders(std::vector<Entry>& layer, std::vector<Place>& places) const;
    void lineUp(std::vector<Entry>& layer, std::vector<Place>& places) const;

    ImageFilesPtr m_files;
    std::vector<std::vector<Entry>> m_layers;
};

using LayerFoldersPtr = std::shared_ptr<const LayerFolders>;

/// Which layer of the files is which of those that were measured. Both stand in the order of the image's history; where
/// one of the two knows less of it, those are the same that the same instruction made.
/// @returns by place in `measured`; -1 of one that the files don't have, which is so of empty ones
[[nodiscard]] QList<int> layersOf(const ImageFiles& files, const QList<LayerSize>& measured);

} // namespace stagelift
