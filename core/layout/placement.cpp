// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/placement.h"

#include "core/layout/blocks.h"
#include "core/layout/sifting.h"

#include <algorithm>
#include <array>
#include <limits>

namespace stagelift::layered {
namespace {

constexpr double kPortGap = 10;   // between lines at the side of a node, where it is high enough
constexpr double kPortMargin = 8; // kept free at its corners

void spread(std::vector<int>& segments, const std::vector<int>& farEnds, double height, auto&& set)
{
    std::ranges::stable_sort(segments, {}, [&](int segment) { return farEnds[segment]; });
    const auto count = static_cast<double>(segments.size());
    const double gap = count > 1 ? std::min(kPortGap, std::max(0.0, height - 2 * kPortMargin) / (count - 1)) : 0;
    double at = -gap * (count - 1) / 2;
    for (const int segment : segments) {
        set(segment, at);
        at += gap;
    }
}

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

std::vector<Ports> portsOf(const Layers& layers)
{
    std::vector<int> places(layers.vertices.size());
    for (const auto& column : layers.columns) {
        for (int i = 0; i < static_cast<int>(column.size()); ++i)
            places[column[i]] = i;
    }
    std::vector<std::vector<int>> out(layers.vertices.size());
    std::vector<std::vector<int>> in(layers.vertices.size());
    std::vector<int> leftEnds;
    std::vector<int> rightEnds;
    for (int i = 0; i < static_cast<int>(layers.segments.size()); ++i) {
        const Segment& segment = layers.segments[i];
        out[segment.left].push_back(i);
        in[segment.right].push_back(i);
        leftEnds.push_back(places[segment.left]);
        rightEnds.push_back(places[segment.right]);
    }
    std::vector<Ports> ports(layers.segments.size());
    for (int vertex = 0; vertex < static_cast<int>(layers.vertices.size()); ++vertex) {
        if (layers.isDummy(vertex))
            continue;
        const double drop = layers.vertices[vertex].drop;
        const double height = layers.vertices[vertex].height - 2 * drop;
        spread(out[vertex], rightEnds, height, [&](int segment, double at) { ports[segment].left = drop + at; });
        spread(in[vertex], leftEnds, height, [&](int segment, double at) { ports[segment].right = drop + at; });
    }
    return ports;
}

std::vector<double> placed(const Layers& layers, const std::vector<Ports>& ports)
{
    std::array<std::vector<double>, 4> answers;
    const std::vector<char> conflicts = conflicting(layers);
    for (int i = 0; i < 4; ++i)
        answers[i] = placedFrom(layers, ports, conflicts, i < 2 ? Edge::Top : Edge::Bottom,
                                i % 2 == 0 ? Side::Left : Side::Right);
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
