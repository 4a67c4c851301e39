// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/measure.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>

namespace stagelift {

namespace {

qint64 sum(const Layers& layers)
{
    return std::accumulate(layers.begin(), layers.end(), qint64{0},
                           [](qint64 bytes, const LayerSize& layer) { return bytes + layer.bytes; });
}

/// Ties the newest layers to the stage's instructions, from the last one up.
/// @param most entries that may be the stage's own
/// @param end behind the newest of them
/// @returns how many are
qsizetype tieLayers(const Analysis& analysis, const Stage& stage, Layers& layers, qsizetype most, qsizetype end)
{
    qsizetype place = end;
    for (std::size_t i = stage.endInstruction; i > stage.firstInstruction + 1 && end - place < most; --i) {
        const Keyword keyword = analysis.dockerfile.instructions[i - 1].keyword;
        // BuildKit keeps no history of ONBUILD; the others do.
        if (keyword == Keyword::Onbuild && !layers.at(place - 1).createdBy.contains(u"ONBUILD"))
            continue;
        layers[--place].instruction = static_cast<int>(i - 1);
    }
    return end - place;
}

qint64 baseBytes(const Layers& layers, qsizetype own)
{
    return sum(layers.first(layers.size() - own));
}

StageSize sizeOf(const Analysis& analysis, const Stage& stage, const MeasuredStage& measured,
                 const QList<StageSize>& before)
{
    StageSize size;
    size.stage = stage.index;
    size.image = measured.image;
    size.layers = measured.layers;
    size.total = sum(measured.layers);
    const auto base = std::ranges::find(before, stage.base.index, &StageSize::stage);
    if (stage.base.kind == NodeKind::Stage && base != before.end()) {
        const qsizetype inherited = std::min(base->layers.size(), size.layers.size());
        for (qsizetype i = 0; i < inherited; ++i)
            size.layers[i].instruction = base->layers.at(i).instruction;
        (void)tieLayers(analysis, stage, size.layers, size.layers.size() - inherited, size.layers.size());
        size.base = base->total;
    } else {
        const qsizetype own = tieLayers(analysis, stage, size.layers, size.layers.size(), size.layers.size());
        size.base = stage.base.kind == NodeKind::Scratch ? 0 : baseBytes(size.layers, own);
    }
    size.own = size.total - size.base;
    return size;
}

} // namespace

void tieToInstructions(const Analysis& analysis, int stage, Layers& history)
{
    qsizetype end = history.size();
    for (int at = stage;;) {
        const Stage& made = analysis.graph.stages.at(static_cast<std::size_t>(at));
        end -= tieLayers(analysis, made, history, end, end);
        if (made.base.kind != NodeKind::Stage)
            return;
        at = made.base.index;
    }
}

void measureBelow(const Analysis& analysis, QHash<int, MeasuredStage>& measured)
{
    for (const int known : measured.keys()) {
        Layers layers = measured.value(known).layers;
        const Stage* stage = &analysis.graph.stages.at(static_cast<std::size_t>(known));
        while (stage->base.kind == NodeKind::Stage && !measured.contains(stage->base.index)) {
            layers.resize(layers.size() - tieLayers(analysis, *stage, layers, layers.size(), layers.size()));
            stage = &analysis.graph.stages.at(static_cast<std::size_t>(stage->base.index));
            measured.insert(stage->index, {{}, layers});
        }
    }
}

QList<StageSize> stageSizes(const Analysis& analysis, const QHash<int, MeasuredStage>& measured,
                            const QList<int>& targets, const StepBook& steps, const Redactor& redactor)
{
    std::set<int> needed;
    std::set<int> shipped;
    for (const int target : targets) {
        std::ranges::copy(analysis.graph.reachable(target), std::inserter(needed, needed.end()));
        std::ranges::copy(analysis.graph.shipped(target), std::inserter(shipped, shipped.end()));
    }
    QList<StageSize> sizes;
    for (const Stage& stage : analysis.graph.stages) {
        const auto found = measured.find(stage.index);
        if (found == measured.end())
            continue;
        StageSize size = sizeOf(analysis, stage, *found, sizes);
        size.needed = needed.contains(stage.index);
        size.ships = shipped.contains(stage.index);
        size.milliseconds = steps.milliseconds(stage.index);
        size.cached = steps.cached(stage.index);
        for (LayerSize& layer : size.layers)
            layer.createdBy = redactor.clean(layer.createdBy);
        sizes.append(size);
    }
    return sizes;
}

} // namespace stagelift
