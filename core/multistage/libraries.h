// SPDX-License-Identifier: GPL-3.0-or-later
//
// The libraries that development packages are for: what a running image needs of a builder that installs "libpq-dev".

#pragma once

#include "core/multistage/packages.h"

#include <span>
#include <string_view>

namespace stagelift::multistage {

struct Library {
    std::string_view development;
    std::string_view library;    // "" where none is needed at run time; of Debian 12 where that matters
    std::string_view newer = {}; // of Debian 13, where it is another
    std::string_view older = {}; // of Debian 11
};

/// The table of a family of distributions.
[[nodiscard]] std::span<const Library> librariesOf(Family family);

} // namespace stagelift::multistage
