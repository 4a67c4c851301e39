// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/built_text.h"

#include <algorithm>

namespace stagelift::ui {

namespace {

std::string_view written(const Analysis& analysis, const Instruction& instruction)
{
    return analysis.source.at(instruction.span);
}

} // namespace

bool sameText(const Analysis& built, const Analysis& now)
{
    return built.source.bytes() == now.source.bytes();
}

bool sameStages(const Analysis& built, const Analysis& now)
{
    return std::ranges::equal(built.graph.stages, now.graph.stages, {}, &Stage::name, &Stage::name);
}

bool sameInstructions(const Analysis& built, const Analysis& now)
{
    return std::ranges::equal(
        built.dockerfile.instructions, now.dockerfile.instructions,
        [&](const Instruction& a, const Instruction& b) { return written(built, a) == written(now, b); });
}

std::optional<Span> spanNow(const Analysis& built, const Analysis& now, Span span)
{
    if (sameText(built, now))
        return span;
    const auto& before = built.dockerfile.instructions;
    const auto& after = now.dockerfile.instructions;
    const auto found =
        std::ranges::find_if(before, [span](const Instruction& i) { return i.span.touches(span.begin); });
    if (found == before.end())
        return std::nullopt;
    // The same words may stand in the file more than once: the one at the same turn is meant.
    const std::string_view words = written(built, *found);
    auto turn = std::count_if(before.begin(), found, [&](const Instruction& i) { return written(built, i) == words; });
    for (const Instruction& instruction : after) {
        if (written(now, instruction) == words && turn-- == 0)
            return instruction.span;
    }
    return std::nullopt;
}

QHash<int, qint64> layerSizes(const QList<StageSize>& sizes)
{
    QHash<int, qint64> bytes;
    for (const StageSize& size : sizes) {
        for (const LayerSize& layer : size.layers) {
            if (layer.instruction >= 0)
                bytes.insert(layer.instruction, layer.bytes);
        }
    }
    return bytes;
}

std::optional<int> stageAgain(const StageGraph& graph, const QString& name, int index, std::size_t countBefore)
{
    if (!name.isEmpty()) {
        if (const auto stage = graph.findTarget(name.toStdString()))
            return stage;
    }
    if (graph.stages.size() == countBefore && index >= 0 && static_cast<std::size_t>(index) < countBefore)
        return index;
    return std::nullopt;
}

int targetAgain(const StageGraph& graph, const QString& name, int index, std::size_t countBefore)
{
    return stageAgain(graph, name, index, countBefore).value_or(graph.defaultTarget());
}

} // namespace stagelift::ui
