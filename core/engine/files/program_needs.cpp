// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/program_needs.h"

#include "core/dockerfile/paths.h"
#include "core/engine/files/file_links.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace stagelift {

namespace {

constexpr std::size_t kMostLibraries = 2000; // of one program
constexpr int kMostInterpreters = 4;         // as deep as Linux goes (exec_binprm)

/// What Debian calls a machine in the names of folders, see https://wiki.debian.org/Multiarch/Tuples.
struct Machine {
    quint16 number; // elf.h
    bool is64Bit;
    std::string_view name;
    std::array<std::string_view, 2> tuples;
};

constexpr std::array kMachines{
    Machine{62, true, "x86-64", {"x86_64-linux-gnu", {}}},
    Machine{62, false, "x32", {"x86_64-linux-gnux32", {}}},
    Machine{3, false, "x86, 32 bit", {"i386-linux-gnu", {}}},
    Machine{183, true, "ARM, 64 bit", {"aarch64-linux-gnu", {}}},
    Machine{40, false, "ARM, 32 bit", {"arm-linux-gnueabihf", "arm-linux-gnueabi"}},
    Machine{21, true, "PowerPC, 64 bit", {"powerpc64le-linux-gnu", "powerpc64-linux-gnu"}},
    Machine{22, true, "IBM Z", {"s390x-linux-gnu", {}}},
    Machine{243, true, "RISC-V, 64 bit", {"riscv64-linux-gnu", {}}},
    Machine{8, true, "MIPS, 64 bit", {"mips64el-linux-gnuabi64", {}}},
    Machine{8, false, "MIPS, 32 bit", {"mipsel-linux-gnu", {}}},
    Machine{258, true, "LoongArch, 64 bit", {"loongarch64-linux-gnu", {}}},
};

bool isMusl(std::string_view interpreter)
{
    return lastPart(interpreter).starts_with("ld-musl-");
}

/// musl's loader is all of these itself, see reserved[] in ldso/dynlink.c.
bool isPartOfMusl(std::string_view name)
{
    constexpr std::array<std::string_view, 7> kParts{"libc.",  "libpthread.", "librt.",  "libm.",
                                                     "libdl.", "libutil.",    "libxnet."};
    return name.ends_with(".so") && std::ranges::any_of(kParts, [&](std::string_view part) {
               return name.size() == part.size() + 2 && name.starts_with(part);
           });
}

void replaceAll(std::string& text, std::string_view what, std::string_view by)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

std::string folderOf(const ImageFiles& files, ImageFiles::Id node)
{
    return files.path(files.parent(node));
}

} // namespace

std::string_view machineName(quint16 machine)
{
    const auto found = std::ranges::find(kMachines, machine, &Machine::number);
    return found == kMachines.end() ? std::string_view() : found->name;
}

std::vector<std::string> standardFolders(const ProgramFacts& program, bool isMusl)
{
    if (isMusl)
        return {"/lib", "/usr/local/lib", "/usr/lib"};
    std::vector<std::string> folders{"/usr/local/lib"};
    const auto found = std::ranges::find_if(kMachines, [&](const Machine& each) {
        return each.number == program.machine && each.is64Bit == program.is64Bit;
    });
    if (found != kMachines.end()) {
        for (const std::string_view tuple : found->tuples) {
            if (tuple.empty())
                continue;
            for (const std::string_view above : {"/usr/local/lib/", "/lib/", "/usr/lib/"})
                folders.push_back(std::string(above).append(tuple));
        }
    }
    for (const std::string_view each :
         program.is64Bit ? std::array<std::string_view, 4>{"/lib64", "/usr/lib64", "/lib", "/usr/lib"}
                         : std::array<std::string_view, 4>{"/lib", "/usr/lib", "/lib32", "/usr/lib32"})
        folders.emplace_back(each);
    return folders;
}

struct LibraryFinder::Search {
    ProgramNeeds needs;
    std::vector<Loaded> loaded;            // the program, and then its libraries
    std::unordered_set<std::string> names; // that were looked for
    std::string interpreter;               // its path
    bool isMusl = false;
};

LibraryFinder::LibraryFinder(const ImageFiles& files) : m_files(files)
{
    for (Id node = 1; node < files.count(); ++node) {
        if (!files.exists(node))
            continue;
        const ImageFiles::Version& version = *files.newest(node);
        const bool isFile = version.type == FileType::File || version.type == FileType::HardLink;
        if (version.type == FileType::Link || (isFile && (files.program(version) || !files.knowsAllPrograms())))
            m_named.emplace(files.name(node), node);
    }
}

LibraryFinder::Id LibraryFinder::folderAt(std::string_view path)
{
    const auto [found, isNew] = m_folders.try_emplace(std::string(path), ImageFiles::kNone);
    if (isNew)
        found->second = follow(m_files, found->first);
    return found->second;
}

/// The loader passes over those of another machine.
bool LibraryFinder::isLibraryFor(Id node, const ProgramFacts& loader) const
{
    if (m_files.newest(node)->type == FileType::Link)
        node = follow(m_files, m_files.path(node));
    if (node == ImageFiles::kNone)
        return false;
    const ProgramFacts* facts = m_files.program(node);
    if (!facts)
        return !m_files.knowsAllPrograms();
    return facts->kind != ProgramKind::Script && facts->machine == loader.machine && facts->is64Bit == loader.is64Bit;
}

