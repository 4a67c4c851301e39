// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/sizes_export.h"

#include "core/engine/size_report.h"

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
        report.rows.push_back(sizeRow(analysis, size, target));
    return QByteArray::fromStdString(sizeJson(report)) + '\n';
}

} // namespace stagelift::ui
