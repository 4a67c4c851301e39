// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/history/history_report.h"

#include "core/engine/csv.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

using Cells = std::array<QString, 7>;

QString seconds(qint64 milliseconds)
{
    return u"%1 s"_s.arg(static_cast<double>(milliseconds) / 1000, 0, 'f', 1);
}

Cells cells(const QList<KeptBuild>& builds, qsizetype at, const QTimeZone& zone)
{
    const KeptBuild& build = builds.at(at);
    const auto more = shipsMore(builds, at);
    QString outcome = outcomeWord(build.outcome);
    if (build.failedLine > 0)
        outcome += u" at line %1"_s.arg(build.failedLine);
    return {build.begun.toTimeZone(zone).toString(u"yyyy-MM-dd HH:mm:ss"_s),
            build.target,
            outcome,
            build.ships() ? humanSize(*build.ships()) : QString(),
            more ? signedSize(*more) : QString(),
            seconds(build.milliseconds),
            build.engineLabel()};
}

QString yesOrNo(bool value)
{
    return value ? u"yes"_s : u"no"_s;
}

QString time(const KeptBuild& build)
{
    return build.begun.toUTC().toString(Qt::ISODateWithMs);
}

QString hash(const KeptBuild& build)
{
    return QString::fromLatin1(build.textHash.toHex());
}

QStringList buildFields(const KeptBuild& build)
{
    return {time(build),
            csvField(build.target),
            outcomeWord(build.outcome),
            QString::number(build.milliseconds),
            csvField(build.engineLabel()),
            csvField(build.platform),
            hash(build)};
}

QStringList stageFields(const KeptStage& stage)
{
    return {csvField(stage.label),
            QString::number(stage.total),
            QString::number(stage.base),
            QString::number(stage.own),
            QString::number(stage.milliseconds),
            yesOrNo(stage.cached),
            yesOrNo(stage.ships),
            yesOrNo(stage.needed)};
}

QJsonObject stageJson(const KeptStage& stage)
{
    QJsonArray instructions;
    for (const KeptInstruction& each : stage.instructions)
        instructions.append(
            QJsonObject{{u"lines"_s, QJsonArray{each.firstLine, each.lastLine}}, {u"bytes"_s, each.bytes}});
    return {{u"index"_s, stage.index},
            {u"name"_s, stage.label},
            {u"from"_s, stage.from},
            {u"total"_s, stage.total},
            {u"base"_s, stage.base},
            {u"own"_s, stage.own},
            {u"milliseconds"_s, stage.milliseconds},
            {u"cached"_s, stage.cached},
            {u"ships"_s, stage.ships},
            {u"needed"_s, stage.needed},
            {u"instructions"_s, instructions}};
}

QJsonObject buildJson(const KeptBuild& build)
{
    QJsonArray arguments;
    for (const KeptArgument& each : build.arguments)
        arguments.append(
            QJsonObject{{u"name"_s, each.name}, {u"value"_s, each.value ? QJsonValue(*each.value) : QJsonValue()}});
    QJsonObject json{{u"time"_s, time(build)},
                     {u"target"_s, build.target},
                     {u"outcome"_s, outcomeWord(build.outcome)},
                     {u"milliseconds"_s, build.milliseconds},
                     {u"engine"_s, build.engine},
                     {u"version"_s, build.version},
                     {u"where"_s, build.where},
                     {u"platform"_s, build.platform},
                     {u"arguments"_s, arguments},
                     {u"text"_s, hash(build)}};
    if (build.outcome != BuildOutcome::Succeeded)
        json[u"error"_s] = QJsonObject{{u"msg"_s, build.message}, {u"line"_s, build.failedLine}};
    QJsonArray stages;
    for (const KeptStage& stage : build.stages)
        stages.append(stageJson(stage));
    json[u"stages"_s] = stages;
    return json;
}

QString line(const Cells& row, const std::array<qsizetype, std::tuple_size_v<Cells>>& widths)
{
    QString text;
    for (std::size_t column = 0; column < row.size(); ++column) {
        const bool isNumber = column >= 3 && column <= 5;
        text += (isNumber ? row.at(column).rightJustified(widths.at(column))
                          : row.at(column).leftJustified(widths.at(column))) +
                u"  "_s;
    }
    while (text.endsWith(u' '))
        text.chop(1);
    return text + u'\n';
}

} // namespace

std::optional<qint64> shipsMore(const QList<KeptBuild>& builds, qsizetype at)
{
    const auto now = builds.at(at).ships();
    for (qsizetype before = at + 1; now && before < builds.size(); ++before)
        if (builds.at(before).target == builds.at(at).target && builds.at(before).ships())
            return *now - *builds.at(before).ships();
    return std::nullopt;
}

QHash<QString, qint64> newestTotals(const QList<KeptBuild>& builds)
{
    QHash<QString, qint64> totals;
    for (const KeptBuild& build : builds)
        for (const KeptStage& stage : build.stages)
            if (!totals.contains(stage.label))
                totals.insert(stage.label, stage.total);
    return totals;
}

QByteArray historyAsText(const QList<KeptBuild>& builds, const QTimeZone& zone)
{
    QList<Cells> table{{u"WHEN"_s, u"TARGET"_s, u"OUTCOME"_s, u"SHIPS"_s, u"CHANGE"_s, u"TIME"_s, u"ENGINE"_s}};
    for (qsizetype at = 0; at < builds.size(); ++at)
        table << cells(builds, at, zone);
    std::array<qsizetype, std::tuple_size_v<Cells>> widths{};
    for (const Cells& row : std::as_const(table))
        for (std::size_t column = 0; column < row.size(); ++column)
            widths.at(column) = std::max(widths.at(column), row.at(column).size());
    QString text;
    for (const Cells& row : std::as_const(table))
        text += line(row, widths);
    return text.toUtf8();
}

QByteArray historyAsCsv(const QList<KeptBuild>& builds)
{
    QString csv = u"time,target,outcome,build_milliseconds,engine,platform,text_sha256,stage,total_bytes,base_bytes,"
                  "own_bytes,stage_milliseconds,cached,ships,needed\r\n"_s;
    for (const KeptBuild& build : builds) {
        const QString head = buildFields(build).join(u',');
        if (build.stages.isEmpty())
            csv += head + u",,,,,,,,\r\n"_s;
        for (const KeptStage& stage : build.stages)
            csv += head + u',' + stageFields(stage).join(u',') + u"\r\n"_s;
    }
    return csv.toUtf8();
}

QByteArray historyAsJson(const QString& file, const QList<KeptBuild>& builds)
{
    QJsonArray all;
    for (const KeptBuild& build : builds)
        all.append(buildJson(build));
    return QJsonDocument(QJsonObject{{u"file"_s, file}, {u"builds"_s, all}}).toJson(QJsonDocument::Compact) + '\n';
}

QString signedSize(qint64 bytes)
{
    if (bytes == 0)
        return QCoreApplication::translate("stagelift::History", "none");
    return (bytes > 0 ? u"+"_s : u"−"_s) + humanSize(std::abs(bytes));
}

} // namespace stagelift
