// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a stage leaves behind that another stage might want, as far as the text tells: the destinations of its COPY and
// ADD lines, `go build -o`, `cargo build --release`, `npm run build`, `pip install --prefix`, and whatever another
// stage already copies from it. Tables of tools, a row and now and then a small function each; a stage that makes
// nothing of its own has what its base made.

#pragma once

#include "core/stages/stage_graph.h"

#include <string>
#include <vector>

namespace stagelift {

struct Artifact {
    std::string path;     // absolute inside the stage, with WORKDIR and ENV resolved as far as they are known
    std::string reason;   // "go build -o", "COPY", "copied by runtime"
    Span span;            // the instruction it comes from
    bool certain = false; // another stage copies it already, or COPY puts it there
    bool folder = false;  // as far as the text shows
};

/// Most likely first; no path twice.
[[nodiscard]] std::vector<Artifact> artifacts(const Dockerfile& dockerfile, const StageGraph& graph, int stage);

/// Those that the instructions make or put there, whether or not another stage takes them: what is offered ahead of the
/// first COPY --from.
[[nodiscard]] std::vector<Artifact> foreseenArtifacts(const Dockerfile& dockerfile, const StageGraph& graph, int stage);

} // namespace stagelift
