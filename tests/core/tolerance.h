// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the test of tolerance asks of two readings of nearly the same text: is this piece what it was, but for having
// moved? Answers are nothing where all is well, else what a person would want to be told.

#pragma once

#include "core/text/characters.h"
#include "core/text/text_edit.h"
#include "tests/core/reading.h"

#include <algorithm>
#include <cstdint>
#include <format>
#include <string>
#include <vector>

namespace stagelift::test {

/// How far what stands behind a change has moved.
struct Shift {
    std::int64_t bytes = 0;
    std::int64_t lines = 0;
};

[[nodiscard]] inline bool isMoved(Span was, Span now, Shift by)
{
    return was.begin + by.bytes == now.begin && was.end + by.bytes == now.end;
}

[[nodiscard]] inline bool isMoved(LineRange was, LineRange now, Shift by)
{
    return was.first + by.lines == now.first && was.last + by.lines == now.last;
}

[[nodiscard]] inline bool isSame(const Word& was, const Word& now, Shift by)
{
    return was.text == now.text && isMoved(was.span, now.span, by);
}

[[nodiscard]] inline bool isSame(const Flag& was, const Flag& now, Shift by)
{
    return was.name == now.name && was.hasValue == now.hasValue && isSame(was.whole, now.whole, by) &&
           isSame(was.value, now.value, by);
}

[[nodiscard]] inline bool isSame(const Heredoc& was, const Heredoc& now, Shift by)
{
    return was.name == now.name && was.fd == now.fd && was.expand == now.expand && was.chomp == now.chomp &&
           was.content == now.content && isMoved(was.contentSpan, now.contentSpan, by) &&
           isMoved(was.span, now.span, by);
}

template<class Pieces>
[[nodiscard]] bool areSame(const Pieces& was, const Pieces& now, Shift by)
{
    return std::ranges::equal(was, now, [by](const auto& a, const auto& b) { return isSame(a, b, by); });
}

[[nodiscard]] inline bool isSame(const Instruction& was, const Instruction& now, Shift by = {})
{
    const bool isSameChild = was.child && now.child ? isSame(*was.child, *now.child, by) : !was.child && !now.child;
    return was.keyword == now.keyword && was.json == now.json && isSame(was.keywordWord, now.keywordWord, by) &&
           areSame(was.flags, now.flags, by) && areSame(was.args, now.args, by) &&
           areSame(was.heredocs, now.heredocs, by) && isSameChild && isMoved(was.span, now.span, by) &&
           isMoved(was.lines, now.lines, by);
}

/// The words of an instruction in the order of the text. ENV and LABEL have the `=` behind the value in their list.
[[nodiscard]] inline std::vector<Span> spansIn(const Instruction& instruction)
{
    std::vector<Span> spans{instruction.keywordWord.span};
    for (const Flag& flag : instruction.flags)
        spans.push_back(flag.whole.span);
    for (const Word& word : instruction.args)
        spans.push_back(word.span);
    const bool hasPairs = instruction.keyword == Keyword::Env || instruction.keyword == Keyword::Label;
    if (hasPairs)
        std::ranges::sort(spans, {}, &Span::begin);
    if (instruction.child)
        std::ranges::copy(spansIn(*instruction.child), std::back_inserter(spans));
    for (const Heredoc& heredoc : instruction.heredocs)
        spans.push_back(heredoc.span);
    return spans;
}

/// Texts that stand in the source in one piece stand where their spans say.
[[nodiscard]] inline bool standsThere(const SourceText& source, const Word& word)
{
    const std::string_view bytes = source.bytes();
    const bool isView =
        word.text.data() >= bytes.data() && word.text.data() + word.text.size() <= bytes.data() + bytes.size();
    return !isView || word.text.empty() || word.text == source.at(word.span);
}

[[nodiscard]] inline bool isBlankOrComment(std::string_view gap, bool isFirst)
{
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (isFirst && gap.starts_with(kByteOrderMark))
        gap.remove_prefix(kByteOrderMark.size());
    while (!gap.empty()) {
        const std::size_t end = std::min(gap.find('\n'), gap.size());
        const std::string_view line = trimmed(gap.substr(0, end));
        if (!line.empty() && !line.starts_with('#'))
            return false;
        gap.remove_prefix(std::min(end + 1, gap.size()));
    }
    return true;
}

/// What is wrong with one instruction by itself.
[[nodiscard]] inline std::string faultOf(const SourceText& source, const Instruction& instruction)
{
    std::uint32_t last = instruction.span.begin;
    for (const Span span : spansIn(instruction)) {
        if (span.begin < last || span.end < span.begin || span.end > instruction.span.end)
            return std::format("a piece at byte {} lies outside of its instruction or out of order", span.begin);
        last = span.end;
    }
    const auto isThere = [&](const Word& word) { return standsThere(source, word); };
    const bool areThere = isThere(instruction.keywordWord) && std::ranges::all_of(instruction.args, isThere) &&
                          std::ranges::all_of(instruction.flags, isThere, &Flag::whole);
    if (!areThere)
        return "a word is not what stands at its place";
    const bool hasItsLines = instruction.lines.first == source.lineAt(instruction.span.begin) &&
                             instruction.lines.last >= source.lineAt(instruction.span.end);
    return hasItsLines ? std::string() : "its lines are others";
}

/// Instructions and what stands between them are the file, byte for byte; between them is nothing that counts.
[[nodiscard]] inline std::string faultOf(const Reading& reading)
{
    const SourceText& source = reading.source;
    std::string whole;
    std::uint32_t last = 0;
    for (const Instruction& instruction : reading.dockerfile.instructions) {
        if (instruction.span.begin < last || instruction.span.empty())
            return std::format("line {}: overlaps or is empty", instruction.lines.first);
        const std::string_view gap = source.at({last, instruction.span.begin});
        if (!isBlankOrComment(gap, last == 0))
            return std::format("line {}: something ahead of it belongs to nothing", instruction.lines.first);
        if (std::string fault = faultOf(source, instruction); !fault.empty())
            return std::format("line {}: {}", instruction.lines.first, fault);
        whole += gap;
        whole += source.at(instruction.span);
        last = instruction.span.end;
    }
    const std::string_view rest = source.bytes().substr(last);
    whole += rest;
    if (!isBlankOrComment(rest, last == 0))
        return "something at the end belongs to nothing";
    return whole == source.bytes() ? std::string() : "the pieces are not the file";
}

} // namespace stagelift::test
