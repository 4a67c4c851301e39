// SPDX-License-Identifier: GPL-3.0-or-later
//
// What may stand at the caret: instructions, an instruction's flags and their values, stages, variables, artifacts of
// the stage that is copied from, and files of the build context.

#pragma once

#include "core/edits/analysis.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift::ui {

struct Completion {
    std::uint32_t begin = 0;        // of what is typed so far; it ends at the caret
    std::vector<std::string> items; // that begin with it, in any case; sorted, none twice
};

/// Names in a folder of the build context, folders with a slash behind them.
using ListFolder = std::function<std::vector<std::string>(const std::string& folder)>;

/// Likewise in a folder of a stage that was built.
using ListStage = std::function<std::vector<std::string>(int stage, const std::string& folder)>;

[[nodiscard]] std::optional<Completion> completionAt(const Analysis& analysis, std::uint32_t caret,
                                                     const ListFolder& listContext = {},
                                                     const ListStage& listStage = {});

/// The ARG and ENV names that a variable at `caret` may be, in the order of the file.
struct Variable {
    std::string name;
    std::string value; // as written; "" for an ARG without a default
    Span span;         // of the name
};
[[nodiscard]] std::vector<Variable> variablesAt(const Analysis& analysis, std::uint32_t caret);

/// The instruction whose lines the caret is in, behind its keyword or at it; nullptr for none.
[[nodiscard]] const Instruction* instructionAt(const Analysis& analysis, std::uint32_t caret);

} // namespace stagelift::ui
