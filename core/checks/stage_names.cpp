// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks on the names of build stages.

#include "core/stages/stage_names.h"

#include "core/checks/mends.h"
#include "core/checks/rules.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>
#include <unordered_set>

namespace stagelift {

void stageNameCasing(const Subject& subject, Report& report)
{
    for (const Stage& stage : subject.graph.stages) {
        if (subject.from(stage).args.size() != 3 || stage.name == stage.writtenName)
            continue;
        report
            .add(subject.from(stage), stage.nameSpan,
                 std::format("Stage name '{}' should be lowercase", stage.writtenName))
            .fix("Make it lowercase", renamedStage(subject, stage, stage.name));
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
        const bool matches =
            isLowerCase(keyword) ? isLowerCase(as.text) : !isUpperCase(keyword) || isUpperCase(as.text);
        if (matches)
            continue;
        report.add(from, as.span, std::format("'{}' and '{}' keywords' casing do not match", as.text, keyword))
            .fix("Match the case", {{as.span, isLowerCase(keyword) ? lowered(as.text) : uppered(as.text)}});
    }
}

void duplicateStageName(const Subject& subject, Report& report)
{
    std::unordered_set<std::string_view> names;
    for (const Stage& stage : subject.graph.stages) {
        if (!stage.isNamed() || names.insert(stage.name).second)
            continue;
        const std::string name = freeStageName(subject.graph, stage.index, stage.name + "-2");
        report
            .add(subject.from(stage), stage.nameSpan,
                 std::format("Duplicate stage name {}, stage names should be unique", quoted(stage.name)))
            .fix(std::format("Call it {}", name), renamedStage(subject, stage, name));
    }
}

void reservedStageName(const Subject& subject, Report& report)
{
    for (const Stage& stage : subject.graph.stages) {
        if (!isReservedStageName(stage.name))
            continue;
        const std::string name = freeStageName(subject.graph, stage.index, stage.name + "-stage");
        report
            .add(subject.from(stage), stage.nameSpan,
                 std::format("Stage name should not use the same name as reserved stage {}", quoted(stage.name)))
            .fix(std::format("Call it {}", name), renamedStage(subject, stage, name));
    }
}

} // namespace stagelift
