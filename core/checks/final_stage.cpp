// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks on what the final stage ships though a stage above it could keep it. Only where the file is of several stages
// on purpose: the final one copies from another.

#include "core/checks/image_traits.h"
#include "core/checks/rules.h"
#include "core/dockerfile/paths.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

using Names = std::array<std::string_view, 5>;

bool isIn(const Names& names, std::string_view name)
{
    return !name.empty() && std::ranges::contains(names, name);
}

struct Installer {
    Names programmes;
    Names install;
    Names remove;
};

constexpr Installer kInstallers[]{
    {{"apt-get", "apt", "aptitude"}, {"install"}, {"purge", "remove", "autoremove", "autopurge"}},
    {{"apk"}, {"add"}, {"del"}},
    {{"dnf", "yum", "microdnf", "tdnf"}, {"install", "groupinstall"}, {"remove", "erase", "autoremove"}},
    {{"zypper"}, {"install", "in"}, {"remove", "rm"}},
    {{"pacman"}, {"-S", "-Sy", "-Syu"}, {"-R", "-Rs", "-Rns"}},
};

/// Where a package manager leaves what it has fetched, and what keeps it from that.
struct Cache {
    std::string_view what;
    Names programmes;
    Names verbs;
    std::string_view place; // a path that holds it, as it is written to take it away or to mount over it
    Names cleaners;         // verbs of the same programme
    std::string_view option;
    std::string_view variable;
    std::string_view tidying; // what to run behind it; where it has no option
};

constexpr Cache kCaches[]{
    {"package lists of apt",
     {"apt-get", "apt"},
     {"update"},
     "/var/lib/apt",
     {"dist-clean", "distclean"},
     "",
     "",
     "rm -rf /var/lib/apt/lists/*"},
    {"package index of apk", {"apk"}, {"add"}, "/var/cache/apk", {"cache"}, "--no-cache", "", ""},
    {"package cache of dnf", {"dnf", "microdnf"}, {"install"}, "/var/cache/", {"clean"}, "", "", "dnf clean all"},
    {"package cache of yum", {"yum"}, {"install"}, "/var/cache/", {"clean"}, "", "", "yum clean all"},
    {"download cache of pip",
     {"pip", "pip3"},
     {"install"},
     ".cache",
     {"cache"},
     "--no-cache-dir",
     "PIP_NO_CACHE_DIR",
     ""},
    {"download cache of npm", {"npm"}, {"ci", "install", "i"}, ".npm", {"cache"}, "--cache", "NPM_CONFIG_CACHE", ""},
    {"download cache of yarn", {"yarn"}, {"install"}, ".cache", {"cache"}, "--cache-folder", "YARN_CACHE_FOLDER", ""},
};

/// The name of a compiler, or of a package that brings one.
bool isCompiler(std::string_view package)
{
    constexpr std::array<std::string_view, 21> kCompilers{"build-essential", "build-base", "alpine-sdk",
                                                          "base-devel",      "gcc",        "g++",
                                                          "gcc-c++",         "clang",      "gfortran",
                                                          "golang",          "golang-go",  "go",
                                                          "rustc",           "cargo",      "rust",
                                                          "musl-dev",        "libc-dev",   "libc6-dev",
                                                          "default-jdk",     "ghc",        "@development-tools"};
    package = package.substr(0, package.find('='));
    const bool isJdk = package.starts_with("openjdk") && package.contains("jdk") &&
                       (package.ends_with("-jdk") || package.ends_with("-jdk-headless"));
    return isJdk || std::ranges::contains(kCompilers, package);
}

const Installer* installerOf(const StageCommand& command)
{
    const auto* found = std::ranges::find_if(
        kInstallers, [&](const Installer& each) { return isIn(each.programmes, command.programme); });
    return found == std::end(kInstallers) ? nullptr : found;
}

bool hasAny(const StageCommand& command, const Names& words)
{
    return std::ranges::any_of(command.words, [&](std::string_view word) { return isIn(words, word); });
}

bool isInOtherRoot(const StageCommand& command)
{
    constexpr Names kRoots{"--root", "-p", "--installroot", "--prefix"};
    return std::ranges::any_of(command.words,
                               [&](std::string_view word) { return isIn(kRoots, word.substr(0, word.find('='))); });
}

/// Calls `look` for each run of commands that belong to one RUN.
template<typename Look>
void forEachRun(std::span<const StageCommand> commands, Look look)
{
    while (!commands.empty()) {
        const Instruction* run = commands.front().run;
        const auto end = std::ranges::find_if(commands, [run](const StageCommand& each) { return each.run != run; });
        const auto count = static_cast<std::size_t>(end - commands.begin());
        look(commands.first(count));
        commands = commands.subspan(count);
    }
}

bool hasCompiler(const Subject& subject, int stage)
{
    return std::ranges::any_of(subject.graph.shipped(stage), [&](int part) {
        return !traitsOf(subject.graph, part).compiler.empty() ||
               std::ranges::any_of(subject.scripts().of(part), [](const StageCommand& command) {
                   const Installer* installer = installerOf(command);
                   return installer && hasAny(command, installer->install) &&
                          std::ranges::any_of(command.words, isCompiler);
               });
    });
}

