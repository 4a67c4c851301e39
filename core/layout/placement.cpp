// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/placement.h"

#include "core/layout/blocks.h"

#include <algorithm>
#include <array>
#include <limits>

namespace stagelift::layered {
namespace {

/// The two middle ones of four answers, all moved so that they cover the same height as the flattest.
std::vector<double> balanced(std::array<std::vector<double>, 4>& answers)
{
    std::array<double, 4> low{};
    std::array<double, 4> high{};
    int flattest = 0;
    for (int i = 0; i < 4; ++i) {
        const auto [least, most] = std::ranges::minmax(answers[i]);
        low[i] = least;
        high[i] = most;
        if (high[i] - low[i] < high[flattest] - low[flattest])
            flattest = i;
    }
    std::vector<double> result(answers[0].size());
    for (std::size_t vertex = 0; vertex < result.size(); ++vertex) {
        std::array<double, 4> at{};
        for (int i = 0; i < 4; ++i) {
            const bool fromTop = i < 2;
            at[i] = answers[i][vertex] + (fromTop ? low[flattest] - low[i] : high[flattest] - high[i]);
        }
        std::ranges::sort(at);
        result[vertex] = (at[1] + at[2]) / 2;
    }
    return result;
}

} // namespace

std::vector<double> placed(const Layers& layers, const std::vector<Ports>& ports)
{
    std::array<std::vector<double>, 4> answers;
    BlockPlacer placer(layers, ports);
    for (int i = 0; i < 4; ++i)
        answers[i] = placer.placedFrom(i < 2 ? Edge::Top : Edge::Bottom, i % 2 == 0 ? Side::Left : Side::Right);
    std::vector<double> at = balanced(answers);
    relax(layers, ports, at);
    double top = std::numeric_limits<double>::max();
    for (std::size_t vertex = 0; vertex < at.size(); ++vertex)
        top = std::min(top, at[vertex] - layers.vertices[vertex].height / 2);
    for (double& y : at)
        y -= top;
    return at;
}

} // namespace stagelift::layered
