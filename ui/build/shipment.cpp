// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/build/shipment.h"

#include <QCoreApplication>

#include <map>
#include <set>
#include <string>

namespace stagelift::ui {

namespace {

const Stage* stageOf(const StageGraph& graph, const StageSize& size)
{
    const auto index = static_cast<std::size_t>(size.stage);
    return size.stage >= 0 && index < graph.stages.size() ? &graph.stages[index] : nullptr;
}

} // namespace

Shipment shipment(const StageGraph& graph, const QList<StageSize>& sizes, int target)
{
    Shipment answer;
    std::set<std::string> shippedBases;
    std::map<std::string, qint64> basesLeft; // by image and platform
    for (const StageSize& size : sizes) {
        if (size.stage == target)
            answer.ships = size.total;
        const Stage* stage = stageOf(graph, size);
        const bool onImage = stage && stage->base.kind == NodeKind::Image;
        const std::string base = onImage ? stage->baseName + '\n' + stage->platform : std::string();
        if (size.ships) {
            shippedBases.insert(base);
            continue;
        }
        if (!size.needed)
            continue;
        answer.leftBehind += size.own;
        if (onImage)
            basesLeft[base] = size.base;
    }
    for (const auto& [base, bytes] : basesLeft) {
        if (!shippedBases.contains(base))
            answer.leftBehind += bytes;
    }
    return answer;
}

QString shipmentText(const Shipment& shipment)
{
    if (shipment.leftBehind == 0)
        return QCoreApplication::translate("stagelift::ui::Shipment", "ships %1, leaves nothing behind")
            .arg(humanSize(shipment.ships));
    return QCoreApplication::translate("stagelift::ui::Shipment", "ships %1, leaves %2 behind")
        .arg(humanSize(shipment.ships), humanSize(shipment.leftBehind));
}

} // namespace stagelift::ui
