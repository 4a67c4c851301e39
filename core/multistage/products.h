// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the final stage takes from the builder: programs, libraries of a language, and the files that a running program
// is told of.

#pragma once

#include "core/multistage/reading.h"
#include "core/multistage/toolchains.h"

#include <string>
#include <vector>

namespace stagelift::multistage {

struct Product {
    std::string path;        // absolute in the builder
    std::string destination; // in the final stage
    std::string how;         // "go build -o", "started by CMD"
    bool isFolder = false;
    bool isConditional = false; // made under a condition: it may not be there
};

/// What a toolchain leaves behind that makes programs of their own, and the files that came with a COPY and are needed
/// at run time.
[[nodiscard]] std::vector<Product> programsOf(const Reading& reading, const Toolchain& toolchain);

/// The folder where the toolchain works, "/" where it is not known.
[[nodiscard]] std::string workFolder(const Reading& reading, const Toolchain& toolchain);

/// All that the builder's commands are known to leave behind, for a choice.
[[nodiscard]] std::vector<Product> everythingMade(const Reading& reading);

/// Where "COPY . ." has put the build context; "" where nothing did.
[[nodiscard]] std::string contextFolder(const Reading& reading);

/// The source of a COPY is the whole build context.
[[nodiscard]] bool isWholeContext(std::string_view source);

} // namespace stagelift::multistage
