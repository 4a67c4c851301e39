// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which of what a stage holds are folders. A Dockerfile seldom says; but it shows in how a path is written, in what
// else is in it, and in names that only folders have.

#pragma once

#include "core/artifacts/artifacts.h"

namespace stagelift {

/// A source of a COPY or ADD from the build context that can only be a folder, or a name that files seldom have.
[[nodiscard]] bool isFolderOfContext(std::string_view source);

/// Sets Artifact::folder where the stage shows it; what is set stays so.
void markFolders(std::vector<Artifact>& artifacts, const Dockerfile& dockerfile, const StageGraph& graph, int stage);

} // namespace stagelift
