// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is known to lie in a node of the graph, for a choice of what to copy from it.

#pragma once

#include "core/edits/analysis.h"

#include <QString>

#include <string>
#include <vector>

namespace stagelift::ui {

struct KnownPath {
    std::string path;
    QString reason; // how it is known
};

/// Of a stage its artifacts, of an image and of a context what stages copy from it already. No path twice.
[[nodiscard]] std::vector<KnownPath> knownPaths(const Analysis& analysis, NodeRef node);

} // namespace stagelift::ui
