// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files of an image as a value: one tree of every path that any of its layers has, and for each path its versions,
// the newest of which is what a container sees. A layer adds a path, changes what a layer below has put there, or hides
// it (OCI image-spec, layer.md: ".wh.NAME" hides NAME, ".wh..wh..opq" all that lower layers have in its folder).
// Hidden and replaced content still weighs in the image: that is what is wasted.
//
// It is kept in flat arrays, for there may be hundreds of thousands: a node takes some 30 bytes and its name.

#pragma once

#include "core/engine/files/program_facts.h"
#include "core/engine/files/tar_stream.h"

#include <QList>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace stagelift {

enum class FileChange : quint8 { Added, Changed, Hidden };

struct ImageLayer {
    std::string blob;     // its path in the archive
    QString createdBy;    // the instruction, as the image's history has it
    int instruction = -1; // into Dockerfile::instructions; -1 where it is the base's, or not known
    bool isOwn = false;   // an instruction of the stage itself has made it, and not of one that it is built on
    qint64 bytes = 0;     // content of the files in it, hard links once
    qint64 added = 0;     // paths, folders among them
    qint64 changed = 0;
    qint64 hidden = 0;
};

/// An entry of an image's history. One that made no layer has none.
struct HistoryEntry {
    QString createdBy;
    int layer = -1; // into the layers
};

struct FileTotals {
    qint64 files = 0;  // that a container sees: neither folders nor hidden ones
    qint64 bytes = 0;  // of them
    qint64 wasted = 0; // bytes
};

class ImageFiles {
public:
    using Id = std::uint32_t; // of a node; parents have smaller ones than what is in them
    static constexpr Id kRoot = 0;
    static constexpr Id kNone = UINT32_MAX;

    struct Version {
        qint64 size = 0;   // bytes of content; of what is hidden, what it was
        quint64 sum = 0;   // of the content, see content_sum.h; 0 where it is not known
        Id node = kNone;   // whose it is
        Id before = kNone; // the version that it replaces or hides
        Id link = 0;       // in the text, see linkOf()
        Id linkSize = 0;
        Id program = kNone; // in the programs, see program()
        quint16 layer = 0;
        quint16 mode = 0; // 07777
        FileType type = FileType::Folder;
        FileChange change = FileChange::Added;
    };

    [[nodiscard]] const QList<ImageLayer>& layers() const { return m_layers; }
    [[nodiscard]] QList<ImageLayer>& layers() { return m_layers; }
    /// From the base up.
    [[nodiscard]] const QList<HistoryEntry>& history() const { return m_history; }
    /// Nodes, the root among them.
    [[nodiscard]] Id count() const { return static_cast<Id>(m_nodes.size()); }
    /// Entries that no file system could take: with ".." in the path, or names of absurd length. They are left out.
    [[nodiscard]] qint64 ignored() const { return m_ignored; }
    [[nodiscard]] const FileTotals& totals() const { return m_totals; }

    [[nodiscard]] Id parent(Id node) const { return m_nodes[node].parent; }
    [[nodiscard]] Id firstChild(Id node) const { return m_nodes[node].firstChild; }
    [[nodiscard]] Id nextSibling(Id node) const { return m_nodes[node].nextSibling; }
    [[nodiscard]] std::string_view name(Id node) const; // "" of the root
    /// "/usr/bin/app"; "/" of the root.
    [[nodiscard]] std::string path(Id node) const;
    /// @param path with or without a slash ahead of it; kNone where no layer has it
    [[nodiscard]] Id find(std::string_view path) const;

    /// The newest version; null where no layer says anything of it but what is in it.
    [[nodiscard]] const Version* newest(Id node) const;
    [[nodiscard]] const Version* before(const Version& version) const;
    /// What a layer has made of it; null where it has left it alone.
    [[nodiscard]] const Version* inLayer(Id node, int layer) const;
    [[nodiscard]] std::string_view linkOf(const Version& version) const;
    /// What a program or a library says of what it needs; null of what is neither.
    [[nodiscard]] const ProgramFacts* program(const Version& version) const
    {
        return version.program == kNone ? nullptr : &m_programs[version.program];
    }
    /// Likewise, of the file that a container sees there.
    [[nodiscard]] const ProgramFacts* program(Id node) const { return exists(node) ? program(*newest(node)) : nullptr; }
    /// False where there were too many programs to be looked into.
    [[nodiscard]] bool knowsAllPrograms() const { return m_knowsAllPrograms; }
    /// A container sees it.
    [[nodiscard]] bool exists(Id node) const;
    /// Bytes that are stored and that no container sees: all versions but the one that is seen.
    [[nodiscard]] qint64 wasted(Id node) const;

private:
    friend class ImageFilesBuilder;

    struct Node {
        Id parent = kNone;
        Id firstChild = kNone;
        Id nextSibling = kNone;
        Id newest = kNone;
        Id name = 0; // in m_text
        Id nameSize = 0;
    };

    std::vector<Node> m_nodes;
    std::vector<Version> m_versions;
    std::vector<ProgramFacts> m_programs;
    std::string m_text;
    QList<ImageLayer> m_layers;
    QList<HistoryEntry> m_history;
    qint64 m_ignored = 0;
    bool m_knowsAllPrograms = true;
    FileTotals m_totals;
};

/// The names in a folder that a container sees, folders with a slash behind them; those that a COPY can't spell as they
/// are, left out.
[[nodiscard]] std::vector<std::string> namesIn(const ImageFiles& files, std::string_view folder);

using ImageFilesPtr = std::shared_ptr<const ImageFiles>;

/// Counted anew, see ImageFiles::totals().
[[nodiscard]] FileTotals totalsOf(const ImageFiles& files);

} // namespace stagelift
