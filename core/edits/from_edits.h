// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of a FROM, read and changed one by one: `FROM --platform=linux/amd64 registry:5000/team/app:1.2@sha256:…`.
//
// A part may stand in a variable. It is changed where its text is: in the FROM, in a default within it
// (`${BASE:-a:1}`), or in the default of a global ARG that nothing but this FROM uses. Where a part comes from
// elsewhere, it is refused.

#pragma once

#include "core/edits/edit_types.h"

#include <optional>
#include <string>
#include <string_view>

namespace stagelift {

/// The name of an image in its parts. A registry's port is no tag.
struct ImageParts {
    std::string name;   // "registry:5000/team/app"
    std::string tag;    // "1.2"; "" where none is said
    std::string digest; // "sha256:…"; "" where none is said

    [[nodiscard]] bool operator==(const ImageParts&) const = default;
};

struct BaseParts {
    ImageParts written;  // as in the FROM, variables and all; what one variable stands for as a whole is the name
    ImageParts resolved; // as the build reads it
    std::string writtenPlatform;  // "" where the FROM has no --platform
    std::string resolvedPlatform; // likewise
};

/// What a stage is built from, in parts; all in the name where that is a stage or scratch.
[[nodiscard]] BaseParts baseParts(const Analysis& analysis, int stage);

/// Sets the --platform of a stage's FROM, or takes it out. A platform that is none is refused in BuildKit's words.
[[nodiscard]] EditOutcome setPlatform(const Analysis& before, int stage, const std::optional<std::string>& platform);

/// Gives a stage another image and keeps its tag; where the name brings a tag or a digest along, that takes the place
/// of both. A digest, which belongs to the image of before, is refused, with its going as the remedy.
[[nodiscard]] EditOutcome setImage(const Analysis& before, int stage, std::string_view name);

/// Gives a stage's image another tag; none where it is empty. A digest goes before any tag: one that is there is
/// refused, with its going as the remedy. "1.2@sha256:…" sets both.
[[nodiscard]] EditOutcome setTag(const Analysis& before, int stage, std::string_view tag);

} // namespace stagelift
