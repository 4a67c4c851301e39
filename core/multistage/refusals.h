// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why a file is not split though its toolchain is known: the running image needs what nobody can tell from the text.

#pragma once

#include "core/edits/edits.h"
#include "core/multistage/packages.h"
#include "core/multistage/products.h"
#include "core/multistage/toolchains.h"

#include <optional>
#include <vector>

namespace stagelift::multistage {

/// A tool of the builder is what the image starts; or the compiler is taken out again where it is used.
[[nodiscard]] std::optional<Refusal> refusalOfStart(const Reading& reading);

/// A RUN fetches or unpacks something into a place that is not taken along.
[[nodiscard]] std::optional<Refusal> refusalOfFetched(const Reading& reading, const Toolchain& toolchain,
                                                      std::size_t split, const std::vector<Product>& products);

/// Packages that the final stage needs may come from a source that the file adds.
[[nodiscard]] std::optional<Refusal> refusalOfSources(const Reading& reading, std::size_t split,
                                                      const RuntimePackages& packages);

} // namespace stagelift::multistage
