// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/resolver.h"

#include "core/dockerfile/check_directive.h"
#include "core/dockerfile/copy_source.h"
#include "core/dockerfile/heredocs.h"
#include "core/dockerfile/mount.h"
#include "core/stages/cycles.h"
#include "core/stages/image_name.h"
#include "core/stages/platform.h"
#include "core/text/characters.h"
#include "core/text/nearest.h"

#include <algorithm>
#include <format>
#include <tuple>

namespace stagelift {

namespace {

constexpr std::string_view kScratch = "scratch";

std::string stateName(const Stage& stage)
{
    return stage.isNamed() ? stage.name : std::format("stage-{}", stage.index);
}

/// What a COPY or ADD takes from where it copies; contents that are written in the file itself are no path.
std::vector<std::string> pathsOf(const Instruction& instruction)
{
    std::vector<std::string> paths;
    if (instruction.args.empty())
        return paths;
    for (std::size_t i = 0; i + 1 < instruction.args.size(); ++i) {
        const std::string_view source = instruction.args[i].text;
        const bool isFetched = instruction.keyword == Keyword::Add && sourceKind(source) != SourceKind::Local;
        if (!isHeredocWord(source) && !isFetched)
            paths.emplace_back(source);
    }
    return paths;
}

} // namespace

StageGraph resolve(const Dockerfile& dockerfile, const BuildOptions& options)
{
    return Resolver(dockerfile, options).resolve();
}

StageGraph Resolver::resolve()
{
    refuseFile();
    addStages();
    for (const Stage& stage : m_graph.stages)
        m_states.push_back(stageNode(stage.index));
    for (const Stage& stage : m_graph.stages)
        addNeeds(stage);
    // Triggers come after all, because what they name gets its index after all.
    for (const Stage& stage : m_graph.stages)
        addTriggers(stage);
    const auto place = [](const Edge& edge) {
        return std::tuple(edge.to, edge.kind != EdgeKind::Base, !edge.isTrigger);
    };
    if (!std::ranges::is_sorted(m_graph.edges, {}, place)) // as they are where nothing was triggered
        std::ranges::stable_sort(m_graph.edges, {}, place);
    if (auto cycle = findCycle(m_graph))
        m_graph.problems.push_back(std::move(*cycle));
    checkImages();
    findForwardReferences();
    return std::move(m_graph);
}

/// What BuildKit says ahead of all that the stages are about.
void Resolver::refuseFile()
{
    if (m_dockerfile.source->bytes().empty()) {
        refuse("the Dockerfile cannot be empty", {}, {});
        return; // the parser's error says no more than that
    }
    if (const auto check = checkDirectiveOf(m_dockerfile)) {
        if (const auto options = parseCheckDirective(check->value.text); !options)
            refuse(std::format("failed to parse check options: {}", options.error()), check->value.span, {});
    }
    for (const SyntaxError& error : m_dockerfile.errors)
        refuse(fullMessage(error), error.span, error.lines);
    const auto& all = m_dockerfile.instructions;
    const bool hasStages = std::ranges::find(all, Keyword::From, &Instruction::keyword) != all.end();
    if (!hasStages && m_dockerfile.errors.empty())
        refuse("dockerfile contains no stages to build", {}, {});
}

void Resolver::addStages()
{
    if (m_arguments.problem)
        m_graph.problems.push_back(*m_arguments.problem);
    const auto& all = m_dockerfile.instructions;
    m_graph.stages.reserve(static_cast<std::size_t>(std::ranges::count(all, Keyword::From, &Instruction::keyword)));
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].keyword == Keyword::From) {
            addStage(i);
        } else if (!m_graph.stages.empty()) {
            Stage& stage = m_graph.stages.back();
            stage.endInstruction = i + 1;
            stage.span.end = all[i].span.end;
            stage.lines.last = all[i].lines.last;
        }
    }
}

