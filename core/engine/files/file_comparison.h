// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files of one stage beside those of another, as `docker diff` shows a container beside its image: what is added,
// changed and removed. It is an image of its own with two layers, all files of the one and what makes the other of
// them, so that all that shows the work of a layer shows a comparison. Type, mode, the target of a link, size and
// content are compared; owners and times are not.

#pragma once

#include "core/engine/files/image_files.h"

#include <string>

namespace stagelift {

/// The layer of a comparison that holds the differences.
inline constexpr int kDifferences = 1;

struct ComparedTotals {
    qint64 added = 0; // files, without folders
    qint64 addedBytes = 0;
    qint64 removed = 0;
    qint64 removedBytes = 0;
    qint64 changed = 0;
    qint64 grownBytes = 0; // of the changed ones; less than none where they shrank

    [[nodiscard]] bool operator==(const ComparedTotals&) const = default;
};

struct FileComparison {
    ImageFilesPtr files; // null where there are too many
    ComparedTotals totals;
    qint64 unsure = 0; // files whose sizes are alike, and whose contents could not be compared
};

/// @param nameBefore, nameAfter what the stages are called: their layers' ImageLayer::createdBy
[[nodiscard]] FileComparison compareFiles(const ImageFiles& before, const QString& nameBefore, const ImageFiles& after,
                                          const QString& nameAfter);

/// Whether it is a comparison.
[[nodiscard]] bool isComparison(const ImageFiles& files);

/// Bytes that a file has more than before; of one that was removed, what it had, below zero. 0 of what is alike.
[[nodiscard]] qint64 differenceOf(const ImageFiles& comparison, ImageFiles::Id node);

} // namespace stagelift
