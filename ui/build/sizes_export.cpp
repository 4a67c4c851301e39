// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/sizes_export.h"

#include "core/report/size_table.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

QString label(const StageGraph& graph, int stage)
{
    return QString::fromStdString(graph.label(stageNode(stage)));
}

QString yesOrNo(bool value)
{
    return value ? u"yes"_s : u"no"_s;
}

/// A field that holds a comma, a quote or a line break stands in quotes.
QString field(QString text)
{
    static constexpr QStringView kSpecial = u",\"\r\n";
    const bool special = std::ranges::any_of(text, [](QChar c) { return kSpecial.contains(c); });
    if (!special)
        return text;
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

SizeRow rowOf(const Analysis& analysis, const StageSize& size, int target)
{
    SizeRow row{.index = size.stage,
                .stage = analysis.graph.label(stageNode(size.stage)),
                .from = analysis.graph.stages.at(static_cast<std::size_t>(size.stage)).baseName,
                .total = size.total,
                .base = size.base,
                .own = size.own,
                .ships = size.ships,
                .needed = size.needed,
                .target = size.stage == target,
                .cached = size.cached,
                .milliseconds = size.milliseconds,
                .layers = {}};
    for (const LayerSize& layer : size.layers) {
        LineRange lines;
        if (layer.instruction >= 0)
            lines = analysis.dockerfile.instructions.at(static_cast<std::size_t>(layer.instruction)).lines;
        row.layers.push_back({layer.createdBy.toStdString(), layer.bytes, {lines.first, lines.last}});
    }
    return row;
}

} // namespace

QByteArray sizesAsCsv(const StageGraph& graph, const QList<StageSize>& sizes)
{
    QString csv = u"stage,total_bytes,base_bytes,own_bytes,ships,needed,milliseconds,cached\r\n"_s;
    for (const StageSize& size : sizes) {
        const QStringList fields{
            field(label(graph, size.stage)),    QString::number(size.total), QString::number(size.base),
            QString::number(size.own),          yesOrNo(size.ships),         yesOrNo(size.needed),
            QString::number(size.milliseconds), yesOrNo(size.cached)};
        csv += fields.join(u',') + u"\r\n"_s;
    }
    return csv.toUtf8();
}

QByteArray sizesAsJson(const Analysis& analysis, const QList<StageSize>& sizes, int target)
{
    SizeReport report;
    report.target = analysis.graph.label(stageNode(target));
    for (const StageSize& size : sizes)
        report.rows.push_back(rowOf(analysis, size, target));
    return QByteArray::fromStdString(sizeJson(report)) + '\n';
}

} // namespace stagelift::ui
