// SPDX-License-Identifier: GPL-3.0-or-later
//
// The builds of all files, in one SQLite database in the user's data folder, which several programs may have open.
//
// It is only a memory: whatever is wrong with it is said in a sentence, and the program goes on without. A damaged
// database is set aside under another name and a new one begun; one of a later version, or of another program, is left
// alone. What is forgotten is overwritten in the file, too.
//
// Everything here waits for the disk, and a store belongs to the thread that opened it: a window has a History.

#pragma once

#include "core/history/kept_build.h"

#include <QByteArray>
#include <QList>
#include <QSqlDatabase>
#include <QString>

#include <expected>
#include <memory>

namespace stagelift {

/// Of one file; what is older than that goes. The newest build is always kept.
struct HistoryLimits {
    qsizetype builds = 200;
    qint64 textBytes = 16LL * 1024 * 1024; // of its texts, each counted once, as compressed
};

class HistoryStore {
public:
    struct Opened {
        std::unique_ptr<HistoryStore> store; // null where there can be none
        QString notice;                      // why there is none, or what was set aside; "" where all is well
    };

    /// Opens the database in the folder; makes both where they are missing, for the user alone.
    [[nodiscard]] static Opened open(const QString& folder);
    /// Whether there is anything in the folder to be opened.
    [[nodiscard]] static bool exists(const QString& folder);
    /// "stagelift" in the user's data folder, whatever the program that asks is called.
    [[nodiscard]] static QString userFolder();

    HistoryStore(const HistoryStore&) = delete;
    HistoryStore& operator=(const HistoryStore&) = delete;
    ~HistoryStore();

    // `file` is a historyKey(). What goes wrong is answered in a sentence; then nothing was changed.

    /// @returns the build's id
    [[nodiscard]] std::expected<qint64, QString> add(const QString& file, const KeptBuild& build,
                                                     const QByteArray& text, const HistoryLimits& limits = {});
    /// Newest first.
    [[nodiscard]] std::expected<QList<KeptBuild>, QString> builds(const QString& file) const;
    [[nodiscard]] std::expected<QByteArray, QString> text(qint64 build) const;
    /// All builds of the file, and the texts that no other file has.
    [[nodiscard]] std::expected<void, QString> forget(const QString& file);

private:
    explicit HistoryStore(QSqlDatabase database) : m_database(std::move(database)) {}

    QSqlDatabase m_database;
};

} // namespace stagelift
