// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sizes of a build for other programs: CSV for a spreadsheet, JSON for a script. Bytes are exact.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/build.h"

#include <QByteArray>

namespace stagelift::ui {

/// RFC 4180, a row a stage: stage, total_bytes, base_bytes, own_bytes, copied_bytes (of these, by
/// COPY --from), ships, needed, milliseconds, cached.
[[nodiscard]] QByteArray sizesAsCsv(const StageGraph& graph, const QList<StageSize>& sizes);

/// As `stagelift build --format json` prints it.
[[nodiscard]] QByteArray sizesAsJson(const Analysis& analysis, const QList<StageSize>& sizes,
                                     const QList<int>& targets);

} // namespace stagelift::ui
