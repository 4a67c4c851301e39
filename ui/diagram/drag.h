// SPDX-License-Identifier: GPL-3.0-or-later
//
// An artifact on its way: what a drag carries from the diagram or the Files pane, and what its drop means in the text
// as it is by then.

#pragma once

#include "core/edits/edits.h"

#include <QMimeData>
#include <QString>

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stagelift::ui {

inline constexpr QLatin1StringView kArtifactFormat{"application/x-stagelift-artifact"};

struct ArtifactDrag {
    NodeRef source;
    std::string sourceName;         // a stage's or an image's name, "" for a stage without one and for the context
    std::vector<std::string> paths; // none: the paths are asked for where it is dropped
    std::string destination = {};   // "": to its own place in the target
    std::uint64_t revision = 0;     // of the text it was dragged from

    [[nodiscard]] bool operator==(const ArtifactDrag&) const = default;
};

[[nodiscard]] ArtifactDrag artifactDrag(const Analysis& analysis, NodeRef source, std::vector<std::string> paths);

/// As plain text it is the paths, a line each.
[[nodiscard]] std::unique_ptr<QMimeData> mimeOf(const ArtifactDrag& drag);
/// Nothing where the data is another's, or broken.
[[nodiscard]] std::optional<ArtifactDrag> dragFrom(const QMimeData* mime);

/// The source in the text as it is now: by its place while the text is the same, else by its name; or a refusal.
[[nodiscard]] std::expected<NodeRef, Refusal> sourceNow(const ArtifactDrag& drag, const Analysis& now);

/// To its own place in the target: the destination is left to core/edits.
[[nodiscard]] CopyIntent copyIntent(NodeRef source, int target, std::vector<std::string> paths = {},
                                    std::optional<std::uint32_t> place = std::nullopt);

/// What a drop onto a stage writes. A drag without paths takes `.` for the while.
[[nodiscard]] EditOutcome dropped(const ArtifactDrag& drag, const Analysis& now, int target,
                                  std::optional<std::uint32_t> place = std::nullopt);

/// The build context, drawn or not.
[[nodiscard]] NodeRef buildContext(const StageGraph& graph);

/// A refusal as a bubble says it: the reason, and below it the mend.
[[nodiscard]] QString sentences(const Refusal& refusal);

} // namespace stagelift::ui
