// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last step of the layered layout: where the columns stand, and the curves between them.
//
// A curve runs level where it passes a column, in the lane that its dummy keeps free, and swings from one height to the
// next in the gap between two columns, where there are no nodes. So it touches none. All swings of a gap have one
// shape, and two of them cross once where their ends change order, and else never.

#pragma once

#include "core/layout/layers.h"
#include "core/layout/layout.h"
#include "core/layout/placement.h"

#include <vector>

namespace stagelift::layered {

struct Route {
    std::vector<Point> curve;
    std::vector<char> shared; // for each piece of the curve: it is the trunk of several links
};

struct Drawing {
    std::vector<Point> centres; // of the boxes
    std::vector<Route> routes;  // of the links, from left to right
    Size size;
};

/// `labels` are the widths that labels of the links want; 0 for none.
[[nodiscard]] Drawing drawn(const Layers& layers, const std::vector<Box>& boxes, const std::vector<Ports>& ports,
                            const std::vector<double>& heights, const std::vector<double>& labels);

} // namespace stagelift::layered
