// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/lines.h"

#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

std::string_view lineText(const SourceText& source, std::uint32_t line)
{
    const Span span = source.lineSpan(line);
    return source.at({std::max(span.begin, textBegin(source)), span.end});
}

} // namespace

std::uint32_t textBegin(const SourceText& source)
{
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    return source.bytes().starts_with(kByteOrderMark) ? static_cast<std::uint32_t>(kByteOrderMark.size()) : 0;
}

std::uint32_t lineBegin(const SourceText& source, std::uint32_t offset)
{
    return std::max(source.fullLineSpan(source.lineAt(offset)).begin, textBegin(source));
}

std::uint32_t nextLine(const SourceText& source, std::uint32_t offset)
{
    return source.fullLineSpan(source.lineAt(offset)).end;
}

std::string_view indentation(const SourceText& source, std::uint32_t offset)
{
    const std::string_view ahead = source.at({lineBegin(source, offset), offset});
    return ahead.substr(0, ahead.find_first_not_of(" \t"));
}

bool isCommentLine(const SourceText& source, std::uint32_t line)
{
    return leftTrimmed(lineText(source, line)).starts_with('#');
}

bool isBlankLine(const SourceText& source, std::uint32_t line)
{
    return leftTrimmed(lineText(source, line)).empty();
}

std::string_view lineEndingOwed(const SourceText& source, std::uint32_t place)
{
    const std::string_view bytes = source.bytes();
    return place >= bytes.size() && bytes.size() > textBegin(source) && !bytes.ends_with('\n') ? source.lineEnding()
                                                                                               : std::string_view();
}

TextEdit insertedLines(const SourceText& source, std::uint32_t place, std::string_view lines)
{
    const std::string_view owed = lineEndingOwed(source, place);
    const std::string_view ending = owed.empty() ? source.lineEnding() : std::string_view();
    return {{place, place}, std::format("{}{}{}", owed, lines, ending)};
}

TextEdit removedLines(const SourceText& source, Span span)
{
    const std::string_view bytes = source.bytes();
    Span lines{lineBegin(source, span.begin), nextLine(source, span.end)};
    if (lines.end == bytes.size() && !bytes.ends_with('\n') && lines.begin > 0) {
        --lines.begin;
        if (lines.begin > 0 && bytes[lines.begin - 1] == '\r')
            --lines.begin;
    }
    return {lines, {}};
}

TextEdits removedLines(const SourceText& source, std::vector<Span> spans)
{
    std::ranges::sort(spans, {}, &Span::begin);
    std::vector<Span> blocks;
    for (const Span span : spans) {
        if (blocks.empty() || nextLine(source, blocks.back().end) < lineBegin(source, span.begin))
            blocks.push_back(span);
        else
            blocks.back().end = std::max(blocks.back().end, span.end);
    }
    TextEdits edits;
    for (const Span block : blocks)
        edits.push_back(removedLines(source, block));
    return edits;
}

std::string inTheFilesCase(const Dockerfile& dockerfile, std::string_view keyword)
{
    // The majority, as BuildKit's ConsistentInstructionCasing counts it.
    const auto lower = std::ranges::count_if(dockerfile.instructions, [](const Instruction& instruction) {
        return isLowerCase(instruction.keywordWord.text);
    });
    const auto all = static_cast<std::ptrdiff_t>(dockerfile.instructions.size());
    return lower > all - lower ? lowered(keyword) : std::string(keyword);
}

std::string inTheCaseOf(std::string_view neighbour, std::string_view keyword)
{
    return !neighbour.empty() && isLowerCase(neighbour) ? lowered(keyword) : std::string(keyword);
}

} // namespace stagelift
