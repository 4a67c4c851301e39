// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a path leads in the files of an image, over links, as a process whose root is the image would find it. Links
// never lead out of the image, and in a circle they lead nowhere.

#pragma once

#include "core/engine/files/image_files.h"

namespace stagelift {

/// @param path from the root on, with or without a slash ahead of it
/// @returns the node, which is no link and which a container sees; kNone where the path leads nowhere
[[nodiscard]] ImageFiles::Id follow(const ImageFiles& files, std::string path);

/// The child that a container sees; kNone where there is none.
[[nodiscard]] ImageFiles::Id childNamed(const ImageFiles& files, ImageFiles::Id folder, std::string_view name);

} // namespace stagelift
