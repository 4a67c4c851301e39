// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/layout.h"

#include <algorithm>
#include <cmath>

namespace stagelift {
namespace {

constexpr int kMostPieces = 256; // of one cubic

Point at(const Point* p, double t)
{
    const double s = 1 - t;
    const double a = s * s * s;
    const double b = 3 * s * s * t;
    const double c = 3 * s * t * t;
    const double d = t * t * t;
    return {a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x, a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

/// Chords of n equal steps stay within |second derivative| / (8 n²) of the curve.
int pieces(const Point* p, double tolerance)
{
    const double first = std::hypot(p[0].x - 2 * p[1].x + p[2].x, p[0].y - 2 * p[1].y + p[2].y);
    const double second = std::hypot(p[1].x - 2 * p[2].x + p[3].x, p[1].y - 2 * p[2].y + p[3].y);
    const double bend = 6 * std::max(first, second);
    return std::clamp(static_cast<int>(std::ceil(std::sqrt(bend / (8 * tolerance)))), 1, kMostPieces);
}

} // namespace

std::vector<Point> flattened(const std::vector<Point>& curve, double tolerance)
{
    std::vector<Point> line;
    if (curve.empty())
        return line;
    line.push_back(curve.front());
    for (std::size_t i = 0; i + 3 < curve.size(); i += 3) {
        const int count = pieces(&curve[i], tolerance);
        for (int piece = 1; piece <= count; ++piece)
            line.push_back(piece == count ? curve[i + 3] : at(&curve[i], static_cast<double>(piece) / count));
    }
    return line;
}

} // namespace stagelift
