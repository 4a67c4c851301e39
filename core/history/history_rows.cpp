// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/history/history_rows.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTimeZone>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr int kBest = 9;            // of zlib
constexpr qsizetype kSizeBytes = 4; // ahead of what qCompress makes: the length of the text, big-endian

QString toJson(const QList<KeptArgument>& arguments)
{
    QJsonArray array;
    for (const KeptArgument& each : arguments)
        array.append(QJsonArray{each.name, each.value ? QJsonValue(*each.value) : QJsonValue()});
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QList<KeptArgument> argumentsFrom(const QString& json)
{
    QList<KeptArgument> arguments;
    for (const auto& each : QJsonDocument::fromJson(json.toUtf8()).array())
        arguments.append(
            {each[0].toString(), each[1].isString() ? std::optional(each[1].toString()) : std::optional<QString>()});
    return arguments;
}

QVariant notNull(const QString& text)
{
    return text.isNull() ? u""_s : text;
}

std::expected<qint64, QSqlError> idOfText(const QSqlDatabase& database, const QByteArray& hash, const QByteArray& text)
{
    auto known = query(database, u"SELECT id FROM texts WHERE hash = ?"_s, {hash});
    if (!known)
        return std::unexpected(known.error());
    if (known->next())
        return known->value(0).toLongLong();
    return query(database, u"INSERT INTO texts (hash, packed) VALUES (?, ?)"_s, {hash, qCompress(text, kBest)})
        .transform([](const QSqlQuery& inserted) { return inserted.lastInsertId().toLongLong(); });
}

Done insertStage(const QSqlDatabase& database, qint64 build, const KeptStage& stage)
{
    auto done = query(database,
                      u"INSERT INTO stages (build, number, label, base_name, total, base, own, milliseconds, cached, "
                      "ships, needed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                      {build, stage.index, notNull(stage.label), notNull(stage.from), stage.total, stage.base,
                       stage.own, stage.milliseconds, stage.cached, stage.ships, stage.needed});
    for (const KeptInstruction& each : stage.instructions)
        if (done)
            done = query(database,
                         u"INSERT INTO instructions (build, stage, first_line, last_line, bytes) "
                         "VALUES (?, ?, ?, ?, ?)"_s,
                         {build, stage.index, each.firstLine, each.lastLine, each.bytes});
    return done.transform([](const QSqlQuery&) {});
}

KeptBuild buildFrom(const QSqlQuery& row)
{
    return {.id = row.value(0).toLongLong(),
            .begun = QDateTime::fromMSecsSinceEpoch(row.value(1).toLongLong(), QTimeZone::UTC),
            .target = row.value(2).toString(),
            .engine = row.value(3).toString(),
            .version = row.value(4).toString(),
            .where = row.value(5).toString(),
            .platform = row.value(6).toString(),
            .arguments = argumentsFrom(row.value(7).toString()),
            .outcome = outcomeFrom(row.value(8).toString()),
            .milliseconds = row.value(9).toLongLong(),
            .message = row.value(10).toString(),
            .failedLine = row.value(11).toInt(),
            .textHash = row.value(12).toByteArray()};
}

KeptStage stageFrom(const QSqlQuery& row)
{
    return {.index = row.value(1).toInt(),
            .label = row.value(2).toString(),
            .from = row.value(3).toString(),
            .total = row.value(4).toLongLong(),
            .base = row.value(5).toLongLong(),
            .own = row.value(6).toLongLong(),
            .milliseconds = row.value(7).toLongLong(),
            .cached = row.value(8).toBool(),
            .ships = row.value(9).toBool(),
            .needed = row.value(10).toBool()};
}

using BuildsById = QHash<qint64, KeptBuild*>;

const QString kOfFile = u"WHERE build IN (SELECT b.id FROM builds b JOIN files f ON b.file = f.id WHERE f.path = ?) "_s;

/// In order.
Done readStages(const QSqlDatabase& database, const QString& file, const BuildsById& builds)
{
    auto rows = query(database,
                      u"SELECT build, number, label, base_name, total, base, own, milliseconds, cached, ships, needed "
                      "FROM stages "_s +
                          kOfFile + u"ORDER BY build, number"_s,
                      {file});
    if (!rows)
        return std::unexpected(rows.error());
    while (rows->next())
        if (KeptBuild* build = builds.value(rows->value(0).toLongLong()))
            build->stages.append(stageFrom(*rows));
    return {};
}

/// Of the stages that are there.
Done readInstructions(const QSqlDatabase& database, const QString& file, const BuildsById& builds)
{
    auto rows = query(database,
                      u"SELECT build, stage, first_line, last_line, bytes FROM instructions "_s + kOfFile +
                          u"ORDER BY build, stage, first_line"_s,
                      {file});
    if (!rows)
        return std::unexpected(rows.error());
    while (rows->next()) {
        KeptBuild* build = builds.value(rows->value(0).toLongLong());
        if (!build)
            continue;
        const auto stage = std::ranges::find(build->stages, rows->value(1).toInt(), &KeptStage::index);
        if (stage != build->stages.end())
            stage->instructions.append({rows->value(2).toInt(), rows->value(3).toInt(), rows->value(4).toLongLong()});
    }
    return {};
}

} // namespace

std::expected<QSqlQuery, QSqlError> query(const QSqlDatabase& database, const QString& statement,
                                          const QVariantList& values)
{
    QSqlQuery made(database);
    made.setForwardOnly(true);
    bool done = made.prepare(statement);
    for (qsizetype i = 0; done && i < values.size(); ++i)
        made.bindValue(static_cast<int>(i), values.at(i));
    if (!done || !made.exec())
        return std::unexpected(made.lastError());
    return made;
}

