// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the edges of a graph weigh after a build: a COPY, what the layer of its instruction weighs in the image of its
// own stage. A FROM and a mount have no layer; what an ONBUILD copies has one that is not its own.

#pragma once

#include "core/engine/build.h"

#include <QList>

#include <map>

namespace stagelift {

using EdgeSizes = std::map<std::size_t, qint64>; // bytes, by index into StageGraph::edges

/// @param sizes of a build of `graph`; an edge into a stage that was not measured is left out
[[nodiscard]] EdgeSizes edgeSizes(const StageGraph& graph, const QList<StageSize>& sizes);

} // namespace stagelift
