// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/dockerfile/dockerfile.h"

namespace stagelift {

/// Reads a Dockerfile in the way of BuildKit's parser (frontend/dockerfile/parser). Never fails: errors are in the
/// answer, which keeps looking at `source`.
[[nodiscard]] Dockerfile parse(const SourceText& source);

} // namespace stagelift
