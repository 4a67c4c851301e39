// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a program needs to run, and where it lies in the files of its stage: its interpreter, the libraries that it
// names, those that they name, and so on, looked for where the loader looks. Sources: ld.so(8) of glibc, ldso/dynlink.c
// of musl. The folders that /etc/ld.so.conf and LD_LIBRARY_PATH may name are not known here, so a library that lies
// anywhere else in the stage is Elsewhere, and Missing is only one that no file of the stage is.

#pragma once

#include "core/engine/files/image_files.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stagelift {

enum class Whereabouts : quint8 { Found, Elsewhere, Missing };

struct ProgramNeed {
    std::string name;                            // "libc.so.6"; of an interpreter its path
    ImageFiles::Id file = ImageFiles::kNone;     // at its path, links and all; of Elsewhere, one of those there are
    ImageFiles::Id wantedBy = ImageFiles::kNone; // the program, or the library, that names it
    Whereabouts whereabouts = Whereabouts::Missing;
};

struct ProgramNeeds {
    std::vector<ProgramNeed> interpreters; // of a script, and that one's own: the first is the program's
    std::vector<ProgramNeed> libraries;    // each once, in the order in which they are loaded
    bool isComplete = true;                // else some of the files could not be read to the end: there may be more
};

/// Finds what programs of one image need. The image must outlive it.
class LibraryFinder {
public:
    explicit LibraryFinder(const ImageFiles& files);

    /// @param program a file that a container sees, or a link to one
    [[nodiscard]] ProgramNeeds needsOf(ImageFiles::Id program);

private:
    using Id = ImageFiles::Id;
    /// A program or a library that is loaded.
    struct Loaded {
        Id node = ImageFiles::kNone;   // no link
        std::string folder;            // $ORIGIN
        std::size_t loader = SIZE_MAX; // who has it loaded
    };
    struct Search;

    void addInterpreters(Search& search, Id program);
    void addLibrary(Search& search, std::size_t loader, const std::string& name);
    [[nodiscard]] Id lookFor(const Search& search, std::size_t loader, const std::string& name);
    [[nodiscard]] Id lookIn(std::string_view folder, std::string_view name, const ProgramFacts& loader);
    [[nodiscard]] std::vector<std::string> foldersFor(const Search& search, std::size_t loader) const;
    [[nodiscard]] bool isLibraryFor(Id node, const ProgramFacts& loader) const;
    [[nodiscard]] Id folderAt(std::string_view path);

    const ImageFiles& m_files;
    std::unordered_multimap<std::string_view, Id> m_named; // programs, libraries and links by their names
    std::unordered_map<std::string, Id> m_folders;         // where paths lead to
};

/// Where the loader looks without being told, for programs of a machine.
[[nodiscard]] std::vector<std::string> standardFolders(const ProgramFacts& program, bool isMusl);

/// "x86-64"; "" of one that is not known. @param machine e_machine
[[nodiscard]] std::string_view machineName(quint16 machine);

} // namespace stagelift
