// SPDX-License-Identifier: GPL-3.0-or-later
//
// Edits as a unified diff, as `diff -u` prints one and `patch` takes one.

#pragma once

#include "core/text/source_text.h"
#include "core/text/text_edit.h"

#include <string>
#include <string_view>

namespace stagelift {

/// @param name of the file, behind "a/" and "b/"
/// @returns "" where the edits change nothing
[[nodiscard]] std::string unifiedDiff(std::string_view name, const SourceText& before, const TextEdits& edits);

} // namespace stagelift
