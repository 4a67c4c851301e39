// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/sizes_export.h"

#include "core/engine/csv.h"
#include "core/engine/edge_sizes.h"
#include "core/engine/size_report.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

QString label(const StageGraph& graph, int stage)
{
    return QString::fromStdString(graph.label(stageNode(stage)));
}

/// By COPY --from: from stages, images and named contexts.
qint64 copiedFromElsewhere(const StageGraph& graph, const StageSize& size)
{
    qint64 sum = 0;
    for (const auto& [index, bytes] : edgeSizes(graph, {size}))
        if (!graph.edges[index].spec.empty())
            sum += bytes;
    return sum;
}

QString yesOrNo(bool value)
{
    return value ? u"yes"_s : u"no"_s;
}

} // namespace

QByteArray sizesAsCsv(const StageGraph& graph, const QList<StageSize>& sizes)
{
    QString csv = u"stage,total_bytes,base_bytes,own_bytes,copied_bytes,ships,needed,milliseconds,cached\r\n"_s;
    for (const StageSize& size : sizes) {
        const QStringList fields{csvField(label(graph, size.stage)),
                                 QString::number(size.total),
                                 QString::number(size.base),
                                 QString::number(size.own),
                                 QString::number(copiedFromElsewhere(graph, size)),
                                 yesOrNo(size.ships),
                                 yesOrNo(size.needed),
                                 QString::number(size.milliseconds),
                                 yesOrNo(size.cached)};
        csv += fields.join(u',') + u"\r\n"_s;
    }
    return csv.toUtf8();
}

QByteArray sizesAsJson(const Analysis& analysis, const QList<StageSize>& sizes, const QList<int>& targets)
{
    SizeReport report;
    report.target = targetLabel(analysis.graph, targets).toStdString();
    const Budgets budgets = budgetsOf(analysis.dockerfile, analysis.graph);
    for (const StageSize& size : sizes)
        report.rows.push_back(sizeRow(analysis, budgets, size, targets));
    return QByteArray::fromStdString(sizeJson(report)) + '\n';
}

} // namespace stagelift::ui
