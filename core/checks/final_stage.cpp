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
    Names options;          // the first is what a mend writes
    Names variables;
};

constexpr Cache kCaches[]{
    {"package lists", {"apt-get", "apt"}, {"update"}, "/var/lib/apt", {"dist-clean", "distclean"}, {}, {}},
    {"package index", {"apk"}, {"add"}, "/var/cache/apk", {"cache"}, {"--no-cache"}, {}},
    {"package cache", {"dnf", "microdnf", "yum", "tdnf"}, {"install"}, "/var/cache/", {"clean"}, {}, {}},
    {"download cache",
     {"pip", "pip3"},
     {"install"},
     ".cache",
     {"cache"},
     {"--no-cache-dir", "--no-cache", "--no-index"},
     {"PIP_NO_CACHE_DIR", "PIP_CACHE_DIR"}},
    {"download cache",
     {"npm"},
     {"ci", "install", "i"},
     ".npm",
     {"cache"},
     {"--cache"},
     {"NPM_CONFIG_CACHE", "npm_config_cache"}},
    {"download cache", {"yarn"}, {"install"}, ".cache", {"cache"}, {"--cache-folder"}, {"YARN_CACHE_FOLDER"}},
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
    const bool isJdk =
        package.starts_with("openjdk") && (package.ends_with("-jdk") || package.ends_with("-jdk-headless"));
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

/// By stage: whether a compiler is there, its own or of what it is built on.
std::vector<bool> stagesWithCompiler(const Subject& subject)
{
    const auto installs = [](const StageCommand& command) {
        const Installer* installer = installerOf(command);
        return installer && hasAny(command, installer->install) && std::ranges::any_of(command.words, isCompiler);
    };
    std::vector<bool> has(subject.graph.stages.size());
    for (const Stage& stage : subject.graph.stages) {
        const bool isInherited = stage.base.kind == NodeKind::Stage ? has[static_cast<std::size_t>(stage.base.index)]
                                                                    : !traitsOf(stage.baseName).compiler.empty();
        has[static_cast<std::size_t>(stage.index)] =
            isInherited || std::ranges::any_of(subject.scripts().of(stage.index), installs);
    }
    return has;
}

/// An image that runs something, and has had it compiled in another stage.
bool isCompiledElsewhere(const Subject& subject, std::span<const int> shipped)
{
    const auto isStart = [](const Instruction& each) {
        return each.keyword == Keyword::Cmd || each.keyword == Keyword::Entrypoint;
    };
    if (std::ranges::none_of(subject.commands(subject.graph.stages.back()), isStart))
        return false;
    const std::vector<bool> has = stagesWithCompiler(subject);
    return std::ranges::any_of(subject.graph.edges, [&](const Edge& edge) {
        return edge.kind == EdgeKind::Copy && edge.from.kind == NodeKind::Stage &&
               std::ranges::binary_search(shipped, edge.to) && has[static_cast<std::size_t>(edge.from.index)];
    });
}

/// A stage to work or to test in has its tools on purpose, and says so in its name: "dev", "unit-tests".
bool isWorkshop(std::string_view name)
{
    constexpr std::array<std::string_view, 14> kWorkshops{"dev",   "develop", "development", "devcontainer", "test",
                                                          "tests", "testing", "lint",        "ci",           "debug",
                                                          "shell", "sdk",     "e2e",         "bench"};
    while (!name.empty()) {
        const std::size_t end = std::min(name.find_first_of("-_."), name.size());
        if (std::ranges::contains(kWorkshops, name.substr(0, end)))
            return true;
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return false;
}

/// The stages an image of the last one is made of, where it copies from others; else none.
std::vector<int> leanStages(const Subject& subject)
{
    const StageGraph& graph = subject.graph;
    if (graph.stages.size() < 2 || isWorkshop(graph.stages.back().name))
        return {};
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

/// The path stands in the text, and does not go on: "/root/.npm", not "/root/.npmrc".
bool names(std::string_view text, std::string_view path)
{
    const std::size_t at = text.find(path);
    const std::size_t end = at + path.size();
    return at != std::string_view::npos && (path.ends_with('/') || end >= text.size() || !isAsciiLetter(text[end]));
}

bool hasOption(const Cache& cache, const StageCommand& command)
{
    return std::ranges::any_of(
        command.words, [&](std::string_view word) { return isIn(cache.options, word.substr(0, word.find('='))); });
}

bool calls(const Cache& cache, const StageCommand& command)
{
    return isIn(cache.programmes, command.programme) && isIn(cache.verbs, command.verb()) && !isInOtherRoot(command);
}

/// Whether the same RUN takes the cache away, or never keeps it in a layer.
bool isKeptOut(const Subject& subject, const Cache& cache, std::span<const StageCommand> run)
{
    const auto covers = [&](std::string_view word) {
        const std::string_view path = word.substr(0, word.find('*'));
        return names(word, cache.place) || (path.size() > 1 && cache.place.starts_with(path));
    };
    const auto cleans = [&](const StageCommand& command) {
        const bool isOwn = isIn(cache.programmes, command.programme) && hasAny(command, cache.cleaners);
        const bool isRemoval = command.programme == "rm" || command.programme == "find";
        return isOwn || (isRemoval && std::ranges::any_of(command.words, covers));
    };
    const auto mounts = [&](const Flag& flag) {
        const std::string_view text = flag.whole.text;
        return (text.contains("type=cache") || text.contains("type=tmpfs")) && names(text, cache.place);
    };
    const auto isSet = [&](std::string_view variable) {
        return !variable.empty() && subject.dockerfile.source->bytes().contains(variable);
    };
    return std::ranges::any_of(cache.variables, isSet) || std::ranges::any_of(run, cleans) ||
           std::ranges::any_of(run.front().run->flags, mounts);
}

/// The option behind each verb that lacks it; nothing where the text does not show the calls one to one.
TextEdits withOption(const Subject& subject, const Cache& cache, std::span<const StageCommand> run)
{
    const Instruction& instruction = *run.front().run;
    const std::string_view text = subject.dockerfile.source->at(instruction.span);
    TextEdits edits;
    std::size_t at = 0;
    for (const StageCommand& command : run) {
        if (!calls(cache, command))
            continue;
        const std::string call = std::format("{} {}", command.programme, command.verb());
        at = text.find(call, at);
        if (at == std::string_view::npos)
            return {};
        at += call.size();
        const auto end = instruction.span.begin + static_cast<std::uint32_t>(at);
        if (!hasOption(cache, command))
            edits.push_back({{end, end}, std::format(" {}", cache.options.front())});
    }
    return edits;
}

/// What tidies up, behind the last command of a script that does not end in the middle of something.
TextEdits tidiedUp(const Cache& cache, std::span<const StageCommand> run)
{
    const Word& script = run.front().run->args.front();
    const bool isOpen = script.text.contains('#') || std::string_view(";&|\\").contains(script.text.back());
    const auto isApt = [](const StageCommand& command) { return command.programme.starts_with("apt"); };
    const bool usesLists =
        std::ranges::any_of(run, [&](const StageCommand& command) { return isApt(command) && command.has("install"); });
    const auto caller = std::ranges::find_if(run, [&](const StageCommand& command) { return calls(cache, command); });
    if (isOpen || (isApt(*caller) && !usesLists)) // then another RUN needs the lists
        return {};
    const std::string tidying =
        isApt(*caller) ? "rm -rf /var/lib/apt/lists/*" : std::format("{} clean all", caller->programme);
    return {{{script.span.end, script.span.end}, std::format(" && {}", tidying)}};
}

void reportCachesIn(const Subject& subject, std::span<const StageCommand> run, Report& report)
{
    const Instruction& instruction = *run.front().run;
    for (const Cache& cache : kCaches) {
        const auto leaves = [&](const StageCommand& command) {
            return calls(cache, command) && !hasOption(cache, command);
        };
        const auto command = std::ranges::find_if(run, leaves);
        if (command == run.end() || isKeptOut(subject, cache, run))
            continue;
        auto finding = report.add(instruction, instruction.span,
                                  std::format("The final stage ships the {} of {}, which nothing needs at run time",
                                              cache.what, command->programme));
        if (instruction.json || !instruction.heredocs.empty() || instruction.args.size() != 1)
            continue;
        const bool isOff = cache.options.front().starts_with("--no"); // a flag of its own; others take a folder
        if (cache.options.front().empty())
            finding.fix("Leave it out", tidiedUp(cache, run));
        else if (isOff)
            finding.fix("Leave it out", withOption(subject, cache, run));
    }
}

/// What a Node package manager makes of node_modules: with dev dependencies, without them; or nothing.
enum class Installs : std::uint8_t { Nothing, Everything, Production };

Installs installsOf(const StageCommand& command)
{
    constexpr Names kManagers{"npm", "yarn", "pnpm", "bun"};
    constexpr Names kInstall{"ci", "install", "i", "clean-install"};
    constexpr Names kPrune{"prune", "focus"};
    constexpr Names kAsks{"-v", "--version", "-h", "--help"};
    if (command.programme == "rm" &&
        std::ranges::any_of(command.words, [](auto word) { return word.ends_with("node_modules"); }))
        return Installs::Production;
    const bool isElse = command.has("run") || command.has("-g") || command.has("--global") || hasAny(command, kAsks);
    if (!isIn(kManagers, command.programme) || isElse)
        return Installs::Nothing;
    if (hasAny(command, kPrune))
        return Installs::Production;
    const auto isOption = [](std::string_view word) { return word.starts_with('-'); };
    const bool isYarnAlone = command.programme == "yarn" && std::ranges::all_of(command.words, isOption);
    if (!isYarnAlone && !hasAny(command, kInstall))
        return Installs::Nothing;
    const auto isProduction = [](std::string_view word) {
        return (word.starts_with("--prod") && !word.ends_with("=false")) || word == "--omit=dev" || word == "dev" ||
               word.starts_with("--only=prod") || word == "-P";
    };
    if (std::ranges::any_of(command.words, isProduction))
        return Installs::Production;
    // With a package's name it installs that.
    const bool isWhole = isYarnAlone || isIn(kInstall, command.words.back()) || isOption(command.words.back());
    return isWhole ? Installs::Everything : Installs::Nothing;
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

/// The last WORKDIR of a stage, as written; that of an image is not known.
std::string_view lastFolder(const Subject& subject, int stage)
{
    std::string_view folder;
    for (const Instruction& instruction : subject.commands(subject.graph.stages[static_cast<std::size_t>(stage)])) {
        if (instruction.keyword == Keyword::Workdir && !instruction.args.empty())
            folder = instruction.args.front().text;
    }
    return folder;
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
    const auto sentence = [](const std::string& how) {
        return std::format("The final stage ships the development dependencies that {}: leave them out with --omit=dev "
                           "or --production",
                           how);
    };
    if (const Instruction* run = devInstall(subject, shipped.back()))
        report.add(*run, run->span, sentence("this line installs"));
    for (const Edge& edge : subject.graph.edges) {
        if (edge.kind != EdgeKind::Copy || edge.from.kind != NodeKind::Stage || edge.broken ||
            !std::ranges::binary_search(shipped, edge.to))
            continue;
        const std::string_view folder = lastFolder(subject, edge.from.index);
        const auto holdsModules = [&](const std::string& path) {
            return lastPart(path) == "node_modules" || (folder.size() > 1 && pathFrom("/", path) == folder);
        };
        if (std::ranges::any_of(edge.paths, holdsModules) && devInstall(subject, edge.from.index) != nullptr)
            report.add(edge.lines, edge.span,
                       sentence(std::format("{} has installed", subject.graph.label(edge.from))));
    }
}

} // namespace stagelift
