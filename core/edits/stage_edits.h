// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is done to a stage as a whole, and what would go along with it. As all operations: the fewest edits, or a
// refusal; one step to undo.

#pragma once

#include "core/edits/edits.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

/// What happens to all that needs a stage when that goes.
enum class Uses : std::uint8_t { Refuse, Remove };

/// What a stage takes along.
struct StageRemoval {
    std::vector<int> stages;           // built on it, one on the other: ascending, without itself
    std::vector<std::size_t> edges;    // COPYs and mounts in stages that stay, as indices into StageGraph::edges
    std::vector<std::size_t> triggers; // ONBUILDs that name it and that nothing here is built on: instructions

    [[nodiscard]] bool isAlone() const { return stages.empty() && edges.empty() && triggers.empty(); }
};

/// What removeStage with Uses::Remove takes out beside the stage, to be said before it is done. Nothing for a stage
/// that is not there.
[[nodiscard]] StageRemoval removalOf(const Analysis& analysis, int stage);

/// Takes out a stage: with Uses::Refuse only where nothing needs it, with Uses::Remove together with its removalOf(). A
/// RUN loses its mount and stays. Refused where no stage would be left.
[[nodiscard]] EditOutcome removeStage(const Analysis& before, int stage, Uses uses);

/// Moves a stage with its comments ahead of the stage `ahead`, or to the end where that is the number of stages.
/// Numbers that mean a stage are written anew. Refused where a FROM or a COPY would then come before what it names.
[[nodiscard]] EditOutcome moveStageTo(const Analysis& before, int stage, int ahead);

/// Writes a stage once more right behind itself, with its comments, under another name; "" suggests one. What takes
/// from the stage still takes from the first.
[[nodiscard]] EditOutcome duplicateStage(const Analysis& before, int stage, std::string_view name);

/// Gives every stage that is meant by its number a name, and writes that name instead of the number everywhere: in
/// COPY --from and ONBUILD COPY --from. (A mount can't count: `from=0` is an image.) No edit where nothing counts.
[[nodiscard]] EditOutcome nameIndices(const Analysis& before);

/// Makes a stage a part of the only one that uses it; the reverse of splitStage.
///
/// Where the other is built FROM it, the two are written as one, which comes to the same image: its ONBUILDs become
/// what they do, and a CMD, ENTRYPOINT or HEALTHCHECK that the other overrules goes. Where the other copies from it,
/// its instructions take the place of the COPY. That is done only where both have the same base and the same ENV, ARG,
/// SHELL and USER, and where each file is copied to where it was: then it is there already. Else refused with what is
/// in the way.
[[nodiscard]] EditOutcome inlineStage(const Analysis& before, int stage);

struct SplitIntent {
    int stage = 0;
    std::vector<std::size_t> instructions; // of that stage, as indices into Dockerfile::instructions; in any order
    std::vector<std::string> survivors;    // paths the stage needs of what they make; relative ones from its WORKDIR
    std::string name;                      // of the new stage; "" suggests one
};

/// Moves instructions with their comments into a new stage ahead of their own, on the same base, and copies the
/// survivors back where the first of them stood.
///
/// The ENV, ARG, WORKDIR, SHELL and USER ahead of the last one hold in both stages, be they chosen or not. Files of one
/// folder, as far as their names tell that they are files, are copied by one COPY. Refused: nothing that could move; a
/// FROM, or what only describes the image (CMD, EXPOSE…); all that the stage does, and no survivor.
[[nodiscard]] EditOutcome splitStage(const Analysis& before, const SplitIntent& intent);

} // namespace stagelift
