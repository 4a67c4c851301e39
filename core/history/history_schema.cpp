// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/history/history_schema.h"

#include <QSqlQuery>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

/// A number that SQLite keeps with the database.
std::expected<int, QSqlError> pragma(QSqlDatabase& database, const QString& name)
{
    QSqlQuery query(database);
    if (!query.exec(u"PRAGMA "_s + name) || !query.next())
        return std::unexpected(query.lastError());
    return query.value(0).toInt();
}

QSqlError run(QSqlDatabase& database, const QString& statement)
{
    QSqlQuery query(database);
    return query.exec(statement) ? QSqlError() : query.lastError();
}

QSqlError runAll(QSqlDatabase& database, const QStringList& statements)
{
    for (const QString& statement : statements)
        if (QSqlError error = run(database, statement); error.isValid())
            return error;
    return {};
}

std::expected<bool, QSqlError> isWhole(QSqlDatabase& database)
{
    QSqlQuery query(database);
    if (!query.exec(u"PRAGMA quick_check(1)"_s) || !query.next()) {
        const QSqlError error = query.lastError();
        if (isDamage(error))
            return false;
        return std::unexpected(error);
    }
    return query.value(0).toString() == "ok"_L1;
}

} // namespace

const QList<QStringList>& historyVersions()
{
    static const QList<QStringList> versions{
        {
            u"CREATE TABLE files (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE)"_s,
            // Builds of equal texts share one. `packed` is as qCompress has it.
            u"CREATE TABLE texts (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, packed BLOB NOT NULL)"_s,
            // `begun` is in ms since the epoch; `arguments` is JSON, the values of secrets null.
            u"CREATE TABLE builds (id INTEGER PRIMARY KEY, "
            "file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE, text INTEGER NOT NULL REFERENCES texts, "
            "begun INTEGER NOT NULL, target TEXT NOT NULL, engine TEXT NOT NULL, version TEXT NOT NULL, "
            "place TEXT NOT NULL, platform TEXT NOT NULL, arguments TEXT NOT NULL, outcome TEXT NOT NULL, "
            "milliseconds INTEGER NOT NULL, message TEXT NOT NULL, failed_line INTEGER NOT NULL)"_s,
            u"CREATE INDEX builds_of_files ON builds (file, begun)"_s,
            u"CREATE INDEX builds_of_texts ON builds (text)"_s,
            u"CREATE TABLE stages (build INTEGER NOT NULL REFERENCES builds ON DELETE CASCADE, "
            "number INTEGER NOT NULL, label TEXT NOT NULL, base_name TEXT NOT NULL, total INTEGER NOT NULL, "
            "base INTEGER NOT NULL, own INTEGER NOT NULL, milliseconds INTEGER NOT NULL, cached INTEGER NOT NULL, "
            "ships INTEGER NOT NULL, needed INTEGER NOT NULL, PRIMARY KEY (build, number)) WITHOUT ROWID"_s,
            u"CREATE TABLE instructions (build INTEGER NOT NULL, stage INTEGER NOT NULL, first_line INTEGER NOT NULL, "
            "last_line INTEGER NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (build, stage, first_line), "
            "FOREIGN KEY (build, stage) REFERENCES stages ON DELETE CASCADE) WITHOUT ROWID"_s,
        },
    };
    return versions;
}

bool isDamage(const QSqlError& error)
{
    // SQLITE_CORRUPT and SQLITE_NOTADB, https://www.sqlite.org/rescode.html; an extended code has them in its low byte.
    constexpr int kCorrupt = 11;
    constexpr int kNoDatabase = 26;
    const int code = error.nativeErrorCode().toInt() & 0xff;
    return code == kCorrupt || code == kNoDatabase;
}

std::expected<HistoryState, QSqlError> stateOf(QSqlDatabase& database, const QList<QStringList>& versions)
{
    const auto whole = isWhole(database);
    if (!whole)
        return std::unexpected(whole.error());
    if (!*whole)
        return HistoryState::Damaged;
    const auto application = pragma(database, u"application_id"_s);
    const auto version = pragma(database, u"user_version"_s);
    const auto tables = pragma(database, u"schema_version"_s);
    for (const auto* each : {&application, &version, &tables})
        if (!*each)
            return std::unexpected(each->error());
    const bool isEmpty = *version == 0 && *tables == 0;
    if (*application != kHistoryApplication && !isEmpty)
        return HistoryState::Foreign;
    return *version > versions.size() ? HistoryState::Newer : HistoryState::Fine;
}

QSqlError migrate(QSqlDatabase& database, const QList<QStringList>& versions)
{
    // At once, for another program may be doing the same.
    if (QSqlError error = run(database, u"BEGIN IMMEDIATE"_s); error.isValid())
        return error;
    const int version = pragma(database, u"user_version"_s).value_or(0);
    QSqlError error;
    for (qsizetype next = version; next < versions.size() && !error.isValid(); ++next)
        error = runAll(database, versions.at(next));
    if (!error.isValid() && version < versions.size())
        error = runAll(database, {u"PRAGMA user_version = %1"_s.arg(versions.size()),
                                  u"PRAGMA application_id = %1"_s.arg(kHistoryApplication)});
    if (!error.isValid())
        error = run(database, u"COMMIT"_s);
    if (error.isValid())
        (void)run(database, u"ROLLBACK"_s);
    return error;
}

} // namespace stagelift
