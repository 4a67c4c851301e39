// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/mends.h"

#include "core/dockerfile/lines.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

/// In order; what two stages take from one ONBUILD is written but once.
TextEdits inOrder(TextEdits edits)
{
    static_cast<void>(normalise(edits));
    const auto repeated = std::ranges::unique(edits);
    edits.erase(repeated.begin(), repeated.end());
    return edits;
}

/// The name wherever something in the file comes from the stage and `means` it.
template<typename Means>
void addReferences(TextEdits& edits, const Subject& subject, const Stage& stage, std::string_view name, Means means)
{
    for (const Edge& edge : subject.graph.edges) {
        if (edge.from != stageNode(stage.index) || edge.specSpan.empty())
            continue;
        const std::string_view written = subject.dockerfile.source->at(edge.specSpan);
        if (written != name && means(edge, written))
            edits.push_back({edge.specSpan, std::string(name)});
    }
}

bool isPartOfName(char c)
{
    return isAsciiLetter(c) || isDigit(c) || c == '_';
}

} // namespace

TextEdits renamedStage(const Subject& subject, const Stage& stage, std::string_view name)
{
    TextEdits edits{{stage.nameSpan, std::string(name)}};
    // What can't take from it as it stands may have meant another of that name.
    const bool isOther = name != stage.name;
    addReferences(edits, subject, stage, name, [&](const Edge& edge, std::string_view written) {
        return equalFolded(written, stage.name) && !(isOther && edge.broken);
    });
    return inOrder(std::move(edits));
}

TextEdits namedStage(const Subject& subject, const Stage& stage, std::string_view name)
{
    const std::uint32_t place = stage.baseWord.span.end;
    const std::string as = inTheCaseOf(subject.from(stage).keywordWord.text, "AS");
    TextEdits edits{{{place, place}, std::format(" {} {}", as, name)}};
    addReferences(edits, subject, stage, name,
                  [](const Edge&, std::string_view written) { return std::ranges::all_of(written, isDigit); });
    return inOrder(std::move(edits));
}

TextEdits withoutInstruction(const Subject& subject, const Instruction& instruction)
{
    return {removedLines(*subject.dockerfile.source, instruction.span)};
}

TextEdits lineAbove(const Subject& subject, const Instruction& instruction, std::string_view line)
{
    const SourceText& source = *subject.dockerfile.source;
    const std::uint32_t begin = instruction.span.begin;
    return {insertedLines(source, lineBegin(source, begin), std::format("{}{}", indentation(source, begin), line))};
}

TextEdits declaredAbove(const Subject& subject, const Instruction& instruction, std::string_view name,
                        std::string& keyword)
{
    if (!isVariableName(name))
        return {};
    if (keyword.empty())
        keyword = inTheFilesCase(subject.dockerfile, "ARG");
    return lineAbove(subject, instruction, std::format("{} {}", keyword, name));
}

bool isVariableName(std::string_view name)
{
    return !name.empty() && std::ranges::all_of(name, isPartOfName);
}

TextEdits renamedVariable(const Subject& subject, Span span, std::string_view from, std::string_view to)
{
    TextEdits edits;
    if (!isVariableName(to)) // an ARG of any name is known, but not all can be used
        return edits;
    const std::string_view text = subject.dockerfile.source->at(span);
    for (std::size_t at = text.find(from); at != std::string_view::npos; at = text.find(from, at + from.size())) {
        const std::size_t end = at + from.size();
        const std::string_view ahead = text.substr(0, at);
        const bool isUse = ahead.ends_with('$') || ahead.ends_with("${");
        if (!isUse || (end < text.size() && isPartOfName(text[end])))
            continue;
        const auto begin = span.begin + static_cast<std::uint32_t>(at);
        edits.push_back({{begin, begin + static_cast<std::uint32_t>(from.size())}, std::string(to)});
    }
    return edits;
}

bool holdsComment(const Subject& subject, Span span)
{
    const SourceText& source = *subject.dockerfile.source;
    for (std::uint32_t line = source.lineAt(span.begin) + 1; line <= source.lineAt(span.end); ++line) {
        if (isCommentLine(source, line))
            return true;
    }
    return false;
}

} // namespace stagelift