Transaction::~Transaction()
{
    if (m_isOpen)
        (void)query(m_database, u"ROLLBACK"_s);
}

Done Transaction::begin()
{
    return query(m_database, u"BEGIN IMMEDIATE"_s).transform([this](const QSqlQuery&) { m_isOpen = true; });
}

Done Transaction::beginReading()
{
    return query(m_database, u"BEGIN DEFERRED"_s).transform([this](const QSqlQuery&) { m_isOpen = true; });
}

Done Transaction::commit()
{
    return query(m_database, u"COMMIT"_s).transform([this](const QSqlQuery&) { m_isOpen = false; });
}

std::expected<qint64, QSqlError> idOfFile(const QSqlDatabase& database, const QString& file)
{
    auto known = query(database, u"SELECT id FROM files WHERE path = ?"_s, {file});
    if (!known)
        return std::unexpected(known.error());
    if (known->next())
        return known->value(0).toLongLong();
    return query(database, u"INSERT INTO files (path) VALUES (?)"_s, {file}).transform([](const QSqlQuery& inserted) {
        return inserted.lastInsertId().toLongLong();
    });
}

std::expected<qint64, QSqlError> insertBuild(const QSqlDatabase& database, qint64 file, const KeptBuild& build,
                                             const QByteArray& text)
{
    const auto textId = idOfText(database, build.textHash, text);
    if (!textId)
        return textId;
    const auto inserted =
        query(database,
              u"INSERT INTO builds (file, text, begun, target, engine, version, place, platform, arguments, outcome, "
              "milliseconds, message, failed_line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
              {file, *textId, build.begun.toMSecsSinceEpoch(), notNull(build.target), notNull(build.engine),
               notNull(build.version), notNull(build.where), notNull(build.platform), toJson(build.arguments),
               outcomeWord(build.outcome), build.milliseconds, notNull(build.message), build.failedLine});
    if (!inserted)
        return std::unexpected(inserted.error());
    const qint64 id = inserted->lastInsertId().toLongLong();
    for (const KeptStage& stage : build.stages)
        if (const auto done = insertStage(database, id, stage); !done)
            return std::unexpected(done.error());
    return id;
}

Done prune(const QSqlDatabase& database, qint64 file, const HistoryLimits& limits)
{
    auto rows = query(database,
                      u"SELECT b.id, b.text, length(t.packed) FROM builds b JOIN texts t ON b.text = t.id "
                      "WHERE b.file = ? ORDER BY b.begun DESC, b.id DESC"_s,
                      {file});
    if (!rows)
        return std::unexpected(rows.error());
    QSet<qint64> texts;
    qint64 bytes = 0;
    qsizetype count = 0;
    QList<qint64> old;
    while (rows->next()) {
        if (const qint64 text = rows->value(1).toLongLong(); !texts.contains(text)) {
            texts.insert(text);
            bytes += rows->value(2).toLongLong();
        }
        if (++count > 1 && (count > limits.builds || bytes > limits.textBytes || !old.isEmpty()))
            old << rows->value(0).toLongLong();
    }
    rows->finish();
    for (const qint64 id : std::as_const(old))
        if (const auto done = query(database, u"DELETE FROM builds WHERE id = ?"_s, {id}); !done)
            return std::unexpected(done.error());
    return old.isEmpty() ? Done() : dropUnusedTexts(database);
}

Done dropUnusedTexts(const QSqlDatabase& database)
{
    return query(database, u"DELETE FROM texts WHERE id NOT IN (SELECT text FROM builds)"_s)
        .transform([](const QSqlQuery&) {});
}

Done shrink(const QSqlDatabase& database)
{
    // A row for each page that is given back.
    return query(database, u"PRAGMA incremental_vacuum"_s)
        .and_then([&](QSqlQuery vacuumed) {
            while (vacuumed.next()) {
            }
            vacuumed.finish();
            return query(database, u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
        })
        .transform([](const QSqlQuery&) {});
}

std::expected<QList<KeptBuild>, QSqlError> readBuilds(const QSqlDatabase& database, const QString& file)
{
    // Between two of the statements, another program may forget the file or add a build to it.
    Transaction transaction(database);
    if (const Done begun = transaction.beginReading(); !begun)
        return std::unexpected(begun.error());
    auto rows = query(database,
                      u"SELECT b.id, b.begun, b.target, b.engine, b.version, b.place, b.platform, b.arguments, "
                      "b.outcome, b.milliseconds, b.message, b.failed_line, t.hash "
                      "FROM builds b JOIN files f ON b.file = f.id JOIN texts t ON b.text = t.id "
                      "WHERE f.path = ? ORDER BY b.begun DESC, b.id DESC"_s,
                      {file});
    if (!rows)
        return std::unexpected(rows.error());
    QList<KeptBuild> builds;
    while (rows->next())
        builds.append(buildFrom(*rows));
    rows->finish();
    BuildsById byId;
    for (KeptBuild& build : builds)
        byId.insert(build.id, &build);
    return readStages(database, file, byId)
        .and_then([&] { return readInstructions(database, file, byId); })
        .and_then([&] { return transaction.commit(); })
        .transform([&] { return builds; });
}

QByteArray unpacked(const QByteArray& packed)
{
    // Else it would make room first for as many bytes as a damaged head asks for. No text is larger than a thousandth
    // of that by zlib: https://zlib.net/zlib_tech.html
    constexpr qint64 kMostPerByte = 1032;
    if (packed.size() < kSizeBytes)
        return {};
    qint64 size = 0;
    for (const char byte : packed.first(kSizeBytes))
        size = (size << 8) | static_cast<unsigned char>(byte);
    return size > packed.size() * kMostPerByte ? QByteArray() : qUncompress(packed);
}

} // namespace stagelift
