// SPDX-License-Identifier: GPL-3.0-or-later
//
// A tar archive, packed with gzip or zstd or not at all, read from front to back and only once: an entry, its content
// in pieces, the next entry. Nothing of it is kept, so an archive of any size takes the memory of one piece. What it
// is read from may be another archive's entry: a layer in an image.

#pragma once

#include <QByteArrayView>
#include <QString>

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace stagelift {

/// The next piece of a stream, which stays until the next call; empty at the end; or in a sentence why there is none.
using ByteSource = std::function<std::expected<QByteArrayView, QString>()>;

enum class FileType : quint8 { File, Folder, Link, HardLink, Device, Other };

/// Looks into the stream: it holds until the next entry is asked for. Text is bytes, whatever their encoding is.
struct TarEntry {
    std::string_view path; // as it is written: "./a", "/a", "../a"
    std::string_view link; // where a link points to; of a hard link, the path of the file in the same archive
    qint64 size = 0;       // bytes of its content
    quint16 mode = 0;      // 07777
    FileType type = FileType::File;
};

struct TarPiece {
    QByteArrayView bytes; // none: that was all
    qint64 offset = 0;    // in the content: what is between two pieces is zero
};

class TarStream {
public:
    explicit TarStream(ByteSource source);
    ~TarStream();
    TarStream(const TarStream&) = delete;
    TarStream& operator=(const TarStream&) = delete;
    TarStream(TarStream&&) = delete;
    TarStream& operator=(TarStream&&) = delete;

    /// Nothing at the end. What was not read of the entry before is passed over.
    [[nodiscard]] std::expected<std::optional<TarEntry>, QString> next();
    [[nodiscard]] std::expected<TarPiece, QString> piece();

    /// Whether it was the source that failed, and not what came from it.
    [[nodiscard]] bool sourceFailed() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace stagelift
