// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the program knows of a file, as JSON for scripts: one object, on one line. Lines are counted from 1 and
// inclusive. Bytes that are no UTF-8 are printed as U+FFFD.

#pragma once

#include "core/checks/diagnostic.h"
#include "core/stages/stage_graph.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace stagelift {

[[nodiscard]] std::string parseAsJson(std::string_view file, const Dockerfile& dockerfile);

/// The build context is left out: it is in no stage's way. `layout` is added as it is, where there is one.
[[nodiscard]] std::string graphAsJson(std::string_view file, const StageGraph& graph,
                                      const nlohmann::ordered_json* layout = nullptr);

[[nodiscard]] std::string checkAsJson(std::string_view file, const Diagnostics& diagnostics);

} // namespace stagelift
