// SPDX-License-Identifier: GPL-3.0-or-later
//
// Paths inside a stage, as far as text goes: no file system is asked.

#pragma once

#include <string>
#include <string_view>

namespace stagelift {

/// True for "/x" and for "C:\x".
[[nodiscard]] bool isAbsolutePath(std::string_view path);

/// The path from a folder on: without ".", "..", doubled slashes and a slash at its end. One of Windows stays as it is.
[[nodiscard]] std::string pathFrom(std::string_view folder, std::string_view path);

/// A path in its shortest form, as Go's path.Clean: "./a//b/../c" is "a/c", "" is ".". A relative one stays relative.
[[nodiscard]] std::string cleanedPath(std::string_view path);

/// True where the pattern, with `*` and `?` as a shell has them, matches the path or a folder that it lies in.
[[nodiscard]] bool covers(std::string_view pattern, std::string_view path);

/// What stands behind the last slash that something stands behind.
[[nodiscard]] std::string_view lastPart(std::string_view path);

/// True where the last part has an ending as files have: "app.jar", not "bin" nor ".cache"; nor one as folders have:
/// "conf.d", "python3.13", "Shop.UnitTests".
[[nodiscard]] bool looksLikeAFile(std::string_view path);

} // namespace stagelift
