// SPDX-License-Identifier: GPL-3.0-or-later
//
// The name of a base image in parts, as written and as it comes out: a proposal keeps the variables of the file
// ("python:${VERSION}" becomes "python:${VERSION}-slim"), and decides by what they come to.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace stagelift::multistage {

struct ImageParts {
    std::string prefix;     // "mirror.gcr.io/library/", "${REGISTRY}/", as written
    std::string repository; // "golang"; "dotnet/sdk" of Microsoft's
    std::string writtenTag; // "${VERSION}-alpine"
    std::string tag;        // "1.22-alpine", as far as it is known
    bool hasDigest = false;

    [[nodiscard]] bool tagHas(std::string_view word) const { return tag.contains(word); }
    /// Another image of the same repository and place.
    [[nodiscard]] std::string withTag(std::string_view newTag) const;
    /// An image of another repository: of the same place where that mirrors Docker's own images.
    [[nodiscard]] std::string sibling(std::string_view image) const;
};

[[nodiscard]] ImageParts imageParts(std::string_view written, std::string_view expanded);

/// "1.22" of "1.22.3-alpine" is {1, 22}; "3" is {3, 0}; nothing of "latest".
[[nodiscard]] std::optional<std::pair<int, int>> versionIn(std::string_view tag);

/// Whether "trixie" or "alpine3.19" is a part of a tag, between hyphens or at its ends.
[[nodiscard]] bool hasPart(std::string_view tag, std::string_view part);

/// The tag without that part: "3.12-bookworm" without "bookworm" is "3.12".
[[nodiscard]] std::string withoutPart(std::string_view tag, std::string_view part);

} // namespace stagelift::multistage
