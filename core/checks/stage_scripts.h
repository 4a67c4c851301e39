// SPDX-License-Identifier: GPL-3.0-or-later
//
// The simple commands that the RUNs of each stage run, as views into the file. Our own checks look for compilers,
// package managers and their options in them.

#pragma once

#include "core/stages/stage_graph.h"

#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace stagelift {

struct StageCommand {
    const Instruction* run = nullptr;
    std::string_view programme;              // without its folder
    std::span<const std::string_view> words; // behind it, as written

    [[nodiscard]] bool has(std::string_view word) const;
    /// The value of `-o x`, `-o=x` or `--output=x`; "" where there is none.
    [[nodiscard]] std::string_view option(std::string_view name) const;
    /// The first word that is no option: "install" of `apt-get -y install gcc`.
    [[nodiscard]] std::string_view verb() const;
};

class StageScripts {
public:
    StageScripts(const Dockerfile& dockerfile, const StageGraph& graph);

    /// In the order of the file.
    [[nodiscard]] std::span<const StageCommand> of(int stage) const;

private:
    void read(const Instruction& run);
    void readScript(const Instruction& run, std::string_view script);
    void add(const Instruction& run, std::size_t firstWord);

    std::vector<std::string_view> m_words;
    std::vector<std::size_t> m_ends; // of each command's words
    std::vector<StageCommand> m_commands;
    std::vector<std::pair<std::size_t, std::size_t>> m_stages; // the commands of each
};

} // namespace stagelift
