// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/refusals.h"

#include "core/artifacts/recognisers.h"
#include "core/checks/image_traits.h"
#include "core/dockerfile/paths.h"
#include "core/multistage/work.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift::multistage {

namespace {

bool compiles(const ShellCommand& command)
{
    return command.programme == "make" || command.programme == "gcc" || command.programme == "cmake";
}

bool installsCompiler(const Step& step)
{
    return std::ranges::any_of(step.commands, [](const ShellCommand& command) {
        const auto packages = packagesOf(command);
        return packages && std::ranges::any_of(packages->packages, isCompilerPackage);
    });
}

/// It installs compilers, and takes them out again.
bool passesThrough(const Step& step)
{
    return installsCompiler(step) && std::ranges::any_of(step.commands, removesPackages);
}

/// An image without compilers: of a distribution, or a lean one of a language.
bool isLean(const Reading& reading)
{
    const ImageParts& base = reading.base;
    const bool isOfLanguage = base.repository == "python" || base.repository == "node" || base.repository == "ruby";
    return traitsOf(reading.stage.baseName).compiler.empty() &&
           (!isOfLanguage || base.tagHas("slim") || base.tagHas("alpine"));
}

/// The RUN that compiles takes its compiler out again.
bool removesItsCompiler(const Reading& reading)
{
    const auto removes = [](const Step& step) {
        return std::ranges::any_of(step.commands, compiles) && std::ranges::any_of(step.commands, removesPackages);
    };
    const auto keeps = [](const Step& step) { return installsCompiler(step) && !passesThrough(step); };
    return std::ranges::any_of(reading.steps, removes) ||
           (isLean(reading) && !reading.anyCommand(buildsNode) && std::ranges::any_of(reading.steps, passesThrough) &&
            std::ranges::none_of(reading.steps, keeps));
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

} // namespace

std::optional<Refusal> refusalOfStart(const Reading& reading)
{
    if (reading.start.brokenLine > 0)
        return Refusal{std::format("Line {} looks like a JSON list and is none: a shell is given it as it stands, with "
                                   "its brackets",
                                   reading.start.brokenLine),
                       "Mend its brackets and quotes first."};
    if (const std::string interpreter = idleInterpreter(reading); !interpreter.empty())
        return Refusal{std::format("The image starts {} with nothing to run: it is an image to work in", interpreter),
                       "Let CMD or ENTRYPOINT start what was built."};
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

} // namespace stagelift::multistage
