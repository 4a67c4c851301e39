// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/refusals.h"

#include "core/artifacts/recognisers.h"
#include "core/dockerfile/paths.h"
#include "core/multistage/work.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift::multistage {

namespace {

/// The RUN that compiles takes its compiler out again.
bool removesItsCompiler(const Reading& reading)
{
    const auto compiles = [](const ShellCommand& command) {
        return command.programme == "make" || command.programme == "gcc" || command.programme == "cmake";
    };
    return std::ranges::any_of(reading.steps, [&](const Step& step) {
        return std::ranges::any_of(step.commands, compiles) && std::ranges::any_of(step.commands, removesPackages);
    });
}

/// Addresses that bring tools of builders, or where packages come from.
bool bringsTool(std::string_view text)
{
    constexpr std::array kTools = std::to_array<std::string_view>(
        {"rustup", "nodesource", "getcomposer", "python-poetry", "astral.sh/uv", "yarnpkg", "get.pnpm.io", "keyrings",
         "apt-key", "/etc/apt/", "bun.sh", "get-pip", "n-install", "nvm"});
    return std::ranges::any_of(kTools, [&](std::string_view tool) { return text.contains(tool); });
}

bool isTaken(const std::vector<Product>& products, const std::string& path)
{
    return path.starts_with("/tmp") || path.starts_with("/var/tmp") || path.starts_with("/root") ||
           std::ranges::any_of(products, [&](const Product& product) { return covers(product.path, path); });
}

/// Where a command leaves what it fetches or unpacks, that is not taken along; "" where there is no such thing.
std::string leftBy(const ShellCommand& command, const std::vector<Product>& products)
{
    constexpr std::array kFetchers = std::to_array<std::string_view>({"curl", "wget"});
    constexpr std::array kUnpackers = std::to_array<std::string_view>({"tar", "unzip", "bsdtar", "git"});
    if (command.programme == "git" && !command.has("clone"))
        return {};
    if (std::ranges::contains(kUnpackers, command.programme)) {
        const auto folder = command.option(command.programme == "unzip" ? "-d" : "-C");
        const auto outputs = outputsOf(command);
        if (command.programme == "git" && outputs.empty())
            return {}; // into a place for what passes
        const std::string place = command.programme == "git" ? outputs.front().path
                                  : folder                   ? pathFrom(command.folder, *folder)
                                                             : command.folder;
        return isTaken(products, place) ? std::string() : place;
    }
    if (!std::ranges::contains(kFetchers, command.programme))
        return {};
    for (const Output& output : outputsOf(command)) {
        const bool isBin = output.path.starts_with("/usr/") || output.path.starts_with("/opt/");
        if (isBin && !isTaken(products, output.path))
            return output.path;
    }
    return {};
}

bool isPythonPackage(std::string_view name)
{
    return name.starts_with("python3") || name.starts_with("py3-") || name == "python" || name.starts_with("python-");
}

} // namespace

std::optional<Refusal> refusalOfStart(const Reading& reading)
{
    if (const std::string tool = toolThatIsStarted(reading); !tool.empty())
        return Refusal{std::format("The image starts {}, which belongs to the builder", tool),
                       "Let CMD or ENTRYPOINT start what was built."};
    if (removesItsCompiler(reading))
        return Refusal{"Nothing would be left behind: the RUN that compiles takes its compiler out again", {}};
    return std::nullopt;
}

std::optional<Refusal> refusalOfFetched(const Reading& reading, const Toolchain& toolchain, std::size_t split,
                                        const std::vector<Product>& products)
{
    if (!toolchain.isInterpreted() && reading.start.isThere)
        return std::nullopt; // a program of its own
    for (std::size_t at = 0; at < split; ++at) {
        const Step& step = reading.steps[at];
        if (bringsTool(reading.textOf(step)))
            continue;
        for (const ShellCommand& command : step.commands) {
            const std::string place = leftBy(command, products);
            if (!place.empty())
                return Refusal{
                    std::format("Line {} puts something into {} by {}: nobody can tell by the text what of it "
                                "the running image needs",
                                step.instruction->lines.first, place, command.programme),
                    "Fetch it in a stage of its own first, and copy what is needed."};
        }
    }
    return std::nullopt;
}

std::optional<Refusal> refusalOfSources(const Reading& reading, std::size_t split, const RuntimePackages& packages)
{
    if (packages.names.empty())
        return std::nullopt;
    for (std::size_t at = 0; at < split; ++at) {
        const std::string_view text = reading.textOf(reading.steps[at]);
        const bool adds = text.contains("sources.list.d") || text.contains("add-apt-repository") ||
                          text.contains("yum.repos.d") || text.contains("--add-repo");
        if (adds && reading.steps[at].keyword() == Keyword::Run)
            return Refusal{std::format("Line {} adds a source of packages: nobody can tell which of those that the "
                                       "running image needs come from there ({} …)",
                                       reading.steps[at].instruction->lines.first, packages.names.front()),
                           "Install what the running image needs in a RUN of its own, behind the build."};
    }
    return std::nullopt;
}

std::optional<Refusal> refusalOfPython(const Reading& reading, const Toolchain& toolchain)
{
    constexpr std::array kBare = std::to_array<std::string_view>(
        {"debian", "ubuntu", "alpine", "fedora", "centos", "rockylinux", "almalinux", "amazonlinux", "nvidia/cuda"});
    if (toolchain.language != Language::Python ||
        !std::ranges::contains(kBare, std::string_view(reading.base.repository)))
        return std::nullopt;
    bool hasPython = false;
    for (const Step& step : reading.steps) {
        if (std::ranges::any_of(step.commands, installsPythonPackages)) {
            if (hasPython)
                return std::nullopt;
            return Refusal{
                std::format("Line {} installs Python and calls pip in one RUN: a virtual environment can't be "
                            "made in between",
                            step.instruction->lines.first),
                "Put what installs Python into a RUN of its own, ahead of pip."};
        }
        for (const ShellCommand& command : step.commands) {
            const auto packages = packagesOf(command);
            hasPython = hasPython || (packages && std::ranges::any_of(packages->packages, isPythonPackage));
        }
    }
    return std::nullopt;
}

} // namespace stagelift::multistage
