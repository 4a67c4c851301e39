// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks on whether what one stage has built can run in the stage that copies it: against which C library it was
// linked, and for which Python it was installed. What the text does not tell is not guessed, and where a build has
// shown it, nothing is.

#include "core/checks/image_traits.h"
#include "core/checks/rules.h"
#include "core/dockerfile/paths.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

/// The text of a stage and of those it is built on holds any of these.
bool mentions(const Subject& subject, int stage, std::span<const std::string_view> words)
{
    return std::ranges::any_of(subject.graph.shipped(stage), [&](int part) {
        const auto text = subject.dockerfile.source->at(subject.graph.stages[static_cast<std::size_t>(part)].span);
        return std::ranges::any_of(words, [&](std::string_view word) { return text.contains(word); });
    });
}

std::string_view withoutSlash(std::string_view path)
{
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    return path;
}

/// Whether what is copied is the output, holds it, or for an output that is a folder lies in it.
bool isOutput(std::string_view path, std::string_view output)
{
    if (output.empty() || lastPart(output).empty())
        return false;
    if (output.ends_with('/'))
        return path.contains(output);
    const bool isInside = output.starts_with('/') && path != "/" && covers(path, output);
    return isInside || lastPart(path) == lastPart(output);
}

bool isBuiltByGo(const StageCommand& command, std::string_view path)
{
    if (command.programme == "go" && command.verb() == "install")
        return path.contains("/go/bin/");
    if (command.programme != "go" || command.verb() != "build")
        return false;
    const std::string_view output = command.option("-o");
    return output.empty() ? command.words.back().starts_with("./") && isOutput(path, command.words.back())
                          : isOutput(path, output);
}

/// Cargo needs no C compiler of its own, but links against the C library of where it runs.
bool isBuiltByCargo(const StageCommand& command, std::string_view path)
{
    if (command.programme != "cargo")
        return false;
    return command.verb() == "build" ? path.contains("/release/") || path.contains("/debug/")
                                     : command.verb() == "install" && path.contains("cargo/bin/");
}

bool isBuiltByCompiler(const StageCommand& command, std::string_view path)
{
    constexpr std::array<std::string_view, 6> kCompilers{"gcc", "g++", "cc", "c++", "clang", "clang++"};
    return std::ranges::contains(kCompilers, command.programme) && isOutput(path, command.option("-o"));
}

struct Language {
    bool (*builds)(const StageCommand& command, std::string_view path);
    std::array<std::string_view, 10> signs; // in the text of the stage, that no C library of ours is needed
    bool isStaticOnMusl = false;
    bool isCertain = false; // else it needs the C library for some packages only, and the text does not tell which
    std::string_view mend;
};

constexpr Language kLanguages[]{
    {isBuiltByGo,
     {"CGO_ENABLED=0", "CGO_ENABLED 0", "CGO_ENABLED=\"0\"", "CGO_ENABLED='0'", "-static", "netgo", "GOOS=windows",
      "GOOS=darwin", "GOOS=js", "GOARCH=wasm"},
     false,
     false,
     "build it with CGO_ENABLED=0"},
    {isBuiltByCargo,
     {"-musl", "+crt-static", "wasm32", "-windows-", "-darwin"},
     true,
     true,
     "build it for a target that ends in -musl"},
    {isBuiltByCompiler, {"LDFLAGS=-static"}, false, true, "link it with -static"},
};

/// Which C library a copied file was linked against: None where that is linked in, Unknown where nobody can tell.
struct Linked {
    Libc libc = Libc::Unknown;
    bool isCertain = false;
    std::string_view mend = {};
};

/// Go uses no C where it finds no compiler, as in its own Alpine image, or where an argument of the file says so.
bool isWithoutC(const Subject& subject, int stage)
{
    constexpr std::array<std::string_view, 5> kCompilers{"gcc", "build-base", "alpine-sdk", "clang", "g++"};
    return subject.dockerfile.source->bytes().contains("ARG CGO_ENABLED=0") ||
           (subject.traits(stage).libc == Libc::Musl && !mentions(subject, stage, kCompilers));
}

Linked linkedIn(const Subject& subject, int stage, std::string_view path)
{
    for (const int part : subject.graph.shipped(stage)) {
        for (const StageCommand& command : subject.scripts().of(part)) {
            const auto* language =
                std::ranges::find_if(kLanguages, [&](const Language& each) { return each.builds(command, path); });
            if (language == std::end(kLanguages))
                continue;
            const Libc libc = subject.traits(stage).libc;
            const auto end = std::ranges::find(language->signs, std::string_view());
            const auto signs =
                std::span(language->signs).first(static_cast<std::size_t>(end - language->signs.begin()));
            const bool isStatic = command.has("-static") || mentions(subject, stage, signs) ||
                                  (libc == Libc::Musl && language->isStaticOnMusl) ||
                                  (language->builds == isBuiltByGo && isWithoutC(subject, stage));
            return {isStatic ? Libc::None : libc, language->isCertain, language->mend};
        }
    }
    return {};
}

/// Something is run there: a stage of nothing else than files is only a place to export them from.
bool isRun(const Subject& subject, int stage)
{
    return std::ranges::any_of(subject.graph.shipped(stage), [&](int part) {
        return std::ranges::any_of(subject.commands(subject.graph.stages[static_cast<std::size_t>(part)]), isStart);
    });
}

