// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/copy_place.h"

#include "core/dockerfile/lines.h"
#include "core/edits/names.h"

#include <algorithm>
#include <array>

namespace stagelift {

namespace {

/// These say how the image is run, not what is in it; they stand last by custom.
constexpr std::array kDescribing{Keyword::User,       Keyword::Cmd,    Keyword::Entrypoint, Keyword::Healthcheck,
                                 Keyword::Expose,     Keyword::Label,  Keyword::StopSignal, Keyword::Volume,
                                 Keyword::Maintainer, Keyword::Onbuild};

/// One behind the last instruction that does not only describe; the FROM is one that does not.
std::size_t endOfWork(const Analysis& analysis, const Stage& stage)
{
    std::size_t end = stage.endInstruction;
    while (end > stage.firstInstruction + 1 &&
           std::ranges::contains(kDescribing, analysis.dockerfile.instructions[end - 1].keyword))
        --end;
    return end;
}

std::uint32_t behind(const Analysis& analysis, std::size_t instruction)
{
    return nextLine(analysis.source, analysis.dockerfile.instructions[instruction].span.end);
}

} // namespace

std::uint32_t copyPlace(const Analysis& analysis, int stage)
{
    if (!edits::isStage(analysis.graph, stage))
        return static_cast<std::uint32_t>(analysis.source.bytes().size());
    const Stage& target = analysis.graph.stages[stage];
    const auto& instructions = analysis.dockerfile.instructions;
    const auto last = [&](auto matches) {
        std::size_t index = target.endInstruction;
        while (index > target.firstInstruction && !matches(instructions[index - 1].keyword))
            --index;
        return index;
    };
    std::size_t end = last([](Keyword keyword) { return keyword == Keyword::Copy || keyword == Keyword::Add; });
    if (end == target.firstInstruction)
        end = last([](Keyword keyword) { return keyword == Keyword::Workdir; });
    if (end == target.firstInstruction)
        end = endOfWork(analysis, target);
    return behind(analysis, end - 1);
}

} // namespace stagelift

namespace stagelift::edits {

std::uint32_t placeWithin(const Analysis& analysis, int stage, std::uint32_t place)
{
    const Stage& target = analysis.graph.stages[stage];
    const auto& instructions = analysis.dockerfile.instructions;
    const std::uint32_t first = behind(analysis, target.firstInstruction);
    const std::uint32_t last = std::cmp_less(stage + 1, analysis.graph.stages.size())
                                   ? headOfStage(analysis, stage + 1)
                                   : static_cast<std::uint32_t>(analysis.source.bytes().size());
    std::uint32_t line = place >= last ? last : lineBegin(analysis.source, place);
    for (std::size_t index = target.firstInstruction; index < target.endInstruction; ++index) {
        const Span lines{lineBegin(analysis.source, instructions[index].span.begin), behind(analysis, index)};
        if (lines.begin < line && line < lines.end)
            line = lines.begin;
    }
    return std::clamp(line, first, std::max(first, last));
}

std::uint32_t placeOfWork(const Analysis& analysis, int stage)
{
    return behind(analysis, endOfWork(analysis, analysis.graph.stages[stage]) - 1);
}

std::string_view indentationAt(const Analysis& analysis, int stage, std::uint32_t place)
{
    const Stage& target = analysis.graph.stages[stage];
    const auto& instructions = analysis.dockerfile.instructions;
    std::string_view found;
    for (std::size_t index = target.firstInstruction; index < target.endInstruction; ++index) {
        const Span span = instructions[index].span;
        if (span.begin >= place && index > target.firstInstruction + 1)
            break;
        found = indentation(analysis.source, span.begin);
    }
    return found;
}

std::uint32_t headOfStage(const Analysis& analysis, int stage)
{
    const SourceText& source = analysis.source;
    const Stage& owner = analysis.graph.stages[stage];
    std::uint32_t floor = 1; // the first line that may belong to it
    for (const Directive& directive : analysis.dockerfile.directives)
        floor = std::max(floor, directive.line + 1);
    if (owner.firstInstruction > 0) {
        const Span previous = analysis.dockerfile.instructions[owner.firstInstruction - 1].span;
        floor = std::max(floor, source.lineAt(previous.end) + 1);
    }
    std::uint32_t line = source.lineAt(owner.span.begin);
    while (line > floor && isCommentLine(source, line - 1))
        --line;
    return std::max(source.fullLineSpan(line).begin, textBegin(source));
}

std::uint32_t tailOfStage(const Analysis& analysis, int stage)
{
    const SourceText& source = analysis.source;
    const Stage& owner = analysis.graph.stages[stage];
    const std::uint32_t end = analysis.dockerfile.instructions[owner.endInstruction - 1].span.end;
    const std::uint32_t ceiling = std::cmp_less(stage + 1, analysis.graph.stages.size())
                                      ? source.lineAt(headOfStage(analysis, stage + 1))
                                      : source.lineCount() + 1; // the first line that does not belong to it
    std::uint32_t line = source.lineAt(end);
    while (line + 1 < ceiling && isCommentLine(source, line + 1))
        ++line;
    return source.lineSpan(line).end;
}

} // namespace stagelift::edits
