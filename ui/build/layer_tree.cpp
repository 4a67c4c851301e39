// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/layer_tree.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kLayerTextLength = 160; // characters

/// The image at the foot of a stage.
std::string imageBelow(const StageGraph& graph, int stage)
{
    const Stage* below = &graph.stages.at(static_cast<std::size_t>(stage));
    for (std::size_t steps = 0; below->base.kind == NodeKind::Stage && steps < graph.stages.size(); ++steps)
        below = &graph.stages.at(static_cast<std::size_t>(below->base.index));
    return below->baseName;
}

} // namespace

int stageOfLayer(const Analysis& analysis, const LayerSize& layer)
{
    const auto holds = [at = layer.instruction](const Stage& stage) {
        return at >= static_cast<int>(stage.firstInstruction) && at < static_cast<int>(stage.endInstruction);
    };
    const auto& stages = analysis.graph.stages;
    const auto stage = std::ranges::find_if(stages, holds);
    return stage == stages.end() ? -1 : stage->index;
}

WeightTree layerTree(const Analysis& analysis, const StageSize& size)
{
    const StageGraph& graph = analysis.graph;
    WeightTree tree{.name = graph.label(stageNode(size.stage)), .key = branchOf(size.stage)};
    for (int i = 0; i < static_cast<int>(size.layers.size()); ++i) {
        const LayerSize& layer = size.layers.at(i);
        if (layer.bytes <= 0)
            continue;
        const int owner = stageOfLayer(analysis, layer);
        const int key = owner < 0 ? kBaseBranch : branchOf(owner);
        auto branch = std::ranges::find(tree.children, key, &WeightTree::key);
        if (branch == tree.children.end()) {
            const std::string name = owner < 0 ? imageBelow(graph, size.stage) : graph.label(stageNode(owner));
            branch = tree.children.insert(tree.children.end(), WeightTree{.name = name, .key = key});
        }
        branch->children.push_back({.name = layerText(analysis, layer).toStdString(), .weight = layer.bytes, .key = i});
    }
    return tree;
}

QString layerText(const Analysis& analysis, const LayerSize& layer)
{
    QString text;
    const auto at = static_cast<std::size_t>(layer.instruction);
    if (layer.instruction >= 0 && at < analysis.dockerfile.instructions.size()) {
        const std::string_view written = analysis.source.at(analysis.dockerfile.instructions[at].span);
        text = QString::fromUtf8(written.data(), static_cast<qsizetype>(written.size()));
    } else {
        text = layer.createdBy;
        for (const QString& around : {u"/bin/sh -c #(nop) "_s, u"# buildkit"_s, u"/bin/sh -c "_s})
            text.remove(around);
    }
    text = text.simplified();
    return text.size() > kLayerTextLength ? text.left(kLayerTextLength) + u'…' : text;
}

} // namespace stagelift::ui
