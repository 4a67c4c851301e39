// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/placement.h"

#include <algorithm>
#include <span>
#include <utility>

namespace stagelift::layered {
namespace {

constexpr double kPortGap = 10;   // between lines at the side of a node, where it is high enough
constexpr double kPortMargin = 8; // kept free at its corners
constexpr int kRounds = 4;

double reachOf(const Vertex& vertex)
{
    return std::max(0.0, vertex.height / 2 - vertex.drop - kPortMargin);
}

double gapOf(double reach, std::size_t ends)
{
    return ends > 1 ? std::min(kPortGap, 2 * reach / static_cast<double>(ends - 1)) : 0;
}

/// One end of a segment, at the side of a node.
struct End {
    int segment = 0;
    double at = 0; // from the middle of the node's side
};

/// The side of a node: its middle, its ends from the top, and how far from the middle they may be.
struct NodeSide {
    int vertex = 0;
    bool isRight = false;
    std::size_t first = 0;
    std::size_t count = 0;
    double reach = 0;
    double gap = 0;
};

class PortAligner {
public:
    PortAligner(const Layers& layers, const std::vector<double>& at, std::vector<Ports>& ports)
        : m_layers(layers), m_at(at), m_ports(ports)
    {
        collect(true);
        collect(false);
    }

    void run()
    {
        for (int round = 0; round < kRounds; ++round) {
            for (const NodeSide& side : m_sides)
                align(side, round == 0 ? 0.5 : 1);
        }
    }

private:
    void collect(bool isRight);
    void align(const NodeSide& side, double part);
    void pool(std::span<End> ends);

    [[nodiscard]] int vertexOf(int segment, bool isRight) const
    {
        return isRight ? m_layers.segments[segment].left : m_layers.segments[segment].right;
    }
    [[nodiscard]] double& port(int segment, bool isRight)
    {
        return isRight ? m_ports[segment].left : m_ports[segment].right;
    }

    const Layers& m_layers;
    const std::vector<double>& m_at;
    std::vector<Ports>& m_ports;
    std::vector<NodeSide> m_sides;
    std::vector<End> m_ends;
    struct Pool {
        double sum = 0;
        double count = 0;
    };
    std::vector<Pool> m_pools;
};

/// All ends of the nodes' right sides, or of the left ones.
void PortAligner::collect(bool isRight)
{
    const std::size_t start = m_ends.size();
    for (int i = 0; i < static_cast<int>(m_layers.segments.size()); ++i) {
        if (!m_layers.isDummy(vertexOf(i, isRight)))
            m_ends.push_back({i, port(i, isRight)});
    }
    const auto key = [&](const End& end) {
        return std::pair(vertexOf(end.segment, isRight), m_at[vertexOf(end.segment, !isRight)]);
    };
    std::ranges::sort(std::span(m_ends).subspan(start), {}, key);
    for (std::size_t i = start; i < m_ends.size();) {
        NodeSide side;
        side.vertex = vertexOf(m_ends[i].segment, isRight);
        side.isRight = isRight;
        side.first = i;
        while (i < m_ends.size() && vertexOf(m_ends[i].segment, isRight) == side.vertex)
            ++i;
        side.count = i - side.first;
        side.reach = reachOf(m_layers.vertices[side.vertex]);
        side.gap = gapOf(side.reach, side.count);
        m_sides.push_back(side);
    }
}

/// The nearest to what is wished that has its order, by pooling those that it would turn round.
void PortAligner::pool(std::span<End> ends)
{
    m_pools.clear();
    for (const End& end : ends) {
        m_pools.push_back({end.at, 1});
        while (m_pools.size() > 1) {
            const Pool last = m_pools.back();
            Pool& above = m_pools[m_pools.size() - 2];
            if (above.sum * last.count <= last.sum * above.count)
                break;
            above.sum += last.sum;
            above.count += last.count;
            m_pools.pop_back();
        }
    }
    std::size_t i = 0;
    for (const Pool& pool : m_pools) {
        for (double j = 0; j < pool.count; ++j)
            ends[i++].at = pool.sum / pool.count;
    }
}

void PortAligner::align(const NodeSide& side, double part)
{
    const std::span<End> ends = std::span(m_ends).subspan(side.first, side.count);
    const double drop = m_layers.vertices[side.vertex].drop;
    const double middle = m_at[side.vertex] + drop;
    double slot = 0; // what those above take
    for (End& end : ends) {
        const double here = port(end.segment, side.isRight) - drop;
        const double there = m_at[vertexOf(end.segment, !side.isRight)] + port(end.segment, !side.isRight) - middle;
        end.at = here + (there - here) * part - slot;
        slot += side.gap;
    }
    pool(ends);
    const double lowest = std::max(-side.reach, side.reach - slot + side.gap);
    slot = 0;
    for (const End& end : ends) {
        port(end.segment, side.isRight) = std::clamp(end.at, -side.reach, lowest) + slot + drop;
        slot += side.gap;
    }
}

} // namespace

std::vector<Ports> portsOf(const Layers& layers)
{
    const std::vector<int> places = placesOf(layers);
    std::vector<Ports> ports(layers.segments.size());
    for (const bool isRight : {true, false}) {
        Groups sides = isRight ? segmentsRightOf(layers) : segmentsLeftOf(layers);
        const auto farPlace = [&](int segment) {
            return places[isRight ? layers.segments[segment].right : layers.segments[segment].left];
        };
        for (int vertex = 0; vertex < static_cast<int>(layers.vertices.size()); ++vertex) {
            const auto ends = sides.of(vertex);
            if (layers.isDummy(vertex) || ends.empty())
                continue;
            std::ranges::sort(ends, {}, farPlace);
            const double gap = gapOf(reachOf(layers.vertices[vertex]), ends.size());
            double at = layers.vertices[vertex].drop - gap * static_cast<double>(ends.size() - 1) / 2;
            for (const int segment : ends) {
                (isRight ? ports[segment].left : ports[segment].right) = at;
                at += gap;
            }
        }
    }
    return ports;
}

double portSlack(const Vertex& vertex, std::size_t ends)
{
    if (vertex.node < 0 || ends == 0)
        return 0;
    const double reach = reachOf(vertex);
    return std::max(0.0, reach - gapOf(reach, ends) * static_cast<double>(ends - 1) / 2);
}

void alignPorts(const Layers& layers, const std::vector<double>& at, std::vector<Ports>& ports)
{
    PortAligner(layers, at, ports).run();
}

} // namespace stagelift::layered
