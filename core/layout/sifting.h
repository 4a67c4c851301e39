// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counts crossings, and lessens them by moving one vertex at a time to the best place of its column.

#pragma once

#include "core/layout/layers.h"

#include <limits>
#include <span>
#include <vector>

namespace stagelift::layered {

enum class Side { Left, Right };

struct Neighbour {
    int vertex = 0;
    int weight = 1;
};

class Crossings {
public:
    explicit Crossings(Layers& layers);

    [[nodiscard]] Layers& layers() { return m_layers; }
    [[nodiscard]] const Layers& layers() const { return m_layers; }
    [[nodiscard]] std::span<const Neighbour> neighbours(int vertex, Side side) const;

    /// To be told after a change to the order of a column, or of all.
    void placeColumn(int column);
    void placeAll();

    [[nodiscard]] long count() const;
    /// Between a column and the next; 0 where there is none.
    [[nodiscard]] long countBetween(int column) const;
    /// The middle of the neighbours' places on one side, -1 without neighbours.
    [[nodiscard]] double median(int vertex, Side side);

    /// Vertices with a number here keep their order; NaN for the free ones.
    void hold(std::vector<double> held) { m_held = std::move(held); }
    /// Until no vertex gains by moving within its column, or the work is used up.
    void sift();
    /// The same, where only the columns from `first` on and before `end` have been changed since.
    void siftFrom(int first, int end);
    /// The columns that sifting has changed since this was last asked.
    [[nodiscard]] std::vector<int> takeChanged();

    /// Steps that sifting and counting may take from now on: time that is the same on every machine.
    void allow(long work) { m_work = work; }
    [[nodiscard]] bool isSpent() const { return m_work < 0; }

private:
    struct Lists {
        std::vector<int> first; // of a vertex in `all`, one more at the end
        std::vector<Neighbour> all;
    };
    [[nodiscard]] Lists listsFor(Side side) const;
    struct Place {
        int at = 0;
        int weight = 1;
    };
    [[nodiscard]] bool siftColumn(int column);
    [[nodiscard]] bool siftVertex(int index);
    void gatherPlaces(const std::vector<int>& column);
    void fillGains();
    [[nodiscard]] std::span<const Place> places(int vertex, Side side) const;
    [[nodiscard]] long gain(int upper, int lower) const;
    [[nodiscard]] long gainOf(int upper, int lower) const;
    [[nodiscard]] int bestPlace(int from) const;
    [[nodiscard]] bool mayPass(int upper, int lower) const;

    Layers& m_layers;
    Lists m_left;
    Lists m_right;
    std::vector<int> m_places; // of the vertices, within their columns
    std::vector<double> m_held;
    mutable long m_work = std::numeric_limits<long>::max();
    mutable std::vector<long> m_sums; // for counting
    std::vector<int> m_median;        // for medians
    std::vector<Place> m_sorted[2];   // the neighbours' places, in the order of the lists, ascending for each vertex
    std::vector<char> m_stirred;      // of the columns: since it was sifted, it or a column beside it has changed
    std::vector<char> m_changed;      // of the columns
    std::vector<int> m_column;        // the vertices of the column that is sifted, as they stood at first
    std::vector<int> m_order;         // their indices, as they stand now
    std::vector<int> m_gains;         // for each two of them, empty where there are too many
};

} // namespace stagelift::layered
