// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person would hold against a layout, for the tests of it: nodes on nodes, lines through nodes, labels on nodes,
// crossings. And graphs to lay out: by hand, by chance, and from what BuildKit said of real files.

#pragma once

#include "core/layout/layout.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace stagelift::test {

inline constexpr Size kStageBox{187.2, 72};

/// Stages, images and edges from a line a stage: "build: golang:1.22 base, +src" takes FROM the first, COPYs from those
/// with a plus; what is no stage by then or later is an image.
class GraphMaker {
public:
    GraphMaker& stage(const std::string& name, const std::string& base, const std::vector<std::string>& copies = {})
    {
        Stage stage;
        stage.index = static_cast<int>(m_graph.stages.size());
        stage.name = name;
        stage.baseName = base;
        m_graph.stages.push_back(stage);
        m_pending.push_back({base, stage.index, EdgeKind::Base});
        for (const std::string& copy : copies)
            m_pending.push_back({copy, stage.index, EdgeKind::Copy});
        return *this;
    }
    /// Names are looked up only now, so an edge may point forward.
    [[nodiscard]] StageGraph graph()
    {
        for (const Pending& pending : std::exchange(m_pending, {})) {
            Edge edge;
            edge.from = node(pending.from);
            edge.to = pending.to;
            edge.kind = pending.kind;
            edge.spec = pending.from;
            if (edge.kind != EdgeKind::Base)
                edge.paths = {"/out"};
            if (edge.from.kind != NodeKind::Scratch)
                m_graph.edges.push_back(edge);
        }
        return m_graph;
    }

private:
    [[nodiscard]] NodeRef node(const std::string& name)
    {
        if (name == "scratch")
            return {};
        if (const auto stage = std::ranges::find(m_graph.stages, name, &Stage::name); stage != m_graph.stages.end())
            return stageNode(stage->index);
        if (name == "context") {
            m_graph.contexts = {""};
            return {NodeKind::Context, 0};
        }
        auto image = std::ranges::find(m_graph.images, name);
        if (image == m_graph.images.end())
            image = m_graph.images.insert(image, name);
        return {NodeKind::Image, static_cast<int>(image - m_graph.images.begin())};
    }
    struct Pending {
        std::string from;
        int to = 0;
        EdgeKind kind = EdgeKind::Base;
    };
    StageGraph m_graph;
    std::vector<Pending> m_pending;
};

