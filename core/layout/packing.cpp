// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/packing.h"

#include <algorithm>
#include <limits>

namespace stagelift::layered {
namespace {

constexpr double kRowGap = 32;
constexpr double kColumnGap = 56;
constexpr double kAspect = 1.6; // width by height of the place where the diagram is shown
constexpr int kMostColumns = 64;

Sheet inColumns(const std::vector<Size>& pictures, double height)
{
    Sheet sheet;
    Point at;
    double width = 0;
    for (const Size& picture : pictures) {
        if (at.y > 0 && at.y + picture.height > height) {
            at = {at.x + width + kColumnGap, 0};
            width = 0;
        }
        sheet.corners.push_back(at);
        width = std::max(width, picture.width);
        sheet.size.width = std::max(sheet.size.width, at.x + picture.width);
        sheet.size.height = std::max(sheet.size.height, at.y + picture.height);
        at.y += picture.height + kRowGap;
    }
    return sheet;
}

/// The height of the window in which all of it would fit.
double heightNeeded(const Sheet& sheet)
{
    return std::max(sheet.size.height, sheet.size.width / kAspect);
}

} // namespace

Sheet packed(const std::vector<Size>& pictures)
{
    if (pictures.size() == 1)
        return {{{0, 0}}, pictures.front()};
    double whole = 0;
    double tallest = 0;
    for (const Size& picture : pictures) {
        whole += picture.height + kRowGap;
        tallest = std::max(tallest, picture.height);
    }
    Sheet best = inColumns(pictures, whole);
    for (int columns = 2; columns <= kMostColumns; ++columns) {
        Sheet sheet = inColumns(pictures, std::max(tallest, whole / columns));
        if (heightNeeded(sheet) < heightNeeded(best))
            best = std::move(sheet);
    }
    return best;
}

} // namespace stagelift::layered
