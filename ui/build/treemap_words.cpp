// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said of the rectangles of a treemap.

#include "ui/build/layer_tree.h"
#include "ui/build/sizes_model.h"
#include "ui/build/treemap_plan.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

struct Treemap {
    Q_DECLARE_TR_FUNCTIONS(stagelift::ui::TreemapView)
};

/// "41.7"
QString percent(qint64 part, qint64 whole)
{
    const double share = 100.0 * static_cast<double>(part) / static_cast<double>(std::max<qint64>(1, whole));
    return QLocale().toString(std::min(100.0, share), 'f', 1);
}

QString filesText(qint64 files)
{
    return files == 1 ? Treemap::tr("1 file") : Treemap::tr("%L1 files").arg(files);
}

} // namespace

QString TreemapPlan::name(const WeightTree& node) const
{
    const LayerPart* within = part(node.key);
    if (within && within->kind == LayerPart::Kind::Others)
        return Treemap::tr("%L1 more").arg(within->files);
    if (within && within->kind == LayerPart::Kind::Besides)
        return Treemap::tr("besides files");
    return QString::fromStdString(node.name);
}

QString TreemapPlan::originOf(int layer) const
{
    const int stage = stageOfLayer(*m_analysis, m_size.layers.at(layer));
    return stage < 0 ? Treemap::tr("of the base image")
                     : Treemap::tr("of %1").arg(QString::fromStdString(m_analysis->graph.label(stageNode(stage))));
}

QString TreemapPlan::hint(int key) const
{
    const int layer = layerOf(key);
    if (!m_analysis || layer < 0)
        return {};
    const LayerPart* within = part(key);
    return within ? partHint(*within, layer) : layerHint(layer);
}

QString TreemapPlan::layerHint(int layer) const
{
    const LayerSize& size = m_size.layers.at(layer);
    QStringList lines{
        layerText(*m_analysis, size), originOf(layer),
        Treemap::tr("%1, %2 % of the image").arg(exactSize(size.bytes), percent(size.bytes, m_size.total))};
    if (const int known = filesLayer(layer); known >= 0) {
        const ImageLayer& about = m_folders->files()->layers().at(known);
        lines
            << Treemap::tr("%L1 added, %L2 changed, %L3 hidden").arg(about.added).arg(about.changed).arg(about.hidden);
    }
    return lines.join(u'\n');
}

QString TreemapPlan::partHint(const LayerPart& part, int layer) const
{
    const auto entries = m_folders->entries(part.layer);
    QString path = QString::fromStdString(m_folders->files()->path(entries[part.place].node));
    if (entries[part.place].count > 0 && part.place != LayerFolders::kRoot)
        path += u'/';
    QString size = exactSize(part.bytes);
    switch (part.kind) {
    case LayerPart::Kind::File:
        break;
    case LayerPart::Kind::Folder:
        size = Treemap::tr("%1 in %2").arg(size, filesText(part.files));
        break;
    case LayerPart::Kind::Others:
        path = Treemap::tr("%1 in %2 that weigh too little to be seen each").arg(filesText(part.files), path);
        break;
    case LayerPart::Kind::Besides:
        path =
            Treemap::tr("What the engine counts besides the content of files: folders, links, headers, and the blocks "
                        "of the disk that files fill in part");
        break;
    }
    const qint64 whole = std::max(m_size.layers.at(layer).bytes, m_folders->bytes(part.layer));
    return QStringList{path,
                       Treemap::tr("%1, %2 % of the layer, %3 % of the image")
                           .arg(size, percent(part.bytes, whole), percent(part.bytes, m_size.total)),
                       layerText(*m_analysis, m_size.layers.at(layer)), originOf(layer)}
        .join(u'\n');
}

} // namespace stagelift::ui
