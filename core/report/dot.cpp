// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/dot.h"

#include "core/layout/layout.h"
#include "core/report/pieces.h"
#include "core/text/characters.h"

#include <array>
#include <format>

namespace stagelift {
namespace {

using namespace report;

constexpr std::string_view kHeader = R"(digraph stages {
    rankdir=LR;
    node [shape=box, style="rounded,filled", fillcolor="#eef3fb", color="#5b6b80", fontname="sans-serif"];
    edge [color="#44546a", fontname="sans-serif", fontsize=10];
)";

// In the order of NodeKind.
constexpr std::array kNodeStyles{
    std::string_view{},
    std::string_view{R"(shape=box, style="filled", fillcolor="#f4f4f4", color="#b0b0b0")"},
    std::string_view{R"(shape=folder, style="filled", fillcolor="#f4f4f4", color="#b0b0b0")"},
    std::string_view{},
};
// In the order of EdgeKind.
constexpr std::array kEdgeStyles{std::string_view{"penwidth=2.4"}, std::string_view{}, std::string_view{"style=dotted"},
                                 std::string_view{"style=dashed"}};
constexpr std::string_view kBroken = R"(color="#c62828", fontcolor="#c62828")";
constexpr std::string_view kDimmedNode = R"(color="#c4c4c4", fontcolor="#767676", fillcolor="#fafafa")";
constexpr std::string_view kDimmedEdge = R"(color="#c4c4c4", fontcolor="#767676")";

/// The inside of a quoted string. A backslash is doubled: alone it would begin one of DOT's own escapes, as `\N`.
std::string escaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        if (isAsciiControl(c))
            result += ' ';
        else
            result += c;
    }
    return result;
}

std::string labelled(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text += (text.empty() ? "" : "\\n") + escaped(line);
    return text.empty() ? text : std::format("label=\"{}\"", text);
}

void add(std::string& attributes, std::string_view more)
{
    if (!more.empty())
        attributes += (attributes.empty() ? "" : ", ") + std::string(more);
}

std::string nodeLine(const StageGraph& graph, NodeRef node, bool isTarget, bool isNeeded)
{
    std::string attributes;
    add(attributes, labelled({graph.label(node) + (isTarget ? " ★" : "")}));
    add(attributes, kNodeStyles[static_cast<std::size_t>(node.kind)]);
    if (isTarget)
        add(attributes, "penwidth=2.4");
    if (!isNeeded)
        add(attributes, kDimmedNode);
    return std::format("    {} [{}];\n", nodeId(node), attributes);
}

std::string edgeLine(const Edge& edge, bool isNeeded)
{
    std::string attributes;
    add(attributes, labelled(edgeLines(edge)));
    add(attributes, kEdgeStyles[static_cast<std::size_t>(edge.kind)]);
    if (edge.broken)
        add(attributes, kBroken);
    else if (!isNeeded)
        add(attributes, kDimmedEdge);
    const std::string ends = std::format("    {} -> {}", nodeId(edge.from), nodeId(stageNode(edge.to)));
    return attributes.empty() ? ends + ";\n" : std::format("{} [{}];\n", ends, attributes);
}

} // namespace

std::string dotText(const StageGraph& graph, int target)
{
    const Needed needed(graph, target);
    std::string text(kHeader);
    for (const NodeRef node : drawnNodes(graph))
        text += nodeLine(graph, node, node == stageNode(target), needed.node(node));
    for (const Edge& edge : graph.edges) {
        if (edge.from.kind != NodeKind::Scratch)
            text += edgeLine(edge, needed.edge(edge));
    }
    return text + "}\n";
}

} // namespace stagelift
