// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes the graph of a Dockerfile, in the steps of BuildKit's convert.go: arguments, stages (buildDispatchStates), what
// each instruction needs (toCommand), triggers (initOnBuildTriggers). It goes on where BuildKit stops.

#pragma once

#include "core/stages/global_arguments.h"
#include "core/stages/stage_graph.h"

#include <unordered_map>

namespace stagelift {

class Resolver {
public:
    Resolver(const Dockerfile& dockerfile, const BuildOptions& options)
        : m_dockerfile(dockerfile), m_options(options), m_arguments(globalArguments(dockerfile, options))
    {
    }

    [[nodiscard]] StageGraph resolve();

private:
    /// Where a reference is written and what it does.
    struct Reference {
        EdgeKind kind = EdgeKind::Copy;
        std::string_view spec;
        Span specSpan;
        std::vector<std::string> paths;
        std::string destination;
    };

    /// An image that a COPY or a mount names.
    struct Outside {
        NodeRef node;
        Span span;
        LineRange lines;
    };

    void refuseFile();
    void addStages();
    void addStage(std::size_t instruction);
    void nameStage(Stage& stage, const Instruction& from);
    void setBase(Stage& stage, const Instruction& from);
    void setPlatform(Stage& stage, const Instruction& from);
    void addNeeds(const Stage& stage);
    void addTriggers(const Stage& stage);
    void addInstruction(const Stage& stage, std::size_t index, const Instruction& instruction, bool isTrigger);
    void addCopy(const Stage& stage, std::size_t index, const Instruction& instruction, bool isTrigger);
    void addMounts(const Stage& stage, std::size_t index, const Instruction& instruction, bool isTrigger);
    void addEdge(const Stage& stage, std::size_t index, NodeRef from, Reference reference, bool isTrigger);
    void findForwardReferences();
    void checkImages();

    [[nodiscard]] std::optional<NodeRef> copySource(const Flag& flag, const Instruction& instruction);
    [[nodiscard]] NodeRef nodeNamed(std::string_view name);
    /// The node that a name is where it is no stage's: a named context, scratch, or an image.
    [[nodiscard]] NodeRef nodeOutside(std::string_view name);
    [[nodiscard]] NodeRef imageNode(std::string_view name);
    [[nodiscard]] NodeRef contextNode(std::string_view name);
    [[nodiscard]] bool isNamedContext(std::string_view name) const;
    void refuse(std::string message, Span span, LineRange lines, ProblemPhase phase = ProblemPhase::Resolve);

    const Dockerfile& m_dockerfile;
    const BuildOptions& m_options;
    GlobalArguments m_arguments;
    StageGraph m_graph;
    std::unordered_map<std::string, int> m_stages; // by name; the last one added
    std::unordered_map<std::string, int> m_images;
    // What an index in COPY --from counts: the stages, then whatever else was named so far.
    std::vector<NodeRef> m_states;
    std::vector<Outside> m_outside;
    std::vector<int> m_untold; // stages whose base could not be told
};

} // namespace stagelift
