// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/layout.h"

#include "core/layout/labels.h"
#include "core/layout/ordering.h"
#include "core/layout/packing.h"
#include "core/layout/routing.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace stagelift {
namespace {

using namespace layered;

constexpr double kLoop = 30;        // above a node with an edge to itself
constexpr double kLoopWidth = 44;   // between the ends of such an edge
constexpr double kLoopReach = 24;   // of its control points
constexpr double kLanesPerNode = 8; // with more dummies than that, trunks are made before ordering, not after
constexpr std::size_t kKinds = 4;   // of nodes
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// One line of the picture: parallel edges of the graph run as one.
struct Line {
    Link link;
    std::vector<std::size_t> edges;
    double label = 0; // the width of its label; 0 for none
    bool turned = false;

    [[nodiscard]] bool isLoop() const { return link.from == link.to; }
};

class Work {
public:
    Work(const StageGraph& graph, const std::vector<LayoutNode>& nodes, const Layout* previous,
         const LabelRoom& labels);
    [[nodiscard]] Layout result();

private:
    void collectLines(const StageGraph& graph);
    void turnCycles();
    void setKeys();
    struct Piece {
        std::vector<int> nodes; // into m_nodes
        std::vector<int> lines; // into m_lines, without loops
    };
    [[nodiscard]] std::vector<Piece> pieces() const;
    [[nodiscard]] Drawing drawPiece(const Piece& piece);
    [[nodiscard]] Layers orderedLayers(const Piece& piece, const std::vector<Box>& boxes,
                                       const std::vector<Link>& links, const std::vector<int>& ranks) const;
    void keepOrderOf(const Piece& piece, Layers& layers) const;
    void paste(const Piece& piece, Drawing& drawing, Point corner, Layout& layout);
    void addLoops(Layout& layout);

    const std::vector<LayoutNode>& m_nodes;
    const LabelRoom& m_labels;
    std::map<NodeRef, double> m_before; // where the nodes stood
    std::vector<Box> m_boxes;
    std::vector<char> m_hasLoop;
    std::vector<int> m_local; // of a node: its index in the piece that is drawn
    std::vector<Line> m_lines;
    std::vector<std::vector<char>> m_shared; // of the lines' curves
};

Work::Work(const StageGraph& graph, const std::vector<LayoutNode>& nodes, const Layout* previous,
           const LabelRoom& labels)
    : m_nodes(nodes), m_labels(labels), m_hasLoop(nodes.size(), 0), m_local(nodes.size(), 0)
{
    if (previous != nullptr) {
        for (const PlacedNode& node : previous->nodes)
            m_before.emplace(node.ref, node.centre.y);
    }
    collectLines(graph);
    turnCycles();
    setKeys();
    m_shared.resize(m_lines.size());
}

void Work::collectLines(const StageGraph& graph)
{
    std::array<std::vector<int>, kKinds> indices;
    for (int i = 0; i < static_cast<int>(m_nodes.size()); ++i) {
        auto& ofKind = indices[static_cast<std::size_t>(m_nodes[i].ref.kind)];
        ofKind.resize(std::max(ofKind.size(), static_cast<std::size_t>(m_nodes[i].ref.index) + 1), -1);
        ofKind[m_nodes[i].ref.index] = i;
    }
    const auto indexOf = [&](NodeRef ref) {
        const auto& ofKind = indices[static_cast<std::size_t>(ref.kind)];
        return ref.index >= 0 && std::cmp_less(ref.index, ofKind.size()) ? ofKind[ref.index] : -1;
    };
    m_lines.reserve(graph.edges.size());
    std::vector<int> last(m_nodes.size(), -1); // the line out of a node that came last
    std::vector<int> before;                   // of a line: the one out of the same node that came before it
    before.reserve(graph.edges.size());
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        const Edge& edge = graph.edges[i];
        const int from = indexOf(edge.from);
        const int to = indexOf(stageNode(edge.to));
        if (from < 0 || to < 0)
            continue;
        int same = last[from];
        while (same >= 0 && m_lines[same].link.to != to)
            same = before[same];
        if (same < 0) {
            same = static_cast<int>(m_lines.size());
            m_lines.push_back({.link = {from, to}, .edges = {}});
            before.push_back(std::exchange(last[from], same));
        }
        Line& line = m_lines[same];
        line.edges.push_back(i);
        if (edge.kind != EdgeKind::Base)
            line.label = std::max(line.label, i < m_labels.widths.size() ? m_labels.widths[i] : m_labels.most.width);
        if (line.isLoop())
            m_hasLoop[from] = 1;
    }
}

