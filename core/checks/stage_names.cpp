// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks on the names of build stages.

#include "core/checks/rules.h"
#include "core/text/characters.h"
#include "core/text/nearest.h"

#include <algorithm>
#include <array>
#include <format>
#include <unordered_set>

namespace stagelift {

namespace {

/// A name in the lower case wherever it stands: in its FROM and in what refers to it in other letters.
TextEdits nameEverywhere(const Subject& subject, const Stage& stage)
{
    TextEdits edits{{stage.nameSpan, stage.name}};
    for (const Edge& edge : subject.graph.edges) {
        const bool refersByName = edge.from == stageNode(stage.index) && equalFolded(edge.spec, stage.name);
        if (refersByName && subject.dockerfile.source->at(edge.specSpan) != stage.name)
            edits.push_back({edge.specSpan, stage.name});
    }
    // Two stages can be built on one ONBUILD, which is written but once.
    static_cast<void>(normalise(edits));
    const auto repeated = std::ranges::unique(edits);
    edits.erase(repeated.begin(), repeated.end());
    return edits;
}

bool isLower(std::string_view text)
{
    return text == lowered(text);
}

bool isUpper(std::string_view text)
{
    return text == uppered(text);
}

} // namespace

void stageNameCasing(const Subject& subject, Report& report)
{
    for (const Stage& stage : subject.graph.stages) {
        if (subject.from(stage).args.size() != 3 || stage.name == stage.writtenName)
            continue;
        report
            .add(subject.from(stage), stage.nameSpan,
                 std::format("Stage name '{}' should be lowercase", stage.writtenName))
            .fix("Make it lowercase", nameEverywhere(subject, stage));
    }
}

void fromAsCasing(const Subject& subject, Report& report)
{
    for (const Stage& stage : subject.graph.stages) {
        const Instruction& from = subject.from(stage);
        if (from.args.size() < 3)
            continue;
        const std::string_view keyword = from.keywordWord.text;
        const Word& as = from.args[1];
        // A FROM in mixed case is another check's.
        const bool matches = isLower(keyword) ? isLower(as.text) : !isUpper(keyword) || isUpper(as.text);
        if (matches)
            continue;
        report.add(from, as.span, std::format("'{}' and '{}' keywords' casing do not match", as.text, keyword))
            .fix("Match the case", {{as.span, isLower(keyword) ? lowered(as.text) : uppered(as.text)}});
    }
}

void duplicateStageName(const Subject& subject, Report& report)
{
    std::unordered_set<std::string_view> names;
    for (const Stage& stage : subject.graph.stages) {
        if (!stage.isNamed() || names.insert(stage.name).second)
            continue;
        report.add(subject.from(stage), stage.nameSpan,
                   std::format("Duplicate stage name {}, stage names should be unique", quoted(stage.name)));
    }
}

void reservedStageName(const Subject& subject, Report& report)
{
    constexpr std::array<std::string_view, 2> kReserved{"context", "scratch"};
    for (const Stage& stage : subject.graph.stages) {
        if (std::ranges::find(kReserved, stage.name) == kReserved.end())
            continue;
        report.add(subject.from(stage), stage.nameSpan,
                   std::format("Stage name should not use the same name as reserved stage {}", quoted(stage.name)));
    }
}

/// BuildKit takes any name that is no stage's for an image's, without a word.
void mistypedStageName(const Subject& subject, Report& report)
{
    constexpr std::size_t kShortestName = 4; // anything is near to a shorter one
    std::vector<std::string_view> names;
    for (const Stage& stage : subject.graph.stages) {
        if (stage.name.size() >= kShortestName)
            names.push_back(stage.name);
    }
    for (const Edge& edge : subject.graph.edges) {
        const bool isBareName =
            edge.from.kind == NodeKind::Image && edge.spec.find_first_of(":/@$.") == std::string::npos;
        if (names.empty() || edge.kind == EdgeKind::Base || edge.isTrigger || !isBareName)
            continue;
        const std::string name = nearest(lowered(edge.spec), names);
        if (name.empty())
            continue;
        report
            .add(edge.lines, edge.specSpan,
                 std::format("No stage is called {}, so that it is pulled as an image{}", quoted(edge.spec),
                             didYouMean(name)))
            .fix(std::format("Change it to {}", name), {{edge.specSpan, name}});
    }
}

} // namespace stagelift
