// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a check looks at, and where it puts what it finds.

#pragma once

#include "core/checks/checks.h"
#include "core/checks/image_traits.h"
#include "core/checks/stage_scripts.h"
#include "core/stages/global_arguments.h"

#include <algorithm>
#include <span>

namespace stagelift {

/// What each stage has for those that are built on it; nothing at all where no stage has anything.
using Triggers = std::vector<std::vector<const Instruction*>>;

[[nodiscard]] Triggers triggersIn(const Dockerfile& dockerfile, const StageGraph& graph);

struct Subject {
    const Dockerfile& dockerfile;
    const StageGraph& graph;
    const CheckOptions& options;
    GlobalArguments arguments;
    Triggers triggers = triggersIn(dockerfile, graph);
    std::vector<int> needed = triggers.empty() ? std::vector<int>() : graph.reachable(graph.defaultTarget());
    mutable std::optional<StageScripts> readScripts = {}; // by the first check that asks for them
    mutable std::optional<std::vector<ImageTraits>> readTraits = {};

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
    /// What is known of the image a stage is built on, for the platform it is built for.
    [[nodiscard]] std::optional<ImageConfig> image(const Stage& stage) const;
    /// What the names of base images tell of a stage.
    [[nodiscard]] const ImageTraits& traits(int stage) const
    {
        const auto& all = readTraits ? *readTraits : readTraits.emplace(traitsOfStages(graph));
        return all[static_cast<std::size_t>(stage)];
    }
    [[nodiscard]] const StageScripts& scripts() const
    {
        return readScripts ? *readScripts : readScripts.emplace(dockerfile, graph);
    }
    /// Calls `look(instruction, at)` with all that runs in the stage, the triggers of its base ahead of its own. `at`
    /// is the instruction whose lines BuildKit names: for a trigger, the FROM. As BuildKit has it, triggers run in what
    /// the last stage needs only, even where all stages are checked.
    template<typename Look>
    void forEachCommand(const Stage& stage, Look look) const
    {
        const bool isBuiltOn = !triggers.empty() && stage.base.kind == NodeKind::Stage;
        if (isBuiltOn && std::ranges::binary_search(needed, stage.index)) {
            for (const Instruction* trigger : triggers[static_cast<std::size_t>(stage.base.index)])
                look(*trigger, from(stage));
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

        /// One mend; none where it comes to no edit.
        Finding& fix(std::string title, TextEdits edits)
        {
            if (!edits.empty())
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
