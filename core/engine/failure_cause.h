// SPDX-License-Identifier: GPL-3.0-or-later
//
// What made a build fail that no Dockerfile can mend: a daemon that went away, a full disk, a helper that is missing.

#pragma once

#include "core/engine/engine.h"

namespace stagelift {

/// What commands and engines print where a disk is full (strerror of ENOSPC), but for its first letter's case.
inline constexpr QStringView kDiskFull = u"o space left on device";

/// @param error what the engine says, or what is known of it
/// @param isDiskFull a step has printed kDiskFull
/// @returns the error with what to do; a sentence of ours in its place where it says nothing to a person; the error as
/// it is where it speaks for itself.
[[nodiscard]] QString withCause(const QString& error, bool isDiskFull, const Engine& engine);

/// What to say of a build that was ended because the engine has waited for this helper for too long.
[[nodiscard]] QString helperHangs(const QString& helper, const Engine& engine);

} // namespace stagelift
