// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a build might have been spared.

#pragma once

#include "core/engine/build.h"

namespace stagelift {

/// On what has taken long and need not have; "" where there is no such thing.
/// @param steps of a build that has ended
[[nodiscard]] QString adviceOn(const QList<BuildStep>& steps);

} // namespace stagelift
