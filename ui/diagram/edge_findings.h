// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was seen in the files of a build of what an edge copies: it is told at the edge, as it is at its line.

#pragma once

#include "core/edits/analysis.h"

#include <QStringList>

namespace stagelift::ui {

/// Why something that is copied there can't start; none where nothing is known.
[[nodiscard]] QStringList seenAt(const Analysis& analysis, const Edge& edge);

} // namespace stagelift::ui
