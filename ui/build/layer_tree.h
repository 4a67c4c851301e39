// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a stage's image is made of, as a tree: its base image, each stage that it stands on, and itself, with their
// layers below them.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/build.h"
#include "core/layout/treemap.h"

#include <QString>

namespace stagelift::ui {

/// Whose layers a branch of the tree holds, as its key: a stage's, or the base image's. A layer's own key is its place
/// in StageSize::layers.
inline constexpr int kBaseBranch = -2;
[[nodiscard]] constexpr int branchOf(int stage)
{
    return kBaseBranch - 1 - stage;
}
/// -1 where the branch is no stage's.
[[nodiscard]] constexpr int stageOfBranch(int key)
{
    return key < kBaseBranch ? kBaseBranch - 1 - key : -1;
}

/// The stage whose instruction made a layer; -1 where it came with the base image.
[[nodiscard]] int stageOfLayer(const Analysis& analysis, const LayerSize& layer);

/// Layers that weigh nothing are left out, and so is a branch of such.
/// @param size of a stage of `analysis`
[[nodiscard]] WeightTree layerTree(const Analysis& analysis, const StageSize& size);

/// The instruction as it is written in the file, on one line; what the engine says of a layer of the base,
/// without the words that it writes around each instruction.
[[nodiscard]] QString layerText(const Analysis& analysis, const LayerSize& layer);

} // namespace stagelift::ui
