// SPDX-License-Identifier: GPL-3.0-or-later
//
// An edit that is tried out, and what has to come of it: which stages there are afterwards, and every edge between
// them. For the property tests, over files made up by chance and real ones, and for fuzzing.

#pragma once

#include "core/dockerfile/parser.h"
#include "core/edits/copy_words.h"
#include "core/edits/edits.h"
#include "core/edits/flags.h"
#include "core/edits/references.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>
#include <functional>
#include <memory>

namespace stagelift::test {

/// Parsed and resolved, without the checks, which no edit asks.
inline std::unique_ptr<Analysis> analysisOf(const std::string& text)
{
    auto analysis = std::make_unique<Analysis>(text);
    analysis->dockerfile = parse(analysis->source);
    analysis->graph = resolve(analysis->dockerfile);
    return analysis;
}

using StageMap = std::function<int(int)>; // -1: gone
using EdgeSet = std::function<bool(const Edge&)>;

inline constexpr std::string_view kAnyName = "*";

struct Trial {
    std::string_view what;
    EditOutcome outcome;
    std::vector<std::string> names; // of the stages afterwards; kAnyName for one that the edit makes up
    std::vector<std::string> edges; // afterwards, as lines, sorted
    EdgeSet leftOut;                // what nothing is said of, in the numbers of the text after
    /// What else is wrong with the text after, where the graph does not tell it.
    std::function<std::string(const Analysis&)> also = nullptr;
};

inline std::string nodeLine(const StageGraph& graph, NodeRef node, const StageMap& now)
{
    if (node.kind == NodeKind::Stage)
        return std::format("#{}", now(node.index));
    // The build context may be a source before anything is taken from it, and then is in no list.
    const bool isContext = node.kind == NodeKind::Context && std::cmp_greater_equal(node.index, graph.contexts.size());
    return isContext ? "context" : graph.label(node);
}

inline std::string edgeLine(std::string_view from, int to, EdgeKind kind, std::size_t paths,
                            std::string_view destination)
{
    return std::format("{} -> {} {} {} {}", from, to, static_cast<int>(kind), paths, destination);
}

inline int same(int stage)
{
    return stage;
}

inline bool none(const Edge& /*edge*/)
{
    return false;
}

/// The edges of a graph as lines, as the edit is to change them.
class EdgeLines {
public:
    explicit EdgeLines(const StageGraph& graph, StageMap now = same) : m_graph(graph), m_now(std::move(now)) {}

    EdgeLines& without(const EdgeSet& leftOut)
    {
        m_leftOut.push_back(leftOut);
        return *this;
    }
    EdgeLines& with(std::string line)
    {
        m_more.push_back(std::move(line));
        return *this;
    }
    /// Those of the set as `changed` makes them.
    EdgeLines& with(const EdgeSet& set, const std::function<void(Edge&)>& changed)
    {
        for (const Edge& edge : m_graph.edges) {
            if (!set(edge))
                continue;
            Edge now = edge;
            changed(now);
            m_more.push_back(line(now));
        }
        return without(set);
    }
    [[nodiscard]] std::vector<std::string> sorted() const
    {
        std::vector<std::string> all = m_more;
        for (const Edge& edge : m_graph.edges) {
            if (std::ranges::none_of(m_leftOut, [&](const EdgeSet& set) { return set(edge); }))
                all.push_back(line(edge));
        }
        std::ranges::sort(all);
        return all;
    }

private:
    [[nodiscard]] std::string line(const Edge& edge) const
    {
        return edgeLine(nodeLine(m_graph, edge.from, m_now), m_now(edge.to), edge.kind, edge.paths.size(),
                        edge.destination);
    }

