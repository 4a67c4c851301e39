// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the store says to its database: one statement or a few for each, errors as values.

#pragma once

#include "core/history/history_store.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <expected>

namespace stagelift {

using Done = std::expected<void, QSqlError>;

/// Runs one statement, with a value for each question mark.
[[nodiscard]] std::expected<QSqlQuery, QSqlError> query(const QSqlDatabase& database, const QString& statement,
                                                        const QVariantList& values = {});

/// What is read while it is open belongs together; all that is written is written by commit(), or not at all.
class Transaction {
public:
    explicit Transaction(const QSqlDatabase& database) : m_database(database) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    /// Waits until no other program writes.
    [[nodiscard]] Done begin();
    /// To read only: all of it sees the database as it is at the first statement, whatever other programs write.
    [[nodiscard]] Done beginReading();
    [[nodiscard]] Done commit();

private:
    QSqlDatabase m_database;
    bool m_isOpen = false;
};

/// The file's number; it gets one where it has none.
[[nodiscard]] std::expected<qint64, QSqlError> idOfFile(const QSqlDatabase& database, const QString& file);
[[nodiscard]] std::expected<qint64, QSqlError> insertBuild(const QSqlDatabase& database, qint64 file,
                                                           const KeptBuild& build, const QByteArray& text);
/// Takes away the oldest builds of a file that are more than its limits.
[[nodiscard]] Done prune(const QSqlDatabase& database, qint64 file, const HistoryLimits& limits);
[[nodiscard]] Done dropUnusedTexts(const QSqlDatabase& database);
/// Gives room that is not used any more back to the disk; outside of a transaction.
[[nodiscard]] Done shrink(const QSqlDatabase& database);

/// Newest first, in a transaction of its own.
[[nodiscard]] std::expected<QList<KeptBuild>, QSqlError> readBuilds(const QSqlDatabase& database, const QString& file);

/// The text of a `packed`; whatever the bytes are.
[[nodiscard]] QByteArray unpacked(const QByteArray& packed);

} // namespace stagelift
