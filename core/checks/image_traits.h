// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the name of a well-known image tells: its C library, whether it brings a compiler, its Python. Of an image that
// nobody knows nothing is told, so that a check that asks keeps quiet.

#pragma once

#include "core/stages/stage_graph.h"

#include <string_view>
#include <vector>

namespace stagelift {

enum class Libc : std::uint8_t { Unknown, None, Glibc, Musl };

struct ImageTraits {
    Libc libc = Libc::Unknown;      // None: scratch, and images for static binaries
    std::string_view compiler = {}; // of which language it brings one: "Go", "Rust"; "" where it is not made for that
    std::string_view python = {};   // "3.12" of "python:3.12-slim"; a view into the name
};

/// @param image the name after expansion: "golang:1.22-alpine", "gcr.io/distroless/static"
[[nodiscard]] ImageTraits traitsOf(std::string_view image);

/// By stage: those of the image that its chain of FROMs begins with.
[[nodiscard]] std::vector<ImageTraits> traitsOfStages(const StageGraph& graph);

/// "glibc" or "musl"; "" for the others.
[[nodiscard]] std::string_view libcName(Libc libc);

} // namespace stagelift