    const StageGraph& m_graph;
    StageMap m_now;
    std::vector<EdgeSet> m_leftOut;
    std::vector<std::string> m_more;
};

inline std::vector<std::string> namesOf(const StageGraph& graph)
{
    std::vector<std::string> names;
    for (const Stage& stage : graph.stages)
        names.push_back(stage.name);
    return names;
}

/// The same, where a stage that is taken from is named if it was not.
inline std::vector<std::string> namesWith(const StageGraph& graph, NodeRef source)
{
    std::vector<std::string> names = namesOf(graph);
    if (source.kind == NodeKind::Stage && names.at(source.index).empty())
        names.at(source.index) = kAnyName;
    return names;
}

/// What ONBUILD brings into a stage along with its base.
inline EdgeSet triggersOf(int stage)
{
    return [stage](const Edge& edge) { return edge.isTrigger && edge.to == stage; };
}

/// Where an ONBUILD is changed, so is what it brings along elsewhere.
inline EdgeSet triggersBeside(const Edge& changed)
{
    return changed.kind == EdgeKind::OnbuildCopy || changed.isTrigger
               ? EdgeSet([](const Edge& edge) { return edge.isTrigger; })
               : EdgeSet(none);
}

inline Trial copyTrial(const Analysis& before, const CopyIntent& intent)
{
    const StageGraph& graph = before.graph;
    EdgeLines edges(graph);
    const bool isByName = !intent.image.empty();
    edges.with(edgeLine(isByName ? intent.image : nodeLine(graph, intent.source, same), intent.target, EdgeKind::Copy,
                        intent.paths.size(), intent.destination));
    return {"copy", copyArtifact(before, intent), isByName ? namesOf(graph) : namesWith(graph, intent.source),
            edges.sorted(), none};
}

inline Trial renameTrial(const Analysis& before, int stage, std::string_view name)
{
    std::vector<std::string> names = namesOf(before.graph);
    names.at(stage) = lowered(name);
    return {"rename", renameStage(before, stage, name), names, EdgeLines(before.graph).sorted(), none};
}

inline Trial moveTrial(const Analysis& before, int stage, bool up)
{
    const int other = up ? stage - 1 : stage + 1;
    std::vector<std::string> names = namesOf(before.graph);
    if (other >= 0 && std::cmp_less(other, names.size()))
        std::swap(names.at(stage), names.at(other));
    const auto now = [=](int index) { return index == stage ? other : index == other ? stage : index; };
    return {"move", moveStage(before, stage, up), names, EdgeLines(before.graph, now).sorted(), none};
}

inline Trial removeStageTrial(const Analysis& before, int stage)
{
    std::vector<std::string> names = namesOf(before.graph);
    names.erase(names.begin() + stage);
    const auto now = [=](int index) { return index == stage ? -1 : index > stage ? index - 1 : index; };
    EdgeLines edges(before.graph, now);
    edges.without([=](const Edge& edge) { return edge.to == stage; });
    return {"remove stage", removeStage(before, stage), names, edges.sorted(), none};
}

/// The line of a base: of a stage above by that name, else of an image, or of scratch.
inline std::string baseLine(const StageGraph& graph, int stage, std::string_view base)
{
    std::string from(base);
    for (int above = 0; above < stage; ++above) {
        if (graph.stages[above].isNamed() && graph.stages[above].name == lowered(base))
            from = std::format("#{}", above);
    }
    return edgeLine(from, stage, EdgeKind::Base, 0, "");
}

inline Trial addStageTrial(const Analysis& before, std::string_view base, std::string_view name)
{
    const int added = static_cast<int>(before.graph.stages.size());
    std::vector<std::string> names = namesOf(before.graph);
    names.push_back(lowered(name));
    EdgeLines edges(before.graph);
    edges.with(baseLine(before.graph, added, base));
    return {"add stage", addStage(before, base, name), names, edges.sorted(), triggersOf(added)};
}

inline Trial changeBaseTrial(const Analysis& before, int stage, std::string_view base)
{
    EdgeLines edges(before.graph);
    edges.without([=](const Edge& edge) { return edge.to == stage && (edge.kind == EdgeKind::Base || edge.isTrigger); })
        .with(baseLine(before.graph, stage, base));
    return {"change base", changeBase(before, stage, base), namesOf(before.graph), edges.sorted(), triggersOf(stage)};
}

inline Trial removeEdgeTrial(const Analysis& before, std::size_t index)
{
    const Edge& removed = before.graph.edges.at(index);
    EdgeLines edges(before.graph);
    edges.without([&](const Edge& edge) { return edits::shareWords(before, removed, edge); });
    return {"remove edge", removeCopy(before, index), namesOf(before.graph), edges.sorted(), none};
}

inline Trial retargetTrial(const Analysis& before, std::size_t index, NodeRef source)
{
    const Edge& changed = before.graph.edges.at(index);
    const bool isBase = changed.kind == EdgeKind::Base;
    const EdgeSet leftOut = isBase ? triggersOf(changed.to) : triggersBeside(changed);
    const auto isIt = [&](const Edge& edge) {
        return isBase ? &edge == &changed : edits::shareWords(before, changed, edge);
    };
    EdgeLines edges(before.graph);
    edges.without(leftOut).with([&](const Edge& edge) { return isIt(edge) && !leftOut(edge); },
                                [source](Edge& edge) { edge.from = source; });
    std::vector<std::string> names = changed.from == source ? namesOf(before.graph) : namesWith(before.graph, source);
    return {"retarget", retargetSource(before, index, source), std::move(names), edges.sorted(), leftOut};
}

/// A line is moved whole: with all mounts of a RUN.
inline Trial moveEdgeTrial(const Analysis& before, std::size_t index, int target)
{
    const Edge& moved = before.graph.edges.at(index);
    const EdgeSet leftOut = triggersBeside(moved);
    EdgeLines edges(before.graph);
    edges.without(leftOut).with(
        [&](const Edge& edge) { return edge.instruction == moved.instruction && !leftOut(edge); },
        [target](Edge& edge) { edge.to = target; });
    return {"move edge", retargetCopy(before, index, target), namesOf(before.graph), edges.sorted(), leftOut};
}

inline Trial destinationTrial(const Analysis& before, std::size_t index, const std::string& destination)
{
    const Edge& changed = before.graph.edges.at(index);
    const Instruction& line = edits::acting(before.dockerfile.instructions.at(changed.instruction));
    const bool isFolder = changed.kind != EdgeKind::Mount && line.args.size() > 2;
    const EdgeSet leftOut = triggersBeside(changed);
    EdgeLines edges(before.graph);
    edges.without(leftOut).with(
        [&](const Edge& edge) { return edits::shareWords(before, changed, edge) && !leftOut(edge); },
        [&](Edge& edge) { edge.destination = isFolder ? edits::asDirectory(destination) : destination; });
    return {"destination", changeDestination(before, index, destination), namesOf(before.graph), edges.sorted(),
            leftOut};
}

inline bool hasMixedEndings(std::string_view text)
{
    const auto feeds = std::ranges::count(text, '\n');
    std::ptrdiff_t pairs = 0;
    for (auto at = text.find("\r\n"); at != text.npos; at = text.find("\r\n", at + 2))
        ++pairs;
    return pairs != 0 && pairs != feeds;
}

/// What is wrong with the text after, whatever the edit was; empty where nothing is.
inline std::string flawOfText(const SourceText& before, const EditResult& result)
{
    TextEdits sorted = result.edits;
    if (!normalise(sorted) || sorted != result.edits)
        return "edits out of order";
    for (const TextEdit& edit : result.edits) {
        if (edit.span.begin > edit.span.end || edit.span.end > before.bytes().size())
            return "edits what is not there";
    }
    const std::string after = applied(before.bytes(), result.edits);
    if (applied(after, inverse(before.bytes(), result.edits)) != before.bytes())
        return "can't be undone";
    if (result.select.begin > result.select.end || result.select.end > after.size())
        return "selects what is not there";
    if (before.lineEnding() == "\r\n" && before.bytes().contains("\r\n") && !hasMixedEndings(before.bytes()) &&
        hasMixedEndings(after))
        return "mixes line endings";
    return {};
}

inline std::string flawOfNames(const std::vector<std::string>& names, const std::vector<std::string>& expected)
{
    if (names.size() != expected.size())
        return std::format("there are {} stages instead of {}", names.size(), expected.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] != expected[i] && (expected[i] != kAnyName || names[i].empty()))
            return std::format("stage {} is called '{}' instead of '{}'", i, names[i], expected[i]);
    }
    return {};
}

