// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/labels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <unordered_map>

namespace stagelift::layered {
namespace {

constexpr double kClearance = 2;      // around a label
constexpr double kCell = 128;         // of the grid in which neighbours are looked up
constexpr double kNodePenalty = 40;   // covering a node is that much worse than covering a label
constexpr double kTrunkPenalty = 0.5; // of the label's area, for standing on a trunk
constexpr std::array kTries{0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9}; // along a piece of a curve

struct Box {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;

    static Box around(Point centre, Size size)
    {
        return {centre.x - size.width / 2, centre.y - size.height / 2, centre.x + size.width / 2,
                centre.y + size.height / 2};
    }
    [[nodiscard]] double overlap(const Box& other) const
    {
        const double width = std::min(right, other.right) - std::max(left, other.left);
        const double height = std::min(bottom, other.bottom) - std::max(top, other.top);
        return width > 0 && height > 0 ? width * height : 0;
    }
};

/// What is taken, in cells.
class Taken {
public:
    void add(const Box& box, double penalty)
    {
        eachCell(box, [&](std::uint64_t cell) { m_cells[cell].push_back({box, penalty}); });
    }
    [[nodiscard]] double cost(const Box& box) const
    {
        double sum = 0;
        eachCell(box, [&](std::uint64_t cell) {
            if (const auto found = m_cells.find(cell); found != m_cells.end()) {
                for (const auto& [other, penalty] : found->second)
                    sum += box.overlap(other) * penalty;
            }
        });
        return sum;
    }

private:
    static void eachCell(const Box& box, auto&& visit)
    {
        const auto cell = [](double at) { return static_cast<std::int32_t>(std::floor(at / kCell)); };
        for (std::int32_t x = cell(box.left); x <= cell(box.right); ++x) {
            for (std::int32_t y = cell(box.top); y <= cell(box.bottom); ++y)
                visit(static_cast<std::uint64_t>(static_cast<std::uint32_t>(x)) << 32 | static_cast<std::uint32_t>(y));
        }
    }
    std::unordered_map<std::uint64_t, std::vector<std::pair<Box, double>>> m_cells;
};

Point pointOn(const Point* p, double t)
{
    const double s = 1 - t;
    const std::array b{s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t};
    Point sum;
    for (std::size_t i = 0; i < b.size(); ++i) {
        sum.x += b[i] * p[i].x;
        sum.y += b[i] * p[i].y;
    }
    return sum;
}

/// Level pieces that a label fits on first, where it reads along its line and away from the throng at a busy node; of
/// several the last, as it is the edge's own.
std::vector<std::size_t> piecesByWorth(const RoutedEdge& edge, Size label)
{
    std::vector<std::size_t> pieces;
    for (std::size_t i = edge.curve.size() / 3; i-- > 0;)
        pieces.push_back(i);
    std::ranges::stable_partition(pieces, [&](std::size_t i) {
        const Point from = edge.curve[3 * i];
        const Point to = edge.curve[3 * i + 3];
        return from.y == to.y && std::abs(to.x - from.x) >= label.width;
    });
    return pieces;
}

Point bestPoint(const RoutedEdge& edge, const std::vector<char>& shared, const Taken& taken, Size label)
{
    const Size room{label.width + 2 * kClearance, label.height + 2 * kClearance};
    Point best = edge.curve.front();
    double least = std::numeric_limits<double>::max();
    for (const std::size_t piece : piecesByWorth(edge, label)) {
        for (const double t : kTries) {
            const Point point = pointOn(&edge.curve[3 * piece], t);
            double cost = taken.cost(Box::around(point, room));
            if (shared[piece] != 0)
                cost += room.width * room.height * kTrunkPenalty;
            if (cost < least) {
                least = cost;
                best = point;
            }
            if (least <= 0)
                return best;
        }
    }
    return best;
}

} // namespace

void placeLabels(Layout& layout, const std::vector<std::vector<char>>& shared, const std::vector<bool>& labelled,
                 Size label)
{
    for (RoutedEdge& edge : layout.edges) {
        if (!edge.curve.empty())
            edge.label = pointOn(&edge.curve[edge.curve.size() / 6 * 3], kTries.front());
    }
    if (std::ranges::none_of(labelled, std::identity()))
        return;
    Taken taken;
    for (const PlacedNode& node : layout.nodes)
        taken.add(Box::around(node.centre, node.size), kNodePenalty);
    for (std::size_t i = 0; i < layout.edges.size(); ++i) {
        RoutedEdge& edge = layout.edges[i];
        if (!labelled[i] || edge.curve.empty())
            continue;
        edge.label = bestPoint(edge, shared[i], taken, label);
        taken.add(Box::around(edge.label, label), 1);
    }
}

} // namespace stagelift::layered
