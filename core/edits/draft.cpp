// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/draft.h"

#include "core/dockerfile/parser.h"
#include "core/edits/expanded_words.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>
#include <ranges>

namespace stagelift::edits {

namespace {

/// The text after, read for comparison: without the build arguments of the day, as the text before is then too.
struct Reading {
    Reading(std::string text, const BuildOptions& options)
        : source(std::move(text)), dockerfile(parse(source)), graph(resolve(dockerfile, options))
    {
    }

    SourceText source;
    Dockerfile dockerfile;
    StageGraph graph;
};

/// The build context may be a source before anything is taken from it, and then is in no list.
std::string_view contextName(const StageGraph& graph, NodeRef node)
{
    return std::cmp_less(node.index, graph.contexts.size()) ? std::string_view(graph.contexts[node.index]) : "";
}

std::string imageKey(std::string_view image)
{
    return std::format("image {}", image);
}

std::string nodeKey(const StageGraph& graph, NodeRef node, const std::vector<int>& stages)
{
    if (node.kind == NodeKind::Context)
        return std::format("context {}", contextName(graph, node));
    if (node.kind != NodeKind::Stage)
        return node.kind == NodeKind::Image ? imageKey(graph.label(node)) : "scratch";
    return std::format("stage {}", stages.empty() ? node.index : stages[node.index]);
}

/// Whether a node of the text before is one of the text after.
bool isSameNode(const StageGraph& before, NodeRef old, const StageGraph& after, NodeRef now,
                const std::vector<int>& stages)
{
    if (old.kind != now.kind)
        return false;
    switch (old.kind) {
    case NodeKind::Stage:
        return now.index == (stages.empty() ? old.index : stages[old.index]);
    case NodeKind::Context:
        return contextName(before, old) == contextName(after, now);
    case NodeKind::Image:
        return before.images[old.index] == after.images[now.index];
    case NodeKind::Scratch:
        break;
    }
    return true;
}

std::string nodeInWords(const StageGraph& graph, NodeRef node)
{
    switch (node.kind) {
    case NodeKind::Stage:
        return graph.stages[node.index].isNamed() ? std::format("stage \"{}\"", graph.label(node)) : graph.label(node);
    case NodeKind::Image:
        return std::format("the image \"{}\"", graph.label(node));
    case NodeKind::Context: {
        const std::string_view name = contextName(graph, node);
        return name.empty() ? "the build context" : std::format("the context \"{}\"", name);
    }
    case NodeKind::Scratch:
        break;
    }
    return "scratch";
}

/// The first syntax error that was not there before.
std::optional<std::string> newSyntaxError(const Dockerfile& before, const Dockerfile& after)
{
    const auto known = [&](const SyntaxError& error) {
        const auto same = [&](const SyntaxError& other) { return other.message == error.message; };
        return std::ranges::count_if(before.errors, same) >= std::ranges::count_if(after.errors, same);
    };
    const auto unknown = std::ranges::find_if_not(after.errors, known);
    return unknown == after.errors.end() ? std::nullopt : std::optional(fullMessage(*unknown));
}

/// What BuildKit says against the new graph and did not say against the old one.
std::optional<std::string> newProblem(const StageGraph& before, const StageGraph& after, bool mayRepeat)
{
    const auto broken = [](const StageGraph& graph) { return std::ranges::count_if(graph.edges, &Edge::broken); };
    if (after.problems.size() <= before.problems.size() && broken(after) <= broken(before))
        return std::nullopt;
    for (const GraphProblem& problem : after.problems) {
        if (!std::ranges::contains(before.problems, problem.message, &GraphProblem::message))
            return problem.message;
    }
    if (mayRepeat && broken(after) <= broken(before))
        return std::nullopt;
    return after.problems.empty() ? "The stages would need each other in a circle" : after.problems.back().message;
}

/// The edges of the text after, each to be found once. Of a text that hardly changes the next one is mostly the next.
class EdgesAfter {
public:
    explicit EdgesAfter(const StageGraph& graph) : m_edges(graph.edges), m_isFound(graph.edges.size()) {}

