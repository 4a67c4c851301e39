// SPDX-License-Identifier: GPL-3.0-or-later
//
// The image that the final stage is built on: lean, and right for the toolchain, for the C library that the builder
// links against, and for what the running image needs beside the program.

#pragma once

#include "core/multistage/multistage.h"
#include "core/multistage/reading.h"
#include "core/multistage/toolchains.h"

#include <string>
#include <string_view>
#include <vector>

namespace stagelift::multistage {

/// What a running image needs beside the program.
struct Needs {
    bool shell = false;       // the shell form, a script, RUNs that come along
    bool packages = false;    // of a distribution, others than certificates and time zones
    bool isStatic = false;    // what was built needs no C library
    bool isWebServer = false; // static files that a web server hands out
    bool keepsImage = false;  // what the builder has changed in its image is needed: PHP's extensions
};

/// Whether what the toolchain leaves behind needs no C library, as far as the text tells.
[[nodiscard]] bool isLinkedStatically(const Reading& reading, const Toolchain& toolchain);

/// "bookworm": the release of Debian or Ubuntu that an image stands on, the newest where its name does not tell.
[[nodiscard]] std::string_view releaseOf(const ImageParts& image);

/// The first one is proposed; never none.
[[nodiscard]] std::vector<BaseChoice> basesFor(const Reading& reading, const Toolchain& toolchain, const Needs& needs);

/// Which users an image has that is no root: "node" of node, "nonroot" where the tag says so; "" where none is known.
[[nodiscard]] std::string userOf(std::string_view image);

/// True where RUN, a script and the shell form can work in it.
[[nodiscard]] bool hasShell(std::string_view image);
/// Certificates and time zones are in it.
[[nodiscard]] bool hasCertificates(std::string_view image);

} // namespace stagelift::multistage
