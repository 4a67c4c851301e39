// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/mermaid.h"

#include "core/layout/layout.h"
#include "core/report/pieces.h"
#include "core/text/characters.h"

#include <array>
#include <format>

namespace stagelift {
namespace {

using namespace report;

constexpr std::string_view kClasses = R"(    classDef image fill:#f4f4f4,stroke:#b0b0b0,color:#333333
    classDef context fill:#f4f4f4,stroke:#b0b0b0,color:#333333
    classDef target stroke-width:3px
    classDef dimmed fill:#fafafa,stroke:#c4c4c4,color:#767676
)";

struct Brackets {
    std::string_view open;
    std::string_view close;
};
// In the order of NodeKind: round, plain, slanted.
constexpr std::array kShapes{Brackets{"(", ")"}, Brackets{"[", "]"}, Brackets{"[/", "/]"}, Brackets{"[", "]"}};
// In the order of EdgeKind. Mermaid has no dashes between plain and dotted; the label tells the two apart.
constexpr std::array<std::string_view, 4> kArrows{"==>", "-->", "-.->", "-.->"};

/// Mermaid reads labels as Markdown and HTML with entities of its own, `#quot;` and `#35;` (its syntax reference).
std::string escaped(std::string_view text)
{
    static constexpr std::string_view kSpecial = "\"#&<>`*~\\|;%$";
    std::string result;
    for (const char c : text) {
        if (isAsciiControl(c))
            result += ' ';
        else if (kSpecial.contains(c))
            result += std::format("#{};", static_cast<int>(c));
        else
            result += c;
    }
    return result;
}

std::string nodeLine(const StageGraph& graph, NodeRef node, bool isTarget)
{
    const Brackets& brackets = kShapes[static_cast<std::size_t>(node.kind)];
    const std::string label = escaped(graph.label(node)) + (isTarget ? " ★" : "");
    return std::format("    {}{}\"{}\"{}\n", nodeId(node), brackets.open, label, brackets.close);
}

std::string edgeLine(const Edge& edge)
{
    std::string label;
    for (const std::string& line : edgeLines(edge))
        label += (label.empty() ? "" : "<br/>") + escaped(line);
    const std::string_view arrow = kArrows[static_cast<std::size_t>(edge.kind)];
    return std::format("    {} {}{} {}\n", nodeId(edge.from), arrow, label.empty() ? "" : "|\"" + label + "\"|",
                       nodeId(stageNode(edge.to)));
}

void addClass(std::string& text, std::string_view name, const std::vector<std::string>& ids)
{
    if (ids.empty())
        return;
    std::string list;
    for (const std::string& id : ids)
        list += (list.empty() ? "" : ",") + id;
    text += std::format("    class {} {}\n", list, name);
}

std::string classLines(const StageGraph& graph, int target, const Needed& needed)
{
    std::vector<std::string> images;
    std::vector<std::string> contexts;
    std::vector<std::string> dimmed;
    for (const NodeRef node : drawnNodes(graph)) {
        if (node.kind == NodeKind::Image)
            images.push_back(nodeId(node));
        if (node.kind == NodeKind::Context)
            contexts.push_back(nodeId(node));
        if (!needed.node(node))
            dimmed.push_back(nodeId(node));
    }
    std::string text(kClasses);
    addClass(text, "image", images);
    addClass(text, "context", contexts);
    if (target >= 0 && target < static_cast<int>(graph.stages.size()))
        addClass(text, "target", {nodeId(stageNode(target))});
    addClass(text, "dimmed", dimmed);
    return text;
}

} // namespace

std::string mermaidText(const StageGraph& graph, int target)
{
    const Needed needed(graph, target);
    std::string text = "flowchart LR\n";
    for (const NodeRef node : drawnNodes(graph))
        text += nodeLine(graph, node, node == stageNode(target));
    std::string dimmed;
    int index = 0;
    for (const Edge& edge : graph.edges) {
        if (edge.from.kind == NodeKind::Scratch)
            continue;
        text += edgeLine(edge);
        if (edge.broken)
            text += std::format("    linkStyle {} stroke:#c62828,color:#c62828\n", index);
        else if (!needed.edge(edge))
            dimmed += (dimmed.empty() ? "" : ",") + std::to_string(index);
        ++index;
    }
    if (!dimmed.empty())
        text += std::format("    linkStyle {} stroke:#c4c4c4,color:#767676\n", dimmed);
    return text + classLines(graph, target, needed);
}

} // namespace stagelift
