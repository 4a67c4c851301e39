// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/layout/treemap_walk.h"

#include <algorithm>
#include <optional>

namespace stagelift {

namespace {

constexpr double kTouch = 0.5;     // what rounding takes
constexpr double kAsideCounts = 3; // times

/// How far a rectangle is from another in a direction; nothing where it does not lie there.
std::optional<double> distance(const TreemapRect& from, const TreemapRect& to, TreemapStep step)
{
    const bool isLevel = step == TreemapStep::Left || step == TreemapStep::Right;
    const double sign = step == TreemapStep::Left || step == TreemapStep::Up ? -1 : 1;
    const double x = from.left + from.width / 2;
    const double y = from.top + from.height / 2;
    const double ahead = sign * (isLevel ? to.left + to.width / 2 - x : to.top + to.height / 2 - y);
    const double aside =
        isLevel ? std::max({0.0, to.top - y, y - to.bottom()}) : std::max({0.0, to.left - x, x - to.right()});
    const double gap = isLevel ? (sign > 0 ? to.left - from.right() : from.left - to.right())
                               : (sign > 0 ? to.top - from.bottom() : from.top - to.bottom());
    if (ahead <= 0 || gap < -kTouch)
        return std::nullopt;
    return std::max(0.0, gap) + kAsideCounts * aside;
}

} // namespace

std::size_t tileBeside(std::span<const TreemapTile> tiles, std::size_t from, TreemapStep step,
                       const std::function<bool(std::size_t)>& stops)
{
    std::size_t nearest = from;
    double least = 0;
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        if (i == from || !stops(i))
            continue;
        const auto away = distance(tiles[from].rect, tiles[i].rect, step);
        if (!away || (nearest != from && *away >= least))
            continue;
        nearest = i;
        least = *away;
    }
    return nearest;
}

} // namespace stagelift