/// An image that runs something, and has had it compiled in another stage: one to work or to test in has its compiler
/// on purpose.
bool isCompiledElsewhere(const Subject& subject, std::span<const int> shipped)
{
    constexpr std::array<std::string_view, 6> kWorkshops{"dev", "test", "lint", "ci", "debug", "sdk"};
    const std::string& name = subject.graph.stages.back().name;
    const auto isStart = [](const Instruction& each) {
        return each.keyword == Keyword::Cmd || each.keyword == Keyword::Entrypoint;
    };
    const bool isWorkshop = std::ranges::any_of(kWorkshops, [&](std::string_view word) { return name.contains(word); });
    return !isWorkshop && std::ranges::any_of(subject.commands(subject.graph.stages.back()), isStart) &&
           std::ranges::any_of(subject.graph.edges, [&](const Edge& edge) {
               return edge.kind == EdgeKind::Copy && edge.from.kind == NodeKind::Stage &&
                      std::ranges::binary_search(shipped, edge.to) && hasCompiler(subject, edge.from.index);
           });
}

/// The stages an image of the last one is made of, where it copies from others; else none.
std::vector<int> leanStages(const Subject& subject)
{
    const StageGraph& graph = subject.graph;
    std::vector<int> shipped = graph.shipped(graph.defaultTarget());
    const auto ships = [&](int stage) { return std::ranges::binary_search(shipped, stage); };
    const bool takes = std::ranges::any_of(graph.edges, [&](const Edge& edge) {
        return edge.kind == EdgeKind::Copy && edge.from.kind == NodeKind::Stage && ships(edge.to) &&
               !ships(edge.from.index);
    });
    if (!takes)
        shipped.clear();
    return shipped;
}

void reportCompilerIn(std::span<const StageCommand> run, Report& report)
{
    std::string_view compiler;
    for (const StageCommand& command : run) {
        const Installer* installer = installerOf(command);
        if (installer == nullptr)
            continue;
        if (hasAny(command, installer->remove))
            return; // what was installed to compile something goes again
        if (compiler.empty() && hasAny(command, installer->install) && !isInOtherRoot(command)) {
            const auto found = std::ranges::find_if(command.words, isCompiler);
            compiler = found == command.words.end() ? std::string_view() : *found;
        }
    }
    if (!compiler.empty())
        report.add(*run.front().run, run.front().run->span,
                   std::format("The final stage ships {}: compile in a stage above and copy what comes out", compiler));
}

/// Whether the same RUN takes the cache away, or never keeps it in a layer.
bool isKeptOut(const Subject& subject, const Cache& cache, const StageCommand& command,
               std::span<const StageCommand> run)
{
    const auto names = [&](std::string_view word) {
        const std::string_view path = word.substr(0, word.find('*'));
        return word.contains(cache.place) || (path.size() > 1 && cache.place.starts_with(path));
    };
    const auto cleans = [&](const StageCommand& other) {
        const bool isOwn = isIn(cache.programmes, other.programme) && hasAny(other, cache.cleaners);
        return isOwn || (!isIn(cache.programmes, other.programme) && std::ranges::any_of(other.words, names));
    };
    const auto mounts = [&](const Flag& flag) { return flag.name == "mount" && flag.whole.text.contains(cache.place); };
    const auto isOption = [&](std::string_view word) { return word.substr(0, word.find('=')) == cache.option; };
    const bool isOff = !cache.option.empty() && std::ranges::any_of(command.words, isOption);
    const bool isUnset = cache.variable.empty() || !subject.dockerfile.source->bytes().contains(cache.variable);
    return isOff || !isUnset || std::ranges::any_of(run, cleans) || std::ranges::any_of(command.run->flags, mounts);
}

/// The option behind the verb, or what tidies up behind the last command; nothing where the script is not one piece.
TextEdits keptOut(const Subject& subject, const Cache& cache, const StageCommand& command)
{
    const Instruction& run = *command.run;
    if (run.json || !run.heredocs.empty() || run.args.size() != 1)
        return {};
    const std::string_view bytes = subject.dockerfile.source->bytes();
    if (cache.option.empty()) {
        const std::uint32_t end = run.args.front().span.end;
        return {{{end, end}, std::format(" && {}", cache.tidying)}};
    }
    const std::string call = std::format("{} {}", command.programme, command.verb());
    const std::size_t at = bytes.find(call, run.span.begin);
    const auto end = static_cast<std::uint32_t>(at + call.size());
    const bool isThere = at != std::string_view::npos && end <= run.span.end && cache.option.starts_with("--no");
    return isThere ? TextEdits{{{end, end}, std::format(" {}", cache.option)}} : TextEdits();
}

