// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a build comes to, in two numbers: what its image weighs, and what was made for it and stays behind.
//
// Bytes are counted once. Two stages on the same base image share it, and a stage built FROM another holds that one's
// layers: so what is left behind is the own bytes of every stage that does not ship, and each base image under them
// once, unless the image that ships lies on it too.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/build.h"

namespace stagelift::ui {

struct Shipment {
    qint64 ships = 0;      // bytes of the target's image
    qint64 leftBehind = 0; // bytes
};

/// `sizes` are of a build of `graph`; stages that the target does not need do not count.
[[nodiscard]] Shipment shipment(const StageGraph& graph, const QList<StageSize>& sizes, int target);

/// "ships 14 MB, leaves 812 MB behind"
[[nodiscard]] QString shipmentText(const Shipment& shipment);

} // namespace stagelift::ui
