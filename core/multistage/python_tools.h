// SPDX-License-Identifier: GPL-3.0-or-later
//
// uv, poetry and their like as what an image starts: `uv run`, `poetry run`. They have to be in the final stage, and
// lie where whoever brought them has put them.

#pragma once

#include "core/multistage/contents.h"

#include <string>

namespace stagelift::multistage {

/// Brings such a tool that the image starts along; or refuses, where nobody can tell where it lies.
/// @param isInEnvironment what pip installs comes along, tools among it
void addStarter(Contents& contents, const Reading& reading, std::size_t split, bool isInEnvironment);

/// An ENV of the file puts the folder on PATH.
[[nodiscard]] bool isOnPath(const Reading& reading, std::string_view folder);

} // namespace stagelift::multistage
