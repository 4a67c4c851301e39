// SPDX-License-Identifier: GPL-3.0-or-later
//
// One look at one text: made whole after every change, then never changed. Views hold it by shared pointer.

#pragma once

#include "core/checks/checks.h"
#include "core/dockerfile/dockerfile.h"
#include "core/stages/stage_graph.h"
#include "core/text/source_text.h"

#include <memory>

namespace stagelift {

struct Analysis {
    explicit Analysis(std::string bytes) : source(std::move(bytes)) {}

    const SourceText source;
    Dockerfile dockerfile;
    StageGraph graph;
    Diagnostics diagnostics;
    BuildOptions build;         // what the graph was resolved with
    std::uint64_t revision = 0; // of the document it was made from
};

using AnalysisPtr = std::shared_ptr<const Analysis>;

/// Parses, resolves and checks.
[[nodiscard]] AnalysisPtr analyse(std::string text, const CheckOptions& options = {}, std::uint64_t revision = 0);

} // namespace stagelift