/// A graph such as people write, of any size: bases near by, copies from further off, a few popular images; with
/// `cycles`, some copies point forward.
inline StageGraph randomGraph(int stages, unsigned seed, bool cycles = false)
{
    std::mt19937 random(seed);
    const auto below = [&random](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
    StageGraph graph;
    const int images = 1 + stages / 8;
    for (int i = 0; i < images; ++i)
        graph.images.push_back("image" + std::to_string(i));
    const auto connect = [&graph](NodeRef from, int to, EdgeKind kind) {
        Edge edge;
        edge.from = from;
        edge.to = to;
        edge.kind = kind;
        graph.edges.push_back(edge);
    };
    for (int to = 0; to < stages; ++to) {
        Stage stage;
        stage.index = to;
        stage.name = "s" + std::to_string(to);
        graph.stages.push_back(stage);
        const bool fromImage = to == 0 || below(3) == 0;
        connect(fromImage ? NodeRef{NodeKind::Image, below(images)} : stageNode(std::max(0, to - 1 - below(12))), to,
                EdgeKind::Base);
        for (int copies = below(3); to > 0 && copies > 0; --copies)
            connect(stageNode(cycles && below(4) == 0 ? below(stages) : std::max(0, to - 1 - below(40))), to,
                    below(5) == 0 ? EdgeKind::Mount : EdgeKind::Copy);
        if (below(4) == 0) {
            graph.contexts = {""};
            connect({NodeKind::Context, 0}, to, EdgeKind::Copy);
        }
    }
    return graph;
}

/// Boxes as the diagram has them: stages of different heights, images and contexts small.
inline std::vector<LayoutNode> unevenNodes(const StageGraph& graph)
{
    std::vector<LayoutNode> nodes;
    for (const NodeRef ref : drawnNodes(graph)) {
        const bool isStage = ref.kind == NodeKind::Stage;
        nodes.push_back(
            {ref, isStage ? Size{180, 56.0 + 22 * (ref.index % 4)} : Size{110.0 + 15 * (ref.index % 3), 34}});
    }
    return nodes;
}

inline std::vector<LayoutNode> evenNodes(const StageGraph& graph)
{
    std::vector<LayoutNode> nodes;
    for (const NodeRef ref : drawnNodes(graph))
        nodes.push_back({ref, kStageBox});
    return nodes;
}

inline bool isInside(Point point, const PlacedNode& node, double margin)
{
    return std::abs(point.x - node.centre.x) < node.size.width / 2 + margin &&
           std::abs(point.y - node.centre.y) < node.size.height / 2 + margin;
}

inline std::string name(const PlacedNode& node)
{
    constexpr const char* kKinds[] = {"stage", "image", "context", "scratch"};
    return kKinds[static_cast<int>(node.ref.kind)] + std::string(" ") + std::to_string(node.ref.index);
}

/// Empty where all is well, else what is wrong first.
inline std::string flaw(const Layout& layout)
{
    constexpr double kNodeMargin = 8; // between nodes
    constexpr double kLineMargin = 4; // between a line and a node that is not its own
    constexpr double kRounding = 0.01;
    const auto& nodes = layout.nodes;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const PlacedNode& a = nodes[i];
        const bool isOn = a.centre.x - a.size.width / 2 > -kRounding && a.centre.y - a.size.height / 2 > -kRounding &&
                          a.centre.x + a.size.width / 2 < layout.size.width + kRounding &&
                          a.centre.y + a.size.height / 2 < layout.size.height + kRounding;
        if (!isOn || !std::isfinite(a.centre.x) || !std::isfinite(a.centre.y))
            return name(a) + " is off the sheet";
        for (std::size_t j = 0; j < i; ++j) {
            const PlacedNode& b = nodes[j];
            if (std::abs(a.centre.x - b.centre.x) < (a.size.width + b.size.width) / 2 + kNodeMargin &&
                std::abs(a.centre.y - b.centre.y) < (a.size.height + b.size.height) / 2 + kNodeMargin)
                return name(a) + " is on " + name(b);
        }
    }
    for (const RoutedEdge& edge : layout.edges) {
        const std::string both = name(nodes[edge.from]) + " -> " + name(nodes[edge.to]);
        if (edge.curve.size() < 4 || edge.curve.size() % 3 != 1)
            return both + " is no curve";
        for (const Point end : {edge.curve.front(), edge.curve.back()}) {
            const PlacedNode& node = nodes[end == edge.curve.front() ? edge.from : edge.to];
            if (!isInside(end, node, kRounding) || isInside(end, node, -kRounding))
                return both + " does not end at the side of its node";
        }
        for (const Point point : flattened(edge.curve, 0.1)) {
            for (int node = 0; node < static_cast<int>(nodes.size()); ++node) {
                const bool isOwn = node == edge.from || node == edge.to;
                if (isInside(point, nodes[node], isOwn ? -kRounding : kLineMargin))
                    return both + " runs over " + name(nodes[node]);
            }
        }
    }
    return {};
}

inline bool crosses(Point a, Point b, Point c, Point d)
{
    const auto turn = [](Point p, Point q, Point r) { return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x); };
    return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

