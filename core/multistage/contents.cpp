// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/contents.h"

#include "core/artifacts/recognisers.h"
#include "core/dockerfile/paths.h"
#include "core/multistage/packages.h"
#include "core/multistage/work.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift::multistage {

namespace {

constexpr std::array kManifests = std::to_array<std::string_view>({"package.json",
                                                                   "package-lock.json",
                                                                   "npm-shrinkwrap.json",
                                                                   "yarn.lock",
                                                                   "pnpm-lock.yaml",
                                                                   ".npmrc",
                                                                   ".yarnrc",
                                                                   ".yarnrc.yml",
                                                                   "pyproject.toml",
                                                                   "poetry.lock",
                                                                   "uv.lock",
                                                                   "Pipfile",
                                                                   "Pipfile.lock",
                                                                   "setup.cfg",
                                                                   "Gemfile",
                                                                   "Gemfile.lock",
                                                                   "composer.json",
                                                                   "composer.lock",
                                                                   "constraints.txt",
                                                                   "package*.json",
                                                                   "package*",
                                                                   "package.json*",
                                                                   "Gemfile*",
                                                                   "Gemfile.lock*",
                                                                   "Pipfile*",
                                                                   "poetry.lock*",
                                                                   "*.lock",
                                                                   "bun.lockb",
                                                                   "bun.lock",
                                                                   "yarn*",
                                                                   "composer.*",
                                                                   ".yarn",
                                                                   "pnpm-workspace.yaml",
                                                                   "requirements",
                                                                   "uv.lock*",
                                                                   "package-*.json"});

bool isManifest(std::string_view source)
{
    const std::string_view name = lastPart(source);
    const bool isRequirements = name.contains("requirements") && !name.contains('/');
    return isRequirements || std::ranges::contains(kManifests, name);
}

/// Commands that leave nothing among the sources.
bool isHarmless(const ShellCommand& command)
{
    constexpr std::array kHarmless = std::to_array<std::string_view>(
        {"rm",     "echo",  "cd",   "ls", "cat",  "set",   "true",  "apt-mark", "rmdir", "find",
         "printf", "which", "test", "[",  "grep", "xargs", "strip", "dpkg",     "id",    "pwd"});
    const bool isCache = command.has("cache") || command.has("--version") || command.has("config") ||
                         command.has("-v") || command.has("--help");
    return std::ranges::contains(kHarmless, command.programme) || isCache;
}

/// A place that a file was put into on purpose: a folder on PATH, or by its whole path.
bool isTakenAlong(const Output& output)
{
    const std::string_view path = output.path;
    const bool isBin =
        path.starts_with("/usr/local/bin/") || path.starts_with("/usr/bin/") || path.starts_with("/bin/");
    const bool isPut = output.reason == "cp" && !path.starts_with("/etc/apt") && !path.starts_with("/root");
    return (isBin || isPut) && !path.contains('*') && !path.starts_with("/tmp");
}

} // namespace

bool isContextCopy(const Step& step)
{
    return (step.keyword() == Keyword::Copy || step.keyword() == Keyword::Add) &&
           step.instruction->flag("from") == nullptr;
}

bool bringsManifestsOnly(const Reading& reading, const Step& step)
{
    const auto sources = sourcesOf(reading, step);
    return !sources.empty() && std::ranges::all_of(sources, isManifest);
}

namespace {

/// It sets the owner or the mode of the folder that the sources are in.
bool handsOver(const Reading& reading, const Step& step)
{
    const std::string folder = sourceFolder(reading);
    return !folder.empty() && std::ranges::any_of(step.commands, [&](const ShellCommand& command) {
        const bool isIt = command.programme == "chown" || command.programme == "chmod" || command.programme == "chgrp";
        return isIt && std::ranges::any_of(command.plainWords(), [&](const std::string& word) {
                   const std::string path = pathFrom(command.folder, word);
                   return (word.contains('/') || word == ".") && path != "/" && covers(path, folder);
               });
    });
}

} // namespace

bool changesSources(const Reading& reading, std::size_t split, bool (*isKnown)(const ShellCommand&))
{
    bool hasSources = false;
    for (std::size_t at = 0; at < split; ++at) {
        const Step& step = reading.steps[at];
        if (hasSources && handsOver(reading, step))
            return true;
        hasSources = hasSources || (isContextCopy(step) && !bringsManifestsOnly(reading, step));
        if (!hasSources || workOf(reading, step) != Work::Build)
            continue;
        const auto changes = [&](const ShellCommand& command) {
            return !isKnown(command) && !isHarmless(command) && !packagesOf(command) && !tendsPackages(command);
        };
        if (step.commands.empty() || std::ranges::any_of(step.commands, changes))
            return true;
    }
    return false;
}

std::string sourceFolder(const Reading& reading, bool (*isKnown)(const ShellCommand&))
{
    const std::string context = contextFolder(reading);
    std::string folder = context.empty() ? reading.end.folder : context;
    for (const Step& step : reading.steps) {
        for (const ShellCommand& command : step.commands) {
            if (folder == "/" && isKnown != nullptr && isKnown(command))
                folder = command.folder;
        }
    }
    return folder == "/" ? std::string() : folder;
}

void addPrograms(Contents& contents, const Reading& reading, std::size_t split)
{
    for (std::size_t at = 0; at < split; ++at) {
        for (const ShellCommand& command : reading.steps[at].commands) {
            for (const Output& output : outputsOf(command)) {
                if (isTakenAlong(output))
                    contents.products.push_back({output.path, output.path, std::string(output.reason), false});
            }
        }
    }
}

namespace {

/// A RUN between the COPY and the split names the path.
bool isTouched(const Reading& reading, std::size_t copy, std::size_t split, const std::string& path)
{
    for (std::size_t at = copy + 1; at < split; ++at) {
        const Work work = workOf(reading, reading.steps[at]);
        if (work != Work::Build && work != Work::Prepare)
            continue;
        for (const ShellCommand& command : reading.steps[at].commands) {
            if (std::ranges::any_of(command.words,
                                    [&](const std::string& word) { return pathFrom(command.folder, word) == path; }))
                return true;
        }
    }
    return false;
}

} // namespace

void addTouchedFiles(Contents& contents, const Reading& reading, std::size_t split)
{
    for (std::size_t at = 0; at < split; ++at) {
        const Step& step = reading.steps[at];
        if (!isContextCopy(step) || bringsManifestsOnly(reading, step))
            continue;
        const std::string place = destinationOf(reading, step);
        const bool isFolder = step.instruction->args.back().text.ends_with('/');
        for (const std::string& source : sourcesOf(reading, step)) {
            const std::string path = isFolder ? pathFrom(place, lastPart(source)) : place;
            const auto holds = [&](const Product& product) { return covers(product.path, path); };
            if (std::ranges::none_of(contents.products, holds) && !path.starts_with("/tmp") &&
                isTouched(reading, at, split, path))
                contents.products.push_back({path, path, "a file that the builder has changed", false});
        }
    }
}

} // namespace stagelift::multistage
