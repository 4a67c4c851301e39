// SPDX-License-Identifier: GPL-3.0-or-later
//
// Straight runs of vertices across the columns, and how they are pushed together: the parts of `placement.h`.

#pragma once

#include "core/layout/placement.h"
#include "core/layout/sifting.h"

#include <span>
#include <vector>

namespace stagelift::layered {

enum class Edge { Top, Bottom };

/// The least distance of two neighbours' centres in a column.
[[nodiscard]] double separation(const Layers& layers, int upper, int lower);

/// Finds one answer after the other. The layers and the ports must outlive it.
class BlockPlacer {
public:
    BlockPlacer(const Layers& layers, const std::vector<Ports>& ports);

    /// One of the four answers: aligned with the neighbours on `side`, of two medians with the one nearer to `edge`,
    /// and pushed together towards `edge`.
    [[nodiscard]] std::vector<double> placedFrom(Edge edge, Side side);

private:
    struct Step { // from a block to one next below it
        int from = 0;
        int to = 0;
        double distance = 0;
    };
    void findConflicts();
    [[nodiscard]] int other(int segment) const;
    void align();
    void alignVertex(int vertex, std::span<const int> segments, int& bound);
    void join(int vertex, int segment);
    void collectSteps();
    void pushUp();
    void pushDown();

    const Layers& m_layers;
    const std::vector<Ports>& m_ports;
    std::vector<int> m_places; // of the vertices, in their columns
    Groups m_right;            // the segments of a vertex, in the order of their other ends
    Groups m_left;
    std::vector<char> m_conflicts; // of the segments: it crosses one between two dummies and has to give way
    Edge m_edge = Edge::Top;
    Side m_side = Side::Left;
    std::vector<int> m_root;     // of a vertex: the first of its block
    std::vector<double> m_shift; // of a vertex against its root
    std::vector<char> m_taken;
    std::vector<Step> m_found;
    std::vector<Step> m_steps; // all of a block together, the blocks from the top
    std::vector<int> m_waiting;
    std::vector<int> m_sorted;
    std::vector<double> m_at; // of the blocks
    std::vector<double> m_room;
};

/// Lets what stands straight in a row slide towards its neighbours, as far as there is room.
void relax(const Layers& layers, const std::vector<Ports>& ports, std::vector<double>& at);

} // namespace stagelift::layered
