// SPDX-License-Identifier: GPL-3.0-or-later
//
// Blocks of bytes that are kept on the disk, in a file without a name: nobody else sees it, and it is gone with the
// program, however that ends. A thread of its own writes, so that a slow disk holds nobody up; what waits for it is
// read from memory. Where the disk takes no more, that is said once, and the last blocks are kept in memory.
//
// All functions may be called from any thread.

#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>

namespace stagelift {

class LogFile {
public:
    /// Bytes; from there on append() waits a little for the disk.
    static constexpr qsizetype kMostWaiting = 8 * 1024 * 1024;
    /// Bytes, once the disk is full.
    static constexpr qsizetype kMostKept = 4 * 1024 * 1024;

    /// @param folder where the file is; one in which none can be made counts as a full disk.
    explicit LogFile(const QString& folder);
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;
    ~LogFile();

    /// The cache folder of the user; where there is none, that for temporary files.
    [[nodiscard]] static QString defaultFolder();

    /// @returns where the block is, for read().
    qint64 append(const QByteArray& block);
    /// Nothing where the block was lost to a full disk.
    [[nodiscard]] std::optional<QByteArray> read(qint64 place, qsizetype size) const;
    /// Why nothing is written any more, in the words of the system; "" while all is well.
    [[nodiscard]] QString problem() const;

private:
    struct State;
    std::shared_ptr<State> m_state; // shared with the thread that writes
};

} // namespace stagelift
