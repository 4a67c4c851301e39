// SPDX-License-Identifier: GPL-3.0-or-later
//
// The build arguments that FROM lines see: the predefined ones and those of the ARGs ahead of the first FROM. Rules:
// BuildKit, dockerfile2llb/convert.go: defaultArgs, buildMetaArgs.

#pragma once

#include "core/stages/expand.h"
#include "core/stages/stage_graph.h"

namespace stagelift {

struct GlobalArguments {
    Environment values;
    std::vector<std::string_view> declared; // names in ARG, with a value or without
    std::optional<GraphProblem> problem;    // where a value could not be read, and BuildKit stops
};

/// With the build arguments of the options; or, for globalDefaults, as if none were given.
[[nodiscard]] GlobalArguments globalArguments(const Dockerfile& dockerfile, const BuildOptions& options);
[[nodiscard]] GlobalArguments globalDefaults(const Dockerfile& dockerfile, const BuildOptions& options);

} // namespace stagelift
