// SPDX-License-Identifier: GPL-3.0-or-later
//
// Packages that no RUN of the builder installs, because its image has them, and that a lean final stage lacks.

#pragma once

#include "core/multistage/packages.h"
#include "core/multistage/toolchains.h"

#include <string_view>

namespace stagelift::multistage {

/// What the final stage is built on, and holds.
struct FinalImage {
    std::string_view base;
    bool isStatic = false; // the program needs no C library
};

/// Adds what a health check calls, Python where only pip was asked for, C++'s library on Alpine, OpenSSL for Prisma,
/// and what Rails is linked against.
void addWhatTheBaseLacks(RuntimePackages& packages, const Reading& reading, const Toolchain& toolchain,
                         const FinalImage& image);

/// Rails in a full image of Ruby so old that the libraries of its databases can't be installed in the slim one.
[[nodiscard]] bool lacksDatabasesOfRails(const Reading& reading);

} // namespace stagelift::multistage
