// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/flags.h"

#include "core/text/characters.h"

#include <algorithm>
#include <iterator>

namespace stagelift::edits {

namespace {

/// Where the next word begins if nothing but blanks and one line's continuation stands in between; else where the
/// blanks end.
std::uint32_t nextWord(const Analysis& analysis, std::uint32_t offset, std::uint32_t end)
{
    const std::string_view bytes = analysis.source.bytes();
    const auto skipBlanks = [&](std::uint32_t at) {
        while (at < end && isBlank(bytes[at]))
            ++at;
        return at;
    };
    const std::uint32_t word = skipBlanks(offset);
    if (word >= end || bytes[word] != analysis.dockerfile.escape)
        return word;
    const std::uint32_t lineEnd = skipBlanks(word + 1);
    if (lineEnd >= end || bytes[lineEnd] != '\n')
        return word;
    const std::uint32_t below = skipBlanks(lineEnd + 1);
    // A comment or an empty line within the instruction stays.
    return below < end && bytes[below] != '#' && bytes[below] != '\n' ? below : word;
}

bool isMount(const Edge& edge, const Dockerfile& dockerfile, const Flag& flag)
{
    if (flag.name != "mount")
        return false;
    if (!edge.specSpan.empty())
        return flag.whole.span.begin <= edge.specSpan.begin && edge.specSpan.end <= flag.whole.span.end;
    // A bind of the build context names no source: it is known by where it is mounted. No other type comes from there.
    const Mount mount = readMount(dockerfile, flag);
    return mount.type() == "bind" && mount.value("from").empty() && mount.target() == edge.destination;
}

/// A quote that is opened in what goes is closed in it: `,"from=x"`.
Span withItsQuote(const SourceText& source, Span span)
{
    char open = '\0';
    for (const char c : source.at(span)) {
        if (open == '\0' ? c == '"' || c == '\'' : c == open)
            open = open == '\0' ? c : '\0';
    }
    if (open != '\0' && source.at({span.end, span.end + 1}).contains(open))
        ++span.end;
    return span;
}

} // namespace

const Flag* mountOf(const Analysis& analysis, const Edge& edge)
{
    const Instruction& run = acting(analysis.dockerfile.instructions[edge.instruction]);
    const auto holdsIt = [&](const Flag& flag) { return isMount(edge, analysis.dockerfile, flag); };
    const auto found = std::ranges::find_if(run.flags, holdsIt);
    return edge.kind != EdgeKind::Mount || found == run.flags.end() ? nullptr : &*found;
}

bool shareWords(const Analysis& analysis, const Edge& left, const Edge& right)
{
    return left.instruction == right.instruction && left.kind == right.kind &&
           (left.kind != EdgeKind::Mount || mountOf(analysis, left) == mountOf(analysis, right));
}

TextEdit removedFlag(const Analysis& analysis, const Instruction& instruction, const Flag& flag)
{
    return {{flag.whole.span.begin, nextWord(analysis, flag.whole.span.end, instruction.span.end)}, {}};
}

TextEdit removedField(const Analysis& analysis, const Mount& mount, const MountField& field)
{
    Span span = field.span;
    if (&field != &mount.fields.front())
        span.begin = std::prev(&field)->span.end;
    else if (&field != &mount.fields.back())
        span.end = std::next(&field)->span.begin;
    return {withItsQuote(analysis.source, span), {}};
}

} // namespace stagelift::edits
