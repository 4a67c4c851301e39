// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/line_grid.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace stagelift::ui {

namespace {

constexpr double kCell = 128; // scene units

template<typename Visit>
void forEachCell(const QRectF& rect, Visit visit)
{
    const auto cell = [](double at) { return static_cast<std::int32_t>(std::floor(at / kCell)); };
    for (std::int32_t x = cell(rect.left()); x <= cell(rect.right()); ++x)
        for (std::int32_t y = cell(rect.top()); y <= cell(rect.bottom()); ++y)
            visit(static_cast<std::uint64_t>(static_cast<std::uint32_t>(x)) << 32 | static_cast<std::uint32_t>(y));
}

/// By Liang and Barsky (1984): the part of the stretch that is within each side in turn.
bool runsThrough(QPointF from, QPointF to, const QRectF& rect)
{
    double first = 0;
    double last = 1;
    const QPointF step = to - from;
    const auto clip = [&](double along, double room) {
        if (along == 0)
            return room >= 0;
        const double at = room / along;
        if (along < 0)
            first = std::max(first, at);
        else
            last = std::min(last, at);
        return first <= last;
    };
    return clip(-step.x(), from.x() - rect.left()) && clip(step.x(), rect.right() - from.x()) &&
           clip(-step.y(), from.y() - rect.top()) && clip(step.y(), rect.bottom() - from.y());
}

} // namespace

void LineGrid::add(int line, const QPolygonF& points)
{
    for (qsizetype i = 1; i < points.size(); ++i) {
        // A long piece goes into the cells along it, not into all of the rect around it.
        const QPointF whole = points[i] - points[i - 1];
        const int parts = std::max(1, static_cast<int>(std::hypot(whole.x(), whole.y()) / kCell));
        for (int part = 0; part < parts; ++part) {
            const QPointF from = points[i - 1] + whole * part / parts;
            const QPointF to = points[i - 1] + whole * (part + 1) / parts;
            forEachCell(QRectF(from, to).normalized(),
                        [&](std::uint64_t cell) { m_cells[cell].push_back({line, from, to}); });
        }
    }
}

int LineGrid::crossings(const QRectF& place, int line) const
{
    std::set<int> lines;
    forEachCell(place, [&](std::uint64_t cell) {
        const auto pieces = m_cells.find(cell);
        if (pieces == m_cells.end())
            return;
        for (const Piece& piece : pieces->second)
            if (piece.line != line && runsThrough(piece.from, piece.to, place))
                lines.insert(piece.line);
    });
    return static_cast<int>(lines.size());
}

} // namespace stagelift::ui
