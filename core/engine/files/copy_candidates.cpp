// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/copy_candidates.h"

#include "core/engine/files/file_links.h"
#include "core/engine/files/program_needs.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>

namespace stagelift {

namespace {

using Id = ImageFiles::Id;
using namespace std::string_view_literals;

constexpr std::size_t kMostPrograms = 500; // whose libraries are looked for
constexpr unsigned kCanBeRun = 0111;

/// Where tools keep what they need themselves.
constexpr std::array kToolFolders{
    "/.cache/"sv,
    "/.git/"sv,
    "/node_modules/"sv,
    "/CMakeFiles/"sv,
    "/__pycache__/"sv,
    "/.rustup/"sv,
    "/rustup/"sv,
    "/cargo/registry/"sv,
    "/.cargo/registry/"sv,
    "/go/pkg/"sv,
    "/.m2/"sv,
    "/.gradle/"sv,
    "/.npm/"sv,
    "/.nuget/"sv,
    "/.fingerprint/"sv,
    "/incremental/"sv,
    "/release/deps/"sv,
    "/release/build/"sv,
    "/debug/deps/"sv,
    "/debug/build/"sv,
    "/site-packages/"sv,
    "/dist-packages/"sv,
    "/obj/"sv,
    "/.terraform/"sv,
};
constexpr std::array kToolRoots{"/tmp/"sv,       "/proc/"sv,         "/sys/"sv,     "/dev/"sv,
                                "/run/"sv,       "/var/cache/"sv,    "/var/lib/"sv, "/var/tmp/"sv,
                                "/usr/share/"sv, "/usr/local/go/"sv, "/var/log/"sv};
/// What packages of a distribution are put into.
constexpr std::array kSystemRoots{"/usr/bin/"sv,     "/usr/sbin/"sv, "/usr/lib/"sv,   "/usr/lib64/"sv,
                                  "/usr/libexec/"sv, "/bin/"sv,      "/sbin/"sv,      "/lib/"sv,
                                  "/lib64/"sv,       "/etc/"sv,      "/usr/games/"sv, "/usr/include/"sv};
/// A layer that changes one of these has installed packages.
constexpr std::array kPackageLists{"/var/lib/dpkg/status"sv,
                                   "/lib/apk/db/installed"sv,
                                   "/usr/lib/apk/db/installed"sv,
                                   "/var/lib/rpm/rpmdb.sqlite"sv,
                                   "/usr/lib/sysimage/rpm/rpmdb.sqlite"sv,
                                   "/var/lib/rpm/Packages"sv,
                                   "/var/lib/pacman/local"sv};
constexpr std::array kSiteFolders{"dist"sv, "build"sv, "out"sv,  "public"sv,  "_site"sv,
                                  "site"sv, "www"sv,   "html"sv, "browser"sv, "output"sv};
constexpr std::array kBundleFolders{"dist"sv, "build"sv, "out"sv, ".output"sv, "standalone"sv, "lib"sv};

bool startsWithAny(std::string_view path, std::span<const std::string_view> roots)
{
    return std::ranges::any_of(roots, [&](std::string_view root) { return path.starts_with(root); });
}

class CandidateFinder {
public:
    explicit CandidateFinder(const ImageFiles& files);
    std::vector<CopyCandidate> find();

private:
    void lookAtLayers();
    void sumUpOwn();
    void lookAt(Id node);
    void lookAtProgram(Id node, const ImageFiles::Version& version);
    void lookAtMark(Id node);
    void lookAtFolder(Id node);
    void add(Id node, CandidateKind kind);
    void dropWhatIsInside();
    void addLibraries();
    void addUse(Id node, Id program, CandidateKind kind, std::string destination = {});
    [[nodiscard]] bool isOwn(Id node) const;
    [[nodiscard]] bool isOfTools(Id node) const;
    [[nodiscard]] bool hasBeside(Id node, std::string_view name) const;