void Work::turnCycles()
{
    std::vector<Link> links;
    std::vector<Line*> lines;
    links.reserve(m_lines.size());
    lines.reserve(m_lines.size());
    for (Line& line : m_lines) {
        if (line.isLoop())
            continue;
        links.push_back(line.link);
        lines.push_back(&line);
    }
    const std::vector<bool> turned = turnedLinks(static_cast<int>(m_nodes.size()), links);
    for (std::size_t i = 0; i < lines.size(); ++i)
        lines[i]->turned = turned[i];
}

/// Stages in their order, images and contexts just ahead of their first use.
void Work::setKeys()
{
    for (const LayoutNode& node : m_nodes) {
        const bool isStage = node.ref.kind == NodeKind::Stage;
        m_boxes.push_back(
            {node.size.width, node.size.height, isStage ? node.ref.index : std::numeric_limits<double>::max(), 0});
    }
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        if (m_hasLoop[i] == 0)
            continue;
        m_boxes[i].height += kLoop;
        m_boxes[i].drop = kLoop / 2;
    }
    for (const Line& line : m_lines) {
        const LayoutNode& from = m_nodes[line.link.from];
        if (from.ref.kind != NodeKind::Stage) {
            double& key = m_boxes[line.link.from].key;
            key = std::min(key, m_boxes[line.link.to].key - 0.5);
        }
    }
}

std::vector<Work::Piece> Work::pieces() const
{
    std::vector<int> parent(m_nodes.size());
    std::iota(parent.begin(), parent.end(), 0);
    const auto root = [&](int node) {
        while (parent[node] != node)
            node = parent[node] = parent[parent[node]];
        return node;
    };
    for (const Line& line : m_lines)
        parent[root(line.link.from)] = root(line.link.to);
    std::vector<int> sorted(m_nodes.size());
    std::iota(sorted.begin(), sorted.end(), 0);
    std::ranges::sort(sorted, {}, [&](int node) { return std::pair(m_boxes[node].key, node); });
    std::vector<int> pieceOf(m_nodes.size(), -1);
    std::vector<Piece> pieces;
    for (const int node : sorted) {
        int& piece = pieceOf[root(node)];
        if (piece < 0) {
            piece = static_cast<int>(pieces.size());
            pieces.emplace_back();
        }
        pieces[piece].nodes.push_back(node);
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (!m_lines[i].isLoop())
            pieces[pieceOf[root(m_lines[i].link.from)]].lines.push_back(static_cast<int>(i));
    }
    return pieces;
}

/// As far as it was before.
void Work::keepOrderOf(const Piece& piece, Layers& layers) const
{
    std::vector<double> places;
    places.reserve(piece.nodes.size());
    for (const int node : piece.nodes) {
        const auto before = m_before.find(m_nodes[node].ref);
        places.push_back(before != m_before.end() ? before->second : kMissing);
    }
    keepOrder(layers, places);
}

Layers Work::orderedLayers(const Piece& piece, const std::vector<Box>& boxes, const std::vector<Link>& links,
                           const std::vector<int>& ranks) const
{
    std::vector<double> lanes;
    lanes.reserve(links.size());
    double dummies = 0;
    for (std::size_t i = 0; i < links.size(); ++i) {
        lanes.push_back(m_lines[piece.lines[i]].label > 0 ? m_labels.most.height : 0);
        dummies += ranks[links[i].to] - ranks[links[i].from] - 1;
    }
    const bool isDense = dummies > kLanesPerNode * static_cast<double>(links.size());
    Layers layers = makeLayers(boxes, links, ranks, lanes, isDense ? Sharing::Trunks : Sharing::None);
    order(layers);
    if (!m_before.empty())
        keepOrderOf(piece, layers);
    if (isDense || dummies == 0)
        return layers;
    return withTrunks(std::move(layers));
}

