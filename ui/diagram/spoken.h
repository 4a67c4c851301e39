// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram in words, for who hears it: what each thing in it is, and what it has to do with the others. One sentence
// each, the most telling first.

#pragma once

#include "ui/diagram/picture.h"

namespace stagelift::ui {

/// "stage build, index 0, from golang 1.22, 3 artifacts, copied into final, left behind"; after a build its size, time
/// and state as well. Of an image and of a context, who takes from it.
[[nodiscard]] QString spokenNode(const Picture& picture, int node);

/// "/out/server, artifact of build, likely, by go build".
[[nodiscard]] QString spokenRow(const Picture& picture, int node, int row);

/// "copies /src/server from build into final, as /server, line 9"; what BuildKit says where it would refuse it. `edge`
/// is one of the graph.
[[nodiscard]] QString spokenEdge(const Picture& picture, std::size_t edge);

} // namespace stagelift::ui
