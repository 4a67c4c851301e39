// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sizes of a build's stages as a table for a terminal and as JSON for a script.

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace stagelift {

struct SizeRow {
    int index = 0;
    std::string stage; // as a person calls it: "build", "stage 2"
    std::string from;  // what it is built FROM
    std::int64_t total = 0;
    std::int64_t base = 0;
    std::int64_t own = 0;
    bool ships = false;
    bool needed = false;
    bool target = false;
    bool cached = false;
    std::int64_t milliseconds = 0;
    std::int64_t budget = 0; // bytes that it is to stay within; 0 where none is set

    [[nodiscard]] bool isOver() const { return budget > 0 && total > budget; }

    struct Layer {
        std::string createdBy;
        std::int64_t bytes = 0;
        std::pair<std::uint32_t, std::uint32_t> lines; // 0 where no instruction of the file made it
    };
    std::vector<Layer> layers;

    struct Copy { // what one COPY brought into the stage
        std::string from;
        std::vector<std::string> paths;
        std::string destination;
        std::int64_t bytes = 0;
        std::pair<std::uint32_t, std::uint32_t> lines;
    };
    std::vector<Copy> copies = {};
};

struct SizeReport {
    std::string file;
    std::string engine; // "docker 26.1.5 (default)"
    std::string target;
    std::int64_t milliseconds = 0;
    std::vector<SizeRow> rows;

    // Of a build that did not succeed; the rows are empty then.
    std::string error;
    std::pair<std::uint32_t, std::uint32_t> errorLines;
};

/// "812 MB", "1.24 GB", "97 B": decimal units in three digits, as Docker prints them.
[[nodiscard]] std::string humanBytes(std::int64_t bytes);

/// A line a stage, columns aligned, a star at the target, and by how much it is over its budget; lines end in LF.
[[nodiscard]] std::string sizeTable(const SizeReport& report);

/// One object, on one line.
[[nodiscard]] std::string sizeJson(const SizeReport& report);

} // namespace stagelift
