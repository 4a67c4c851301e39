// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/resolution.h"

#include "core/stages/global_arguments.h"
#include "core/stages/image_name.h"
#include "core/stages/platform.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>
#include <ranges>

namespace stagelift {

namespace {

class Teller {
public:
    Teller(const Dockerfile& dockerfile, const StageGraph& graph, const Edge& edge, const BuildOptions& options)
        : m_dockerfile(dockerfile),
          m_graph(graph),
          m_edge(edge),
          m_options(options),
          m_name(edge.spec),
          m_isBase(edge.kind == EdgeKind::Base)
    {
    }

    [[nodiscard]] Resolution told();

private:
    void tellKind();
    void tellVariables();
    void tellStage();
    void tellOtherStages();
    void tellIndex();
    void tellOutside();
    void tellMissedStage();
    void tellTrigger();
    void tellProblem();
    [[nodiscard]] UsedVariable variable(const std::string& name, const Environment& values) const;
    [[nodiscard]] std::string meaning() const;
    [[nodiscard]] bool isGivenContext(std::string_view name) const;
    [[nodiscard]] bool namesImageToo() const;
    [[nodiscard]] const Stage& stage(int index) const { return m_graph.stages[static_cast<std::size_t>(index)]; }
    [[nodiscard]] bool isIndex() const { return m_edge.kind != EdgeKind::Mount && !m_isBase && integerFrom(m_name); }
    void say(std::string reason) { m_result.reasons.push_back(std::move(reason)); }

