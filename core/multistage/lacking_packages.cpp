// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/lacking_packages.h"

#include "core/dockerfile/paths.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stagelift::multistage {

namespace {

bool isSlimmer(const Reading& reading, std::string_view base)
{
    return base != reading.stage.baseWord.text && (base.contains("slim") || base.contains("jre"));
}

bool installs(const Reading& reading, std::string_view package)
{
    return reading.anyCommand([&](const ShellCommand& command) {
        const auto install = packagesOf(command);
        return install && std::ranges::contains(install->packages, package);
    });
}

void add(RuntimePackages& packages, std::string_view name)
{
    if (!std::ranges::contains(packages.names, name))
        packages.names.emplace_back(name);
}

/// The health check of a full image uses what a slim one lacks.
void addFetcher(RuntimePackages& packages, const Reading& reading)
{
    const Step* health = reading.last(Keyword::Healthcheck);
    for (const std::string_view tool : {"curl", "wget"}) {
        if (health != nullptr && reading.textOf(*health).contains(tool) && !installs(reading, tool))
            add(packages, tool);
    }
}

/// Alpine has the library of C++ only where it is asked for.
void addStandardLibrary(RuntimePackages& packages, const Reading& reading)
{
    if (installs(reading, "g++") || installs(reading, "build-base") || installs(reading, "alpine-sdk")) {
        packages.family = Family::Apk;
        add(packages, "libstdc++");
    }
}

/// Prisma's engines look for the system's OpenSSL.
void addLibraryOfPrisma(RuntimePackages& packages, const Reading& reading)
{
    const auto usesPrisma = [](const ShellCommand& command) {
        return command.programme == "prisma" || command.has("prisma");
    };
    if (reading.anyCommand(usesPrisma))
        add(packages, "openssl");
}

bool usesRails(const Reading& reading)
{
    const auto isRails = [](std::string_view word) { return lastPart(word) == "rails" || word == "assets:precompile"; };
    return std::ranges::any_of(reading.start.words, isRails) || reading.anyCommand([&](const ShellCommand& command) {
        return command.programme == "rails" || std::ranges::any_of(command.words, isRails);
    });
}

/// Of a release that Debian has given up: nothing can be installed there.
bool isGivenUp(const ImageParts& base)
{
    constexpr std::pair kOldest{2, 7};
    const auto version = versionIn(base.tag);
    return (version && *version < kOldest) || base.tagHas("buster") || base.tagHas("stretch") || base.tagHas("jessie");
}

/// Rails needs a database, and the full image has the libraries that its gems are linked against.
void addLibrariesOfRails(RuntimePackages& packages, const Reading& reading)
{
    constexpr std::array kDatabases = std::to_array<std::string_view>({"libpq5", "libmariadb3", "libsqlite3-0"});
    const auto isChosen = [&](std::string_view name) { return std::ranges::contains(packages.names, name); };
    if (!usesRails(reading) || std::ranges::any_of(kDatabases, isChosen))
        return;
    for (const std::string_view library : kDatabases)
        add(packages, library);
}

/// Python itself, where the builder has it by what installs packages of it: python3-pip.
void addPython(RuntimePackages& packages, const Reading& reading)
{
    const auto isPython = [](std::string_view name) { return name.starts_with("python3") || name == "python"; };
    const bool isMeant = installs(reading, "python3-pip") || installs(reading, "py3-pip");
    if (isMeant && std::ranges::none_of(packages.names, isPython))
        packages.names.emplace_back("python3");
}

} // namespace

bool lacksDatabasesOfRails(const Reading& reading)
{
    const bool isFull = !reading.base.tagHas("slim") && !reading.base.tagHas("alpine");
    return reading.base.repository == "ruby" && isFull && usesRails(reading) && isGivenUp(reading.base);
}

void addWhatTheBaseLacks(RuntimePackages& packages, const Reading& reading, const Toolchain& toolchain,
                         const FinalImage& image)
{
    if (isSlimmer(reading, image.base)) {
        addFetcher(packages, reading);
        if (toolchain.language == Language::Node)
            addLibraryOfPrisma(packages, reading);
        if (toolchain.language == Language::Ruby)
            addLibrariesOfRails(packages, reading);
    }
    if (toolchain.language == Language::Python)
        addPython(packages, reading);
    if (image.base.contains("alpine") && toolchain.language == Language::C && !image.isStatic)
        addStandardLibrary(packages, reading);
}

} // namespace stagelift::multistage
