// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a hand on the diagram does to the text. Each operation is a pure function from an analysis and an intent to the
// fewest edits that do it, or to a refusal in BuildKit's words. Nothing outside the edited bytes changes.

#pragma once

#include "core/edits/analysis.h"
#include "core/text/text_edit.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

/// Why an edit is not made. `reason` is BuildKit's sentence where it has one; `mend` says what to do about it.
struct Refusal {
    std::string reason;
    std::string mend;
};

/// Edits and where the caret belongs afterwards: in the text after the edits, a span to be typed over.
struct EditResult {
    TextEdits edits;
    Span select;
};

using EditOutcome = std::expected<EditResult, Refusal>;

struct CopyIntent {
    NodeRef source;                     // a stage, an image, or the build context
    int target = 0;                     // a stage
    std::vector<std::string> paths;     // one at least, as COPY takes them: patterns allowed, else literalPath
    std::string destination;            // empty: the path itself, or "./" for the context
    std::optional<std::uint32_t> place; // the line goes ahead of the line with this offset; else where copyPlace says
};

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

/// Makes a stage be built FROM another stage, or from an image by its name.
[[nodiscard]] EditOutcome changeBase(const Analysis& before, int stage, std::string_view base);

/// Changes the destination of a COPY edge.
[[nodiscard]] EditOutcome changeDestination(const Analysis& before, std::size_t edge, std::string_view destination);

/// Gives a stage another name, in its FROM and wherever it is meant: FROM, COPY --from, RUN --mount from=, ONBUILD.
[[nodiscard]] EditOutcome renameStage(const Analysis& before, int stage, std::string_view name);

/// Gives an unnamed stage a name; references by index stay right and become names.
[[nodiscard]] EditOutcome nameStage(const Analysis& before, int stage, std::string_view name);

/// Why a COPY from `source` into `target` can't be, before anything is dropped; empty where it can.
[[nodiscard]] std::optional<Refusal> refusalToCopy(const Analysis& analysis, NodeRef source, int target);

/// Puts a new stage at the end of the file.
[[nodiscard]] EditOutcome addStage(const Analysis& before, std::string_view base, std::string_view name);

/// Takes out a stage that nothing needs; refused where something does. stage_edits.h has one that takes that along.
[[nodiscard]] EditOutcome removeStage(const Analysis& before, int stage);

/// Moves a stage with its comments ahead of the stage above it or behind the one below. Refused where a FROM or a COPY
/// would then come before what it names.
[[nodiscard]] EditOutcome moveStage(const Analysis& before, int stage, bool up);

} // namespace stagelift
