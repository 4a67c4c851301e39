// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/history/history_store.h"

#include "core/history/history_rows.h"
#include "core/history/history_schema.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>
#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stagelift {

namespace {

constexpr auto kFileName = "builds.sqlite"_L1;
constexpr auto kPatience = 5s; // with other programs that open it

QString tr(const char* text)
{
    return QCoreApplication::translate("stagelift::History", text);
}

QString pathIn(const QString& folder)
{
    return QDir(folder).filePath(kFileName);
}

QString sentence(const QSqlError& error)
{
    return tr("The history of builds can't be used: %1").arg(error.databaseText());
}

/// Gives the connection back to Qt, which keeps it under its name.
void close(QSqlDatabase& database)
{
    const QString name = database.connectionName();
    database.close();
    database = QSqlDatabase();
    QSqlDatabase::removeDatabase(name);
}

/// For the user alone: the texts of somebody's files are in it. SQLite gives its own files the same mode.
void makePrivately(const QString& folder)
{
    constexpr auto kOwner = QFile::ReadOwner | QFile::WriteOwner;
    if (!QFileInfo::exists(folder)) {
        QDir().mkpath(folder);
        QFile::setPermissions(folder, kOwner | QFile::ExeOwner);
    }
    QFile file(pathIn(folder));
    if (!file.exists() && file.open(QIODevice::WriteOnly | QIODevice::NewOnly, kOwner))
        file.close();
}

QSqlDatabase connected(const QString& folder)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, QUuid::createUuid().toString(QUuid::WithoutBraces));
    database.setDatabaseName(pathIn(folder));
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(std::chrono::milliseconds(kPatience).count()));
    database.open();
    return database;
}

/// Under a name that says what it is. @returns that name; "" where it could not be moved.
QString setAside(const QString& folder)
{
    const QString path = pathIn(folder);
    const QString stamp = QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    QString aside = u"%1.damaged-%2"_s.arg(path, stamp);
    if (!QFile::rename(path, aside))
        return {};
    for (const QString& rest : {u"-wal"_s, u"-shm"_s})
        QFile::rename(path + rest, aside + rest);
    return aside;
}

/// What has to be said before there are tables; a refusal where it can't be used.
QSqlError prepare(QSqlDatabase& database)
{
    // The first counts only before there are tables. Where there can be no log ahead of writing, as on a network, the
    // journal stays as it is.
    for (const auto& statement :
         {u"PRAGMA auto_vacuum = INCREMENTAL"_s, u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = NORMAL"_s,
          u"PRAGMA foreign_keys = ON"_s, u"PRAGMA secure_delete = ON"_s})
        if (auto done = query(database, statement); !done)
            return done.error();
    return migrate(database);
}

/// A connection that can't be opened tells why itself.
std::expected<HistoryState, QSqlError> stateOfOpened(QSqlDatabase& database)
{
    if (!database.isOpen())
        return std::unexpected(database.lastError());
    return stateOf(database);
}

/// "" where it is ours to use.
QString refusalFor(HistoryState state, const QString& folder)
{
    const QString path = pathIn(folder);
    switch (state) {
    case HistoryState::Newer:
        return tr("The history of builds in %1 was written by a newer version of Stagelift. It is left as it is, and "
                  "builds are not kept.")
            .arg(path);
    case HistoryState::Foreign:
        return tr("%1 is a database of another program. It is left as it is, and builds are not kept.").arg(path);
    case HistoryState::Damaged:
    case HistoryState::Fine:
        break;
    }
    return {};
}

} // namespace

HistoryStore::Opened HistoryStore::open(const QString& folder)
{
    if (!QSqlDatabase::isDriverAvailable(u"QSQLITE"_s))
        return {nullptr, tr("Builds are not kept: Qt's driver for SQLite is not installed (package "
                            "libqt6sql6-sqlite on Debian and Ubuntu).")};
    makePrivately(folder);
    // Two programs that find it damaged must not both set it aside. Without the lock, all else goes on.
    QLockFile lock(pathIn(folder) + u".lock"_s);
    (void)lock.tryLock(kPatience);
    QSqlDatabase database = connected(folder);
    QString notice;
    auto state = stateOfOpened(database);
    if (state == HistoryState::Damaged) {
        close(database);
        const QString aside = setAside(folder);
        if (aside.isEmpty())
            return {nullptr, tr("The history of builds in %1 is damaged, and can't be set aside. Builds are not kept.")
                                 .arg(pathIn(folder))};
        notice = tr("The history of builds was damaged. It was set aside as %1, and a new one is begun.").arg(aside);
        makePrivately(folder);
        database = connected(folder);
        state = stateOfOpened(database);
    }
    QString refusal = state ? refusalFor(*state, folder) : sentence(state.error());
    if (refusal.isEmpty())
        if (const QSqlError error = prepare(database); error.isValid())
            refusal = sentence(error);
    if (!refusal.isEmpty()) {
        close(database);
        return {nullptr, refusal};
    }
    return {std::unique_ptr<HistoryStore>(new HistoryStore(database)), notice};
}

bool HistoryStore::exists(const QString& folder)
{
    return QFileInfo(pathIn(folder)).size() > 0;
}

QString HistoryStore::userFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/stagelift"_s;
}

HistoryStore::~HistoryStore()
{
    close(m_database);
}

std::expected<qint64, QString> HistoryStore::add(const QString& file, const KeptBuild& build, const QByteArray& text,
                                                 const HistoryLimits& limits)
{
    Transaction transaction(m_database);
    return transaction.begin()
        .and_then([&] { return idOfFile(m_database, file); })
        .and_then([&](qint64 fileId) {
            return insertBuild(m_database, fileId, build, text).and_then([&](qint64 id) {
                return prune(m_database, fileId, limits).transform([id] { return id; });
            });
        })
        .and_then([&](qint64 id) { return transaction.commit().transform([id] { return id; }); })
        .transform_error(sentence);
}

std::expected<QList<KeptBuild>, QString> HistoryStore::builds(const QString& file) const
{
    return readBuilds(m_database, file).transform_error(sentence);
}

std::expected<QByteArray, QString> HistoryStore::text(qint64 build) const
{
    auto found = query(m_database,
                       u"SELECT packed, hash FROM texts WHERE id = (SELECT text FROM builds WHERE id = ?)"_s, {build});
    if (!found)
        return std::unexpected(sentence(found.error()));
    if (!found->next())
        return std::unexpected(tr("The history has forgotten this build."));
    QByteArray text = unpacked(found->value(0).toByteArray());
    if (QCryptographicHash::hash(text, QCryptographicHash::Sha256) != found->value(1).toByteArray())
        return std::unexpected(tr("The text of this build can't be read any more."));
    return text;
}

std::expected<void, QString> HistoryStore::forget(const QString& file)
{
    Transaction transaction(m_database);
    auto forgotten = transaction.begin()
                         .and_then([&] { return query(m_database, u"DELETE FROM files WHERE path = ?"_s, {file}); })
                         .and_then([&](const QSqlQuery&) { return dropUnusedTexts(m_database); })
                         .and_then([&] { return transaction.commit(); })
                         .transform_error(sentence);
    // It is forgotten then, whether or not the disk gets the room back now: the next time does that too.
    if (forgotten)
        (void)shrink(m_database);
    return forgotten;
}

} // namespace stagelift
