// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stage graph of any bytes, with build arguments, named contexts and a platform: every index and every span in it
// is valid, what a target needs is closed, and it can be laid out and reported.

#include "core/artifacts/artifacts.h"
#include "core/dockerfile/parser.h"
#include "core/dockerfile/paths.h"
#include "core/report/dot.h"
#include "core/report/json.h"
#include "core/report/layout_json.h"
#include "core/report/mermaid.h"
#include "core/report/text.h"
#include "tests/core/layout_checks.h"
#include "tests/core/span_properties.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

#include <array>
#include <set>

using namespace stagelift;
using namespace stagelift::fuzz;
using namespace stagelift::test;

namespace {

constexpr std::size_t kMostDrawn = 40;   // nodes: beyond, laying out takes the time of a thousand inputs
constexpr std::size_t kMostTargets = 20; // that are looked at

constexpr std::array kPlatforms{"linux/amd64", "linux/arm64/v8", "windows/amd64", "local", "", "a/b/c/d"};
constexpr std::array kValues{"1.22", "scratch", "0", "", "a b", "$HOME", "linux/arm64", "/x"};

/// Of the arguments, stages and images that the file speaks of, so that they count for something.
BuildOptions optionsFor(const Dockerfile& dockerfile, FuzzedDataProvider& choices)
{
    BuildOptions options;
    options.platform = choices.PickValueInArray(kPlatforms);
    for (const Instruction& instruction : dockerfile.instructions) {
        if (instruction.keyword != Keyword::Arg || choices.remaining_bytes() == 0)
            continue;
        for (const Word& word : instruction.args)
            options.buildArgs.emplace_back(word.text.substr(0, word.text.find('=')), choices.PickValueInArray(kValues));
    }
    if (choices.ConsumeBool())
        return options;
    const StageGraph graph = resolve(dockerfile, options);
    for (const Stage& stage : graph.stages) {
        if (choices.ConsumeBool())
            options.namedContexts.push_back(choices.ConsumeBool() ? stage.name : stage.baseName);
    }
    return options;
}

class Graph {
public:
    Graph(const Dockerfile& dockerfile, const StageGraph& graph)
        : m_dockerfile(dockerfile), m_graph(graph), m_whole(wholeOf(*dockerfile.source))
    {
    }

    void requireSound() const
    {
        requireStages();
        requireEdges();
        requireDistinct(m_graph.images);
        requireDistinct(m_graph.contexts);
        for (const GraphProblem& problem : m_graph.problems) {
            require(!problem.message.empty(), "a problem says what is wrong");
            require(isWithin(problem.span, m_whole), "a problem stands in the text");
            require(areLinesOf(problem.lines, *m_dockerfile.source), "a problem has lines of the text");
        }
        for (std::size_t target = 0; target < std::min(m_graph.stages.size(), kMostTargets); ++target)
            requireClosed(static_cast<int>(target));
        requireClosed(m_graph.defaultTarget());
    }

private:
    [[nodiscard]] bool isNode(NodeRef node) const
    {
        const std::array counts{m_graph.stages.size(), m_graph.images.size(), m_graph.contexts.size(), std::size_t(1)};
        return node.index >= 0 && std::cmp_less(node.index, counts.at(static_cast<std::size_t>(node.kind)));
    }

    void requireStages() const
    {
        std::size_t instruction = m_graph.stages.empty() ? 0 : m_graph.stages.front().firstInstruction;
        std::uint32_t end = 0;
        for (std::size_t index = 0; index < m_graph.stages.size(); ++index) {
            const Stage& stage = m_graph.stages[index];
            require(std::cmp_equal(stage.index, index), "a stage knows its index");
            require(stage.firstInstruction == instruction && stage.endInstruction > instruction &&
                        stage.endInstruction <= m_dockerfile.instructions.size(),
                    "stages follow each other");
            instruction = stage.endInstruction;
            const Instruction& from = m_dockerfile.instructions[stage.firstInstruction];
            require(from.keyword == Keyword::From && from.span.begin == stage.span.begin, "a stage begins with FROM");
            require(end <= stage.span.begin && isWithin(stage.span, m_whole), "stages stand in order");
            end = stage.span.end;
            require(isWithin(stage.nameSpan, from.span) && isWithin(stage.baseWord.span, from.span),
                    "name and base stand in the FROM");
            require(isNode(stage.base), "a base is a node");
            require(stage.base.kind != NodeKind::Stage || stage.base.index < stage.index, "FROM sees what is above");
            require(m_graph.stageAt(stage.span.begin) == stage.index, "a stage is found by its first byte");
            const std::optional<int> found = m_graph.findTarget(stage.name);
            require(found && *found >= stage.index, "a name finds the last stage that has it");
        }
        require(m_graph.stages.empty() || instruction == m_dockerfile.instructions.size(),
                "the last stage goes on to the end");
    }

