// SPDX-License-Identifier: GPL-3.0-or-later
//
// The arguments that a build of a Dockerfile can be given, and which of them decide what its stages are built from.
// Only FROM and its --platform take variables, and they see the ARGs ahead of the first FROM and BuildKit's own (rules:
// BuildKit, dockerfile2llb/convert.go: buildMetaArgs, defaultArgs); all other arguments leave the graph as it is.

#pragma once

#include "core/stages/stage_graph.h"

#include <string>
#include <vector>

namespace stagelift {

struct BuildArgument {
    std::string name;
    std::string value;      // without --build-arg, as far as the text tells; "" where it has none
    std::uint32_t line = 0; // of the ARG that declares it first; 0 for one of BuildKit's own
    bool routes = false;    // a FROM holds it, itself or in the default of another

    [[nodiscard]] bool operator==(const BuildArgument&) const = default;
};

/// Each name once: those that route first, in the order of the file, those of BuildKit behind them; then the others.
[[nodiscard]] std::vector<BuildArgument> buildArgumentsOf(const Dockerfile& dockerfile, const BuildOptions& options);

} // namespace stagelift
