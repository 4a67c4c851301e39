// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole lines put in and taken out as the file writes its own: with its line ending, its keyword casing, its
// indentation, and with or without a line ending at the end of the file.

#pragma once

#include "core/dockerfile/dockerfile.h"
#include "core/text/text_edit.h"

#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

/// Where the text begins: behind a byte order mark, which belongs to no line.
[[nodiscard]] std::uint32_t textBegin(const SourceText& source);
/// Where the line begins that holds the offset.
[[nodiscard]] std::uint32_t lineBegin(const SourceText& source, std::uint32_t offset);
/// Where the next line begins; the end of the text for the last one.
[[nodiscard]] std::uint32_t nextLine(const SourceText& source, std::uint32_t offset);
/// The blanks ahead of the offset in its line.
[[nodiscard]] std::string_view indentation(const SourceText& source, std::uint32_t offset);
[[nodiscard]] bool isCommentLine(const SourceText& source, std::uint32_t line);
[[nodiscard]] bool isBlankLine(const SourceText& source, std::uint32_t line);

/// What a new line at the end of the text has to begin with: a line ending where the last line has none.
[[nodiscard]] std::string_view lineEndingOwed(const SourceText& source, std::uint32_t place);
/// Puts lines in ahead of the line that begins at `place`; behind the last line where that is the end of the text.
[[nodiscard]] TextEdit insertedLines(const SourceText& source, std::uint32_t place, std::string_view lines);
/// Takes out the lines of the span whole. A text that does not end with a line ending does not afterwards.
[[nodiscard]] TextEdit removedLines(const SourceText& source, Span span);
/// The same for several, in any order; those without a line between them come to one edit. Sorted.
[[nodiscard]] TextEdits removedLines(const SourceText& source, std::vector<Span> spans);

/// The keyword, given in capitals, as most of the file writes its own.
[[nodiscard]] std::string inTheFilesCase(const Dockerfile& dockerfile, std::string_view keyword);
/// The keyword as its neighbour is written.
[[nodiscard]] std::string inTheCaseOf(std::string_view neighbour, std::string_view keyword);

} // namespace stagelift