    void requireEdges() const
    {
        require(std::ranges::is_sorted(m_graph.edges, {}, &Edge::to), "edges stand by stage");
        std::vector<int> bases(m_graph.stages.size());
        for (const Edge& edge : m_graph.edges) {
            require(isNode(edge.from) && isNode(stageNode(edge.to)), "an edge joins nodes");
            require(edge.instruction < m_dockerfile.instructions.size(), "an edge has an instruction");
            const Instruction& instruction = m_dockerfile.instructions[edge.instruction];
            require(edge.span == instruction.span, "an edge has the bytes of its instruction");
            require(isWithin(edge.specSpan, edge.span) || edge.specSpan == Span(), "what it names stands in there");
            require(areLinesOf(edge.lines, *m_dockerfile.source), "an edge has lines of the text");
            require(edge.broken || edge.from.kind != NodeKind::Stage || edge.from.index != edge.to,
                    "a stage that takes from itself is broken");
            const Stage& stage = m_graph.stages[edge.to];
            const bool isInside = stage.firstInstruction <= edge.instruction && edge.instruction < stage.endInstruction;
            require(isInside != edge.isTrigger, "an edge is of its stage, or triggered from outside it");
            if (edge.kind != EdgeKind::Base)
                continue;
            require(edge.from == stage.base, "the edge of a base comes from the base");
            require(++bases[edge.to] == 1, "a stage has one base");
        }
        for (const Stage& stage : m_graph.stages)
            require(bases[stage.index] == (stage.baseWord.text.empty() ? 0 : 1), "a base has its edge");
    }

    static void requireDistinct(std::vector<std::string> names)
    {
        std::ranges::sort(names);
        require(std::ranges::adjacent_find(names) == names.end(), "nodes are distinct");
    }

    /// What a target needs holds the target, and all that its stages need.
    void requireClosed(int target) const
    {
        const std::vector<int> needed = m_graph.reachable(target);
        require(std::ranges::is_sorted(needed, std::less_equal<>()) || needed.size() < 2, "needed stages ascend");
        require(target < 0 ? needed.empty() : std::ranges::contains(needed, target), "a target needs itself");
        for (const Edge& edge : m_graph.edges) {
            if (edge.from.kind == NodeKind::Stage && std::ranges::binary_search(needed, edge.to))
                require(std::ranges::binary_search(needed, edge.from.index), "what is needed is closed");
        }
        require(std::ranges::includes(needed, m_graph.shipped(target)), "what ships is needed");
    }

    const Dockerfile& m_dockerfile;
    const StageGraph& m_graph;
    Span m_whole;
};

void requireArtifacts(const Dockerfile& dockerfile, const StageGraph& graph)
{
    for (std::size_t stage = 0; stage < std::min(graph.stages.size(), kMostTargets); ++stage) {
        std::set<std::string> paths;
        for (const Artifact& artifact : artifacts(dockerfile, graph, static_cast<int>(stage))) {
            require(isAbsolutePath(artifact.path), "an artifact has an absolute path");
            require(paths.insert(artifact.path).second, "no artifact is named twice");
            require(isWithin(artifact.span, wholeOf(*dockerfile.source)), "an artifact comes from the text");
        }
    }
}

void requireReports(const StageGraph& graph)
{
    const int target = graph.defaultTarget();
    requireForTerminal(graphAsText("f", graph, target));
    requireForTerminal(dotText(graph, target));
    requireForTerminal(mermaidText(graph, target));
    if (drawnNodes(graph).size() > kMostDrawn) {
        (void)graphAsJson("f", graph);
        return;
    }
    const Layout layout = plainLayout(graph);
    const std::string flaw = test::flaw(layout);
    require(flaw.empty(), flaw);
    const auto json = layoutJson(layout);
    (void)graphAsJson("f", graph, &json);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    Input input(bytes, size);
    const SourceText source{std::string(input.text)};
    const Dockerfile dockerfile = parse(source);
    const StageGraph graph = resolve(dockerfile, optionsFor(dockerfile, input.choices));
    Graph(dockerfile, graph).requireSound();
    requireArtifacts(dockerfile, graph);
    requireReports(graph);
    return 0;
}
