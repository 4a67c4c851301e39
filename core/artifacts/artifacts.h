// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a stage leaves behind that another stage might want, as far as the text tells: the destinations of its COPY and
// ADD lines, `go build -o`, `cargo build --release`, `npm run build`, `pip install --prefix`, and whatever another
// stage already copies from it. Tables of tools, a row and now and then a small function each; a stage that makes
// nothing of its own has what its base made.

#pragma once

#include "core/stages/stage_graph.h"

#include <optional>
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

/// The same for many stages of one file: each is looked through once, however many copy from it.
class ArtifactFinder {
public:
    /// Both must outlive it.
    ArtifactFinder(const Dockerfile& dockerfile, const StageGraph& graph)
        : m_dockerfile(dockerfile), m_graph(graph), m_foreseen(graph.stages.size())
    {
    }

    [[nodiscard]] std::vector<Artifact> artifacts(int stage);

private:
    [[nodiscard]] const std::vector<Artifact>& foreseen(int stage);
    [[nodiscard]] bool isCopiedFolder(const Artifact& artifact, int stage);

    const Dockerfile& m_dockerfile;
    const StageGraph& m_graph;
    std::vector<std::optional<std::vector<Artifact>>> m_foreseen; // by stage, with folders marked
};

} // namespace stagelift
