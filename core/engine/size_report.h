// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a build measured, as the reports take it.

#pragma once

#include "core/engine/build.h"
#include "core/report/size_table.h"
#include "core/stages/budgets.h"

#include <utility>

namespace stagelift {

/// The lines of an instruction, 1-based and inclusive; zeros for none.
[[nodiscard]] std::pair<std::uint32_t, std::uint32_t> linesOf(const Analysis& analysis, int instruction);

/// `budgets` are those of the same analysis.
[[nodiscard]] SizeRow sizeRow(const Analysis& analysis, const Budgets& budgets, const StageSize& size,
                              const QList<int>& targets);

} // namespace stagelift
