// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the final stage of an interpreted language holds, and what has to change in the builder so that it can be taken
// from there: a virtual environment for what pip installs, node_modules without development dependencies, gems, vendor.

#pragma once

#include "core/edits/edit_types.h"
#include "core/multistage/products.h"
#include "core/text/text_edit.h"

#include <optional>
#include <string>
#include <vector>

namespace stagelift::multistage {

/// A line of the text after, with its reason.
struct Line {
    std::string text;
    std::string why;
};

/// A line put into the builder ahead of a step; behind the last one where `step` is how many there are.
struct Insertion {
    std::size_t step = 0;
    Line line;
};

/// A change within a line of the builder.
struct Change {
    TextEdit edit;
    std::string why;
};

struct Contents {
    std::vector<Product> products;
    std::vector<Line> lines; // that go with them
    std::vector<Insertion> insertions;
    std::vector<Change> changes;
    std::vector<std::string> cautions;
    std::optional<Refusal> refusal; // why it can't be taken from the builder after all
    bool copiesContext = false;     // the COPYs of the build context are needed in the final stage too
    bool isWebServer = false;       // static files: nothing of Node is needed, nor what the file starts
    bool needsImage = false;        // the builder's own image is the base of the final stage too
    bool keepsDevelopment = false;  // what is started needs the development dependencies of Node
};

/// @param split the first step that belongs to the final stage
[[nodiscard]] Contents pythonContents(const Reading& reading, std::size_t split);
[[nodiscard]] Contents nodeContents(const Reading& reading, std::size_t split);
[[nodiscard]] Contents rubyContents(const Reading& reading, std::size_t split);
[[nodiscard]] Contents phpContents(const Reading& reading, std::size_t split);

/// A COPY or ADD from the build context.
[[nodiscard]] bool isContextCopy(const Step& step);
/// It brings nothing but what package managers read: requirements.txt, a lock file.
[[nodiscard]] bool bringsManifestsOnly(const Reading& reading, const Step& step);
/// A step of the builder has changed or made files among the sources, behind a COPY of them.
[[nodiscard]] bool changesSources(const Reading& reading, std::size_t split, bool (*isKnown)(const ShellCommand&));
/// Where the sources are, to be taken whole: "/app"; "" where that is the root or not known.
[[nodiscard]] std::string sourceFolder(const Reading& reading, bool (*isKnown)(const ShellCommand&) = nullptr);
/// Files of a COPY that a RUN of the builder has changed: by chmod, by dos2unix.
void addTouchedFiles(Contents& contents, const Reading& reading, std::size_t split);
/// Programs that were put into a folder on PATH beside: by curl, by cp.
void addPrograms(Contents& contents, const Reading& reading, std::size_t split);

} // namespace stagelift::multistage
