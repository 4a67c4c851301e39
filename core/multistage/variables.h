// SPDX-License-Identifier: GPL-3.0-or-later
//
// ENV and ARG of a builder: which of their variables a running image needs.

#pragma once

#include "core/multistage/products.h"
#include "core/multistage/toolchains.h"

#include <string>
#include <string_view>
#include <vector>

namespace stagelift::multistage {

/// An ENV as the final stage needs it.
struct KeptVariables {
    std::string text;       // the whole instruction as written, or an ENV of some of its variables; "" for none
    bool isWhole = false;   // all of them
    bool isForBoth = false; // the builder needs them too
};

/// @param needed text of the final stage: what it names is kept whatever it is
[[nodiscard]] KeptVariables keptOf(const Reading& reading, const Toolchain& toolchain, const Step& env,
                                   const std::vector<Product>& products, std::string_view needed);

/// Read by tools that a running image does not have: CGO_ENABLED, CARGO_HOME.
[[nodiscard]] bool isOfBuilders(std::string_view key);

/// The definitions of an ARG that the final stage names: "NAME=value", as written.
[[nodiscard]] std::vector<std::string> neededArguments(const Step& arg, std::string_view needed);

} // namespace stagelift::multistage
