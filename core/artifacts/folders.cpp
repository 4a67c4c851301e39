// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/artifacts/folders.h"

#include "core/artifacts/stage_scope.h"
#include "core/dockerfile/paths.h"

#include <algorithm>
#include <array>

namespace stagelift {

namespace {

constexpr std::array<std::string_view, 24> kFolders{"bin",   "build",   "conf.d",  "dist",   "docs",          "etc",
                                                    "html",  "include", "install", "lib",    "lib64",         "local",
                                                    "out",   "opt",     "prefix",  "public", "rootfs",        "sbin",
                                                    "share", "src",     "static",  "usr",    "site-packages", "wheels"};

/// Names of files that have no ending to tell them by.
constexpr std::array<std::string_view, 22> kFiles{
    "Makefile",  "GNUmakefile", "Dockerfile",  "Containerfile",    "Gemfile",   "Rakefile",
    "Procfile",  "Pipfile",     "LICENSE",     "NOTICE",           "README",    "VERSION",
    "gradlew",   "mvnw",        "artisan",     "entrypoint",       "configure", "MANIFEST",
    "Caddyfile", "Brewfile",    "Vagrantfile", "docker-entrypoint"};

bool isFolderName(std::string_view name)
{
    return std::ranges::contains(kFolders, name) || name.ends_with("venv") || name == "node_modules" ||
           name == "vendor";
}

/// WORKDIR makes its folder.
std::vector<std::string> workdirs(const Dockerfile& dockerfile, const StageGraph& graph, int stage)
{
    std::vector<std::string> folders;
    walkStage(dockerfile, graph, stage, [&](const Instruction&, const StageScope& scope) {
        if (folders.empty() || folders.back() != scope.folder)
            folders.push_back(scope.folder);
    });
    return folders;
}

bool isWithin(std::string_view path, std::string_view folder)
{
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

} // namespace

bool isFolderOfContext(std::string_view source)
{
    if (source.ends_with('/') || source == "." || source == "..")
        return true;
    return !source.empty() && !looksLikeAFile(source) && source.find_first_of("*?[$") == std::string_view::npos &&
           !lastPart(source).starts_with('.') && !std::ranges::contains(kFiles, lastPart(source));
}

void markFolders(std::vector<Artifact>& artifacts, const Dockerfile& dockerfile, const StageGraph& graph, int stage)
{
    const std::vector<std::string> made = workdirs(dockerfile, graph, stage);
    for (Artifact& artifact : artifacts) {
        const auto holds = [&](std::string_view path) { return isWithin(path, artifact.path); };
        const bool isWorkdir =
            std::ranges::any_of(made, [&](const std::string& path) { return path == artifact.path || holds(path); });
        artifact.folder = artifact.folder || isWorkdir || isFolderName(lastPart(artifact.path)) ||
                          std::ranges::any_of(artifacts, holds, &Artifact::path);
    }
}

} // namespace stagelift