inline std::string flawOfEdges(const std::vector<std::string>& edges, const std::vector<std::string>& expected)
{
    if (edges == expected) // both are sorted
        return {};
    std::string difference;
    for (const std::string& line : edges) {
        if (std::ranges::count(edges, line) > std::ranges::count(expected, line))
            difference += std::format("+ {}\n", line);
    }
    for (const std::string& line : expected) {
        if (std::ranges::count(expected, line) > std::ranges::count(edges, line))
            difference += std::format("- {}\n", line);
    }
    return difference.empty() ? difference : "the graph is another:\n" + difference;
}

/// What is wrong with an edit; empty where nothing is, or where it was refused with a reason.
inline std::string flaw(const Analysis& before, const Trial& trial)
{
    if (!trial.outcome) {
        const Refusal& refusal = trial.outcome.error();
        if (refusal.mend.contains("Please report"))
            return "a fault of ours: " + refusal.reason;
        return refusal.reason.empty() ? "refused without a reason" : "";
    }
    std::string wrong = flawOfText(before.source, *trial.outcome);
    if (!wrong.empty())
        return wrong;
    const auto after = analysisOf(applied(before.source.bytes(), trial.outcome->edits));
    if (after->dockerfile.errors.size() > before.dockerfile.errors.size())
        wrong = "brings in: " + after->dockerfile.errors.back().message;
    if (wrong.empty())
        wrong = flawOfNames(namesOf(after->graph), trial.names);
    if (wrong.empty())
        wrong = flawOfEdges(EdgeLines(after->graph).without(trial.leftOut).sorted(), trial.edges);
    if (wrong.empty() && trial.also)
        wrong = trial.also(*after);
    return wrong.empty() ? wrong : std::format("{}\nafter:\n{}", wrong, after->source.bytes());
}

} // namespace stagelift::test
