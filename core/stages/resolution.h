// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the word in a FROM, a --from or a mount's from= means, and why: which variables it held, which stages have that
// name, which rule of BuildKit's decides between them. The rules are those of resolver.h, told to a person. Sentences
// are ours; what BuildKit itself says against the reference is kept apart, word for word.

#pragma once

#include "core/stages/stage_graph.h"

#include <cstddef>
#include <string>
#include <vector>

namespace stagelift {

enum class ResolutionKind : std::uint8_t { StageByName, StageByIndex, NamedContext, Image, BuildContext, Scratch };

/// Where a variable in a FROM has its value from.
enum class ValueOrigin : std::uint8_t { Nowhere, Default, BuildArgument, BuildKit };

struct UsedVariable {
    std::string name;
    std::string value; // "" where it has none
    ValueOrigin origin = ValueOrigin::Nowhere;
    std::uint32_t line = 0; // of the ARG that declares it ahead of the first FROM; 0 where none does

    /// "BASE is alpine:3.20, the default in line 1."
    [[nodiscard]] std::string sentence() const;
};

struct Resolution {
    ResolutionKind kind = ResolutionKind::BuildContext;
    std::string written;                 // as in the text: "${BASE}"; "" for the build context, which no word names
    std::string expanded;                // "alpine:3.20"
    std::string meaning;                 // "stage build, line 3", "image alpine:3.20", "the build context"
    std::vector<UsedVariable> variables; // each once, those with a value first
    std::vector<std::string> reasons;    // sentences, the deciding one first
    std::string problem;                 // BuildKit's words, where it refuses the reference; else ""
};

/// What the reference of an edge is resolved to, and why.
/// @param graph resolved from `dockerfile` with `options`
/// @param edge an index into the graph's edges
[[nodiscard]] Resolution resolutionOf(const Dockerfile& dockerfile, const StageGraph& graph, std::size_t edge,
                                      const BuildOptions& options = {});

} // namespace stagelift
