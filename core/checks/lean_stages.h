// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the checks on the final stage share: which stages they look at, and how they look for words in commands.

#pragma once

#include "core/checks/subject.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace stagelift {

/// The stages an image of the last one is made of, where it copies from others on purpose to be lean; else none. Those
/// to work or to test in have their tools on purpose.
[[nodiscard]] std::vector<int> leanStages(const Subject& subject);

/// A short list; what is not filled in is nobody's name.
using Names = std::array<std::string_view, 5>;

[[nodiscard]] bool isIn(const Names& names, std::string_view name);
/// One of the command's words is in the list.
[[nodiscard]] bool hasAny(const StageCommand& command, const Names& words);
/// The command fills another root folder than the stage's own.
[[nodiscard]] bool isInOtherRoot(const StageCommand& command);

/// Calls `look` for each run of commands that belong to one RUN.
template<typename Look>
void forEachRun(std::span<const StageCommand> commands, Look look)
{
    while (!commands.empty()) {
        const Instruction* run = commands.front().run;
        const auto end = std::ranges::find_if(commands, [run](const StageCommand& each) { return each.run != run; });
        const auto count = static_cast<std::size_t>(end - commands.begin());
        look(commands.first(count));
        commands = commands.subspan(count);
    }
}

} // namespace stagelift
