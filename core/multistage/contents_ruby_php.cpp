// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ruby and PHP: gems and vendor from the builder, the sources from the build context unless the builder has changed
// them.

#include "core/artifacts/recognisers.h"
#include "core/dockerfile/paths.h"
#include "core/multistage/contents.h"

#include <algorithm>
#include <format>

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

} // namespace

Contents rubyContents(const Reading& reading, std::size_t split)
{
    Contents contents;
    std::string path = "/usr/local/bundle";
    for (const Step& step : reading.steps) {
        for (const ShellCommand& command : step.commands) {
            for (const Output& output : outputsOf(command)) {
                if (output.reason == "bundle install")
                    path = output.path;
            }
            const bool setsPath = command.programme == "bundle" && command.has("config") && command.has("path");
            if (setsPath)
                path = pathFrom(command.folder, command.words.back());
            if (command.programme == "bundle" && command.has("config") && command.has("deployment"))
                path = pathFrom(command.folder, "vendor/bundle");
        }
    }
    if (reading.base.repository != "ruby" && path == "/usr/local/bundle")
        path = "/var/lib/gems";
    contents.products.push_back({path, path, "bundle install", true});
    if (!path.starts_with("/usr/local/bundle") && reading.base.repository == "ruby")
        contents.products.push_back({"/usr/local/bundle", "/usr/local/bundle", "Bundler's configuration", true});
    if (reading.base.repository != "ruby")
        contents.products.push_back({"/usr/local/bin", "/usr/local/bin", "the programs of the gems", true});
    addPrograms(contents, reading, split);
    addSources(contents, reading, changesSources(reading, split, installsGems));
    addTouchedFiles(contents, reading, split);
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
    return contents;
}

} // namespace stagelift::multistage