void Resolver::addStage(std::size_t instruction)
{
    const Instruction& from = m_dockerfile.instructions[instruction];
    Stage& stage = m_graph.stages.emplace_back();
    stage.index = static_cast<int>(m_graph.stages.size()) - 1;
    stage.firstInstruction = instruction;
    stage.endInstruction = instruction + 1;
    stage.span = from.span;
    stage.lines = from.lines;
    nameStage(stage, from);
    setBase(stage, from);
    setPlatform(stage, from);
    if (stage.isNamed())
        m_stages[stage.name] = stage.index;
}

void Resolver::nameStage(Stage& stage, const Instruction& from)
{
    const std::uint32_t end = from.args.empty() ? from.keywordWord.span.end : from.args.back().span.end;
    stage.nameSpan = {end, end};
    if (from.args.size() < 3 || !equalFolded(from.args[1].text, "as"))
        return;
    stage.writtenName = from.args[2].text;
    stage.nameSpan = from.args[2].span;
    stage.name = lowered(stage.writtenName);
}

void Resolver::setBase(Stage& stage, const Instruction& from)
{
    if (from.args.empty()) {
        stage.baseWord.span = stage.nameSpan; // where it belongs
        return;
    }
    stage.baseWord = from.args.front();
    ShellText base = expand(stage.baseWord.text, m_arguments.values, m_dockerfile.escape);
    if (base.failed())
        refuse(base.error, stage.baseWord.span, from.lines);
    else if (base.text.empty())
        refuse(std::format("base name ({}) should not be blank", stage.baseWord.text), stage.baseWord.span, from.lines);
    // A base that can't be told is shown as it is written.
    const bool isTold = !base.failed() && !base.text.empty();
    if (!isTold)
        m_untold.push_back(stage.index);
    stage.baseName = isTold ? std::move(base.text) : std::string(stage.baseWord.text);
    const auto known = m_stages.find(stage.baseName);
    if (stage.isNamed() && isNamedContext(stage.name))
        stage.base = contextNode(stage.name);
    else
        stage.base = known != m_stages.end() ? stageNode(known->second) : nodeOutside(stage.baseName);
}

void Resolver::setPlatform(Stage& stage, const Instruction& from)
{
    const Flag* flag = from.flag("platform");
    if (flag == nullptr || flag->value.text.empty())
        return;
    const ShellText platform = expand(flag->value.text, m_arguments.values, m_dockerfile.escape);
    stage.platform = platform.text;
    const auto suggest = [&](std::string message) {
        const std::vector<std::string_view> names = m_arguments.values.names();
        for (const std::string& name : platform.unmatched) {
            if (const std::string suggestion = nearest(name, names); !suggestion.empty())
                return message + didYouMean(suggestion);
        }
        return message;
    };
    const auto parsed = parsePlatform(platform.text);
    if (platform.failed()) {
        refuse(std::format("failed to process arguments for platform {}: {}", platform.text, platform.error),
               flag->value.span, from.lines);
    } else if (platform.text.empty()) {
        refuse(suggest(std::format("empty platform value from expression {}", flag->value.text)), flag->value.span,
               from.lines);
    } else if (!parsed) {
        refuse(std::format("failed to parse platform {}: {}", flag->value.text, suggest(parsed.error())),
               flag->value.span, from.lines);
    }
}

void Resolver::addNeeds(const Stage& stage)
{
    if (!stage.baseWord.text.empty())
        addEdge(stage, stage.firstInstruction, stage.base,
                {EdgeKind::Base, stage.baseName, stage.baseWord.span, {}, {}}, false);
    for (std::size_t i = stage.firstInstruction + 1; i < stage.endInstruction; ++i)
        addInstruction(stage, i, m_dockerfile.instructions[i], false);
}

/// What the stage's base has for whoever is built on it.
void Resolver::addTriggers(const Stage& stage)
{
    if (stage.base.kind != NodeKind::Stage)
        return;
    const Stage& parent = m_graph.stages[static_cast<std::size_t>(stage.base.index)];
    for (std::size_t i = parent.firstInstruction + 1; i < parent.endInstruction; ++i) {
        const Instruction& instruction = m_dockerfile.instructions[i];
        if (instruction.keyword == Keyword::Onbuild && instruction.child)
            addInstruction(stage, i, *instruction.child, true);
    }
}