/// Libraries are copied as well, or a whole root.
bool bringsLibraries(const Subject& subject, int stage)
{
    const std::vector<int> parts = subject.graph.shipped(stage);
    return std::ranges::any_of(subject.graph.edges, [&](const Edge& edge) {
        return edge.kind == EdgeKind::Copy && std::ranges::binary_search(parts, edge.to) &&
               std::ranges::any_of(edge.paths, [](const std::string& path) {
                   return path == "/" || path.starts_with("/lib") || path.starts_with("/usr/lib") ||
                          path.starts_with("/usr/local/lib") || path.contains(".so") || path.contains("rootfs");
               });
    });
}

/// Calls `look(edge, path)` for each path that a stage copies from a stage.
template<typename Look>
void forEachCopy(const Subject& subject, Look look)
{
    for (const Edge& edge : subject.graph.edges) {
        if (edge.kind != EdgeKind::Copy || edge.from.kind != NodeKind::Stage || edge.broken || edge.isTrigger)
            continue;
        for (const std::string& path : edge.paths) {
            if (!path.ends_with(".wasm") && !path.ends_with(".exe")) // which are no programs of Linux
                look(edge, path);
        }
    }
}

/// Where a command has put Python packages, as written; "" for one that has not.
std::string_view packagesOf(const StageCommand& command)
{
    const bool isPip = command.programme.starts_with("pip") || command.programme.starts_with("python");
    if (command.has("venv") || command.programme == "virtualenv")
        return command.words.empty() || command.words.back() == "venv" ? ".venv" : command.words.back();
    if ((command.programme == "uv" && command.verb() == "sync") || command.programme == "poetry")
        return ".venv";
    if (!isPip || !command.has("install"))
        return {};
    for (const std::string_view option : {"--prefix", "--target", "-t", "--root"}) {
        if (const std::string_view place = command.option(option); !place.empty())
            return place;
    }
    return command.has("--user") ? ".local" : std::string_view();
}

/// The path is a place where the stage has installed packages, or lies in one.
bool isPythonPackages(const Subject& subject, const Edge& edge, std::string_view path)
{
    path = withoutSlash(path);
    const auto puts = [&](const StageCommand& command) {
        const std::string_view place = withoutSlash(packagesOf(command));
        if (place.empty() || place == ".")
            return false;
        if (place.starts_with('$')) // a virtual environment most often
            return lastPart(path).contains("venv");
        return place.starts_with('/') ? covers(place, path) : lastPart(path) == lastPart(place);
    };
    return path.contains("site-packages") || std::ranges::any_of(subject.graph.shipped(edge.from.index), [&](int part) {
               return std::ranges::any_of(subject.scripts().of(part), puts);
           });
}

/// "3.12" of "/usr/local/lib/python3.12/site-packages"
std::string_view pythonOf(std::string_view path)
{
    constexpr std::string_view kName = "python3.";
    const std::size_t at = path.find(kName);
    if (at == std::string_view::npos)
        return {};
    path.remove_prefix(at + kName.size() - 2);
    return path.substr(0, path.find('/'));
}

bool areTwo(Libc one, Libc other)
{
    return !libcName(one).empty() && !libcName(other).empty() && one != other;
}

} // namespace

void libcMismatch(const Subject& subject, Report& report)
{
    constexpr std::array<std::string_view, 4> kBridges{"libc6-compat", "gcompat", "glibc", "musl"};
    forEachCopy(subject, [&](const Edge& edge, const std::string& path) {
        const Libc target = subject.traits(edge.to).libc;
        const Libc source = subject.traits(edge.from.index).libc;
        if (!areTwo(source, target) || mentions(subject, edge.to, kBridges))
            return;
        const std::string to = subject.graph.label(stageNode(edge.to));
        if (isPythonPackages(subject, edge, path)) {
            report.add(
                edge.lines, edge.span,
                std::format("{} holds what {} has installed for {}, but {} has {}: compiled packages won't load; "
                            "use images of one kind for both",
                            path, subject.graph.label(edge.from), libcName(source), to, libcName(target)));
            return;
        }
        const Linked linked = linkedIn(subject, edge.from.index, path);
        if (areTwo(linked.libc, target) && !wasSeen(subject, edge.instruction))
            report
                .add(edge.lines, edge.span,
                     std::format("{} {} {}, but {} has {}: {}", path, linked.isCertain ? "needs" : "may need",
                                 libcName(source), to, libcName(target), linked.mend))
                .hint(!linked.isCertain);
    });
}

void dynamicBinaryInScratch(const Subject& subject, Report& report)
{
    forEachCopy(subject, [&](const Edge& edge, const std::string& path) {
        if (subject.traits(edge.to).libc != Libc::None || !isRun(subject, edge.to) || bringsLibraries(subject, edge.to))
            return;
        if (wasSeen(subject, edge.instruction))
            return;
        const Linked linked = linkedIn(subject, edge.from.index, path);
        if (libcName(linked.libc).empty())
            return;
        report
            .add(edge.lines, edge.span,
                 std::format("{} {} {}, which {} does not have: {}", path, linked.isCertain ? "needs" : "may need",
                             libcName(linked.libc), subject.graph.label(stageNode(edge.to)), linked.mend))
            .hint(!linked.isCertain);
    });
}

void pythonVersionMismatch(const Subject& subject, Report& report)
{
    forEachCopy(subject, [&](const Edge& edge, const std::string& path) {
        const std::string_view target = subject.traits(edge.to).python;
        if (target.empty() || !isPythonPackages(subject, edge, path))
            return;
        const std::string_view named = pythonOf(path);
        const std::string_view source = named.empty() ? subject.traits(edge.from.index).python : named;
        if (source.empty() || source == target)
            return;
        report.add(edge.lines, edge.span,
                   std::format("{} was installed for Python {}, but {} has Python {}, which won't find it: use one "
                               "version for both",
                               path, source, subject.graph.label(stageNode(edge.to)), target));
    });
}

} // namespace stagelift
