// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/json.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace stagelift {

namespace {

using Json = nlohmann::ordered_json;

/// Each byte that is no UTF-8 as U+FFFD, which is Go's way; the library would put one for several.
std::string asUtf8(std::string_view text)
{
    constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
    std::string result;
    while (!text.empty()) {
        const std::size_t length = characterAtBegin(text);
        const bool isBroken = length == 1 && static_cast<unsigned char>(text.front()) >= 0x80;
        result += isBroken ? kReplacement : text.substr(0, length);
        text.remove_prefix(length);
    }
    return result;
}

void replaceBroken(Json& json)
{
    if (json.is_string()) {
        auto& text = json.get_ref<std::string&>();
        if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
            text = asUtf8(text);
    } else if (json.is_structured()) {
        for (Json& each : json)
            replaceBroken(each);
    }
}

std::string oneLine(Json& json)
{
    replaceBroken(json);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json linesOf(LineRange lines)
{
    return {lines.first, lines.last};
}

Json wordsOf(const std::vector<Word>& words)
{
    Json list = Json::array();
    for (const Word& word : words)
        list.push_back(word.text);
    return list;
}

Json heredocOf(const Dockerfile& dockerfile, const Heredoc& heredoc)
{
    return {{"name", heredoc.name},
            {"fd", heredoc.fd},
            {"expand", heredoc.expand},
            {"chomp", heredoc.chomp},
            {"content", dockerfile.source->at(heredoc.contentSpan)}};
}

Json instructionOf(const Dockerfile& dockerfile, const Instruction& instruction, LineRange lines)
{
    Json json;
    json["keyword"] = uppered(instruction.keywordWord.text);
    json["lines"] = linesOf(lines);
    if (!instruction.flags.empty()) {
        Json& flags = json["flags"] = Json::array();
        for (const Flag& flag : instruction.flags)
            flags.push_back(flag.whole.text);
    }
    // BuildKit's tree has an empty argument where it does not know the instruction.
    if (instruction.keyword == Keyword::Unknown)
        json["args"] = Json::array({""});
    else if (!instruction.args.empty())
        json["args"] = wordsOf(instruction.args);
    if (instruction.json)
        json["json"] = true;
    for (const Heredoc& heredoc : instruction.heredocs)
        json["heredocs"].push_back(heredocOf(dockerfile, heredoc));
    if (instruction.child) // BuildKit gives an ONBUILD's instruction no lines
        json["child"] = instructionOf(dockerfile, *instruction.child, {});
    return json;
}

Json errorOf(std::string_view message, LineRange lines)
{
    Json json{{"msg", message}};
    if (lines.last != 0)
        json["lines"] = Json::array({linesOf(lines)});
    return json;
}

Json nodeOf(const StageGraph& graph, NodeRef node)
{
    const auto index = static_cast<std::size_t>(node.index);
    switch (node.kind) {
    case NodeKind::Stage:
        return {{"kind", "stage"}, {"stage", node.index}};
    case NodeKind::Image:
        return {{"kind", "image"}, {"image", graph.images[index]}};
    case NodeKind::Context:
        return {{"kind", "context"}, {"context", graph.contexts[index]}};
    case NodeKind::Scratch:
        break;
    }
    return {{"kind", "scratch"}};
}

Json stageOf(const StageGraph& graph, const Stage& stage)
{
    return {{"index", stage.index},
            {"name", stage.name},
            {"lines", linesOf(stage.lines)},
            {"base", nodeOf(graph, stage.base)},
            {"reachable", graph.reachable(stage.index)}};
}

bool isFromContext(const StageGraph& graph, const Edge& edge)
{
    return edge.from.kind == NodeKind::Context && graph.contexts[static_cast<std::size_t>(edge.from.index)].empty();
}

Json edgeOf(const StageGraph& graph, const Edge& edge)
{
    constexpr std::array<std::string_view, 4> kVia{"base", "copy", "mount", "onbuild-copy"};
    Json json{{"from", nodeOf(graph, edge.from)},
              {"to", edge.to},
              {"via", kVia[static_cast<std::size_t>(edge.kind)]},
              {"spec", edge.spec},
              {"lines", linesOf(edge.lines)}};
    if (!edge.paths.empty())
        json["paths"] = edge.paths;
    if (!edge.destination.empty())
        json["destination"] = edge.destination;
    if (edge.broken)
        json["broken"] = true;
    return json;
}

} // namespace

std::string parseAsJson(std::string_view file, const Dockerfile& dockerfile)
{
    const auto& errors = dockerfile.errors;
    const bool isRefused = !errors.empty() && errors.front().phase == SyntaxPhase::Lines;
    Json json{{"file", file}, {"ok", !isRefused}, {"escape", std::string(1, dockerfile.escape)}};
    Json& directives = json["directives"] = Json::array();
    for (const Directive& directive : dockerfile.directives) {
        directives.push_back({{"name", directive.name}, {"value", directive.value.text}, {"line", directive.line}});
    }
    Json& instructions = json["instructions"] = Json::array();
    for (const Instruction& instruction : dockerfile.instructions)
        instructions.push_back(instructionOf(dockerfile, instruction, instruction.lines));
    if (!errors.empty())
        json["error"] = errorOf(fullMessage(errors.front()), errors.front().lines);
    return oneLine(json);
}

std::string graphAsJson(std::string_view file, const StageGraph& graph, const nlohmann::ordered_json* layout)
{
    Json json{{"file", file}};
    Json& stages = json["stages"] = Json::array();
    for (const Stage& stage : graph.stages)
        stages.push_back(stageOf(graph, stage));
    Json& edges = json["edges"] = Json::array();
    for (const Edge& edge : graph.edges) {
        if (!isFromContext(graph, edge))
            edges.push_back(edgeOf(graph, edge));
    }
    const auto error = std::ranges::find(graph.problems, ProblemPhase::Resolve, &GraphProblem::phase);
    if (error != graph.problems.end())
        json["error"] = errorOf(error->message, error->lines);
    if (layout != nullptr)
        json["layout"] = *layout;
    return oneLine(json);
}

std::string checkAsJson(std::string_view file, const Diagnostics& diagnostics)
{
    constexpr std::array<std::string_view, 3> kSeverities{"error", "warning", "hint"};
    Json json{{"file", file}};
    Json& list = json["diagnostics"] = Json::array();
    for (const Diagnostic& diagnostic : diagnostics) {
        Json one{{"source", diagnostic.source == DiagnosticSource::BuildKit ? "buildkit" : "stagelift"},
                 {"severity", kSeverities[static_cast<std::size_t>(diagnostic.severity)]},
                 {"rule", diagnostic.rule},
                 {"lines", linesOf(diagnostic.lines)},
                 {"msg", diagnostic.message}};
        if (!diagnostic.url.empty())
            one["url"] = diagnostic.url;
        if (diagnostic.provisional)
            one["provisional"] = true;
        for (const Fix& fix : diagnostic.fixes)
            one["fixes"].push_back(fix.title);
        list.push_back(std::move(one));
    }
    return oneLine(json);
}

} // namespace stagelift
