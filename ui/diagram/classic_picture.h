// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same picture as another builder has it: the classic one of Docker, which builds every stage up to the target.

#pragma once

#include "ui/diagram/picture.h"

namespace stagelift::ui {

/// Everything stands where it stands in `picture`; what the classic builder builds beside what is needed is no longer
/// dimmed, and says so.
[[nodiscard]] Picture underClassicBuilder(const Picture& picture);

/// "BuildKit builds 3 of 7 stages".
[[nodiscard]] QString buildKitCaption(const Picture& picture);
/// "The classic builder builds 6 of 7: every stage up to the target".
[[nodiscard]] QString classicCaption(const Picture& picture);

} // namespace stagelift::ui