void Resolver::addInstruction(const Stage& stage, std::size_t index, const Instruction& instruction, bool isTrigger)
{
    if (instruction.keyword == Keyword::Copy || instruction.keyword == Keyword::Add)
        addCopy(stage, index, instruction, isTrigger);
    else if (instruction.keyword == Keyword::Run && !instruction.flags.empty())
        addMounts(stage, index, instruction, isTrigger);
}

void Resolver::addCopy(const Stage& stage, std::size_t index, const Instruction& instruction, bool isTrigger)
{
    Reference reference;
    reference.kind = isTrigger ? EdgeKind::OnbuildCopy : EdgeKind::Copy;
    reference.paths = pathsOf(instruction);
    if (!instruction.args.empty())
        reference.destination = instruction.args.back().text;
    const Flag* from = instruction.keyword == Keyword::Copy ? instruction.flag("from") : nullptr;
    if (from == nullptr || from->value.text.empty()) {
        if (!reference.paths.empty())
            addEdge(stage, index, contextNode(""), std::move(reference), isTrigger);
        return;
    }
    reference.spec = from->value.text;
    reference.specSpan = from->value.span;
    if (const auto source = copySource(*from, instruction))
        addEdge(stage, index, *source, std::move(reference), isTrigger);
}

std::optional<NodeRef> Resolver::copySource(const Flag& flag, const Instruction& instruction)
{
    const std::string_view spec = flag.value.text;
    const ShellText shell = expand(spec, noVariables(), m_dockerfile.escape);
    if (shell.failed() || shell.text != spec) {
        // BuildKit names no line here.
        refuse(shell.failed() ? shell.error
                              : "variable expansion is not supported for --from, define a new stage with FROM using "
                                "ARG from global scope as a workaround",
               flag.value.span, {});
        return std::nullopt;
    }
    if (const auto index = integerFrom(spec)) {
        if (*index >= 0 && static_cast<std::size_t>(*index) < m_states.size())
            return m_states[static_cast<std::size_t>(*index)];
        refuse(std::format("invalid stage index {}", *index), flag.value.span, {});
        return std::nullopt;
    }
    const NodeRef node = nodeNamed(spec);
    if (node.kind == NodeKind::Image)
        m_outside.push_back({node, flag.value.span, instruction.lines});
    return node;
}

void Resolver::addMounts(const Stage& stage, std::size_t index, const Instruction& instruction, bool isTrigger)
{
    for (const Flag& flag : instruction.flags) {
        if (flag.name != "mount")
            continue;
        const Mount mount = readMount(m_dockerfile, flag);
        Reference reference;
        reference.kind = EdgeKind::Mount;
        reference.paths.emplace_back(mount.source().empty() ? "/" : mount.source());
        reference.destination = mount.target();
        const MountField* from = mount.field("from");
        if (from == nullptr || from->value.text.empty()) {
            static_cast<void>(nodeNamed(kScratch)); // BuildKit counts a mount without a source as one from nothing
            if (mount.type() == "bind")
                addEdge(stage, index, contextNode(""), std::move(reference), isTrigger);
            continue;
        }
        reference.spec = from->value.text;
        reference.specSpan = from->value.span;
        const NodeRef source = nodeNamed(reference.spec);
        // One from a variable was refused when the line was read.
        if (source.kind == NodeKind::Image && !reference.spec.contains('$'))
            m_outside.push_back({source, reference.specSpan, {}});
        addEdge(stage, index, source, std::move(reference), isTrigger);
    }
}