/// Crossings on the curves as drawn, between edges that share no end.
inline int crossings(const Layout& layout)
{
    std::vector<std::vector<Point>> lines;
    lines.reserve(layout.edges.size());
    for (const RoutedEdge& edge : layout.edges)
        lines.push_back(flattened(edge.curve));
    int count = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const RoutedEdge& a = layout.edges[i];
            const RoutedEdge& b = layout.edges[j];
            if (a.from == b.from || a.from == b.to || a.to == b.from || a.to == b.to)
                continue;
            for (std::size_t k = 1; k < lines[i].size(); ++k) {
                for (std::size_t l = 1; l < lines[j].size(); ++l)
                    count += crosses(lines[i][k - 1], lines[i][k], lines[j][l - 1], lines[j][l]) ? 1 : 0;
            }
        }
    }
    return count;
}

/// Of all curves as drawn, in the units of the layout.
inline double edgeLength(const Layout& layout)
{
    double sum = 0;
    for (const RoutedEdge& edge : layout.edges) {
        const std::vector<Point> line = flattened(edge.curve);
        for (std::size_t i = 1; i < line.size(); ++i)
            sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    }
    return sum;
}

struct RealGraph {
    std::string file;
    StageGraph graph;
};

inline StageGraph graphFromJson(const nlohmann::json& json)
{
    StageGraph graph;
    for (const auto& stage : json["stages"]) {
        graph.stages.emplace_back();
        graph.stages.back().index = stage["index"];
        graph.stages.back().name = stage.value("name", "");
    }
    static const std::map<std::string, EdgeKind> kKinds{{"base", EdgeKind::Base},
                                                        {"copy", EdgeKind::Copy},
                                                        {"mount", EdgeKind::Mount},
                                                        {"onbuild-copy", EdgeKind::OnbuildCopy}};
    for (const auto& entry : json["edges"]) {
        Edge edge;
        const auto& from = entry["from"];
        if (from["kind"] == "stage") {
            edge.from = stageNode(from["stage"]);
        } else if (from["kind"] == "image") {
            auto image = std::ranges::find(graph.images, from["image"].get<std::string>());
            if (image == graph.images.end())
                image = graph.images.insert(image, from["image"]);
            edge.from = {NodeKind::Image, static_cast<int>(image - graph.images.begin())};
        }
        edge.to = entry["to"];
        edge.kind = kKinds.at(entry["via"]);
        if (edge.from.kind != NodeKind::Scratch)
            graph.edges.push_back(edge);
    }
    return graph;
}

/// The graphs of real files as BuildKit has them, where the corpus lies beside the sources; else none.
inline std::vector<RealGraph> realGraphs()
{
    std::vector<RealGraph> graphs;
    std::ifstream file(STAGELIFT_SOURCE_DIR "/../shared/corpus/expected/graph.jsonl");
    for (std::string line; std::getline(file, line);) {
        const auto json = nlohmann::json::parse(line);
        if (json.contains("stages") && json.contains("edges"))
            graphs.push_back({json["file"], graphFromJson(json)});
    }
    return graphs;
}

/// What Graphviz's dot made of a real file's graph, in boxes of the same size.
struct GraphvizAnswer {
    int crossings = 0;
    double length = 0; // of the edges, in points
    double area = 0;   // in square points
    double microseconds = 0;
};

/// The graphs that there is an answer of dot for, with it; none where the corpus does not lie beside the sources.
inline std::vector<std::pair<RealGraph, GraphvizAnswer>> graphsWithAnswers()
{
    std::map<std::string, GraphvizAnswer> answers;
    std::ifstream file(STAGELIFT_SOURCE_DIR "/../shared/corpus/expected/dot.jsonl");
    for (std::string line; std::getline(file, line);) {
        const auto json = nlohmann::json::parse(line);
        answers[json["file"]] = {json["crossings"], json["length"], json["area"], json["layout_us"]};
    }
    std::vector<std::pair<RealGraph, GraphvizAnswer>> graphs;
    for (RealGraph& real : realGraphs()) {
        if (const auto answer = answers.find(real.file); answer != answers.end())
            graphs.emplace_back(std::move(real), answer->second);
    }
    return graphs;
}

} // namespace stagelift::test