LibraryFinder::Id LibraryFinder::lookIn(std::string_view folder, std::string_view name, const ProgramFacts& loader)
{
    const Id at = folderAt(folder);
    if (at == ImageFiles::kNone)
        return ImageFiles::kNone;
    const auto [begin, end] = m_named.equal_range(name);
    for (auto each = begin; each != end; ++each)
        if (m_files.parent(each->second) == at && isLibraryFor(each->second, loader))
            return each->second;
    return ImageFiles::kNone;
}

/// In the order of the loader. An RPATH counts for what its libraries need as well, a RUNPATH for its own file only; to
/// musl both are an RPATH.
std::vector<std::string> LibraryFinder::foldersFor(const Search& search, std::size_t loader) const
{
    std::vector<std::string> folders;
    const ProgramFacts& own = *m_files.program(search.loaded[loader].node);
    const bool hasRunPath = !own.searchPaths.empty() && !own.searchesForOthers;
    for (std::size_t at = loader; at != SIZE_MAX; at = search.loaded[at].loader) {
        const ProgramFacts& facts = *m_files.program(search.loaded[at].node);
        if (at != loader && !search.isMusl && (!facts.searchesForOthers || hasRunPath))
            continue;
        for (const std::string& written : facts.searchPaths) {
            std::string folder = written;
            replaceAll(folder, "${ORIGIN}", "$ORIGIN");
            replaceAll(folder, "$ORIGIN", search.loaded[at].folder);
            if (folder.starts_with('/'))
                folders.push_back(std::move(folder));
        }
    }
    std::ranges::move(standardFolders(own, search.isMusl), std::back_inserter(folders));
    return folders;
}

LibraryFinder::Id LibraryFinder::lookFor(const Search& search, std::size_t loader, const std::string& name)
{
    const ProgramFacts& facts = *m_files.program(search.loaded[loader].node);
    if (name.contains('/')) {
        const Id file = name.starts_with('/') ? follow(m_files, name) : ImageFiles::kNone;
        return file != ImageFiles::kNone && isLibraryFor(file, facts) ? file : ImageFiles::kNone;
    }
    for (const std::string& folder : foldersFor(search, loader))
        if (const Id file = lookIn(folder, name, facts); file != ImageFiles::kNone)
            return file;
    return ImageFiles::kNone;
}

void LibraryFinder::addLibrary(Search& search, std::size_t loader, const std::string& name)
{
    if (name == lastPart(search.interpreter) || (search.isMusl && isPartOfMusl(name)))
        return; // it is there as soon as the program is started
    if (!search.names.insert(name).second)
        return;
    if (search.loaded.size() > kMostLibraries) {
        search.needs.isComplete = false;
        return;
    }
    ProgramNeed need{.name = name, .file = lookFor(search, loader, name), .wantedBy = search.loaded[loader].node};
    if (need.file != ImageFiles::kNone) {
        need.whereabouts = Whereabouts::Found;
    } else {
        const auto [begin, end] = m_named.equal_range(lastPart(name));
        const ProgramFacts& facts = *m_files.program(need.wantedBy);
        const auto other = std::find_if(begin, end, [&](const auto& each) { return isLibraryFor(each.second, facts); });
        if (other != end) {
            need.file = other->second;
            need.whereabouts = Whereabouts::Elsewhere;
        }
    }
    const Id file = need.file == ImageFiles::kNone ? need.file : follow(m_files, m_files.path(need.file));
    const ProgramFacts* facts = file == ImageFiles::kNone ? nullptr : m_files.program(file);
    if (facts)
        search.loaded.push_back({.node = file, .folder = folderOf(m_files, need.file), .loader = loader});
    search.needs.isComplete = search.needs.isComplete && (file == ImageFiles::kNone || (facts && facts->isComplete));
    search.needs.libraries.push_back(std::move(need));
}

/// The program that is loaded in the end is the last of them, or the program itself.
void LibraryFinder::addInterpreters(Search& search, Id program)
{
    for (int depth = 0; depth < kMostInterpreters; ++depth) {
        const ProgramFacts* facts = m_files.program(program);
        if (!facts || facts->interpreter.empty())
            return;
        search.needs.isComplete = search.needs.isComplete && facts->isComplete;
        const Id file = follow(m_files, facts->interpreter);
        const bool isThere = file != ImageFiles::kNone && m_files.newest(file)->type != FileType::Folder;
        search.needs.interpreters.push_back({.name = facts->interpreter,
                                             .file = isThere ? file : ImageFiles::kNone,
                                             .wantedBy = program,
                                             .whereabouts = isThere ? Whereabouts::Found : Whereabouts::Missing});
        if (facts->kind != ProgramKind::Script) {
            search.interpreter = facts->interpreter;
            search.isMusl = isMusl(facts->interpreter);
            search.loaded.push_back({.node = program, .folder = folderOf(m_files, program)});
            return;
        }
        if (!isThere)
            return;
        program = file;
    }
}

ProgramNeeds LibraryFinder::needsOf(Id program)
{
    Search search;
    program = follow(m_files, m_files.path(program));
    const ProgramFacts* facts = program == ImageFiles::kNone ? nullptr : m_files.program(program);
    if (!facts)
        return {};
    search.needs.isComplete = facts->isComplete;
    addInterpreters(search, program);
    if (facts->kind == ProgramKind::Library) {
        search.isMusl =
            std::ranges::any_of(facts->needed, [](const auto& name) { return name.starts_with("libc.musl-"); });
        search.loaded.push_back({.node = program, .folder = folderOf(m_files, program)});
    }
    for (std::size_t at = 0; at < search.loaded.size(); ++at)
        for (const std::string& name : m_files.program(search.loaded[at].node)->needed)
            addLibrary(search, at, name);
    return std::move(search.needs);
}

} // namespace stagelift
