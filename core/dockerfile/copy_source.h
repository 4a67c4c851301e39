// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sources of COPY and ADD, told apart by how they are written. ADD fetches what is remote and unpacks a local archive;
// COPY does neither. Rules: BuildKit, dockerfile2llb/convert.go: dispatchCopy, dfgitutil.ParseGitRef.

#pragma once

#include <cstdint>
#include <string_view>

namespace stagelift {

enum class SourceKind : std::uint8_t { Local, Url, Git };

/// Of a word as it stands in the file, or expanded; quotes around it do not count.
[[nodiscard]] SourceKind sourceKind(std::string_view source);

/// True where the name is one of an archive that ADD unpacks, or a pattern for such: "app.tar.gz", "app.tar.*".
[[nodiscard]] bool isArchiveName(std::string_view path);

} // namespace stagelift
