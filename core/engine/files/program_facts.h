// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a file that can be run, or a library of such files, says of what it needs: its interpreter, the libraries that
// it names, and where it has them looked for.

#pragma once

#include <QtTypes>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

/// Static needs nothing else; Dynamic is started by its interpreter, which loads libraries; Script begins with "#!".
enum class ProgramKind : quint8 { Static, Dynamic, Library, Script };

struct ProgramFacts {
    std::string interpreter = {};              // "/lib64/ld-linux-x86-64.so.2", "/bin/sh"; "" where it has none
    std::string argument = {};                 // of a script's interpreter: "python3" behind "/usr/bin/env"
    std::vector<std::string> needed = {};      // "libc.so.6"
    std::vector<std::string> searchPaths = {}; // folders as they are written: "$ORIGIN/../lib"
    qint64 spare = 0;                          // bytes of symbols and notes for debuggers, which no process reads
    quint16 machine = 0;                       // e_machine of an ELF file, see elf.h
    ProgramKind kind = ProgramKind::Script;
    bool is64Bit = false;
    bool hasSymbols = false;        // it was not stripped
    bool searchesForOthers = false; // the search paths are of an RPATH, which counts for what its libraries need, too
    bool isComplete = true;         // else a part of it lies where nobody looked: there may be more

    [[nodiscard]] bool operator==(const ProgramFacts&) const = default;
};

/// As Linux reads of a script (BINPRM_BUF_SIZE), in bytes.
inline constexpr std::size_t kLongestFirstLine = 256;

/// What the first line of a script says; nothing of what is none.
/// @param beginning of the file: its first line, or kLongestFirstLine bytes
[[nodiscard]] std::optional<ProgramFacts> scriptFacts(std::string_view beginning);

} // namespace stagelift
