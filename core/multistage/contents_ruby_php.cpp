// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ruby and PHP: gems and vendor from the builder, the sources from the build context unless the builder has changed
// them.

#include "core/artifacts/recognisers.h"
#include "core/checks/image_traits.h"
#include "core/dockerfile/paths.h"
#include "core/multistage/contents.h"
#include "core/multistage/lacking_packages.h"

#include <algorithm>
#include <array>
#include <format>
#include <span>

namespace stagelift::multistage {

namespace {

bool installsGems(const ShellCommand& command)
{
    const bool isBundler = command.programme == "bundle" || command.programme == "bundler";
    return command.programme == "gem" || (isBundler && !command.has("exec"));
}

bool runsComposer(const ShellCommand& command)
{
    return command.programme.starts_with("composer") || command.programme.starts_with("docker-php-ext") ||
           command.programme == "pecl" || command.programme == "php" || command.programme == "curl";
}

/// The sources whole where the builder has changed them, else from the build context as before.
void addSources(Contents& contents, const Reading& reading, bool isChanged)
{
    const std::string folder = sourceFolder(reading);
    if (folder.empty() || !isChanged) {
        contents.copiesContext = true;
        return;
    }
    std::erase_if(contents.products, [&](const Product& product) { return covers(folder, product.path); });
    contents.products.push_back({folder, folder, "the program, and what the builder has made of it", true});
}

/// What node_modules is of no use for any more: the front end was built, and what is started is no Node.
bool isFrontEndBuilt(const Reading& reading, std::size_t split)
{
    return std::ranges::any_of(std::span(reading.steps).first(split), [](const Step& step) {
        return std::ranges::any_of(step.commands, [](const ShellCommand& command) {
            return buildsNode(command) || command.has("assets:precompile") || command.has("webpacker:compile");
        });
    });
}

/// Node itself, and what starts processes that the text does not name.
bool mayStartNode(const Start& start)
{
    constexpr std::array kStarters = std::to_array<std::string_view>(
        {"node", "npm", "npx", "yarn", "pnpm", "bun", "foreman", "overmind", "hivemind", "concurrently", "dev"});
    return start.isScript() || std::ranges::any_of(kStarters, [&](std::string_view name) { return start.has(name); });
}

std::string folderAt(const Reading& reading, std::size_t split)
{
    return split < reading.steps.size() ? reading.steps[split].scope.folder : reading.end.folder;
}

/// A node_modules that comes along, as packages of the front end are installed beside the program.
struct Modules {
    std::string folders;    // as words of a command
    std::uint32_t line = 0; // that installs development dependencies, 0 for none
};

Modules modulesIn(const Contents& contents, const Reading& reading, std::size_t split)
{
    Modules found;
    const std::string root = folderAt(reading, split) + "/";
    for (const Step& step : std::span(reading.steps).first(split)) {
        for (const ShellCommand& command : step.commands) {
            const bool isGlobal = command.has("-g") || command.has("--global") || command.has("global");
            if (!installsNodePackages(command) || isGlobal)
                continue;
            const std::string inside = command.option("--prefix").value_or(command.option("--cwd").value_or("."));
            const std::string modules = pathFrom(pathFrom(command.folder, inside), "node_modules");
            const bool isTaken = std::ranges::any_of(
                contents.products, [&](const Product& product) { return covers(product.path, modules); });
            const std::string word = modules.starts_with(root) ? modules.substr(root.size()) : modules;
            if (isTaken && !found.folders.contains(" " + word))
                found.folders.append(" ").append(word);
            if (isTaken && !leavesOutDevelopment(command))
                found.line = step.instruction->lines.first;
        }
    }
    return found;
}

/// Packages of Node that were installed for the front end alone go once it is built.
void leaveOutNodeModules(Contents& contents, const Reading& reading, std::size_t split, std::string_view caution)
{
    const Modules modules = modulesIn(contents, reading, split);
    if (modules.folders.empty())
        return;
    if (isFrontEndBuilt(reading, split) && !mayStartNode(reading.start)) {
        contents.insertions.push_back(
            {split, {std::format("RUN rm -rf{}", modules.folders), "The front end is built: what has built it goes"}});
        contents.cautions.emplace_back(caution);
    } else if (modules.line > 0) {
        contents.refusal =
            Refusal{std::format("Line {} installs packages of Node with development dependencies: nobody "
                                "can tell by the text whether the running image needs them",
                                modules.line),
                    "Build the front end in a stage of its own, and copy what it builds."};
    }
}

/// Where gems go, as far as the text tells.
struct Gems {
    std::string path;
    bool isSet = false; // by bundle config, which outranks every variable
};

bool isBundler(const ShellCommand& command)
{
    return command.programme == "bundle" || command.programme == "bundler";
}

/// `bundle config set --local path vendor/bundle`, `bundle config deployment true`.
void readConfiguration(Gems& gems, const ShellCommand& command)
{
    const auto name = std::ranges::find(command.words, "path");
    const bool isTakenBack = command.has("unset") || command.has("--delete");
    if (isTakenBack)
        gems.isSet = gems.isSet && name == command.words.end();
    else if (name != command.words.end() && std::next(name) != command.words.end())
        gems = {pathFrom(command.folder, *std::next(name)), true};
    else if (command.has("deployment") && !command.has("false") && !gems.isSet)
        gems = {pathFrom(command.folder, "vendor/bundle"), true};
}

Gems gemsOf(const Reading& reading)
{
    Gems gems;
    for (const Step& step : reading.steps) {
        for (const ShellCommand& command : step.commands) {
            if (isBundler(command) && command.has("config"))
                readConfiguration(gems, command);
            for (const Output& output : outputsOf(command)) {
                if (output.reason == "bundle install" && !gems.isSet)
                    gems.path = output.path;
            }
        }
    }
    return gems;
}

/// The official image tells Bundler by BUNDLE_APP_CONFIG to keep its configuration beside the gems, in
/// /usr/local/bundle; without that, it is in the project's .bundle.
void addConfiguration(Contents& contents, const Reading& reading, const Gems& gems)
{
    const auto told = reading.end.values.find("BUNDLE_APP_CONFIG");
    const std::string folder = told                                ? pathFrom(reading.end.folder, *told)
                               : reading.base.repository == "ruby" ? "/usr/local/bundle"
                                                                   : std::string();
    const auto configures = [](const ShellCommand& command) {
        const bool isRemembered = command.has("--without") || command.has("--path") || command.has("--deployment");
        return isBundler(command) && (command.has("config") || isRemembered) && !command.has("--global");
    };
    if (!folder.empty() && !covers(gems.path, folder))
        contents.products.push_back({folder, folder, "Bundler's configuration, which says where the gems are", true});
    else if (folder.empty() && reading.anyCommand(configures))
        contents.products.push_back({pathFrom(reading.end.folder, ".bundle"), pathFrom(reading.end.folder, ".bundle"),
                                     "Bundler's configuration", true});
    for (std::size_t at = 0; at < reading.steps.size(); ++at) {
        const bool isOfUser = std::ranges::any_of(reading.steps[at].commands, [](const ShellCommand& command) {
            return isBundler(command) && command.has("config") && command.has("--global");
        });
        const std::string own = pathFrom(homeAt(reading, at), ".bundle");
        if (isOfUser && !std::ranges::contains(contents.products, own, &Product::path))
            contents.products.push_back({own, own, "Bundler's configuration", true});
    }
}

/// `gem update --system` renews what the image has: the programs that are installed by it ask for it.
void addRenewedRuby(Contents& contents, const Reading& reading)
{
    const auto renews = [](const ShellCommand& command) {
        return command.programme == "gem" && command.has("update") && command.has("--system");
    };
    if (reading.base.repository == "ruby" && reading.anyCommand(renews))
        contents.products.push_back({"/usr/local/lib/ruby", "/usr/local/lib/ruby", "gem update --system", true});
}

bool isAlpine(const Reading& reading)
{
    return traitsOf(reading.stage.baseName).libc == Libc::Musl;
}

} // namespace

Contents rubyContents(const Reading& reading, std::size_t split)
{
    Contents contents;
    if (lacksDatabasesOfRails(reading)) {
        contents.refusal = Refusal{
            std::format("The slim image of {} lacks the libraries of databases, and its release is given up: nothing "
                        "can be installed there",
                        reading.stage.baseName),
            "Go on to a newer image of Ruby first."};
        return contents;
    }
    Gems gems = gemsOf(reading);
    const bool isItsImage = reading.base.repository == "ruby";
    if (!isItsImage && !gems.isSet && (gems.path.empty() || gems.path == "/usr/local/bundle"))
        gems.path = isAlpine(reading) ? "/usr/lib/ruby/gems" : "/var/lib/gems";
    if (gems.path.empty())
        gems.path = "/usr/local/bundle";
    contents.products.push_back({gems.path, gems.path, "bundle install", true});
    addConfiguration(contents, reading, gems);
    addRenewedRuby(contents, reading);
    if (!isItsImage && !isAlpine(reading))
        contents.products.push_back({"/usr/local/bin", "/usr/local/bin", "the programs of the gems", true});
    addPrograms(contents, reading, split);
    addSources(contents, reading, changesSources(reading, split, installsGems));
    addTouchedFiles(contents, reading, split);
    leaveOutNodeModules(
        contents, reading, split,
        "Of Node, nodejs is kept for gems that run JavaScript when the program starts (execjs, uglifier): "
        "leave it out where none does");
    return contents;
}

Contents phpContents(const Reading& reading, std::size_t split)
{
    Contents contents;
    contents.needsImage = reading.base.repository != "composer";
    std::string vendor;
    for (const Step& step : reading.steps) {
        for (const ShellCommand& command : step.commands) {
            for (const Output& output : outputsOf(command)) {
                if (output.reason == "composer install")
                    vendor = output.path;
            }
        }
    }
    const bool hasExtensions = reading.anyCommand([](const ShellCommand& command) {
        return command.programme.starts_with("docker-php-ext") || command.programme == "pecl" ||
               command.programme == "install-php-extensions";
    });
    if (hasExtensions) {
        contents.products.push_back(
            {"/usr/local/lib/php/extensions", "/usr/local/lib/php/extensions", "docker-php-ext-install", true});
        contents.products.push_back(
            {"/usr/local/etc/php/conf.d", "/usr/local/etc/php/conf.d", "which switches them on", true});
    }
    if (!vendor.empty())
        contents.products.push_back({vendor, vendor, "composer install", true});
    const bool isWhole = !contextFolder(reading).empty() && [&] {
        for (std::size_t at = 0; at < split; ++at) {
            if (isContextCopy(reading.steps[at]) &&
                std::ranges::any_of(sourcesOf(reading, reading.steps[at]), isWholeContext))
                return true;
        }
        return false;
    }();
    addSources(contents, reading, isWhole || changesSources(reading, split, runsComposer));
    addTouchedFiles(contents, reading, split);
    leaveOutNodeModules(contents, reading, split,
                        "Node is left behind: it is needed in the final stage only where the server renders pages "
                        "by it");
    return contents;
}

} // namespace stagelift::multistage
