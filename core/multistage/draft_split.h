// SPDX-License-Identifier: GPL-3.0-or-later
//
// A plan as edits: the builder's name, lines put in and taken out, the new stage.

#pragma once

#include "core/multistage/plan.h"

#include <string_view>

namespace stagelift::multistage {

/// Edits, explanations and what is selected; title and cautions are left empty.
[[nodiscard]] Proposal draftOf(const Reading& reading, const Plan& plan, std::string_view builder);

} // namespace stagelift::multistage
