// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which lines run through a place, found without looking at all of them.

#pragma once

#include <QPolygonF>
#include <QRectF>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace stagelift::ui {

class LineGrid {
public:
    /// `line` is the number of this one.
    void add(int line, const QPolygonF& points);
    /// How many other lines than `line` run through `place`.
    [[nodiscard]] int crossings(const QRectF& place, int line) const;

private:
    struct Piece {
        int line;
        QPointF from;
        QPointF to;
    };

    std::unordered_map<std::uint64_t, std::vector<Piece>> m_cells;
};

} // namespace stagelift::ui
