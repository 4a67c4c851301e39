// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the mouse is told about a place in the text: what is wrong there, what a reference means and why, what an
// instruction does, what a variable holds.

#pragma once

#include "core/edits/analysis.h"

#include <QString>

namespace stagelift::ui {

/// Rich text; "" for nothing.
[[nodiscard]] QString explain(const Analysis& analysis, std::uint32_t offset);

} // namespace stagelift::ui
