// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads an image archive as an engine writes it to a pipe: a tar with a tar for each layer in it. Two forms are known,
// and mixtures of them: docker-archive, whose manifest.json names the configuration and the layers, and the OCI layout
// (image-spec, image-layout.md), whose index.json leads to them. Either may come behind the layers that it puts in
// order, so each layer is read as it comes by. Nothing is unpacked, and no layer is ever whole in memory.

#pragma once

#include "core/engine/files/image_files.h"

#include <atomic>
#include <string>

namespace stagelift {

/// How far a reading has come, for another thread to look at; and that thread's word that it shall end.
struct ReadingWatch {
    std::atomic<qint64> bytes = 0; // of the archive
    std::atomic<qint64> files = 0;
    std::atomic<bool> stop = false;
};

enum class ReadingDepth : quint8 {
    Entries,  // names, sizes, modes and links
    Contents, // also what programs need, and a sum of each content
};

/// @returns the files of the archive's first image; or why they can't be told, in a sentence.
[[nodiscard]] std::expected<ImageFiles, QString> readImage(ByteSource source, ReadingWatch& watch,
                                                           ReadingDepth depth = ReadingDepth::Contents);

/// One file's content out of an archive.
class FileSink {
public:
    virtual ~FileSink() = default;
    /// @param offset what lies between this piece and the one before is zero
    /// @returns false where no more is wanted
    virtual bool take(QByteArrayView bytes, qint64 offset) = 0;
    /// That was all. What is still missing of `size` is zero.
    virtual void finish(qint64 /*size*/) {}
};

/// Gives the content of a file to `sink`, and reads no further than that. Of a hard link the content is that of the
/// file it was linked with: give that one's path.
/// @param blob the layer's place in the archive, ImageLayer::blob
/// @returns nothing where it went well; or why not, in a sentence.
[[nodiscard]] std::expected<void, QString> extractFile(ByteSource source, const std::string& blob,
                                                       const std::string& path, FileSink& sink, ReadingWatch& watch);

} // namespace stagelift