Drawing Work::drawPiece(const Piece& piece)
{
    std::vector<Box> boxes;
    boxes.reserve(piece.nodes.size());
    for (const int node : piece.nodes) {
        m_local[node] = static_cast<int>(boxes.size());
        boxes.push_back(m_boxes[node]);
    }
    std::vector<Link> links;
    std::vector<double> labels;
    links.reserve(piece.lines.size());
    labels.reserve(piece.lines.size());
    for (const int i : piece.lines) {
        const Line& line = m_lines[i];
        links.push_back({m_local[line.link.from], m_local[line.link.to]});
        if (line.turned)
            std::swap(links.back().from, links.back().to);
        labels.push_back(line.label);
    }
    const std::vector<int> ranks = ranked(static_cast<int>(boxes.size()), links);
    const Layers layers = orderedLayers(piece, boxes, links, ranks);
    std::vector<Ports> ports = portsOf(layers);
    const std::vector<double> heights = placed(layers, ports);
    alignPorts(layers, heights, ports);
    return drawn(layers, boxes, ports, heights, labels);
}

void Work::paste(const Piece& piece, Drawing& drawing, Point corner, Layout& layout)
{
    for (std::size_t i = 0; i < piece.nodes.size(); ++i) {
        const int node = piece.nodes[i];
        layout.nodes[node].centre = {corner.x + drawing.centres[i].x, corner.y + drawing.centres[i].y};
    }
    for (std::size_t i = 0; i < piece.lines.size(); ++i) {
        const Line& line = m_lines[piece.lines[i]];
        RoutedEdge& edge = layout.edges[piece.lines[i]];
        auto& shared = m_shared[piece.lines[i]];
        shared = std::move(drawing.routes[i].shared);
        edge.curve = std::move(drawing.routes[i].curve);
        for (Point& point : edge.curve)
            point = {corner.x + point.x, corner.y + point.y};
        if (line.turned) {
            std::ranges::reverse(edge.curve);
            std::ranges::reverse(shared);
        }
    }
}

void Work::addLoops(Layout& layout)
{
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (!m_lines[i].isLoop())
            continue;
        const PlacedNode& node = layout.nodes[m_lines[i].link.from];
        const double top = node.centre.y - node.size.height / 2;
        const double half = std::min(kLoopWidth, node.size.width / 2) / 2;
        layout.edges[i].curve = {{node.centre.x - half, top},
                                 {node.centre.x - half, top - kLoopReach},
                                 {node.centre.x + half, top - kLoopReach},
                                 {node.centre.x + half, top}};
        m_shared[i] = {0};
    }
}

Layout Work::result()
{
    Layout layout;
    layout.nodes.reserve(m_nodes.size());
    for (const LayoutNode& node : m_nodes)
        layout.nodes.push_back({node.ref, {}, node.size});
    layout.edges.reserve(m_lines.size());
    for (Line& line : m_lines)
        layout.edges.push_back({line.link.from, line.link.to, std::move(line.edges), {}, {}});
    const std::vector<Piece> all = pieces();
    std::vector<Drawing> drawings;
    std::vector<Size> sizes;
    for (const Piece& piece : all) {
        drawings.push_back(drawPiece(piece));
        sizes.push_back(drawings.back().size);
    }
    const Sheet sheet = packed(sizes);
    for (std::size_t i = 0; i < all.size(); ++i)
        paste(all[i], drawings[i], sheet.corners[i], layout);
    addLoops(layout);
    std::vector<bool> labelled(m_lines.size());
    std::ranges::transform(m_lines, labelled.begin(), [](const Line& line) { return line.label > 0; });
    placeLabels(layout, m_shared, labelled, m_labels.most);
    layout.size = sheet.size;
    return layout;
}

} // namespace

const PlacedNode* Layout::find(NodeRef ref) const
{
    const auto found = std::ranges::find(nodes, ref, &PlacedNode::ref);
    return found != nodes.end() ? &*found : nullptr;
}

std::vector<NodeRef> drawnNodes(const StageGraph& graph)
{
    std::vector<NodeRef> nodes;
    const auto add = [&nodes](NodeKind kind, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            nodes.push_back({kind, static_cast<int>(i)});
    };
    add(NodeKind::Stage, graph.stages.size());
    add(NodeKind::Image, graph.images.size());
    add(NodeKind::Context, graph.contexts.size());
    return nodes;
}

Layout layOut(const StageGraph& graph, const std::vector<LayoutNode>& nodes, const Layout* previous,
              const LabelRoom& labels)
{
    return Work(graph, nodes, previous, labels).result();
}

} // namespace stagelift
