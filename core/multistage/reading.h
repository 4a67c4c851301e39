// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one stage of a file as the split looks at it: its instructions with what holds ahead of each, the commands of its
// RUNs, and what a container of it starts.

#pragma once

#include "core/artifacts/stage_scope.h"
#include "core/edits/analysis.h"
#include "core/multistage/image_parts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift::multistage {

struct Step {
    const Instruction* instruction = nullptr;
    StageScope scope;                   // ahead of it
    std::vector<ShellCommand> commands; // of a RUN

    [[nodiscard]] Keyword keyword() const { return instruction->keyword; }
};

/// What ENTRYPOINT and CMD start, wrappers like tini left out.
struct Start {
    bool isThere = false;
    bool needsShell = false;              // the shell form, or a script
    std::vector<std::string> words;       // all of them; of the shell form, of all its commands
    std::optional<std::string> programme; // as written: "./server", "java"; nothing where it is a variable
    std::vector<std::string> arguments;   // behind the programme
    std::uint32_t brokenLine = 0;         // of one that looks like a JSON list and is none; 0 where there is no such
    [[nodiscard]] bool isScript() const;  // "./entrypoint.sh"
    [[nodiscard]] bool has(std::string_view word) const;
};

struct Reading {
    const Analysis& analysis;
    const Stage& stage;
    ImageParts base;
    std::vector<Step> steps;
    StageScope end; // behind the last step
    Start start;

    [[nodiscard]] std::string_view textOf(const Step& step) const;
    /// Any RUN has a command for which this holds.
    template<typename Test>
    [[nodiscard]] bool anyCommand(Test test) const
    {
        for (const Step& step : steps) {
            for (const ShellCommand& command : step.commands) {
                if (test(command))
                    return true;
            }
        }
        return false;
    }
    /// The last instruction of that kind; nullptr where there is none.
    [[nodiscard]] const Step* last(Keyword keyword) const;
    /// The absolute path of a word of the start, where it has a slash.
    [[nodiscard]] std::string startPath(std::string_view word) const;
};

[[nodiscard]] Reading readStage(const Analysis& analysis);

/// The home of the user that a step is run by, as far as custom tells.
[[nodiscard]] std::string homeAt(const Reading& reading, std::size_t step);

/// Where the `=` of "NAME=value" stands; 0 for a word that is none.
[[nodiscard]] std::size_t assignmentEnd(std::string_view word);

/// The text names the variable: "$NAME", "${NAME}", "${NAME:-x}".
[[nodiscard]] bool mentionsVariable(std::string_view text, std::string_view name);

/// Sources of a COPY or ADD, variables replaced; of a heredoc the name that its file gets.
[[nodiscard]] std::vector<std::string> sourcesOf(const Reading& reading, const Step& copy);
/// Its destination as an absolute path.
[[nodiscard]] std::string destinationOf(const Reading& reading, const Step& copy);

} // namespace stagelift::multistage
