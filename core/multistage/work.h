// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a RUN is for: building, or preparing the image that runs.

#pragma once

#include "core/multistage/reading.h"
#include "core/multistage/toolchains.h"

#include <cstdint>
#include <string>
#include <vector>

namespace stagelift::multistage {

enum class Work : std::uint8_t {
    Build,    // runs a toolchain, or what nobody here knows
    Packages, // installs packages, some of them only to build
    Runtime,  // installs packages that the running image needs, and nothing else, and tidies up
    Users,    // makes users and groups
    Prepare,  // makes folders, sets modes and owners, edits configuration
    None,     // is no RUN
};

[[nodiscard]] Work workOf(const Reading& reading, const Step& step);

/// Nothing of it belongs to a builder.
[[nodiscard]] constexpr bool isForRunning(Work work)
{
    return work == Work::Runtime || work == Work::Users || work == Work::Prepare;
}

/// Names of the users and groups that a step makes.
[[nodiscard]] std::vector<std::string> usersMadeBy(const Step& step);

/// The absolute paths that it makes or changes: of mkdir, chown, chmod, touch, ln.
[[nodiscard]] std::vector<std::string> pathsPreparedBy(const Step& step);

} // namespace stagelift::multistage