    const ImageFiles& m_files;
    std::vector<bool> m_installs; // by layer: it has installed packages
    std::vector<qint64> m_sizes;  // by node
    std::vector<bool> m_hasOwn;   // by node: something in it is of the stage's own instructions
    std::vector<CopyCandidate> m_found;
    std::map<Id, std::size_t> m_places; // in m_found
};

CandidateFinder::CandidateFinder(const ImageFiles& files)
    : m_files(files), m_sizes(contentSizes(files)), m_hasOwn(files.count())
{
    lookAtLayers();
    sumUpOwn();
}

void CandidateFinder::lookAtLayers()
{
    m_installs.resize(static_cast<std::size_t>(m_files.layers().size()));
    for (const std::string_view list : kPackageLists) {
        const Id node = m_files.find(list);
        if (node == ImageFiles::kNone)
            continue;
        for (const auto* version = m_files.newest(node); version; version = m_files.before(*version))
            m_installs[version->layer] = true;
    }
}

bool CandidateFinder::isOwn(Id node) const
{
    return m_files.exists(node) && m_files.layers().at(m_files.newest(node)->layer).isOwn;
}

void CandidateFinder::sumUpOwn()
{
    for (Id node = m_files.count(); node-- > 1;) {
        if (isOwn(node) && m_files.newest(node)->type != FileType::Folder)
            m_hasOwn[node] = true;
        if (m_hasOwn[node])
            m_hasOwn[m_files.parent(node)] = true;
    }
}

/// Of a tool, or of a package that one of the layers has installed.
bool CandidateFinder::isOfTools(Id node) const
{
    const std::string path = m_files.path(node);
    if (startsWithAny(path, kToolRoots) ||
        std::ranges::any_of(kToolFolders, [&](std::string_view folder) { return path.contains(folder); }))
        return true;
    return m_installs[m_files.newest(node)->layer] && startsWithAny(path, kSystemRoots);
}

bool CandidateFinder::hasBeside(Id node, std::string_view name) const
{
    return childNamed(m_files, m_files.parent(node), name) != ImageFiles::kNone;
}

void CandidateFinder::add(Id node, CandidateKind kind)
{
    if (node == ImageFiles::kRoot)
        return;
    const auto [place, isNew] = m_places.try_emplace(node, m_found.size());
    if (isNew)
        m_found.push_back({.node = node, .kind = kind});
    else
        m_found[place->second].kind = std::min(m_found[place->second].kind, kind);
}

void CandidateFinder::lookAtProgram(Id node, const ImageFiles::Version& version)
{
    const ProgramFacts* facts = m_files.program(version);
    const std::string_view name = m_files.name(node);
    if (!facts || (version.mode & kCanBeRun) == 0 || name.ends_with(".so") || name.contains(".so.") ||
        facts->kind == ProgramKind::Library || isOfTools(node))
        return;
    if (facts->kind != ProgramKind::Script) {
        add(node, CandidateKind::Program);
        return;
    }
    // Where people put what is to be run. Others lie everywhere: of tests, of what was downloaded.
    const Id folder = m_files.parent(node);
    if (folder == ImageFiles::kRoot || m_files.name(folder) == "bin" || name.contains("entrypoint"))
        add(node, CandidateKind::Script);
}

/// A file that tells what the folder is that it lies in.
void CandidateFinder::lookAtMark(Id node)
{
    const std::string_view name = m_files.name(node);
    const Id folder = m_files.parent(node);
    const std::string_view folderName = m_files.name(folder);
    const bool isArchive = name.ends_with(".jar") || name.ends_with(".war");
    const bool isSideProduct = name.ends_with("-sources.jar") || name.ends_with("-javadoc.jar") ||
                               name.ends_with("-plain.jar") || name.ends_with("-tests.jar") ||
                               name.starts_with("original-");
    CandidateKind kind = CandidateKind::Script;
    Id what = folder;
    if (name == "pyvenv.cfg") {
        kind = CandidateKind::VirtualEnvironment;
    } else if (name == "index.html" && std::ranges::contains(kSiteFolders, folderName)) {
        kind = CandidateKind::WebSite;
    } else if (isArchive && !isSideProduct &&
               (folderName == "target" || folderName == "libs" || m_files.parent(node) == ImageFiles::kRoot ||
                m_files.parent(folder) == ImageFiles::kRoot)) {
        kind = CandidateKind::Archive;
        what = node;
    } else if (name.ends_with(".runtimeconfig.json") && !m_files.path(node).contains("/bin/")) {
        kind = CandidateKind::DotNet;
    } else if (name == "start_erl.data" && folderName == "releases") {
        kind = CandidateKind::Release;
        what = m_files.parent(folder);
    } else if (name == "autoload.php" && folderName == "vendor") {
        kind = CandidateKind::PhpPackages;
    } else {
        return;
    }
    if (!isOfTools(node))
        add(what, kind);
}

void CandidateFinder::lookAtFolder(Id node)
{
    const std::string_view name = m_files.name(node);
    const bool isBundle = std::ranges::contains(kBundleFolders, name) && hasBeside(node, "package.json");
    if (!isBundle && name != "node_modules" && name != "site-packages")
        return;
    if (name != "site-packages") {
        if (!isOfTools(node))
            add(node, isBundle ? CandidateKind::Bundle : CandidateKind::NodePackages);
        return;
    }
    // PREFIX/lib/python3.12/site-packages
    const Id prefix = m_files.parent(m_files.parent(m_files.parent(node)));
    if (isOfTools(node) || prefix == ImageFiles::kNone)
        return;
    const std::string path = m_files.path(prefix);
    const bool isSystem = path == "/" || path == "/usr" || path == "/usr/local";
    add(isSystem ? node : prefix, CandidateKind::PythonPackages);
}

void CandidateFinder::lookAt(Id node)
{
    if (!m_hasOwn[node])
        return;
    const ImageFiles::Version& version = *m_files.newest(node);
    if (version.type == FileType::Folder) {
        lookAtFolder(node);
    } else if (version.type == FileType::File || version.type == FileType::HardLink) {
        lookAtProgram(node, version);
        lookAtMark(node);
    }
}

/// A folder brings all that is in it. Folders have smaller numbers than what is in them.
void CandidateFinder::dropWhatIsInside()
{
    std::vector<bool> covered(m_files.count());
    for (Id node = 1; node < m_files.count(); ++node) {
        const Id parent = m_files.parent(node);
        covered[node] = parent != ImageFiles::kRoot && (covered[parent] || m_places.contains(parent));
    }
    std::erase_if(m_found, [&](const CopyCandidate& each) { return covered[each.node]; });
    m_places.clear();
    for (std::size_t i = 0; i < m_found.size(); ++i)
        m_places.emplace(m_found[i].node, i);
}

void CandidateFinder::addUse(Id node, Id program, CandidateKind kind, std::string destination)
{
    const auto [place, isNew] = m_places.try_emplace(node, m_found.size());
    if (isNew)
        m_found.push_back({.node = node, .usedBy = program, .destination = std::move(destination), .kind = kind});
    ++m_found[place->second].uses;
}

void CandidateFinder::addLibraries()
{
    LibraryFinder finder(m_files);
    const std::size_t count = std::min(m_found.size(), kMostPrograms);
    for (std::size_t i = 0; i < count; ++i) {
        if (m_found[i].kind != CandidateKind::Program && m_found[i].kind != CandidateKind::Script)
            continue;
        const Id program = m_found[i].node;
        const ProgramNeeds needs = finder.needsOf(program);
        const auto isMissing = [](const ProgramNeed& need) { return need.whereabouts == Whereabouts::Missing; };
        for (const std::vector<ProgramNeed>* some : {&needs.interpreters, &needs.libraries})
            for (const ProgramNeed& need : *some)
                if (isMissing(need))
                    m_found[i].missing.push_back(need.name);
        if (m_found[i].kind == CandidateKind::Script)
            continue; // what runs a script is a whole program of its own
        m_found[i].loads = static_cast<qsizetype>(needs.libraries.size());
        for (const ProgramNeed& need : needs.libraries)
            if (!isMissing(need))
                addUse(need.file, program, isOwn(need.file) ? CandidateKind::Library : CandidateKind::BaseLibrary);
        for (const ProgramNeed& need : needs.interpreters)
            if (!isMissing(need))
                addUse(need.file, program, CandidateKind::Interpreter, need.name);
    }
}

std::vector<CopyCandidate> CandidateFinder::find()
{
    for (Id node = 1; node < m_files.count(); ++node)
        lookAt(node);
    dropWhatIsInside();
    const auto comesFirst = [this](const CopyCandidate& a, const CopyCandidate& b) {
        if (a.kind != b.kind)
            return a.kind < b.kind;
        return m_sizes[a.node] != m_sizes[b.node] ? m_sizes[a.node] > m_sizes[b.node] : a.node < b.node;
    };
    std::ranges::sort(m_found, comesFirst);
    m_places.clear();
    for (std::size_t i = 0; i < m_found.size(); ++i)
        m_places.emplace(m_found[i].node, i);
    addLibraries();
    std::ranges::sort(m_found, comesFirst);
    return std::move(m_found);
}

} // namespace

std::vector<qint64> contentSizes(const ImageFiles& files)
{
    std::vector<qint64> sizes(files.count());
    for (Id node = files.count(); node-- > 1;) {
        if (!files.exists(node))
            continue;
        const ImageFiles::Version& version = *files.newest(node);
        sizes[node] += version.size;
        sizes[files.parent(node)] += sizes[node];
    }
    // Once the folders are summed up: a link adds nothing to the one that it is in.
    for (Id node = 1; node < files.count(); ++node) {
        if (!files.exists(node))
            continue;
        const ImageFiles::Version& version = *files.newest(node);
        Id target = ImageFiles::kNone;
        if (version.type == FileType::Link)
            target = follow(files, files.path(node));
        else if (version.type == FileType::HardLink)
            target = files.find(files.linkOf(version));
        if (target != ImageFiles::kNone && files.exists(target) && files.newest(target)->type == FileType::File)
            sizes[node] = files.newest(target)->size;
    }
    return sizes;
}

std::vector<CopyCandidate> candidatesOf(const ImageFiles& files)
{
    return CandidateFinder(files).find();
}

} // namespace stagelift
