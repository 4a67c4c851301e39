// SPDX-License-Identifier: GPL-3.0-or-later
//
// Paths as the words of a COPY: in the shell form where they can stand in it, else in the JSON form.

#pragma once

#include "core/text/span.h"

#include <span>
#include <string>
#include <string_view>

namespace stagelift::edits {

/// True where the path would be read as something else in the shell form: as two words, a flag, a heredoc.
[[nodiscard]] bool needsJson(std::string_view path, char escape);

/// The inside of a JSON string, without its quotes.
[[nodiscard]] std::string jsonEscaped(std::string_view text);

struct CopyWords {
    std::string text;
    Span destination; // in `text`, without quotes
};

/// Sources and destination, in the JSON form where one of them needs it.
[[nodiscard]] CopyWords copyWords(std::span<const std::string> sources, std::string_view destination, char escape);

/// True where the path stands for whatever matches it.
[[nodiscard]] bool isPattern(std::string_view path);

/// The same place in the other stage: the path itself; the folder of a pattern, or the one that several share.
[[nodiscard]] std::string defaultDestination(std::span<const std::string> paths);

/// A destination for several sources ends with a slash, else BuildKit refuses it.
[[nodiscard]] std::string asDirectory(std::string_view destination);

} // namespace stagelift::edits
