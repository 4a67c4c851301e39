// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names of images: what one may be, and its short form. Rules and sentences: distribution/reference.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace stagelift {

/// Why no image can have this name, in the sentence that Docker says; nothing where one can.
[[nodiscard]] std::optional<std::string> imageNameProblem(std::string_view name);

/// Without what goes without saying: "docker.io/library/alpine:latest" is "alpine".
[[nodiscard]] std::string_view familiarImageName(std::string_view name);

/// Where the parts are in a name: `name[:tag][@digest]`. An absent part is empty, at the place where it belongs.
struct ImageCut {
    std::size_t nameEnd = 0;
    std::size_t tagBegin = 0; // behind the colon
    std::size_t tagEnd = 0;   // where the "@" is, or the end
    std::size_t digestBegin = 0;
};

/// A registry's port is no tag, and a variable is left whole: in `${REGISTRY:-a:5000}/app:${V}` the last colon alone is
/// ahead of a tag.
[[nodiscard]] ImageCut cutImage(std::string_view image);

} // namespace stagelift
