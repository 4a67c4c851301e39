// SPDX-License-Identifier: GPL-3.0-or-later
//
// Goes through the file line by line, as BuildKit's parser.go does: directives, comments, continuations, instructions,
// heredocs. Where BuildKit stops at an error, this notes it and reads on: behind a heredoc that nothing closes, at the
// next line that is certainly an instruction.

#include "core/dockerfile/parser.h"

#include "core/dockerfile/directives.h"
#include "core/dockerfile/grammar.h"
#include "core/dockerfile/heredocs.h"
#include "core/dockerfile/instruction_reader.h"
#include "core/dockerfile/keywords.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::uint32_t kLongestLine = 65536; // bytes, its ending included: what Go's line scanner takes

class Parser {
public:
    explicit Parser(const SourceText& source)
        : m_source(source), m_directives(m_dockerfile), m_reader(m_dockerfile.store), m_lineCount(source.lineCount())
    {
        m_dockerfile.source = &source;
        // What stands behind the last line ending is a line only where it holds something.
        if (source.fullLineSpan(m_lineCount).empty())
            --m_lineCount;
        m_dockerfile.instructions.reserve(m_lineCount / 2 + 1);
    }

    Dockerfile parse();

private:
    [[nodiscard]] std::string_view content(std::uint32_t line) const;
    [[nodiscard]] std::uint32_t offsetOf(std::string_view part) const
    {
        return static_cast<std::uint32_t>(part.data() - m_source.bytes().data());
    }
    [[nodiscard]] bool cutContinuation(std::string_view& text) const;
    bool gather();
    void readInstruction();
    void readHeredocs(Instruction& instruction);
    bool readHeredoc(Instruction& instruction, const HeredocMark& mark);
    void addHeredoc(Instruction& instruction, const HeredocMark& mark, std::uint32_t closing, bool isClosed);
    [[nodiscard]] std::uint32_t closingLine(const HeredocMark& mark, std::uint32_t line, std::uint32_t last) const;
    [[nodiscard]] std::uint32_t nextCertain(std::uint32_t line) const;
    void refuse(std::string message, Span span, LineRange lines);
    void refuseLongLine(std::uint32_t line);
    void refuseLongLines();

    Dockerfile m_dockerfile;
    const SourceText& m_source;
    DirectiveReader m_directives;
    InstructionReader m_reader;
    LogicalLine m_line;
    std::uint32_t m_lineCount;
    std::uint32_t m_next = 1;  // the next line to be read
    std::uint32_t m_first = 1; // of the logical line
    std::uint32_t m_begin = 0; // its first byte
    std::uint32_t m_openHeredocs = 0;
};

