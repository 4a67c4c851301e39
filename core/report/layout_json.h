// SPDX-License-Identifier: GPL-3.0-or-later
//
// The layout of a graph as JSON, for scripts that draw it themselves.

#pragma once

#include "core/layout/layout.h"

#include <nlohmann/json.hpp>

namespace stagelift {

/// The layout that scripts get: stages and images in boxes of one size (187.2 by 72 points). It has no labels, so no
/// room is kept for any, and no build contexts, as the rest of the graph's JSON has none.
[[nodiscard]] Layout plainLayout(const StageGraph& graph);

/// {"nodes":[{"x","y","w","h"}],"edges":[{"from","to","points":[[x,y],…]}]}: `x` and `y` are a node's centre; each
/// edge's curve is a polyline close to what is drawn; parallel edges are one.
[[nodiscard]] nlohmann::ordered_json layoutJson(const Layout& layout);

/// The same of the graph's plain layout.
[[nodiscard]] nlohmann::ordered_json layoutJson(const StageGraph& graph);

} // namespace stagelift
