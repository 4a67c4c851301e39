// SPDX-License-Identifier: GPL-3.0-or-later
//
// Walking by keys from one rectangle of a treemap to the one beside it: the nearest in that direction, where what lies
// aside counts more than what lies far.

#pragma once

#include "core/layout/treemap.h"

#include <functional>
#include <span>

namespace stagelift {

enum class TreemapStep : std::uint8_t { Left, Right, Up, Down };

/// @param from an index among the tiles
/// @param stops whether the walk may end at a tile, by its index
/// @returns an index; `from` where there is nothing in that direction
[[nodiscard]] std::size_t tileBeside(std::span<const TreemapTile> tiles, std::size_t from, TreemapStep step,
                                     const std::function<bool(std::size_t)>& stops);

} // namespace stagelift
