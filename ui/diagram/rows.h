// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rows of nodes that are chosen, each known by what it is about, so that it is found again in the next picture.
// Several artifacts may be chosen, all of one node: a COPY has one source. An instruction is chosen alone.

#pragma once

#include "ui/diagram/picture.h"

#include <optional>
#include <string>
#include <vector>

namespace stagelift::ui {

struct RowId {
    NodeRef node;
    RowKind kind = RowKind::Artifact;
    std::string path;            // of an artifact
    std::size_t instruction = 0; // into Dockerfile::instructions, of an instruction

    [[nodiscard]] bool operator==(const RowId&) const = default;
};

[[nodiscard]] RowId rowId(const PictureNode& node, std::size_t row);

struct RowPlace {
    int node = -1; // of the picture
    int row = -1;  // of the node

    [[nodiscard]] bool operator==(const RowPlace&) const = default;
};

/// Nothing where it is not drawn.
[[nodiscard]] std::optional<RowPlace> placeOf(const Picture& picture, const RowId& row);

class RowChoice {
public:
    void clear();
    void choose(RowId row); // alone
    /// Adds it, or takes it out again.
    void toggle(RowId row);
    /// All artifacts from the one that was chosen first to this one.
    void extendTo(const PictureNode& node, const RowId& row);

    /// The one that keys go on from.
    [[nodiscard]] const std::optional<RowId>& active() const { return m_active; }
    [[nodiscard]] const std::vector<RowId>& rows() const { return m_rows; }
    [[nodiscard]] bool contains(const RowId& row) const;
    /// The artifacts among them, from top to bottom.
    [[nodiscard]] std::vector<std::string> paths(const PictureNode& node) const;
    [[nodiscard]] std::vector<RowPlace> places(const Picture& picture) const;
    /// What is left of them in another picture, where `now` says what has become of their node.
    void carry(const Picture& picture, std::optional<NodeRef> now);

private:
    std::vector<RowId> m_rows;
    std::optional<RowId> m_anchor;
    std::optional<RowId> m_active;
};

} // namespace stagelift::ui
