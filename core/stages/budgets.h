// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sizes that stages are to stay within, as comments of the file say:
//
//     # stagelift: budget runtime <= 25 MB
//
// A stage is named as `--target` names it, or by its index; without one, the last stage is meant. Units are decimal, as
// Docker prints sizes (B, kB, MB, GB), or binary (KiB, MiB, GiB).

#pragma once

#include "core/stages/stage_graph.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stagelift {

struct Budget {
    int stage = 0;
    std::int64_t bytes = 0;
    std::string text; // of the size, as written: "25 MB"
    Span span;        // of the comment, its line ending left out
    LineRange lines;
};

/// A comment that means to be one of ours, and can't be read.
struct BudgetFault {
    std::string message; // what is wrong, and how it is written
    Span span;
    LineRange lines;
};

struct Budgets {
    std::vector<Budget> budgets; // in the order of the file
    std::vector<BudgetFault> faults;

    /// The least that a stage is to stay within; null where there is none.
    [[nodiscard]] const Budget* of(int stage) const;
    /// The same where so many bytes are more than it; null where they are not.
    [[nodiscard]] const Budget* exceededBy(int stage, std::int64_t bytes) const;
};

[[nodiscard]] Budgets budgetsOf(const Dockerfile& dockerfile, const StageGraph& graph);

/// "25 MB", "1.5GiB", "800kB": bytes; nothing where it is no size, or one that no image has.
[[nodiscard]] std::optional<std::int64_t> bytesOf(std::string_view size);

} // namespace stagelift
