// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a command leaves behind: a table of commands, each with the options that say where and the place that is taken
// where none does. Adding a tool is adding a row; a few tools need a small function.

#pragma once

#include "core/artifacts/shell_script.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

/// How it came about, the likeliest to be wanted elsewhere first: what was made ahead of what was put somewhere,
/// fetched, brought by a package of the distribution, or is only a folder that was made.
enum class Origin : std::uint8_t { Made, Put, Fetched, Installed, Folder };

struct Output {
    std::string path; // absolute, or a pattern of such
    std::string_view reason;
    Origin origin = Origin::Made;
    bool folder = false; // what the tool makes is one
};

[[nodiscard]] std::vector<Output> outputsOf(const ShellCommand& command);

/// What the command takes away again: absolute paths and patterns, each with all that is in it.
[[nodiscard]] std::vector<std::string> removedBy(const ShellCommand& command);

} // namespace stagelift
