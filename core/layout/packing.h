// SPDX-License-Identifier: GPL-3.0-or-later
//
// Puts pictures of any size on one sheet, in their order: below each other, and, where that would grow too tall, in
// further columns to the right, like the columns of a newspaper.

#pragma once

#include "core/layout/layout.h"

#include <vector>

namespace stagelift::layered {

struct Sheet {
    std::vector<Point> corners; // the top left of each picture
    Size size;
};

[[nodiscard]] Sheet packed(const std::vector<Size>& pictures);

} // namespace stagelift::layered