void Resolver::addEdge(const Stage& stage, std::size_t index, NodeRef from, Reference reference, bool isTrigger)
{
    const Instruction& instruction = m_dockerfile.instructions[index];
    Edge& edge = m_graph.edges.emplace_back();
    edge.from = from;
    edge.to = stage.index;
    edge.kind = reference.kind;
    edge.spec = reference.spec;
    edge.specSpan = reference.specSpan;
    edge.instruction = index;
    edge.paths = std::move(reference.paths);
    edge.destination = std::move(reference.destination);
    edge.span = instruction.span;
    edge.isTrigger = isTrigger;
    // A trigger runs, for BuildKit, where the stage begins that is built on it.
    edge.lines = isTrigger ? m_dockerfile.instructions[stage.firstInstruction].lines : instruction.lines;
}

/// A stage that stands below cannot be copied from: stages are built in the order of the file.
void Resolver::findForwardReferences()
{
    for (Edge& edge : m_graph.edges) {
        if (edge.from.kind != NodeKind::Stage || edge.from.index < edge.to)
            continue;
        edge.broken = true;
        const Stage& to = m_graph.stages[static_cast<std::size_t>(edge.to)];
        std::string message =
            edge.kind == EdgeKind::Mount
                ? std::format("cannot mount from stage {} to {}, stage needs to be defined before current command",
                              quoted(edge.spec), quoted(edge.destination))
                : std::format("cannot copy from stage {}, it needs to be defined before current stage {}",
                              quoted(edge.spec), quoted(stateName(to)));
        if (edge.from.index > edge.to) // one that names itself is a cycle, and was found as such
            refuse(std::move(message), edge.span, edge.lines, ProblemPhase::Build);
    }
}

/// Names that no image can have. BuildKit looks at all of them ahead of the first build step.
void Resolver::checkImages()
{
    const auto check = [&](NodeRef node, Span span, LineRange lines) {
        const std::string& name = m_graph.images[static_cast<std::size_t>(node.index)];
        if (const auto problem = imageNameProblem(name))
            refuse(std::format("failed to parse stage name {}: {}", quoted(name), *problem), span, lines,
                   ProblemPhase::Build);
    };
    for (const Stage& stage : m_graph.stages) {
        // One that could not be told was refused already.
        if (stage.base.kind == NodeKind::Image && !std::ranges::binary_search(m_untold, stage.index))
            check(stage.base, stage.baseWord.span, m_dockerfile.instructions[stage.firstInstruction].lines);
    }
    for (const Outside& outside : m_outside)
        check(outside.node, outside.span, outside.lines);
}

NodeRef Resolver::nodeNamed(std::string_view name)
{
    const auto stage = m_stages.find(lowered(name));
    if (stage != m_stages.end())
        return stageNode(stage->second);
    const NodeRef node = nodeOutside(name);
    m_states.push_back(node);
    return node;
}

NodeRef Resolver::nodeOutside(std::string_view name)
{
    if (name == kScratch)
        return {NodeKind::Scratch, 0};
    return isNamedContext(name) ? contextNode(familiarImageName(name)) : imageNode(name);
}

NodeRef Resolver::imageNode(std::string_view name)
{
    const auto [place, isNew] = m_images.try_emplace(std::string(name), static_cast<int>(m_graph.images.size()));
    if (isNew)
        m_graph.images.emplace_back(name);
    return {NodeKind::Image, place->second};
}

NodeRef Resolver::contextNode(std::string_view name)
{
    auto& contexts = m_graph.contexts;
    const auto known = std::ranges::find(contexts, name);
    const auto index = static_cast<int>(known - contexts.begin());
    if (known == contexts.end())
        contexts.emplace_back(name);
    return {NodeKind::Context, index};
}

bool Resolver::isNamedContext(std::string_view name) const
{
    const std::string_view familiar = familiarImageName(name);
    return std::ranges::any_of(m_options.namedContexts,
                               [&](const std::string& given) { return familiarImageName(given) == familiar; });
}

void Resolver::refuse(std::string message, Span span, LineRange lines, ProblemPhase phase)
{
    m_graph.problems.push_back({std::move(message), span, lines, phase});
}

} // namespace stagelift
