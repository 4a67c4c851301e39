// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/references.h"

#include "core/dockerfile/mount.h"
#include "core/edits/names.h"
#include "core/text/characters.h"

#include <algorithm>

namespace stagelift::edits {

namespace {

bool isIndex(std::string_view spec)
{
    return !spec.empty() && std::ranges::all_of(spec, isDigit);
}

Naming namingOf(const Analysis& analysis, const Edge& edge)
{
    if (edge.kind != EdgeKind::Base)
        return edge.kind != EdgeKind::Mount && isIndex(edge.spec) ? Naming::Index : Naming::Name;
    return analysis.source.at(edge.specSpan).contains('$') ? Naming::Variable : Naming::Name;
}

/// The names that an ONBUILD speaks of.
std::vector<Span> namesInOnbuild(const Dockerfile& dockerfile, const Instruction& onbuild)
{
    std::vector<Span> names;
    for (const Flag& flag : acting(onbuild).flags) {
        if (acting(onbuild).keyword == Keyword::Copy && flag.name == "from")
            names.push_back(flag.value.span);
        if (acting(onbuild).keyword != Keyword::Run || flag.name != "mount")
            continue;
        const Mount mount = readMount(dockerfile, flag);
        if (const MountField* from = mount.field("from"))
            names.push_back(from->value.span);
    }
    return names;
}

} // namespace

std::vector<Reference> referencesTo(const Analysis& analysis, int stage)
{
    std::vector<Reference> references;
    const auto isKnown = [&](Span span) { return std::ranges::contains(references, span, &Reference::span); };
    for (const Edge& edge : analysis.graph.edges) {
        if (edge.from == stageNode(stage) && !edge.specSpan.empty() && !isKnown(edge.specSpan))
            references.push_back({edge.specSpan, namingOf(analysis, edge), &edge});
    }
    // An ONBUILD speaks to whatever is built on its stage, here or elsewhere. Where nothing here is, a reader still
    // takes the name for the stage.
    for (const Instruction& instruction : analysis.dockerfile.instructions) {
        if (instruction.keyword != Keyword::Onbuild || !instruction.child)
            continue;
        for (const Span name : namesInOnbuild(analysis.dockerfile, instruction)) {
            const bool resolved = std::ranges::contains(analysis.graph.edges, name, &Edge::specSpan);
            if (!resolved && lastStageNamed(analysis.graph, analysis.source.at(name)) == stage)
                references.push_back({name, Naming::Name, nullptr});
        }
    }
    std::ranges::sort(references, {}, [](const Reference& reference) { return reference.span.begin; });
    return references;
}

const Instruction& acting(const Instruction& instruction)
{
    return instruction.child ? acting(*instruction.child) : instruction;
}

} // namespace stagelift::edits
