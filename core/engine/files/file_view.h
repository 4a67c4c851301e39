// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of the files of an image is looked at, and in which order: all that a container sees, or what one layer has
// done; as a tree, the largest files, what is wasted, or what another stage might want to copy; all of it or what has
// some words in its path. It is worked out at once, on any thread, into flat arrays that a model answers from.

#pragma once

#include "core/engine/files/copy_candidates.h"
#include "core/engine/files/file_comparison.h"

#include <span>
#include <vector>

namespace stagelift {

enum class FileArrangement : quint8 { Tree, Largest, Wasted, Copyable };
/// The largest first; in the order of the alphabet, folders first. What might be copied is by its kinds ahead of that.
enum class FileOrder : quint8 { BySize, ByName };

struct FileQuery {
    int layer = -1;      // what it has done; -1: what a container sees
    QString needle = {}; // in a name, or, with a slash in it, in a path; in any case. "": all
    FileArrangement arrangement = FileArrangement::Tree;
    FileOrder order = FileOrder::BySize;

    [[nodiscard]] bool operator==(const FileQuery&) const = default;
};

class FileView {
public:
    using Id = ImageFiles::Id;

    FileView() = default;
    FileView(ImageFilesPtr files, FileQuery query);

    [[nodiscard]] const ImageFilesPtr& files() const { return m_files; }
    [[nodiscard]] const FileQuery& query() const { return m_query; }
    [[nodiscard]] bool isFlat() const { return m_query.arrangement != FileArrangement::Tree; }

    /// What is shown in a node, in order. Of the root in a flat view: all that is shown.
    [[nodiscard]] std::span<const Id> children(Id node) const;
    /// The place of a node among the children that it is shown with.
    [[nodiscard]] int row(Id node) const { return static_cast<int>(m_rows[node]); }
    [[nodiscard]] Id parent(Id node) const { return isFlat() ? ImageFiles::kRoot : m_files->parent(node); }
    /// What is said of a node; null of a folder that is only there for what is in it.
    [[nodiscard]] const ImageFiles::Version* version(Id node) const;
    /// Bytes of it and of all that is shown in it; in a view of what is wasted, those. What a layer hides weighs
    /// nothing. In a comparison, how many bytes there are more than before, which may be below zero.
    [[nodiscard]] bool compares() const { return m_files && isComparison(*m_files); }
    [[nodiscard]] qint64 size(Id node) const { return m_sizes[node]; }
    /// Why it might be copied; null in other arrangements.
    [[nodiscard]] const CopyCandidate* candidate(Id node) const;
    /// Of all files, shown or not.
    [[nodiscard]] FileTotals totals() const { return m_files ? m_files->totals() : FileTotals(); }
    /// How many paths are shown for themselves, and not for what is in them.
    [[nodiscard]] qint64 count() const { return m_count; }

private:
    void choose(std::vector<bool>& chosen);
    void sumUp(const std::vector<bool>& chosen);
    void lineUp(const std::vector<bool>& chosen);
    void lineUpFlat(const std::vector<bool>& chosen);
    void lineUpCandidates();
    [[nodiscard]] bool isWanted(Id node) const;
    [[nodiscard]] qint64 ownSize(Id node) const;
    [[nodiscard]] bool isFolder(Id node) const;
    [[nodiscard]] bool comesFirst(Id a, Id b) const;

    ImageFilesPtr m_files;
    FileQuery m_query;
    std::vector<qint64> m_sizes;
    std::vector<Id> m_order;  // the children of each, one after the other
    std::vector<Id> m_begins; // by node: where its children begin in m_order
    std::vector<Id> m_counts; // by node
    std::vector<Id> m_rows;
    std::vector<CopyCandidate> m_candidates; // by row
    qint64 m_count = 0;
};

} // namespace stagelift
