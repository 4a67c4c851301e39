// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is to be said of a Dockerfile, by BuildKit or by us.

#pragma once

#include "core/text/text_edit.h"

#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

enum class Severity : std::uint8_t { Error, Warning, Hint };
enum class DiagnosticSource : std::uint8_t { BuildKit, Stagelift };

struct Fix {
    std::string title;
    TextEdits edits;
};

struct Diagnostic {
    DiagnosticSource source = DiagnosticSource::BuildKit;
    Severity severity = Severity::Warning;
    std::string_view rule; // "StageNameCasing"; "" for an error of the parser or the graph
    std::string message;   // BuildKit's own sentence where it is BuildKit's
    std::string_view url;  // where it is explained; may be empty
    Span span;
    LineRange lines;
    bool provisional = false; // depends on a base image that nobody has looked at
    std::vector<Fix> fixes;
};

using Diagnostics = std::vector<Diagnostic>; // in the order of the file

} // namespace stagelift
