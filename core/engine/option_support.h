// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which engine knows which option, by what its `build --help` says. What one lacks is refused ahead of the build.

#pragma once

#include "core/engine/build_extras.h"

namespace stagelift {

/// "The classic builder of docker 26.1.5 knows no secrets (--secret): …" for the first option that this engine lacks;
/// empty where it knows all that are given.
[[nodiscard]] QString lackOf(const BuildExtras& extras, const Engine& engine);

} // namespace stagelift
