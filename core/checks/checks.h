// SPDX-License-Identifier: GPL-3.0-or-later
//
// What BuildKit says of a Dockerfile, errors and checks, and what we say of it. A check is a row in rules.cpp and a
// small function.

#pragma once

#include "core/checks/built_findings.h"
#include "core/checks/diagnostic.h"
#include "core/stages/stage_graph.h"

#include <functional>
#include <optional>

namespace stagelift {

/// What is known of a base image without building anything.
struct ImageConfig {
    std::string platform;                                         // "linux/amd64"
    std::vector<std::pair<std::string, std::string>> environment; // PATH among them
    bool hasShell = false;                                        // a SHELL of its own
    bool isLocalCopy = false; // of an engine: where it is of another platform, a build fetches the right one

    [[nodiscard]] bool operator==(const ImageConfig&) const = default;
};

struct CheckOptions {
    BuildOptions build;
    /// Looks an image up by its name as in the file; nothing where it is not known. Where this is not set, or answers
    /// nothing, findings that depend on the image are marked provisional, and PATH is taken to be all it sets.
    std::function<std::optional<ImageConfig>(std::string_view image)> imageConfig;
    /// The text of the ignore file that applies, if any: NAME.dockerignore beside the Dockerfile, else .dockerignore.
    std::optional<std::string> ignoreFile;
    /// What was seen in stages that were built; of a text that is another by now only what still holds is told.
    std::vector<BuiltFinding> built;
    /// Our own checks too.
    bool own = true;
};

/// All findings: errors of the parser and of the graph first in their lines, then the checks of `docker build --check`
/// and our own. `# check=skip=…` is honoured.
[[nodiscard]] Diagnostics check(const Dockerfile& dockerfile, const StageGraph& graph,
                                const CheckOptions& options = {});

} // namespace stagelift
