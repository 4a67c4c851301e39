// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/flags.h"

#include "core/text/characters.h"

#include <algorithm>
#include <format>
#include <iterator>
#include <span>

namespace stagelift::edits {

namespace {

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

std::vector<const Flag*> flagsNamed(const Instruction& instruction, std::string_view name)
{
    std::vector<const Flag*> flags;
    for (const Flag& flag : instruction.flags) {
        if (flag.name == name)
            flags.push_back(&flag);
    }
    return flags;
}

/// Where the value begins in a flag as it is spelled.
std::uint32_t valueBegin(std::string_view spelled)
{
    return static_cast<std::uint32_t>(std::min(spelled.find('='), spelled.size() - 1) + 1);
}

/// How many at the begin are the same, and then how many at the end of what is left.
struct Alike {
    Alike(const SourceText& source, std::span<const Flag* const> flags, std::span<const std::string> wanted)
    {
        const auto same = [&](const Flag* flag, std::string_view text) { return source.at(flag->whole.span) == text; };
        const std::size_t least = std::min(flags.size(), wanted.size());
        while (first < least && same(flags[first], wanted[first]))
            ++first;
        while (last < least - first && same(flags[flags.size() - 1 - last], wanted[wanted.size() - 1 - last]))
            ++last;
    }

    std::size_t first = 0;
    std::size_t last = 0;
};

/// Selects the value in the edit that was added last, where none is selected yet.
class FirstValue {
public:
    explicit FirstValue(Draft& draft) : m_draft(draft) {}

    void select(Span span)
    {
        if (!m_isSelected)
            m_draft.select(span);
        m_isSelected = true;
    }

private:
    Draft& m_draft;
    bool m_isSelected = false;
};

/// One flag spelled anew: by its value alone where it is written plainly.
void respell(Draft& draft, FirstValue& selection, const Analysis& before, const Flag& flag, const std::string& spelled)
{
    const std::uint32_t begin = valueBegin(spelled);
    const std::string_view head = std::string_view(spelled).substr(0, begin);
    const bool isPlain = flag.hasValue && head.ends_with('=') && before.source.at(flag.whole.span).starts_with(head);
    const auto size = static_cast<std::uint32_t>(spelled.size());
    if (isPlain) {
        draft.replace({flag.whole.span.begin + begin, flag.whole.span.end}, spelled.substr(begin));
        selection.select({0, size - begin});
    } else {
        draft.replace(flag.whole.span, spelled);
        selection.select({begin, size});
    }
}

} // namespace

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

std::expected<std::string, Refusal> spelledInFlag(std::string_view value, char escape)
{
    if (std::ranges::any_of(value, [](char c) { return !isAscii(c); }))
        return std::unexpected(Refusal{"The value of a flag can hold ASCII only: BuildKit reads flags byte by byte",
                                       "Write it without such letters."});
    if (value.contains('\n') || value.contains('\r'))
        return std::unexpected(Refusal{"The value of a flag can't hold a line ending", "Write it in one line."});
    std::string spelled;
    for (const char c : value) {
        if (isBlank(c) || c == '"' || c == '\'' || c == escape)
            spelled += escape;
        spelled += c;
    }
    return spelled;
}

bool bringFlagsTo(Draft& draft, const Analysis& before, const Instruction& line, std::string_view name,
                  const std::vector<std::string>& wanted)
{
    const Instruction& instruction = acting(line);
    const std::vector<const Flag*> flags = flagsNamed(instruction, name);
    const Alike alike(before.source, flags, wanted);
    FirstValue selection(draft);
    std::size_t at = alike.first;
    for (; at + alike.last < std::min(flags.size(), wanted.size()); ++at)
        respell(draft, selection, before, *flags[at], wanted[at]);
    for (std::size_t gone = at; gone + alike.last < flags.size(); ++gone) {
        draft.add(removedFlag(before, line, *flags[gone]));
        selection.select({});
    }
    std::string added;
    for (std::size_t more = at; more + alike.last < wanted.size(); ++more)
        added += std::format(" {}", wanted[more]);
    if (!added.empty()) {
        const Word& ahead = at > 0                      ? flags[at - 1]->whole
                            : instruction.flags.empty() ? instruction.keywordWord
                                                        : instruction.flags.back().whole;
        const std::uint32_t begin = 1 + valueBegin(wanted[at]);
        draft.insert(ahead.span.end, std::move(added));
        selection.select({begin, static_cast<std::uint32_t>(1 + wanted[at].size())});
    }
    return flags.size() != wanted.size() || alike.first < wanted.size();
}

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
