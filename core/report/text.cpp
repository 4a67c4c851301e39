// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/text.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

std::string linesText(LineRange lines)
{
    if (lines.first == lines.last)
        return std::format("{}", lines.first);
    return std::format("{}-{}", lines.first, lines.last);
}

/// What a terminal would obey: ASCII's control characters, those of C1 (C2 80 to C2 9F in UTF-8), and bytes that are
/// no UTF-8, which may be C1 too.
bool isControl(std::string_view character)
{
    const auto byte = static_cast<unsigned char>(character.back());
    if (character.size() == 1)
        return byte < 0x20 || byte >= 0x7F;
    return character.size() == 2 && character.front() == '\xC2' && byte < 0xA0;
}

/// A line of a report. What could move the cursor or begin another line is escaped: the file may be a stranger's.
std::string line(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const std::string_view character = text.substr(0, characterAtBegin(text));
        if (!isControl(character))
            result += character;
        else
            for (const char c : character)
                result += std::format("\\x{:02x}", static_cast<unsigned char>(c));
        text.remove_prefix(character.size());
    }
    return result + '\n';
}

std::string located(std::string_view file, LineRange lines, std::string_view message)
{
    if (lines.first == 0)
        return line(std::format("{}: error: {}", file, message));
    return line(std::format("{}:{}: error: {}", file, lines.first, message));
}

/// The beginning of what may be long, its tabs and line ends as blanks.
std::string shown(std::string_view text)
{
    constexpr std::size_t kMost = 100; // bytes; the rest is in the file
    std::size_t end = std::min(kMost, text.size());
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end; // no half characters
    std::string result(text.substr(0, end));
    std::ranges::replace_if(result, isAsciiSpace, ' ');
    return end == text.size() ? result : result + "…";
}

std::string instructionText(const Instruction& instruction)
{
    std::string text;
    for (const Flag& flag : instruction.flags)
        text += std::format(" {}", flag.whole.text);
    for (const Word& word : instruction.args) {
        if (!word.text.empty())
            text += std::format(" {}", instruction.json ? quoted(word.text) : std::string(word.text));
    }
    if (instruction.child)
        text += std::format(" {}{}", uppered(instruction.child->keywordWord.text), instructionText(*instruction.child));
    return text;
}

std::size_t labelWidth(const StageGraph& graph)
{
    std::size_t width = 0;
    for (const Stage& stage : graph.stages)
        width = std::max(width, graph.label(stageNode(stage.index)).size());
    return width;
}

std::string takenText(const StageGraph& graph, const Edge& edge)
{
    constexpr std::array<std::string_view, 4> kVerbs{"", "copies", "mounts", "copies, by ONBUILD,"};
    std::string paths;
    for (const std::string& path : edge.paths)
        paths += std::format("{}{}", paths.empty() ? "" : ", ", path);
    std::string text =
        std::format("      {} {} from {}", kVerbs[static_cast<std::size_t>(edge.kind)], paths, graph.label(edge.from));
    if (!edge.destination.empty())
        text += std::format(" to {}", edge.destination);
    text += std::format(" (line {}){}", linesText(edge.lines), edge.broken ? ", which BuildKit refuses" : "");
    return line(text);
}

} // namespace

std::string parseAsText(std::string_view file, const Dockerfile& dockerfile)
{
    std::string text = line(file);
    for (const Directive& directive : dockerfile.directives)
        text += line(std::format("{:>9}  # {}={}", directive.line, directive.name, directive.value.text));
    for (const Instruction& instruction : dockerfile.instructions) {
        text += line(std::format("{:>9}  {:<11}{}", linesText(instruction.lines), uppered(instruction.keywordWord.text),
                                 shown(instructionText(instruction))));
        for (const Heredoc& heredoc : instruction.heredocs)
            text += line(std::format("{:>9}  {:<11} <<{}", "", "", heredoc.name));
    }
    for (const SyntaxError& error : dockerfile.errors)
        text += located(file, error.lines, fullMessage(error));
    return text;
}

std::string graphAsText(std::string_view file, const StageGraph& graph, int target)
{
    std::string text = line(file);
    const std::vector<int> needed = graph.reachable(target);
    const std::size_t width = labelWidth(graph);
    for (const Stage& stage : graph.stages) {
        const bool isNeeded = std::ranges::binary_search(needed, stage.index);
        text += line(std::format("{:>4} {} {:<{}}  from {} (line {}){}", stage.index, stage.index == target ? '*' : ' ',
                                 graph.label(stageNode(stage.index)), width,
                                 stage.baseName.empty() ? "nothing" : graph.label(stage.base), linesText(stage.lines),
                                 isNeeded ? "" : ", not needed"));
        for (const Edge& edge : std::ranges::equal_range(graph.edges, stage.index, {}, &Edge::to)) {
            if (edge.kind != EdgeKind::Base)
                text += takenText(graph, edge);
        }
    }
    for (const GraphProblem& problem : graph.problems)
        text += located(file, problem.lines, problem.message);
    return text;
}

std::string checkAsText(std::string_view file, const Diagnostics& diagnostics)
{
    constexpr std::array<std::string_view, 3> kSeverities{"error", "warning", "hint"};
    std::string text;
    for (const Diagnostic& diagnostic : diagnostics) {
        std::string finding(file);
        if (diagnostic.lines.first != 0)
            finding += std::format(":{}", diagnostic.lines.first);
        finding +=
            std::format(": {}: {}", kSeverities[static_cast<std::size_t>(diagnostic.severity)], diagnostic.message);
        if (diagnostic.provisional)
            finding += " (unless the base image sets it)";
        if (!diagnostic.rule.empty())
            finding += std::format(" [{}]", diagnostic.rule);
        text += line(finding);
    }
    return text;
}

} // namespace stagelift
