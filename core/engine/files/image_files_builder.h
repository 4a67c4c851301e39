// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lays the layers of an image one upon the other, from the base up, as an engine does when it unpacks them.

#pragma once

#include "core/engine/files/image_files.h"
#include "core/engine/files/image_manifest.h"
#include "core/engine/files/layer_entries.h"

#include <unordered_set>

namespace stagelift {

class ImageFilesBuilder {
public:
    ImageFilesBuilder();

    /// @returns false where there is no room for so many files.
    [[nodiscard]] bool add(const LayerEntries& layer, const ManifestLayer& described);
    [[nodiscard]] ImageFiles take(QList<HistoryEntry> history);

private:
    using Id = ImageFiles::Id;

    struct Key {
        Id parent;
        std::string_view name;
    };
    /// A node is found by its folder and its name, in the arrays of the tree itself.
    struct KeyHash {
        using is_transparent = void;
        const ImageFiles* files;
        std::size_t operator()(const Key& key) const;
        std::size_t operator()(Id node) const { return operator()(Key{files->parent(node), files->name(node)}); }
    };
    struct KeyEqual {
        using is_transparent = void;
        const ImageFiles* files;
        [[nodiscard]] Key keyOf(Id node) const { return {files->parent(node), files->name(node)}; }
        [[nodiscard]] static const Key& keyOf(const Key& key) { return key; }
        bool operator()(const auto& a, const auto& b) const
        {
            return keyOf(a).parent == keyOf(b).parent && keyOf(a).name == keyOf(b).name;
        }
    };

    /// The node at a path, made where there is none yet; kNone where no file system would take the path.
    Id nodeAt(std::string_view path);
    [[nodiscard]] Id child(Id parent, std::string_view name);
    /// The same of those that are there.
    [[nodiscard]] Id known(std::string_view path) const;
    [[nodiscard]] Id knownChild(Id parent, std::string_view name) const;
    void hideByMark(const LayerEntries& layer, const LayerEntries::Entry& entry);
    void put(const LayerEntries& layer, const LayerEntries::Entry& entry);
    [[nodiscard]] Id programOf(const LayerEntries& layer, const LayerEntries::Entry& entry);
    void putFoldersAbove(Id node);
    void addVersion(Id node, ImageFiles::Version version);
    void putInstead(ImageFiles::Version& last, ImageFiles::Version version);
    /// Hides what lower layers have there, and all that is in it.
    void hide(Id node);
    void hideContents(Id node);
    /// @returns whether there was something to hide
    bool hideAlone(Id node);
    /// What this layer has put there itself.
    void takeBack(Id node);

    std::unique_ptr<ImageFiles> m_files;
    std::unordered_set<Id, KeyHash, KeyEqual> m_index;
    std::size_t m_looks = 0; // at nodes that might have to be hidden
    std::size_t m_entries = 0;
    quint16 m_layer = 0;
};

} // namespace stagelift
