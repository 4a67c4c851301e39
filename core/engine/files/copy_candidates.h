// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a stage's files another stage might want: what the stage's own instructions have made and that runs, is
// served, or is loaded by what runs. Told by the files themselves: ELF headers, and the marks that tools leave in a
// folder. What a package manager has put into the system's folders is left out, and so are caches.

#pragma once

#include "core/engine/files/image_files.h"

#include <string>
#include <vector>

namespace stagelift {

/// The most useful first.
enum class CandidateKind : quint8 {
    Program,
    VirtualEnvironment, // pyvenv.cfg
    WebSite,            // index.html in a `dist`, or a folder of such a name
    Bundle,             // a `dist` beside a package.json: what was built of it
    Archive,            // .jar and .war
    DotNet,             // NAME.runtimeconfig.json
    Release,            // of Erlang or Elixir: releases/start_erl.data
    NodePackages,       // node_modules
    PythonPackages,     // a prefix of its own with site-packages in it
    PhpPackages,        // vendor/autoload.php
    Script,
    Library,     // that the stage has made, and a program loads
    BaseLibrary, // that its base has, and a program loads
    Interpreter, // of programs that are linked dynamically
};

struct CopyCandidate {
    ImageFiles::Id node = ImageFiles::kNone;
    ImageFiles::Id usedBy = ImageFiles::kNone; // of a library and an interpreter: the first program that needs it
    qsizetype uses = 0;                        // programs that need it
    qsizetype loads = 0;                       // of a program: libraries
    std::vector<std::string> missing = {}; // of these and of interpreters: those that the stage does not have itself
    std::string destination = {};          // where it has to be in another stage; "": where it is here
    CandidateKind kind = CandidateKind::Program;
};

/// By their kinds, in each the largest first; no path twice, and nothing that lies in a folder that is one.
[[nodiscard]] std::vector<CopyCandidate> candidatesOf(const ImageFiles& files);

/// Bytes of what a container reads there: behind links, and of what is in a folder.
[[nodiscard]] std::vector<qint64> contentSizes(const ImageFiles& files);

} // namespace stagelift
