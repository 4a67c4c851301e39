// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/layout/treemap.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace stagelift {

namespace {

/// Something to be laid: a child, or, where there is none, what the parent weighs by itself.
struct Part {
    const WeightTree* node = nullptr;
    double area = 0;
};

double areaOf(std::span<const Part> parts)
{
    return std::accumulate(parts.begin(), parts.end(), 0.0,
                           [](double sum, const Part& part) { return sum + part.area; });
}

/// How many times as long as it is wide the longest of a row is, the heaviest first, along a side.
double longest(std::span<const Part> row, double area, double side)
{
    const double thickness = area / side;
    const auto ratio = [thickness](double partArea) {
        const double length = partArea / thickness;
        return std::max(length / thickness, thickness / length);
    };
    return std::max(ratio(row.front().area), ratio(row.back().area));
}

/// How many of the parts, the heaviest first, are the next row along a side.
std::size_t rowOf(std::span<const Part> parts, double side)
{
    std::size_t count = 1;
    double area = parts.front().area;
    double worst = longest(parts.first(1), area, side);
    while (count < parts.size()) {
        const double more = area + parts[count].area;
        const double next = longest(parts.first(count + 1), more, side);
        if (next > worst)
            break;
        worst = next;
        area = more;
        ++count;
    }
    return count;
}

/// Rectangles for the parts, the heaviest first; their areas are that of the room.
std::vector<TreemapRect> squarified(std::span<const Part> parts, TreemapRect room)
{
    std::vector<TreemapRect> rects;
    while (!parts.empty()) {
        const bool isTall = room.height > room.width;
        const double side = std::min(room.width, room.height);
        const std::size_t count = rowOf(parts, side);
        const bool isLast = count == parts.size(); // takes all that is left, whatever was lost by rounding
        const double area = areaOf(parts.first(count));
        const double thickness = isLast ? std::max(room.width, room.height) : area / side;
        double at = isTall ? room.left : room.top;
        for (const Part& part : parts.first(count)) {
            const double length = side * part.area / area;
            rects.push_back(isTall ? TreemapRect{at, room.top, length, thickness}
                                   : TreemapRect{room.left, at, thickness, length});
            at += length;
        }
        if (isTall)
            room = {room.left, room.top + thickness, room.width, std::max(0.0, room.height - thickness)};
        else
            room = {room.left + thickness, room.top, std::max(0.0, room.width - thickness), room.height};
        parts = parts.subspan(count);
    }
    return rects;
}

class Layouter {
public:
    explicit Layouter(const TreemapOptions& options) : m_options(options) {}

    void lay(const WeightTree& tree, const TreemapRect& room, int parent, int depth)
    {
        const std::vector<Part> parts = partsOf(tree, room.area());
        const std::vector<TreemapRect> rects = squarified(parts, room);
        std::vector<int> laid;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (!parts[i].node)
                continue;
            laid.push_back(static_cast<int>(m_tiles.size()));
            m_tiles.push_back({.node = parts[i].node, .parent = parent, .depth = depth, .rect = rects[i]});
        }
        for (const int tile : laid)
            layInside(tile);
    }

    [[nodiscard]] std::vector<TreemapTile> take() { return std::move(m_tiles); }

private:
    /// By weight; what weighs nothing is left out.
    [[nodiscard]] static std::vector<Part> partsOf(const WeightTree& tree, double area)
    {
        const auto total = static_cast<double>(tree.total());
        std::vector<Part> parts;
        const auto add = [&](const WeightTree* node, std::int64_t weight) {
            if (weight > 0 && area > 0)
                parts.push_back({node, area * static_cast<double>(weight) / total});
        };
        for (const WeightTree& child : tree.children)
            add(&child, child.total());
        add(nullptr, tree.weight);
        std::ranges::stable_sort(parts, std::ranges::greater(), &Part::area);
        return parts;
    }

    void layInside(int index)
    {
        TreemapTile& tile = m_tiles[static_cast<std::size_t>(index)];
        if (tile.node->children.empty())
            return;
        const double frame = m_options.frame;
        TreemapRect room{tile.rect.left + frame, tile.rect.top + frame, tile.rect.width - 2 * frame,
                         tile.rect.height - 2 * frame};
        const bool hasHead = room.height >= m_options.head + m_options.least;
        if (hasHead) {
            room.top += m_options.head;
            room.height -= m_options.head;
        }
        if (room.width <= 0 || room.height <= 0 || std::min(room.width, room.height) < m_options.least)
            return;
        if (tile.depth >= m_options.headsFrom && (!hasHead || room.width < m_options.leastHead))
            return;
        tile.head = hasHead ? m_options.head : 0;
        const WeightTree& node = *tile.node;
        const int depth = tile.depth + 1; // `tile` goes as soon as there are more
        lay(node, room, index, depth);
    }

    TreemapOptions m_options;
    std::vector<TreemapTile> m_tiles;
};

} // namespace

std::int64_t WeightTree::total() const
{
    return std::accumulate(children.begin(), children.end(), std::max<std::int64_t>(0, weight),
                           [](std::int64_t sum, const WeightTree& child) { return sum + child.total(); });
}

std::vector<TreemapTile> layTreemap(const WeightTree& tree, const TreemapRect& room, const TreemapOptions& options)
{
    if (room.width <= 0 || room.height <= 0)
        return {};
    Layouter layouter(options);
    layouter.lay(tree, room, -1, 0);
    return layouter.take();
}

} // namespace stagelift
