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

/// Something that a program needs and that is not there.
struct MissingNeed {
    std::string name;     // a library by its name, an interpreter by its path
    std::string wantedBy; // the file of the stage that names it, by its path; "" where it is the program
    std::string at;       // where the stage that the program was copied from has it; "" where that is not known
    bool isInterpreter = false;

    [[nodiscard]] bool operator==(const MissingNeed&) const = default;
};

struct RunProblem {
    int stage = -1;
    int instruction = -1;              // the COPY, into Dockerfile::instructions
    int source = -1;                   // the stage that it copies from; -1 where it is none
    std::vector<std::string> programs; // that miss the same, by their paths in the stage
    std::vector<MissingNeed> missing;
    bool isScript = false;
    std::vector<std::string> mend; // lines right below the COPY with which they all start; none where nobody is sure
};

/// The files of a stage as they will be, as far as that is known.
struct ForeseenFiles {
    ImageFiles files;
    std::vector<std::string> unknown; // folders into which something is copied that nobody knows
};

/// What is known of a stage's files.
struct KnownStage {
    ImageFilesPtr files; // null where they were not read
    int shift = 0;       // what is added to the instructions of the layers, where the stage has moved since
};
using KnownFiles = std::function<KnownStage(int stage)>;

/// Of a stage that is built FROM scratch, and that only copies; nothing where it can't be told.
[[nodiscard]] std::optional<ForeseenFiles> foreseenFiles(const Analysis& analysis, int stage, const KnownFiles& known);

/// Of all stages whose files are known, or foreseen; the last first, for that ships, a stage's in the order of the file
/// and of their paths. It looks through all files: not for the UI's thread.
[[nodiscard]] std::vector<RunProblem> runProblems(const Analysis& analysis, const KnownFiles& known);

/// The stages of a text that are made exactly as one that was built, so that its files are theirs; none where the build
/// had other options.
[[nodiscard]] std::vector<int> stagesBuiltAs(const Analysis& built, int stage, const Analysis& now);

} // namespace stagelift