    const Dockerfile& m_dockerfile;
    const StageGraph& m_graph;
    const Edge& m_edge;
    const BuildOptions& m_options;
    const std::string& m_name; // after expansion
    const bool m_isBase;
    bool m_isTold = true;
    Resolution m_result;
};

std::vector<const Stage*> stagesCalled(const StageGraph& graph, std::string_view name)
{
    std::vector<const Stage*> found;
    const std::string wanted = lowered(name);
    for (const Stage& stage : graph.stages) {
        if (stage.isNamed() && stage.name == wanted)
            found.push_back(&stage);
    }
    return found;
}

/// "line 3", "lines 3 and 7", "lines 3, 7 and 9"
std::string linesOf(const std::vector<const Stage*>& stages)
{
    std::string text = stages.size() == 1 ? "line " : "lines ";
    for (std::size_t i = 0; i < stages.size(); ++i) {
        if (i > 0)
            text += i + 1 == stages.size() ? " and " : ", ";
        text += std::to_string(stages[i]->lines.first);
    }
    return text;
}

Resolution Teller::told()
{
    m_result.expanded = m_name;
    m_result.written = m_isBase ? std::string(stage(m_edge.to).baseWord.text) : m_name;
    tellKind();
    m_result.meaning = meaning();
    if (m_isBase)
        tellVariables();
    if (!m_isTold)
        say("What the word comes to can't be told.");
    else if (m_result.kind == ResolutionKind::BuildContext)
        say(m_edge.kind == EdgeKind::Mount ? "A bind mount without from= is of the build context."
                                           : "Without --from, files come from the build context.");
    else if (isIndex())
        tellIndex();
    else if (m_edge.from.kind == NodeKind::Stage)
        tellStage();
    else
        tellOutside();
    tellTrigger();
    tellProblem();
    return std::move(m_result);
}

void Teller::tellKind()
{
    switch (m_edge.from.kind) {
    case NodeKind::Stage:
        m_result.kind = isIndex() ? ResolutionKind::StageByIndex : ResolutionKind::StageByName;
        break;
    case NodeKind::Image:
        m_result.kind = ResolutionKind::Image;
        break;
    case NodeKind::Scratch:
        m_result.kind = ResolutionKind::Scratch;
        break;
    case NodeKind::Context:
        m_result.kind = m_name.empty() ? ResolutionKind::BuildContext : ResolutionKind::NamedContext;
        break;
    }
}

std::string Teller::meaning() const
{
    const std::string label = m_graph.label(m_edge.from);
    switch (m_result.kind) {
    case ResolutionKind::StageByName:
    case ResolutionKind::StageByIndex: {
        const Stage& from = stage(m_edge.from.index);
        return std::format("{}{}, line {}", from.isNamed() ? "stage " : "", label, from.lines.first);
    }
    case ResolutionKind::Image:
        return std::format("image {}", label);
    case ResolutionKind::NamedContext:
        return std::format("named context {}", label);
    case ResolutionKind::BuildContext:
        return "the build context";
    case ResolutionKind::Scratch:
        return "scratch, an image without a file";
    }
    return {};
}

void Teller::tellVariables()
{
    const GlobalArguments arguments = globalArguments(m_dockerfile, m_options);
    const ShellText text = expand(m_result.written, arguments.values, m_dockerfile.escape);
    for (const auto* names : {&text.matched, &text.unmatched}) {
        for (const std::string& name : *names)
            m_result.variables.push_back(variable(name, arguments.values));
    }
    m_isTold = !text.failed() && !text.text.empty();
}

UsedVariable Teller::variable(const std::string& name, const Environment& values) const
{
    UsedVariable used{.name = name, .value = std::string(values.find(name).value_or("")), .line = 0};
    bool isDeclared = false;
    bool hasDefault = false;
    for (const Instruction& instruction : m_dockerfile.instructions) {
        if (instruction.keyword == Keyword::From)
            break;
        for (const Word& word : instruction.keyword == Keyword::Arg ? instruction.args : std::vector<Word>{}) {
            const Definition definition = definitionFrom(word.text);
            if (definition.name != name)
                continue;
            isDeclared = true;
            if (definition.value || !hasDefault)
                used.line = instruction.lines.first;
            hasDefault = hasDefault || definition.value.has_value();
        }
    }
    const bool isBuildKits = predefinedArguments({"linux", "", "amd64", ""}, "", {}).contains(name);
    const bool isGiven = std::ranges::contains(m_options.buildArgs, name, &std::pair<std::string, std::string>::first);
    if (isGiven && (isDeclared || isBuildKits))
        used.origin = ValueOrigin::BuildArgument;
    else if (hasDefault && values.contains(name))
        used.origin = ValueOrigin::Default;
    else if (isBuildKits)
        used.origin = ValueOrigin::BuildKit;
    return used;
}

/// A name that meets a stage.
void Teller::tellStage()
{
    const Stage& from = stage(m_edge.from.index);
    if (m_isBase)
        say(std::format("FROM takes a stage above of that name: the one in line {}.", from.lines.first));
    else
        say(std::format("A stage of that name goes before an image: the one in line {}.", from.lines.first));
    if (!isLowerCase(m_name))
        say(std::format("Names are compared without case here: {} is {}.", m_name, from.name));
    tellOtherStages();
    if (m_isBase && namesImageToo())
        say(std::format("So the image {} can't be meant: its name is taken by the stage.", m_name));
    if (isGivenContext(from.name))
        say(std::format("A build context called {} is given: it goes in place of that whole stage.", from.name));
}

/// Those that have the name too, and why they are not meant.
void Teller::tellOtherStages()
{
    std::vector<const Stage*> above;
    std::vector<const Stage*> below;
    for (const Stage* each : stagesCalled(m_graph, m_name)) {
        if (each->index == m_edge.from.index)
            continue;
        const bool isBelow = m_isBase && each->index >= m_edge.to;
        (isBelow ? below : above).push_back(each);
    }
    if (!above.empty())
        say(std::format("{} {} that name too, but the {} counts.", "L" + linesOf(above).substr(1),
                        above.size() == 1 ? "has" : "have", m_isBase ? "nearest above" : "last one in the file"));
    if (!below.empty() && !(below.size() == 1 && below.front()->index == m_edge.to))
        say(std::format("FROM does not look below, to {}.", linesOf(below)));
}

void Teller::tellIndex()
{
    if (m_edge.from.kind != NodeKind::Stage) {
        say(std::format("{} is an index. Behind the {} stages it counts what --from and mounts name besides: {}.",
                        m_name, m_graph.stages.size(), m_graph.label(m_edge.from)));
        return;
    }
    const Stage& from = stage(m_edge.from.index);
    say(std::format("{} is an index: stages count from 0, and their names do not matter.", m_name));
    say(std::format("It means another stage as soon as one is put in above line {}.", from.lines.first));
    if (from.isNamed() && isGivenContext(from.name))
        say(std::format("A build context called {} is given: it goes in place of that whole stage.", from.name));
}

/// A name that meets no stage.
void Teller::tellOutside()
{
    if (m_isBase && m_result.kind == ResolutionKind::NamedContext && isGivenContext(stage(m_edge.to).name)) {
        say(std::format("A build context called {} is given: it goes in place of this whole stage.",
                        stage(m_edge.to).name));
        return;
    }
    tellMissedStage();
    if (m_result.kind == ResolutionKind::NamedContext)
        say(std::format("A build context called {} is given, and goes before an image of that name.",
                        m_graph.label(m_edge.from)));
    if (m_result.kind == ResolutionKind::Scratch)
        say("scratch is no image: it stands for nothing at all.");
}

void Teller::tellMissedStage()
{
    const std::vector<const Stage*> same = stagesCalled(m_graph, m_name);
    if (integerFrom(m_name)) {
        say(std::format("{} knows no indices: {} is a name like any other.", m_isBase ? "FROM" : "A mount", m_name));
    } else if (!m_isBase || same.empty()) {
        if (m_result.kind == ResolutionKind::Image)
            say(m_isBase ? "No stage above has that name, so it is an image."
                         : "No stage has that name, so it is an image.");
    } else if (same.front()->index < m_edge.to) {
        say(std::format(
            "FROM compares names as they are written, and BuildKit keeps a stage's in lower case: {} is not "
            "the stage {} in line {}.",
            m_name, same.front()->name, same.front()->lines.first));
    } else if (same.front()->index == m_edge.to) {
        say("FROM looks for stages above only: the stage of that name is this one itself.");
    } else {
        say(std::format("FROM looks for stages above only: the stage of that name, in line {}, comes later.",
                        same.front()->lines.first));
    }
}

void Teller::tellTrigger()
{
    if (!m_edge.isTrigger)
        return;
    const Instruction& trigger = m_dockerfile.instructions[m_edge.instruction];
    say(std::format("It is written in the ONBUILD of line {}, and runs at the start of every stage that is built on "
                    "that one.",
                    trigger.lines.first));
}

void Teller::tellProblem()
{
    if (m_edge.from.kind == NodeKind::Stage && m_edge.from.index >= m_edge.to) {
        const bool isSelf = m_edge.from.index == m_edge.to;
        say(isSelf ? "A stage can't take from itself."
                   : "That stage stands below, and a stage takes only from those above.");
    }
    const auto isOfIt = [this](const GraphProblem& problem) {
        return (!m_edge.specSpan.empty() && problem.span == m_edge.specSpan) ||
               (m_edge.broken && problem.span == m_edge.span);
    };
    const auto found = std::ranges::find_if(m_graph.problems, isOfIt);
    if (found != m_graph.problems.end())
        m_result.problem = found->message;
}

bool Teller::isGivenContext(std::string_view name) const
{
    const std::string_view familiar = familiarImageName(name);
    return !name.empty() && std::ranges::any_of(m_options.namedContexts, [familiar](const std::string& given) {
        return familiarImageName(given) == familiar;
    });
}

/// True where the file uses an image of that name as well: a stage shadows it here.
bool Teller::namesImageToo() const
{
    return m_name == "scratch" || std::ranges::any_of(m_graph.images, [this](std::string_view image) {
               image = familiarImageName(image);
               image = image.substr(0, image.find('@'));
               const std::size_t tag = image.find(':', image.rfind('/') + 1); // a port may stand ahead
               return image.substr(0, tag) == m_name;
           });
}

} // namespace

std::string UsedVariable::sentence() const
{
    switch (origin) {
    case ValueOrigin::Default:
        return std::format("{} is {}, the default in line {}.", name, value, line);
    case ValueOrigin::BuildArgument:
        return std::format("{} is {}, given as a build argument.", name, value);
    case ValueOrigin::BuildKit:
        return std::format("{} is {}, set by BuildKit.", name, value);
    case ValueOrigin::Nowhere:
        break;
    }
    return line > 0 ? std::format("{} has no value: its ARG in line {} has no default.", name, line)
                    : std::format("{} has no value: no ARG ahead of the first FROM declares it.", name);
}

Resolution resolutionOf(const Dockerfile& dockerfile, const StageGraph& graph, std::size_t edge,
                        const BuildOptions& options)
{
    return Teller(dockerfile, graph, graph.edges[edge], options).told();
}

} // namespace stagelift
