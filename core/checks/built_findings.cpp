// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/built_findings.h"

#include "core/checks/rules.h"
#include "core/dockerfile/lines.h"
#include "core/stages/stage_origin.h"

namespace stagelift {

namespace {

/// The instruction of the same words at the same turn, of which `finding` may still be true; nullptr where it is gone.
const Instruction* placeOf(const Subject& subject, const BuiltFinding& finding)
{
    std::size_t turn = finding.turn;
    for (const Instruction& instruction : subject.dockerfile.instructions)
        if (subject.dockerfile.source->at(instruction.span) == finding.instruction && turn-- == 0)
            return &instruction;
    return nullptr;
}

bool comesFromTheSame(const Subject& subject, const Instruction& copy, const BuiltFinding& finding)
{
    const auto index = static_cast<std::size_t>(&copy - subject.dockerfile.instructions.data());
    const int stage = copiedStage(subject.graph, index);
    const std::string origin = stage >= 0 ? originOf(subject.dockerfile, subject.graph, stage) : std::string();
    return origin == finding.origin;
}

/// nullptr where it does not hold any more.
const Instruction* heldBy(const Subject& subject, const BuiltFinding& finding)
{
    const Instruction* place = placeOf(subject, finding);
    return place && comesFromTheSame(subject, *place, finding) ? place : nullptr;
}

TextEdits linesBelow(const Subject& subject, const Instruction& instruction, const std::vector<std::string>& lines)
{
    if (lines.empty())
        return {};
    const SourceText& source = *subject.dockerfile.source;
    std::string text;
    for (const std::string& line : lines) {
        text.append(text.empty() ? std::string_view() : source.lineEnding());
        text.append(indentation(source, instruction.span.begin)).append(line);
    }
    return {insertedLines(source, nextLine(source, instruction.span.end), text)};
}

} // namespace

bool wasSeen(const Subject& subject, std::size_t instruction)
{
    return std::ranges::any_of(subject.options.built, [&](const BuiltFinding& finding) {
        return heldBy(subject, finding) == &subject.dockerfile.instructions[instruction];
    });
}

void programCannotStart(const Subject& subject, Report& report)
{
    for (const BuiltFinding& finding : subject.options.built)
        if (const Instruction* place = heldBy(subject, finding))
            report.add(*place, place->span, finding.message)
                .fix(finding.mend, linesBelow(subject, *place, finding.lines));
}

} // namespace stagelift
