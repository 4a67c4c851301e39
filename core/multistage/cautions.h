// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a text does not tell, and a person has to check before a proposal is taken.

#pragma once

#include "core/multistage/plan.h"

#include <string>
#include <vector>

namespace stagelift::multistage {

[[nodiscard]] std::vector<std::string> cautionsFor(const Reading& reading, const Toolchain& toolchain, const Plan& plan,
                                                   const RuntimePackages& packages, const Needs& needs);

/// Why the image should run as root, or nobody can tell; "" where another user will do.
[[nodiscard]] std::string doubtOfUser(const Reading& reading, const Toolchain& toolchain,
                                      const std::vector<Product>& products);

} // namespace stagelift::multistage