void reportCachesIn(const Subject& subject, std::span<const StageCommand> run, Report& report)
{
    for (const Cache& cache : kCaches) {
        const auto calls = [&](const StageCommand& command) {
            return isIn(cache.programmes, command.programme) && isIn(cache.verbs, command.verb()) &&
                   !isInOtherRoot(command);
        };
        const auto command = std::ranges::find_if(run, calls);
        if (command == run.end() || isKeptOut(subject, cache, *command, run))
            continue;
        auto finding = report.add(*command->run, command->run->span,
                                  std::format("The final stage ships the {}, which nothing needs", cache.what));
        if (TextEdits edits = keptOut(subject, cache, *command); !edits.empty())
            finding.fix("Leave it out", std::move(edits));
    }
}

/// What a Node package manager makes of node_modules: with dev dependencies, without them; or nothing.
enum class Installs : std::uint8_t { Nothing, Everything, Production };

Installs installsOf(const StageCommand& command)
{
    constexpr Names kManagers{"npm", "yarn", "pnpm", "bun"};
    constexpr Names kInstall{"ci", "install", "i", "clean-install"};
    constexpr Names kProduction{"prune", "focus"};
    const bool isRemoved = command.programme == "rm" && std::ranges::any_of(command.words, [](std::string_view word) {
                               return word.ends_with("node_modules");
                           });
    if (isRemoved)
        return Installs::Production;
    if (!isIn(kManagers, command.programme) || command.has("-g") || command.has("--global"))
        return Installs::Nothing;
    const auto isProduction = [&](std::string_view word) {
        return word.starts_with("--prod") || word == "--omit=dev" || word == "dev" || word.starts_with("--only=prod") ||
               word == "-P" || isIn(kProduction, word);
    };
    if (std::ranges::any_of(command.words, isProduction))
        return Installs::Production;
    const auto plain =
        std::ranges::count_if(command.words, [](std::string_view word) { return !word.starts_with('-'); });
    const bool isYarnAlone = command.programme == "yarn" && plain == 0 && !command.has("--version");
    return isYarnAlone || (plain == 1 && isIn(kInstall, command.verb())) ? Installs::Everything : Installs::Nothing;
}

/// The RUN that has brought dev dependencies into a stage which nothing took out again.
const Instruction* devInstall(const Subject& subject, int stage)
{
    const Instruction* run = nullptr;
    for (const int each : subject.graph.shipped(stage)) {
        const Stage& part = subject.graph.stages[static_cast<std::size_t>(each)];
        if (subject.dockerfile.source->at(part.span).contains("NODE_ENV"))
            return nullptr; // that decides it, and may be an argument
        for (const StageCommand& command : subject.scripts().of(each)) {
            const Installs installs = installsOf(command);
            if (installs != Installs::Nothing)
                run = installs == Installs::Everything ? command.run : nullptr;
        }
    }
    return run;
}

} // namespace

void compilerInFinalStage(const Subject& subject, Report& report)
{
    const std::vector<int> stages = leanStages(subject);
    if (stages.empty() || !isCompiledElsewhere(subject, stages))
        return;
    for (const int stage : stages) {
        const Stage& shipped = subject.graph.stages[static_cast<std::size_t>(stage)];
        const ImageTraits image = shipped.base.kind == NodeKind::Image ? traitsOf(shipped.baseName) : ImageTraits();
        if (!image.compiler.empty())
            report.add(subject.from(shipped), shipped.baseWord.span,
                       std::format("The final stage is built on {}, which brings the compiler of {}: copy what was "
                                   "built into a smaller image",
                                   shipped.baseName, image.compiler));
        forEachRun(subject.scripts().of(stage), [&](auto run) { reportCompilerIn(run, report); });
    }
}

void packageCacheInFinalStage(const Subject& subject, Report& report)
{
    for (const int stage : leanStages(subject))
        forEachRun(subject.scripts().of(stage), [&](auto run) { reportCachesIn(subject, run, report); });
}

void devDependenciesInFinalStage(const Subject& subject, Report& report)
{
    const std::vector<int> shipped = leanStages(subject);
    if (shipped.empty())
        return;
    constexpr std::string_view kSentence =
        "The final stage ships the development dependencies that {}: leave them out with --omit=dev or --production";
    if (const Instruction* run = devInstall(subject, shipped.back()))
        report.add(*run, run->span, std::vformat(kSentence, std::make_format_args("this line installs")));
    for (const Edge& edge : subject.graph.edges) {
        const bool isModules =
            std::ranges::any_of(edge.paths, [](const std::string& path) { return lastPart(path) == "node_modules"; });
        if (edge.kind != EdgeKind::Copy || edge.from.kind != NodeKind::Stage || !isModules ||
            !std::ranges::binary_search(shipped, edge.to) || devInstall(subject, edge.from.index) == nullptr)
            continue;
        const std::string how = std::format("{} has installed", subject.graph.label(edge.from));
        report.add(edge.lines, edge.span, std::vformat(kSentence, std::make_format_args(how)));
    }
}

} // namespace stagelift
