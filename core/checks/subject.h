// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a check looks at, and where it puts what it finds.

#pragma once

#include "core/checks/checks.h"
#include "core/checks/stage_scripts.h"
#include "core/stages/global_arguments.h"

#include <algorithm>
#include <span>

namespace stagelift {

struct Subject {
    const Dockerfile& dockerfile;
    const StageGraph& graph;
    const CheckOptions& options;
    GlobalArguments arguments;
    bool hasTriggers = std::ranges::contains(dockerfile.instructions, Keyword::Onbuild, &Instruction::keyword);
    mutable std::optional<StageScripts> readScripts = {}; // by the first check that asks for them

    [[nodiscard]] const Instruction& from(const Stage& stage) const
    {
        return dockerfile.instructions[stage.firstInstruction];
    }
    /// The instructions of a stage, its FROM left out.
    [[nodiscard]] std::span<const Instruction> commands(const Stage& stage) const
    {
        return std::span(dockerfile.instructions)
            .subspan(stage.firstInstruction + 1, stage.endInstruction - stage.firstInstruction - 1);
    }
    [[nodiscard]] const StageScripts& scripts() const
    {
        return readScripts ? *readScripts : readScripts.emplace(dockerfile, graph);
    }
    /// Whether the stage is built on one of the file that has ONBUILDs. As BuildKit has it, they run in what the last
    /// stage needs only, even where all stages are checked.
    [[nodiscard]] bool runsTriggers(const Stage& stage) const
    {
        if (!hasTriggers || stage.base.kind != NodeKind::Stage)
            return false;
        const Stage& base = graph.stages[static_cast<std::size_t>(stage.base.index)];
        return std::ranges::contains(commands(base), Keyword::Onbuild, &Instruction::keyword) &&
               std::ranges::contains(graph.reachable(graph.defaultTarget()), stage.index);
    }
    /// Calls `look(instruction, at)` with all that runs in the stage, the triggers of its base ahead of its own. `at`
    /// is the instruction whose lines BuildKit names: for a trigger, the FROM.
    template<typename Look>
    void forEachCommand(const Stage& stage, Look look) const
    {
        if (runsTriggers(stage)) {
            for (const Instruction& onbuild : commands(graph.stages[static_cast<std::size_t>(stage.base.index)])) {
                if (onbuild.keyword == Keyword::Onbuild && onbuild.child)
                    look(*onbuild.child, from(stage));
            }
        }
        for (const Instruction& instruction : commands(stage))
            look(instruction, instruction);
    }
};

/// What one check finds.
class Report {
public:
    /// One finding, to which mends can be added.
    class Finding {
    public:
        explicit Finding(Diagnostic& diagnostic) : m_diagnostic(diagnostic) {}

        Finding& fix(std::string title, TextEdits edits)
        {
            m_diagnostic.fixes.push_back({std::move(title), std::move(edits)});
            return *this;
        }
        /// Worth a look, but no fault: nobody can tell by the text.
        Finding& hint(bool isHint)
        {
            m_diagnostic.severity = isHint ? Severity::Hint : m_diagnostic.severity;
            return *this;
        }
        Finding& provisional(bool isProvisional)
        {
            m_diagnostic.provisional = isProvisional;
            return *this;
        }

    private:
        Diagnostic& m_diagnostic;
    };

    /// A finding in an instruction. `span` is what is underlined; the lines are the instruction's, as BuildKit has
    /// them.
    Finding add(const Instruction& instruction, Span span, std::string message)
    {
        return add(instruction.lines, span, std::move(message));
    }
    Finding add(LineRange lines, Span span, std::string message)
    {
        Diagnostic& diagnostic = m_found.emplace_back();
        diagnostic.message = std::move(message);
        diagnostic.span = span;
        diagnostic.lines = lines;
        return Finding(diagnostic);
    }

    [[nodiscard]] Diagnostics take() { return std::move(m_found); }

private:
    Diagnostics m_found;
};

} // namespace stagelift
