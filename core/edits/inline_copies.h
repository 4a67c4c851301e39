// SPDX-License-Identifier: GPL-3.0-or-later
//
// A stage that another only copies from, made a part of it: its instructions take the place of the COPYs.
//
// What it makes must come out the same there. So both begin on the same base, and have the same ENV, ARG, SHELL and
// USER ahead of the work; the folder is the same too, or said anew. And each COPY must put its files where they were,
// because a copy within one stage would need a `cp`, which an image may not have and which tells files from folders in
// another way than COPY.

#pragma once

#include "core/edits/edits.h"

#include <cstddef>
#include <vector>

namespace stagelift::edits {

/// `copies` are all the edges that come from the stage: COPYs of one other stage below it.
[[nodiscard]] EditOutcome inlinedCopies(const Analysis& before, int stage, const std::vector<std::size_t>& copies);

} // namespace stagelift::edits
