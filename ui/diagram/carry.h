// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a hand drags over the diagram, and what putting it down there means: artifacts, an edge's end, an instruction, a
// whole node, or the line that is drawn from a node's port. All of them are asked the same two questions: may it go
// there, and what would be written.

#pragma once

#include "ui/diagram/drag.h"
#include "ui/diagram/hit.h"

#include <optional>

namespace stagelift::ui {

enum class CarryKind : quint8 { Artifacts, EdgeEnd, Node, Port, Instruction };

struct Carried {
    CarryKind kind = CarryKind::Artifacts;
    ArtifactDrag artifact; // Artifacts, Node, Port: what it comes from; without paths they are asked for
    std::size_t index = 0; // in StageGraph::edges, or of an instruction in Dockerfile::instructions
    EdgeEnd end{};         // EdgeEnd: the one that moves

    [[nodiscard]] bool operator==(const Carried&) const = default;
};

/// A node, and in an open stage the exact place: the offset of the line that it goes ahead of.
struct Spot {
    NodeRef node;
    std::optional<std::uint32_t> place;

    [[nodiscard]] bool operator==(const Spot&) const = default;
};

/// What putting it down there writes, or why it can't be. Of a node, which may mean two things, the one that can be:
/// the FROM before the COPY.
[[nodiscard]] EditOutcome putDown(const Carried& carried, const Analysis& now, const Spot& spot);

/// Whether putting it down on a node can be, asked of many nodes at once: no remedies are worked out.
[[nodiscard]] bool isTaken(const Carried& carried, const Analysis& now, NodeRef node);

/// Where the end of an edge goes to another node: a copy comes from there or goes there, a stage is built from there.
[[nodiscard]] EditOutcome retargeted(const Analysis& now, std::size_t edge, EdgeEnd end, NodeRef node);

/// A stage is built FROM another stage, or from an image.
[[nodiscard]] EditOutcome basedOn(const Analysis& now, NodeRef base, int stage);

/// True where a drop on it can mean anything at all: only an edge's tail ends elsewhere than at a stage.
[[nodiscard]] bool isLandingPlace(const Carried& carried, NodeRef node);

/// The line of the text after the edits that they are about, for showing it before it is written; "" for none.
[[nodiscard]] QString lineWritten(const EditResult& result, const Analysis& before);

} // namespace stagelift::ui
