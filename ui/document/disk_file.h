// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading and writing a text file without ever losing a byte of it. Every way in which a disk can refuse is a sentence
// for a person that names the file.

#pragma once

#include <QDateTime>
#include <QString>

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace stagelift::ui {

inline constexpr qint64 kLargestFile = 64LL * 1024 * 1024; // bytes

/// Tells two states of a file apart without reading it.
struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = -1; // -1: there is no file
    std::int64_t modifiedNs = 0;

    [[nodiscard]] bool exists() const { return size >= 0; }
    [[nodiscard]] bool operator==(const FileStamp&) const = default;
};

struct FileContents {
    std::string bytes; // without the byte order mark
    bool hasByteOrderMark = false;
    FileStamp stamp;
};

[[nodiscard]] FileStamp stampOf(const QString& path);

/// @returns why not: it is missing, a folder, no regular file, not text, too large, not readable.
[[nodiscard]] std::expected<FileContents, QString> readFile(const QString& path);

/// True where the file is there and may not be written, by its mode or by the disk it lies on.
[[nodiscard]] bool isReadOnly(const QString& path);

/// Replaces the file in one step, so that it is whole whatever happens, with its mode and owner kept; a link stays a
/// link. Where that can't be done without changing what the file is (the folder is not ours, the file has a second
/// name or another owner), it is written in place, after a copy of what it said was put aside.
/// @returns the file's new stamp.
[[nodiscard]] std::expected<FileStamp, QString> writeFile(const QString& path, std::string_view bytes,
                                                          bool withByteOrderMark);

/// Where copies are kept that outlive a crash; made where it is missing.
[[nodiscard]] QString privateFolder(const QString& name);

} // namespace stagelift::ui
