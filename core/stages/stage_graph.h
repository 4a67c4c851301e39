// SPDX-License-Identifier: GPL-3.0-or-later
//
// The build stages of a Dockerfile and what they take from where.
//
// Nodes are stages, images, and build contexts; an edge brings something into a stage. The graph keeps what BuildKit
// would refuse (a forward reference, a cycle) as an edge with its problem, because an editor shows the whole of a
// half-written file. Rules: BuildKit, frontend/dockerfile/dockerfile2llb/convert.go.

#pragma once

#include "core/dockerfile/dockerfile.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stagelift {

enum class NodeKind : std::uint8_t { Stage, Image, Context, Scratch };

/// A node of the graph: the index is one into `stages`, `images` or `contexts`; 0 for Scratch.
struct NodeRef {
    NodeKind kind = NodeKind::Scratch;
    int index = 0;

    [[nodiscard]] constexpr bool operator==(const NodeRef&) const = default;
    [[nodiscard]] constexpr auto operator<=>(const NodeRef&) const = default;
};

[[nodiscard]] constexpr NodeRef stageNode(int index)
{
    return {NodeKind::Stage, index};
}

struct Stage {
    int index = 0;
    std::string name;             // lower-cased, as BuildKit keeps it; "" where it has none
    std::string_view writtenName; // as in the file
    Span nameSpan;                // of the name behind AS; empty, at the end of the FROM line, where there is none
    NodeRef base;
    std::string baseName;             // after expansion: "golang:1.22", "build", "scratch"
    Word baseWord;                    // as written: "golang:${GO_VERSION}"
    std::string platform;             // after expansion, "" where the FROM has no --platform
    std::size_t firstInstruction = 0; // the FROM, an index into Dockerfile::instructions
    std::size_t endInstruction = 0;   // one behind the last
    Span span;                        // from the FROM to the end of the last instruction
    LineRange lines;

    [[nodiscard]] bool isNamed() const { return !name.empty(); }
};

enum class EdgeKind : std::uint8_t { Base, Copy, Mount, OnbuildCopy };

struct Edge {
    NodeRef from;
    int to = 0; // a stage
    EdgeKind kind = EdgeKind::Base;
    std::string spec; // the reference as BuildKit resolves it: "build", "0", "golang:1.22"; "" for the context
    Span specSpan;    // its bytes: the base in FROM, the value of --from or from=; empty for the context
    std::size_t instruction = 0;
    std::vector<std::string> paths; // what is copied or mounted; empty for Base
    std::string destination;
    Span span; // of the instruction
    LineRange lines;
    bool broken = false; // BuildKit would refuse it: a forward reference, itself, a cycle
    bool isTrigger =
        false; // from an ONBUILD of the stage's base: `instruction` is that ONBUILD, `lines` are the FROM's
};

/// When BuildKit finds it: as soon as it reads the file; or only where it builds or checks what has it (a forward
/// reference, a name that no image can have).
enum class ProblemPhase : std::uint8_t { Resolve, Build };

/// What BuildKit says against the graph, in its words.
struct GraphProblem {
    std::string message; // whole, as BuildKit prints it
    Span span;
    LineRange lines; // 0 where BuildKit names no line
    ProblemPhase phase = ProblemPhase::Resolve;
};

struct BuildOptions {
    std::vector<std::pair<std::string, std::string>> buildArgs;
    std::vector<std::string> namedContexts; // names given by --build-context
    std::string platform = "linux/amd64";

    [[nodiscard]] bool operator==(const BuildOptions&) const = default;
};

struct StageGraph {
    std::vector<Stage> stages;
    std::vector<std::string> images;    // distinct names after expansion, in the order of their first use
    std::vector<std::string> contexts;  // "" is the build context itself; others are named contexts; only those used
    std::vector<Edge> edges;            // in the order of the stages they go into, a stage's in that of the file
    std::vector<GraphProblem> problems; // the first is the one BuildKit stops at, errors of the parser included

    /// The stages that a build of `target` needs, itself included, ascending. Broken edges count where they end at a
    /// stage.
    [[nodiscard]] std::vector<int> reachable(int target) const;
    /// The last stage, as BuildKit's; -1 where there is none.
    [[nodiscard]] int defaultTarget() const { return static_cast<int>(stages.size()) - 1; }
    /// A stage by what `--target` takes: a name in any case, the last definition of several. An empty name is the
    /// default.
    [[nodiscard]] std::optional<int> findTarget(std::string_view name) const;
    /// The stages an image of `target` is made of: the target and its chain of FROMs, ascending. They ship, all else is
    /// left behind.
    [[nodiscard]] std::vector<int> shipped(int target) const;
    /// The stage whose lines hold this byte; -1 ahead of the first FROM.
    [[nodiscard]] int stageAt(std::uint32_t offset) const;
    /// What a person calls the node: a stage's name or "stage 2", an image's name, "context", "scratch".
    [[nodiscard]] std::string label(NodeRef node) const;
};

[[nodiscard]] StageGraph resolve(const Dockerfile& dockerfile, const BuildOptions& options = {});

} // namespace stagelift
