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

std::string located(std::string_view file, LineRange lines, std::string_view message)
{
    if (lines.first == 0)
        return std::format("{}: error: {}\n", file, message);
    return std::format("{}:{}: error: {}\n", file, lines.first, message);
}

/// On one line, whatever it holds.
std::string shown(std::string_view text)
{
    constexpr std::size_t kMost = 100; // bytes; the rest is in the file
    std::string result;
    for (const char c : text.substr(0, kMost))
        result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    if (text.size() <= kMost)
        return result;
    while (!result.empty() && (static_cast<unsigned char>(result.back()) & 0xC0) == 0x80)
        result.pop_back(); // no half characters
    return result + "…";
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
    text += std::format(" (line {}){}\n", linesText(edge.lines), edge.broken ? ", which BuildKit refuses" : "");
    return text;
}

} // namespace

std::string parseAsText(std::string_view file, const Dockerfile& dockerfile)
{
    std::string text = std::format("{}\n", file);
    for (const Directive& directive : dockerfile.directives)
        text += std::format("{:>9}  # {}={}\n", directive.line, directive.name, directive.value.text);
    for (const Instruction& instruction : dockerfile.instructions) {
        text += std::format("{:>9}  {:<11}{}\n", linesText(instruction.lines), uppered(instruction.keywordWord.text),
                            shown(instructionText(instruction)));
        for (const Heredoc& heredoc : instruction.heredocs)
            text += std::format("{:>9}  {:<11} <<{}\n", "", "", heredoc.name);
    }
    for (const SyntaxError& error : dockerfile.errors)
        text += located(file, error.lines, fullMessage(error));
    return text;
}

std::string graphAsText(std::string_view file, const StageGraph& graph, int target)
{
    std::string text = std::format("{}\n", file);
    const std::vector<int> needed = graph.reachable(target);
    const std::size_t width = labelWidth(graph);
    for (const Stage& stage : graph.stages) {
        const bool isNeeded = std::ranges::binary_search(needed, stage.index);
        text += std::format("{:>4} {} {:<{}}  from {} (line {}){}\n", stage.index, stage.index == target ? '*' : ' ',
                            graph.label(stageNode(stage.index)), width,
                            stage.baseName.empty() ? "nothing" : graph.label(stage.base), linesText(stage.lines),
                            isNeeded ? "" : ", not needed");
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
        text += file;
        if (diagnostic.lines.first != 0)
            text += std::format(":{}", diagnostic.lines.first);
        text += std::format(": {}: {}", kSeverities[static_cast<std::size_t>(diagnostic.severity)], diagnostic.message);
        if (diagnostic.provisional)
            text += " (unless the base image sets it)";
        if (!diagnostic.rule.empty())
            text += std::format(" [{}]", diagnostic.rule);
        text += '\n';
    }
    return text;
}

} // namespace stagelift
