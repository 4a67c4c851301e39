// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names of images: what one may be, and its short form. Rules and sentences: distribution/reference.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stagelift {

/// Why no image can have this name, in the sentence that Docker says; nothing where one can.
[[nodiscard]] std::optional<std::string> imageNameProblem(std::string_view name);

/// Without what goes without saying: "docker.io/library/alpine:latest" is "alpine".
[[nodiscard]] std::string_view familiarImageName(std::string_view name);

} // namespace stagelift
