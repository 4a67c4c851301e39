// SPDX-License-Identifier: GPL-3.0-or-later
//
// Packages of distributions: which of those that a builder installs a running image needs too. A table of those that
// only build, and one of libraries by their development packages; all others are taken to be needed.

#pragma once

#include "core/multistage/reading.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift::multistage {

enum class Family : std::uint8_t { Apt, Apk, Dnf };

struct PackageInstall {
    Family family = Family::Apt;
    std::string manager; // "microdnf"
    std::vector<std::string> packages;
    bool isTemporary = false; // apk --virtual: to be taken out again
};

/// What the command installs; nothing for one that installs no packages of a distribution.
[[nodiscard]] std::optional<PackageInstall> packagesOf(const ShellCommand& command);
/// Updates, cleans or sets up the package manager: belongs to the installation beside it.
[[nodiscard]] bool tendsPackages(const ShellCommand& command);
/// Takes packages out again.
[[nodiscard]] bool removesPackages(const ShellCommand& command);

struct RuntimePackages {
    Family family = Family::Apt;
    std::string manager;
    std::vector<std::string> names;
    std::vector<std::string> unknown; // development packages whose library nobody here knows
};

[[nodiscard]] RuntimePackages runtimePackages(const Reading& reading);

[[nodiscard]] bool isCompilerPackage(std::string_view package);

/// One line that installs them and leaves nothing of the package manager behind.
[[nodiscard]] std::string installLine(const RuntimePackages& packages);

} // namespace stagelift::multistage