    [[nodiscard]] const Edge* find(const std::function<bool(const Edge&)>& isIt)
    {
        for (std::size_t step = 0; step < m_edges.size(); ++step) {
            const std::size_t at = (m_next + step) % m_edges.size();
            if (m_isFound[at] || !isIt(m_edges[at]))
                continue;
            m_isFound[at] = true;
            m_next = at + 1;
            return &m_edges[at];
        }
        return nullptr;
    }

private:
    const std::vector<Edge>& m_edges;
    std::vector<bool> m_isFound;
    std::size_t m_next = 0;
};

/// The stages that an edge has to end at afterwards.
std::vector<int> endsOf(const Edge& edge, const Intended& intended)
{
    if (intended.changes(edge) || (!intended.stages.empty() && intended.stages[edge.to] < 0))
        return {};
    std::vector<int> ends = intended.ends(edge);
    if (ends.empty())
        ends.push_back(intended.stages.empty() ? edge.to : intended.stages[edge.to]);
    return ends;
}

/// The first edge that would take from elsewhere than before, without being meant to.
std::optional<std::string> newMeaning(const StageGraph& before, const StageGraph& after, const Intended& intended)
{
    EdgesAfter now(after);
    std::vector<std::pair<const Edge*, int>> lost;
    const auto doesAs = [](const Edge& edge, const Edge& old, int end) {
        return edge.to == end && edge.kind == old.kind && edge.destination == old.destination &&
               edge.paths == old.paths;
    };
    for (const Edge& old : before.edges) {
        for (const int end : endsOf(old, intended)) {
            const auto same = [&](const Edge& edge) {
                return doesAs(edge, old, end) && isSameNode(before, old.from, after, edge.from, intended.stages);
            };
            if (now.find(same) == nullptr)
                lost.emplace_back(&old, end);
        }
    }
    if (lost.empty())
        return std::nullopt;
    const Edge& old = *lost.front().first;
    const int end = lost.front().second;
    const Edge* instead = now.find([&](const Edge& edge) { return doesAs(edge, old, end); });
    return std::format("Line {} would take from {} instead of {}", old.lines.first,
                       instead == nullptr ? "elsewhere" : nodeInWords(after, instead->from),
                       nodeInWords(before, old.from));
}

/// Parser directives count at the top of a file only: taking out what stands above a comment can make it one.
std::optional<Refusal> newDirective(const Dockerfile& before, const Dockerfile& after)
{
    const auto isKnown = [&](const Directive& directive) {
        return std::ranges::any_of(before.directives, [&](const Directive& other) {
            return other.name == directive.name && other.value.text == directive.value.text;
        });
    };
    const auto unknown = std::ranges::find_if_not(after.directives, isKnown);
    if (unknown == after.directives.end())
        return std::nullopt;
    return Refusal{
        std::format("The comment \"{}\" would be read as a parser directive", after.source->at(unknown->span)),
        "Take out that comment, or write an empty line at the top of the file first."};
}

/// Fewer or more stages than are meant: lines have run into each other.
std::optional<Refusal> strayStages(const Dockerfile& dockerfile, const StageGraph& after, const Intended& intended)
{
    if (!intended.stageCount || after.stages.size() == *intended.stageCount)
        return std::nullopt;
    if (after.stages.size() > *intended.stageCount)
        return Refusal{"A line would be read as a stage of its own", intended.mend};
    return Refusal{"A stage would be read as part of the line above it",
                   std::format("Take the {} off the end of that line, or close its heredoc first.", dockerfile.escape)};
}

/// Whether a heredoc is open that a place would end for us alone: BuildKit would read on.
bool isOpenAt(const Dockerfile& after, const Instruction& instruction, std::uint32_t offset)
{
    const std::uint32_t line = instruction.lines.last + 1;
    return std::ranges::contains(after.resumed, line) && after.source->fullLineSpan(line).touches(offset);
}

/// An instruction above the new line that goes on into it, or the new one that goes on into the line below.
std::optional<Refusal> swallowedLine(const Dockerfile& after, Span line, Span selection)
{
    for (const Instruction& instruction : after.instructions) {
        const bool isAbove = instruction.span.begin < line.begin;
        const bool goesOn =
            isAbove ? selection.begin < instruction.span.end || isOpenAt(after, instruction, selection.begin)
                    : instruction.span.begin < line.end && line.end < instruction.span.end;
        if (!goesOn)
            continue;
        return Refusal{isAbove ? "The new line would be read as part of the line above it"
                               : "The line below would be read as part of the new line",
                       instruction.heredocs.empty()
                           ? std::format("Take the {} off the end of that line first.", after.escape)
                           : "Close the heredoc of that line first."};
    }
    return std::nullopt;
}

Refusal refusalOfStray(const StageGraph& before, const StageGraph& after, const Edge* stray, const Intended& intended)
{
    const Intended::Landing& landing = *intended.landing;
    const std::string wanted =
        landing.image.empty() ? nodeInWords(before, landing.from) : std::format("the image \"{}\"", landing.image);
    if (stray == nullptr)
        return {std::format("The line would take nothing from {}", wanted), intended.mend};
    const bool isImage = !landing.image.empty() || landing.from.kind != NodeKind::Stage;
    const bool isCaptured = stray->from.kind == NodeKind::Stage && isImage;
    return {std::format("The line would take from {} instead of {}", nodeInWords(after, stray->from), wanted),
            isCaptured ? "Give the stage of that name another one first." : intended.mend};
}

/// Why the edge that holds the selection does not end where it is meant to.
std::optional<Refusal> strayLanding(const StageGraph& before, const StageGraph& after, Span selection,
                                    const Intended& intended)
{
    if (!intended.landing)
        return std::nullopt;
    const auto& [from, to, destination, image] = *intended.landing;
    const std::string wanted = image.empty() ? nodeKey(before, from, intended.stages) : imageKey(image);
    const Edge* stray = nullptr;
    const Edge* misplaced = nullptr;
    for (const Edge& edge : after.edges) {
        if (!edge.span.touches(selection.begin))
            continue;
        const bool isTied =
            nodeKey(after, edge.from, {}) == wanted && edge.to == (intended.stages.empty() ? to : intended.stages[to]);
        if (isTied && (!destination || edge.destination == *destination))
            return std::nullopt;
        (isTied ? misplaced : stray) = &edge;
    }
    if (misplaced == nullptr)
        return refusalOfStray(before, after, stray, intended);
    return Refusal{std::format("The destination would be read as {} instead of {}", quoted(misplaced->destination),
                               quoted(*destination)),
                   intended.mend};
}

/// What speaks against the text after, the gravest first.
std::optional<Refusal> objection(const Dockerfile& before, const StageGraph& graphBefore, const Reading& after,
                                 const Intended& intended)
{
    if (auto directive = newDirective(before, after.dockerfile))
        return directive;
    if (auto error = newSyntaxError(before, after.dockerfile))
        return Refusal{std::move(*error), intended.mend};
    if (auto problem = newProblem(graphBefore, after.graph, intended.repeatsProblems))
        return Refusal{std::move(*problem), intended.mend};
    if (auto stray = strayStages(after.dockerfile, after.graph, intended))
        return stray;
    if (auto meaning = newMeaning(graphBefore, after.graph, intended))
        return Refusal{std::move(*meaning), intended.mend};
    return newWordProblem(before, graphBefore, after.dockerfile, after.graph);
}

} // namespace

void Draft::select(Span partOfText)
{
    m_selectedEdit = m_edits.size() - 1;
    m_selectedPart = partOfText;
}

std::uint32_t Draft::selectedBegin() const
{
    const TextEdit& selected = m_edits[m_selectedEdit];
    std::int64_t begin = selected.span.begin;
    for (std::size_t index = 0; index < m_edits.size(); ++index) {
        const TextEdit& edit = m_edits[index];
        const bool ahead = edit.span.begin < selected.span.begin ||
                           (edit.span.begin == selected.span.begin && index < m_selectedEdit && edit.span.empty());
        if (ahead)
            begin += static_cast<std::int64_t>(edit.text.size()) - static_cast<std::int64_t>(edit.span.size());
    }
    return static_cast<std::uint32_t>(begin);
}

EditOutcome Draft::settled(const Intended& intended) const
{
    if (m_edits.empty())
        return EditResult{};
    const std::uint32_t begin = selectedBegin();
    const Span line{begin, begin + static_cast<std::uint32_t>(m_edits[m_selectedEdit].text.size())};
    EditResult result{m_edits, {begin + m_selectedPart.begin, begin + m_selectedPart.end}};
    if (!normalise(result.edits))
        return std::unexpected(Refusal{"The edits run into each other", "Please report this Dockerfile."});

    BuildOptions options;
    std::ranges::copy_if(m_before.graph.contexts, std::back_inserter(options.namedContexts),
                         [](const std::string& name) { return !name.empty(); });
    // Most texts are read so already.
    const bool isAlike = m_before.build.buildArgs.empty() && m_before.build.platform == options.platform;
    const std::optional<StageGraph> read =
        isAlike ? std::nullopt : std::optional(resolve(m_before.dockerfile, options));
    const StageGraph& before = read ? *read : m_before.graph;
    const Reading after(applied(m_before.source.bytes(), result.edits), options);
    std::optional<Refusal> refusal;
    if (intended.isOwnLine)
        refusal = swallowedLine(after.dockerfile, line, result.select);
    if (!refusal)
        refusal = objection(m_before.dockerfile, before, after, intended);
    if (!refusal)
        refusal = strayLanding(m_before.graph, after.graph, result.select, intended);
    if (!refusal && intended.objection)
        refusal = intended.objection(after.dockerfile, after.graph);
    if (refusal)
        return std::unexpected(std::move(*refusal));
    return result;
}

} // namespace stagelift::edits
