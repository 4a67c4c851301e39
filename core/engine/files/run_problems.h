// SPDX-License-Identifier: GPL-3.0-or-later
//
// Programs that a COPY has brought into a stage and that can't start there, for their interpreter or a library is not
// among the stage's files. It is told only where it is sure: of a stage whose files were read, and of one that is built
// FROM scratch out of stages that were.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/files/image_files.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace stagelift {

struct RunProblem {
    int stage = -1;
    int instruction = -1;             // the COPY, into Dockerfile::instructions
    std::string program;              // its path in the stage; of several that miss the same, the first
    qsizetype others = 0;             // how many more
    std::vector<std::string> missing; // an interpreter by its path, libraries by their names
    bool isScript = false;
};

/// The files of a stage as they will be, as far as that is known.
struct ForeseenFiles {
    ImageFiles files;
    std::vector<std::string> unknown; // folders into which something is copied that nobody knows
};

/// What is known of a stage's files: null where they were not read.
using KnownFiles = std::function<ImageFilesPtr(int stage)>;

/// Of a stage that is built FROM scratch, and that only copies; nothing where it can't be told.
[[nodiscard]] std::optional<ForeseenFiles> foreseenFiles(const Analysis& analysis, int stage, const KnownFiles& known);

/// Of all stages whose files are known, or foreseen; the last first, for that ships.
[[nodiscard]] std::vector<RunProblem> runProblems(const Analysis& analysis, const KnownFiles& known);

} // namespace stagelift
