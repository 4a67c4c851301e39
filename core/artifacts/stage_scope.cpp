// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/artifacts/stage_scope.h"

#include "core/dockerfile/paths.h"
#include "core/dockerfile/shell_tokens.h"
#include "core/stages/global_arguments.h"

#include <algorithm>

namespace stagelift {

namespace {

constexpr std::size_t kWordsOfEnv = 3; // key, value and separator

class Walk {
public:
    Walk(const Dockerfile& dockerfile, const StageGraph& graph)
        : m_dockerfile(dockerfile), m_graph(graph), m_globals(globalArguments(dockerfile, {}).values)
    {
    }

    /// The scope at the end of a stage.
    StageScope through(int stage, const StageVisitor& visit)
    {
        const Stage& walked = m_graph.stages[stage];
        // FROM sees earlier stages only, so that this ends.
        const bool inherits = walked.base.kind == NodeKind::Stage && walked.base.index < stage;
        StageScope scope = inherits ? through(walked.base.index, {}) : StageScope();
        for (std::size_t index = walked.firstInstruction + 1; index < walked.endInstruction; ++index) {
            const Instruction& instruction = m_dockerfile.instructions[index];
            if (visit)
                visit(instruction, scope);
            take(instruction, scope);
        }
        return scope;
    }

private:
    std::string expanded(std::string_view word, const StageScope& scope) const
    {
        return expand(word, scope.values, m_dockerfile.escape).text;
    }

    void take(const Instruction& instruction, StageScope& scope) const
    {
        if (instruction.keyword == Keyword::Workdir && !instruction.args.empty())
            scope.folder = pathFrom(scope.folder, expanded(instruction.args.front().text, scope));
        if (instruction.keyword == Keyword::Env) {
            for (std::size_t at = 0; at + 1 < instruction.args.size(); at += kWordsOfEnv)
                scope.values.set(instruction.args[at].text, expanded(instruction.args[at + 1].text, scope));
        }
        if (instruction.keyword != Keyword::Arg)
            return;
        for (const Word& word : instruction.args) {
            const Definition definition = definitionFrom(word.text);
            if (definition.value)
                scope.values.set(definition.name, expanded(*definition.value, scope));
            else if (const auto global = m_globals.find(definition.name))
                scope.values.set(definition.name, *global);
        }
    }

    const Dockerfile& m_dockerfile;
    const StageGraph& m_graph;
    const Environment m_globals;
};

} // namespace

void walkStage(const Dockerfile& dockerfile, const StageGraph& graph, int stage, const StageVisitor& visit)
{
    Walk(dockerfile, graph).through(stage, visit);
}

std::vector<ShellCommand> commandsOf(const Instruction& run, const StageScope& scope)
{
    if (run.json && scriptsOf(run).empty()) {
        std::string command;
        for (const Word& word : run.args)
            command.append("'").append(word.text).append("' ");
        return commandsOf(command, scope.folder, scope.values);
    }
    std::vector<ShellCommand> commands;
    for (const std::string_view script : scriptsOf(run))
        std::ranges::move(commandsOf(script, scope.folder, scope.values), std::back_inserter(commands));
    return commands;
}

} // namespace stagelift
