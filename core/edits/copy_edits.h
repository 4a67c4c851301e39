// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a hand does to a COPY, an ADD, or the mount of a RUN: where it takes from, what, where it goes, and its flags.

#pragma once

#include "core/edits/edit_types.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

/// Writes one COPY (--from for a stage or an image) into the target stage. A source stage without a name is named
/// first, because an index would point elsewhere as soon as a stage is put above it. JSON form where a path holds a
/// blank.
[[nodiscard]] EditOutcome copyArtifact(const Analysis& before, const CopyIntent& intent);

/// The name of a real file as COPY takes it: what would be a pattern or a variable in it stands for itself.
[[nodiscard]] std::string literalPath(std::string_view path, char escape = '\\');

/// Where a new COPY goes in a stage: behind its last COPY or ADD, else behind its WORKDIR, else at its end; but ahead
/// of a trailing USER, CMD, ENTRYPOINT, HEALTHCHECK and what else only describes the image. An offset at a line's
/// start.
[[nodiscard]] std::uint32_t copyPlace(const Analysis& analysis, int stage);

/// Takes out what an edge stands for: the COPY line whole; of a RUN, its mount only. A base edge is refused.
[[nodiscard]] EditOutcome removeCopy(const Analysis& before, std::size_t edge);

/// Makes a COPY, ADD or mount edge come from another node, or go to another stage (the line is moved there).
[[nodiscard]] EditOutcome retargetSource(const Analysis& before, std::size_t edge, NodeRef source);
[[nodiscard]] EditOutcome retargetCopy(const Analysis& before, std::size_t edge, int target);

/// Makes such an edge come from an image by its name, which may be new to the file: `COPY --from=nginx:1.27`. A base
/// edge is refused where a stage above has that name.
[[nodiscard]] EditOutcome retargetSourceToImage(const Analysis& before, std::size_t edge, std::string_view image);

/// Why a COPY from `source` into `target` can't be, before anything is dropped; empty where it can.
[[nodiscard]] std::optional<Refusal> refusalToCopy(const Analysis& analysis, NodeRef source, int target);

/// Changes the destination of a COPY edge.
[[nodiscard]] EditOutcome changeDestination(const Analysis& before, std::size_t edge, std::string_view destination);

/// Changes what a COPY or an ADD takes: the paths of its edge, one at least, as COPY takes them. Contents that stand in
/// the line itself and what an ADD fetches stay where they are. JSON form where a path holds a blank. Several sources
/// with a destination that is no folder are refused, with the slash as the remedy.
[[nodiscard]] EditOutcome setCopySources(const Analysis& before, std::size_t edge,
                                         const std::vector<std::string>& paths);

/// A flag that a COPY or an ADD may have.
struct CopyFlag {
    std::string_view name;           // "chown", without the dashes
    bool isBoolean = false;          // else it takes a text
    bool mayRepeat = false;          // --exclude
    std::vector<std::string> values; // as BuildKit reads them, variables kept, "" for `--link`; empty: it isn't set

    [[nodiscard]] bool isSet() const { return !values.empty(); }
    /// Of a boolean one: it is set, and not to "false".
    [[nodiscard]] bool isOn() const;
};

/// The flags that the edge's COPY or ADD may have, --from left out, in the order in which Docker's reference has them;
/// none for other edges.
[[nodiscard]] std::vector<CopyFlag> copyFlags(const Analysis& analysis, std::size_t edge);
/// Those of an instruction by its index, for one that has no edge: contents in the line itself, or a URL.
[[nodiscard]] std::vector<CopyFlag> instructionFlags(const Analysis& analysis, std::size_t instruction);

/// Sets a flag of the edge's COPY or ADD: its value changed in place, else the flag put in behind the others; taken out
/// where there is no value. Of a boolean flag "" and "true" are on. A value is refused in BuildKit's words, a variable
/// in it counts as what it comes to.
[[nodiscard]] EditOutcome setCopyFlag(const Analysis& before, std::size_t edge, std::string_view flag,
                                      const std::optional<std::string>& value);
/// The same of an instruction by its index.
[[nodiscard]] EditOutcome setInstructionFlag(const Analysis& before, std::size_t instruction, std::string_view flag,
                                             const std::optional<std::string>& value);

/// Makes these, in this order, all that an edge's COPY or ADD leaves out by --exclude.
[[nodiscard]] EditOutcome setCopyExcludes(const Analysis& before, std::size_t edge,
                                          const std::vector<std::string>& patterns);

} // namespace stagelift
