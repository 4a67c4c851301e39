// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks on compilers and development dependencies that the final stage ships though a stage above could keep them.

#include "core/checks/image_traits.h"
#include "core/checks/lean_stages.h"
#include "core/checks/rules.h"
#include "core/dockerfile/paths.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

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
    if (std::ranges::none_of(subject.commands(subject.graph.stages.back()), isStart))
        return false;
    const std::vector<bool> has = stagesWithCompiler(subject);
    return std::ranges::any_of(subject.graph.edges, [&](const Edge& edge) {
        return edge.kind == EdgeKind::Copy && edge.from.kind == NodeKind::Stage &&
               std::ranges::binary_search(shipped, edge.to) && has[static_cast<std::size_t>(edge.from.index)];
    });
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
