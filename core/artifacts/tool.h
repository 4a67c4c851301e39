// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is known of a tool: by which words it is recognised, and where it leaves what it makes. The tools are tables, a
// file for each family; adding one is adding a row and a test.

#pragma once

#include "core/artifacts/recognisers.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

using Names = std::array<std::string_view, 8>;
using Paths = std::vector<std::string>;

struct Tool {
    std::string_view reason;
    Names programmes; // one with a "*" at its end or its start stands for all that begin or end so
    Names verbs;      // one of them is among the words, "*" as above; none: any
    Names options;    // whose value is where it goes
    Names otherwise;  // where it goes without such an option
    Paths (*special)(const ShellCommand&) = nullptr; // where it goes, where that takes more than a look
    Names folders = {};                              // options whose value is the folder that it works in
    Origin origin = Origin::Made;
};

[[nodiscard]] std::span<const Tool> compilers();      // Go, Rust, C and C++, and the like
[[nodiscard]] std::span<const Tool> webTools();       // Node and what builds pages
[[nodiscard]] std::span<const Tool> scriptingTools(); // Python, Ruby, PHP
[[nodiscard]] std::span<const Tool> runtimeTools();   // Java, .NET, Erlang
[[nodiscard]] std::span<const Tool> fileTools();      // what copies, unpacks and downloads

/// The value of a variable, `otherwise` where it has none.
[[nodiscard]] std::string valueOf(const ShellCommand& command, std::string_view variable, std::string_view otherwise);
/// The value of `name=…` among the words.
[[nodiscard]] std::string assigned(const ShellCommand& command, std::string_view name);
/// The first of the options that is given.
[[nodiscard]] std::optional<std::string> firstOption(const ShellCommand& command, const Names& names);
/// True where one of the names, "*" as in Tool, is the word.
[[nodiscard]] bool isIn(const Names& names, std::string_view word);

} // namespace stagelift
