// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/layers.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace stagelift::layered {
namespace {

int addSegment(Layers& layers, int left, int right)
{
    layers.segments.push_back({left, right, 1});
    return static_cast<int>(layers.segments.size()) - 1;
}

int addDummy(Layers& layers, int column, double height, double key)
{
    layers.vertices.push_back({-1, column, height, key, 0});
    const int vertex = static_cast<int>(layers.vertices.size()) - 1;
    layers.columns[column].push_back(vertex);
    return vertex;
}

/// The trunk of a node: the segment into each column right of it, as far as it has grown.
using Trunk = std::vector<int>;

std::vector<int> pathOf(Layers& layers, const Link& link, double laneHeight, double key)
{
    std::vector<int> path;
    path.reserve(layers.vertices[link.to].column - layers.vertices[link.from].column);
    int at = link.from;
    for (int column = layers.vertices[link.from].column + 1; column < layers.vertices[link.to].column; ++column) {
        const int dummy = addDummy(layers, column, laneHeight, key);
        path.push_back(addSegment(layers, at, dummy));
        at = dummy;
    }
    path.push_back(addSegment(layers, at, link.to));
    return path;
}

std::vector<int> trunkPathOf(Layers& layers, const Link& link, Trunk& trunk, double key)
{
    std::vector<int> path;
    int at = link.from;
    const int first = layers.vertices[link.from].column + 1;
    for (int column = first; column < layers.vertices[link.to].column; ++column) {
        const std::size_t step = column - first;
        if (step < trunk.size())
            ++layers.segments[trunk[step]].weight;
        else
            trunk.push_back(addSegment(layers, at, addDummy(layers, column, 0, key)));
        path.push_back(trunk[step]);
        at = layers.segments[trunk[step]].right;
    }
    path.push_back(addSegment(layers, at, link.to));
    return path;
}

/// For each vertex, the one that takes its place: itself, or the dummy above it that comes from the same vertex.
std::vector<int> mergedVertices(const Layers& layers)
{
    std::vector<int> origin(layers.vertices.size(), -1);
    for (const Segment& segment : layers.segments)
        origin[segment.right] = segment.left;
    std::vector<int> merged(layers.vertices.size());
    for (const auto& column : layers.columns) {
        int above = -1;
        for (const int vertex : column) {
            const bool joins = above >= 0 && layers.isDummy(vertex) && layers.isDummy(above) &&
                               merged[origin[vertex]] == merged[origin[above]];
            merged[vertex] = joins ? merged[above] : vertex;
            above = vertex;
        }
    }
    return merged;
}

/// Copies the vertices that stay, and their columns.
/// @returns where each is in `result`.
std::vector<int> takeVertices(const Layers& layers, const std::vector<int>& merged, Layers& result)
{
    std::vector<int> place(layers.vertices.size(), -1);
    for (int vertex = 0; vertex < static_cast<int>(layers.vertices.size()); ++vertex) {
        if (merged[vertex] != vertex)
            continue;
        place[vertex] = static_cast<int>(result.vertices.size());
        result.vertices.push_back(layers.vertices[vertex]);
    }
    for (const auto& column : layers.columns) {
        auto& kept = result.columns.emplace_back();
        for (const int vertex : column) {
            if (merged[vertex] == vertex)
                kept.push_back(place[vertex]);
            else
                result.vertices[place[merged[vertex]]].height = 0; // a trunk carries no label
        }
    }
    return place;
}

void reserveFor(Layers& layers, const std::vector<Link>& links, const std::vector<int>& ranks)
{
    std::vector<int> population(layers.columns.size(), 0);
    for (const int rank : ranks)
        ++population[rank];
    for (const Link& link : links) {
        for (int column = ranks[link.from] + 1; column < ranks[link.to]; ++column)
            ++population[column];
    }
    std::size_t vertices = 0;
    for (std::size_t column = 0; column < layers.columns.size(); ++column) {
        layers.columns[column].reserve(population[column]);
        vertices += population[column];
    }
    layers.vertices.reserve(vertices);
    layers.segments.reserve(vertices - ranks.size() + links.size());
    layers.paths.reserve(links.size());
}

} // namespace

std::vector<int> placesOf(const Layers& layers)
{
    std::vector<int> places(layers.vertices.size());
    for (const auto& column : layers.columns) {
        for (int i = 0; i < static_cast<int>(column.size()); ++i)
            places[column[i]] = i;
    }
    return places;
}

Layers makeLayers(const std::vector<Box>& boxes, const std::vector<Link>& links, const std::vector<int>& ranks,
                  const std::vector<double>& laneHeights, Sharing sharing)
{
    Layers layers;
    layers.columns.resize(*std::ranges::max_element(ranks) + 1);
    reserveFor(layers, links, ranks);
    for (int node = 0; node < static_cast<int>(boxes.size()); ++node) {
        layers.vertices.push_back({node, ranks[node], boxes[node].height, boxes[node].key, boxes[node].drop});
        layers.columns[ranks[node]].push_back(node);
    }
    std::vector<Trunk> trunks(boxes.size());
    for (std::size_t i = 0; i < links.size(); ++i) {
        const double key = boxes[links[i].to].key;
        layers.paths.push_back(sharing == Sharing::Trunks ? trunkPathOf(layers, links[i], trunks[links[i].from], key)
                                                          : pathOf(layers, links[i], laneHeights[i], key));
    }
    for (auto& column : layers.columns)
        std::ranges::sort(column, {}, [&](int vertex) { return std::pair(layers.vertices[vertex].key, vertex); });
    return layers;
}

Layers withTrunks(Layers layers)
{
    const std::vector<int> merged = mergedVertices(layers);
    const auto isItself = [&](int vertex) { return merged[vertex] == vertex; };
    if (std::ranges::all_of(std::views::iota(0, static_cast<int>(merged.size())), isItself))
        return layers;
    Layers result;
    const std::vector<int> place = takeVertices(layers, merged, result);
    // Into a dummy goes one segment, into a node one for each link.
    std::vector<int> trunkInto(result.vertices.size(), -1);
    std::vector<int> segmentOf;
    for (const Segment& segment : layers.segments) {
        const int left = place[merged[segment.left]];
        const int right = place[merged[segment.right]];
        if (result.isDummy(right) && trunkInto[right] >= 0) {
            segmentOf.push_back(trunkInto[right]);
            result.segments[segmentOf.back()].weight += segment.weight;
            continue;
        }
        segmentOf.push_back(static_cast<int>(result.segments.size()));
        result.segments.push_back({left, right, segment.weight});
        if (result.isDummy(right))
            trunkInto[right] = segmentOf.back();
    }
    result.paths = layers.paths;
    for (auto& path : result.paths) {
        for (int& segment : path)
            segment = segmentOf[segment];
    }
    return result;
}

} // namespace stagelift::layered