/// A line without its ending and without a byte order mark.
std::string_view Parser::content(std::uint32_t line) const
{
    std::string_view text = m_source.at(m_source.lineSpan(line));
    while (text.ends_with('\r'))
        text.remove_suffix(1);
    if (line == 1 && text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    return text;
}

/// An escape at the end, blanks behind it allowed, but not two: the second would be escaped.
bool Parser::cutContinuation(std::string_view& text) const
{
    std::size_t end = text.size();
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t'))
        --end;
    if (end == 0 || text[end - 1] != m_dockerfile.escape || (end > 1 && text[end - 2] == m_dockerfile.escape))
        return false;
    text = text.substr(0, end - 1);
    return true;
}

/// Reads the lines of the next instruction. Returns false where the next line holds none.
bool Parser::gather()
{
    m_line.clear();
    m_first = m_next;
    std::string_view text = leftTrimmed(content(m_next++));
    if (!m_directives.isDone())
        m_directives.read(text, m_first);
    if (text.empty() || text.starts_with('#'))
        return false;
    bool goesOn = cutContinuation(text);
    m_begin = offsetOf(text);
    m_line.add(text, m_begin);
    const std::size_t emptyBefore = m_dockerfile.emptyContinuations.size();
    while (goesOn && m_next <= m_lineCount) {
        text = content(m_next++);
        const std::string_view inner = leftTrimmed(text);
        if (inner.starts_with('#'))
            continue;
        if (inner.empty()) {
            m_dockerfile.emptyContinuations.push_back({m_next - 1, m_dockerfile.instructions.size(), 0});
            continue;
        }
        goesOn = cutContinuation(text);
        m_line.add(text, offsetOf(text));
    }
    for (std::size_t i = emptyBefore; i < m_dockerfile.emptyContinuations.size(); ++i)
        m_dockerfile.emptyContinuations[i].reported = m_next - 1;
    m_line.join(m_dockerfile.store);
    return true;
}

void Parser::readInstruction()
{
    Instruction instruction = m_reader.read(m_line, m_dockerfile.escape);
    instruction.span.begin = m_begin; // the keyword's, unless that stands behind a lone escape
    instruction.lines = {m_first, m_next - 1};
    const bool isWhole = m_reader.error().empty();
    if (!isWhole)
        refuse(m_reader.error(), m_reader.errorSpan().empty() ? instruction.span : m_reader.errorSpan(),
               instruction.lines);
    else
        readHeredocs(instruction);
    instruction.lines.last = m_next - 1;
    instruction.span.end = m_source.lineSpan(m_next - 1).end;
    if (instruction.child) {
        instruction.child->lines = instruction.lines;
        instruction.child->span.end = instruction.span.end;
    }
    if (isWhole)
        checkGrammar(instruction, m_dockerfile.errors);
    m_dockerfile.instructions.push_back(std::move(instruction));
}

void Parser::readHeredocs(Instruction& instruction)
{
    const Instruction& holder = instruction.child ? *instruction.child : instruction;
    const bool canHold =
        holder.keyword == Keyword::Run || holder.keyword == Keyword::Copy || holder.keyword == Keyword::Add;
    if (!canHold || holder.json)
        return;
    for (const HeredocMark& mark : heredocsIn(m_line.text())) {
        if (!readHeredoc(instruction, mark))
            return;
    }
}

bool Parser::readHeredoc(Instruction& instruction, const HeredocMark& mark)
{
    constexpr std::uint32_t kMostOpen = 100; // so many looks through the whole file, that no file takes for ever
    const std::uint32_t last = m_openHeredocs < kMostOpen ? m_lineCount : nextCertain(m_next) - 1;
    const std::uint32_t closing = closingLine(mark, m_next, last);
    const bool isClosed = closing <= last;
    if (isClosed) {
        addHeredoc(instruction, mark, closing, true);
    } else {
        ++m_openHeredocs;
        refuse("unterminated heredoc", instruction.span, {m_first, m_lineCount});
        m_dockerfile.resumed.push_back(nextCertain(m_next));
        addHeredoc(instruction, mark, m_dockerfile.resumed.back(), false);
    }
    return isClosed;
}

/// The line that closes a heredoc whose content begins at `line`; one behind `last` where none does.
std::uint32_t Parser::closingLine(const HeredocMark& mark, std::uint32_t line, std::uint32_t last) const
{
    for (; line <= last; ++line) {
        std::string_view text = m_source.at(m_source.lineSpan(line));
        text = text.substr(0, text.find_last_not_of('\r') + 1);
        if (mark.chomp)
            text.remove_prefix(std::min(text.find_first_not_of('\t'), text.size()));
        if (text == mark.name)
            break;
    }
    return line;
}

/// `closing` is the line that closes it, or the one at which reading goes on.
void Parser::addHeredoc(Instruction& instruction, const HeredocMark& mark, std::uint32_t closing, bool isClosed)
{
    Heredoc& heredoc = instruction.heredocs.emplace_back();
    heredoc.name = m_dockerfile.store.emplace_back(mark.name);
    heredoc.fd = mark.fd;
    heredoc.expand = mark.expand;
    heredoc.chomp = mark.chomp;
    heredoc.contentSpan = {m_source.fullLineSpan(m_next).begin, m_source.fullLineSpan(closing).begin};
    if (!isClosed) // then it ends with the instruction, ahead of the line ending
        heredoc.contentSpan.end = m_source.lineSpan(closing - 1).end;
    heredoc.contentSpan.begin = std::min(heredoc.contentSpan.begin, heredoc.contentSpan.end);
    heredoc.span = {heredoc.contentSpan.begin, isClosed ? m_source.lineSpan(closing).end : heredoc.contentSpan.end};
    heredoc.content = m_source.at(heredoc.contentSpan);
    if (mark.chomp)
        heredoc.content = m_dockerfile.store.emplace_back(chomped(heredoc.content));
    m_next = isClosed ? closing + 1 : closing;
}

/// The first line from `line` on that is an instruction whatever stands above it, else one behind the last.
std::uint32_t Parser::nextCertain(std::uint32_t line) const
{
    while (line <= m_lineCount && !isCertainInstruction(content(line)))
        ++line;
    return line;
}

void Parser::refuse(std::string message, Span span, LineRange lines)
{
    m_dockerfile.errors.push_back({std::move(message), span, lines, false, SyntaxPhase::Lines});
}

/// For BuildKit the file ends there; that something is missing then comes first.
void Parser::refuseLongLine(std::uint32_t line)
{
    const Span span = m_source.fullLineSpan(line);
    const auto& all = m_dockerfile.instructions;
    const auto after =
        std::ranges::lower_bound(all, line, {}, [](const Instruction& each) { return each.lines.first; });
    if (after == all.begin()) {
        refuse("file with no instructions", span, {line - 1, line - 1});
        return;
    }
    const Instruction& before = *std::prev(after);
    const bool isInHeredoc = !before.heredocs.empty() && span.begin >= before.heredocs.front().contentSpan.begin &&
                             line <= before.lines.last;
    if (isInHeredoc)
        refuse("unterminated heredoc", before.span, {before.lines.first, line - 1});
    else
        refuse(std::format("dockerfile line greater than max allowed size of {}", kLongestLine - 1), span,
               {line - 1, line - 1});
}

void Parser::refuseLongLines()
{
    for (std::uint32_t line = 1; line <= m_lineCount; ++line) {
        const Span span = m_source.fullLineSpan(line);
        const bool hasEnding = m_source.at(span).ends_with('\n');
        if (span.size() + (hasEnding ? 0 : 1) <= kLongestLine)
            continue;
        refuseLongLine(line);
        return;
    }
}

Dockerfile Parser::parse()
{
    while (m_next <= m_lineCount) {
        if (gather())
            readInstruction();
    }
    if (m_source.bytes().size() > kLongestLine)
        refuseLongLines();
    if (m_dockerfile.instructions.empty())
        refuse("file with no instructions", {0, 0}, {m_lineCount, m_lineCount});
    checkStages(m_dockerfile);
    std::ranges::stable_sort(m_dockerfile.errors, {},
                             [](const SyntaxError& error) { return std::pair(error.phase, error.lines.first); });
    return std::move(m_dockerfile);
}

} // namespace

Dockerfile parse(const SourceText& source)
{
    return Parser(source).parse();
}

} // namespace stagelift
