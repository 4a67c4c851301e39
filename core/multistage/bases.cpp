// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/bases.h"

#include "core/checks/image_traits.h"
#include "core/dockerfile/paths.h"
#include "core/multistage/packages.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift::multistage {

namespace {

using Version = std::pair<int, int>;
using Choices = std::vector<BaseChoice>;

constexpr std::array kReleases =
    std::to_array<std::string_view>({"trixie", "bookworm", "bullseye", "buster", "stretch", "jammy", "noble", "focal"});
constexpr std::string_view kNewest = "trixie";

struct Since {
    std::string_view repository;
    Version version; // from this one on
    std::string_view release;
};

/// What the tags without a release stand on. A program runs on a newer C library than it was linked against, not on an
/// older one: so the last word goes to the newer.
constexpr Since kDebian[]{
    {"golang", {1, 24}, "trixie"}, {"golang", {1, 19}, "bookworm"}, {"golang", {0, 0}, "bullseye"},
    {"rust", {1, 89}, "trixie"},   {"rust", {1, 70}, "bookworm"},   {"rust", {1, 2}, "bullseye"},
    {"node", {24, 0}, "trixie"},   {"node", {18, 0}, "bookworm"},   {"node", {1, 0}, "bullseye"},
    {"python", {3, 9}, "trixie"},  {"python", {3, 8}, "bookworm"},  {"python", {3, 0}, "bullseye"},
    {"php", {8, 1}, "trixie"},     {"php", {8, 0}, "bullseye"},     {"ruby", {3, 2}, "trixie"},
    {"debian", {13, 0}, "trixie"}, {"debian", {12, 0}, "bookworm"}, {"debian", {11, 0}, "bullseye"},
    {"ubuntu", {24, 0}, "noble"},  {"ubuntu", {22, 0}, "jammy"},    {"ubuntu", {20, 0}, "focal"},
    {"gcc", {15, 0}, "trixie"},    {"gcc", {12, 0}, "bookworm"},    {"gcc", {1, 0}, "bullseye"},
};

/// "3.19" of "1.22-alpine3.19"; the major version where only "alpine" is known.
std::string alpineOf(const ImageParts& image)
{
    constexpr std::string_view kAlpine = "alpine";
    const std::size_t at = image.tag.find(kAlpine);
    const std::string_view rest =
        at == std::string::npos ? "" : std::string_view(image.tag).substr(at + kAlpine.size());
    const std::size_t end = std::min(rest.find_first_not_of("0123456789."), rest.size());
    return end == 0 ? "3" : std::string(rest.substr(0, end));
}

std::string_view distroless(std::string_view release)
{
    return release == "trixie" ? "13" : "12";
}

bool isAlpine(const Reading& reading)
{
    return traitsOf(reading.stage.baseName).libc == Libc::Musl;
}

/// Go uses no C where it finds no compiler, as in its own Alpine image.
bool installsCompiler(const Reading& reading)
{
    return reading.anyCommand([](const ShellCommand& command) {
        const auto packages = packagesOf(command);
        return packages && std::ranges::any_of(packages->packages, isCompilerPackage);
    });
}

bool saysNoC(const Reading& reading)
{
    return reading.anyCommand([](const ShellCommand& command) {
        const auto cgo = command.values.find("CGO_ENABLED");
        return cgo && *cgo == "0";
    });
}

BaseChoice alpine(const Reading& reading)
{
    return {reading.base.sibling(std::format("alpine:{}", alpineOf(reading.base))),
            "the builder's own distribution without the compiler, with a shell and a package manager"};
}

BaseChoice debian(const Reading& reading)
{
    const std::string_view release = releaseOf(reading.base);
    const bool isUbuntu = release == "jammy" || release == "noble" || release == "focal";
    return {reading.base.sibling(isUbuntu ? std::format("ubuntu:{}", release) : std::format("debian:{}-slim", release)),
            "the release that the builder stands on, without the compiler, with a shell and a package manager"};
}

BaseChoice nothing()
{
    return {"scratch", "empty; no certificates, no time zones, no users"};
}

BaseChoice staticImage()
{
    return {"gcr.io/distroless/static-debian12:nonroot",
            "certificates, time zones and a user, no shell; for a program that needs no C library"};
}

/// An image of a distribution, which has no toolchain of its own: the same one, slimmer where there is such a tag.
Choices sameDistribution(const Reading& reading, const Needs& needs)
{
    const ImageParts& base = reading.base;
    Choices choices;
    if (needs.isStatic && !needs.shell && !needs.packages)
        choices.push_back(staticImage());
    const bool slims = base.repository == "debian" && !base.tagHas("slim") && !base.hasDigest;
    if (base.repository == "buildpack-deps")
        choices.push_back(debian(reading));
    else if (slims)
        choices.push_back({base.withTag(base.writtenTag.empty() ? "stable-slim" : base.writtenTag + "-slim"),
                           "the builder's own release, slimmer"});
    else if (base.repository == "nvidia/cuda" && base.writtenTag.contains("devel")) {
        std::string tag = base.writtenTag;
        tag.replace(tag.find("devel"), 5, "runtime");
        choices.push_back({base.withTag(tag), "CUDA's libraries without its compilers"});
    }
    choices.push_back({std::string(reading.stage.baseWord.text), "the builder's own image: every library is the same"});
    return choices;
}

Choices goBases(const Reading& reading, const Needs& needs)
{
    const bool isBare = !needs.shell && !needs.packages;
    Choices choices;
    if (needs.isStatic && isBare && (!isAlpine(reading) || saysNoC(reading)))
        choices.push_back(staticImage());
    if (isAlpine(reading)) {
        choices.push_back(alpine(reading));
    } else {
        const BaseChoice glibc{
            std::format("gcr.io/distroless/base-debian{}:nonroot", distroless(releaseOf(reading.base))),
            "the C library, certificates and a user, no shell; for a program that uses cgo"};
        if (isBare)
            choices.push_back(glibc);
        choices.push_back(debian(reading));
    }
    if (needs.isStatic && isBare && choices.front().image != staticImage().image)
        choices.push_back(staticImage());
    if (needs.isStatic && isBare)
        choices.push_back(nothing());
    return choices;
}

Choices rustBases(const Reading& reading, const Needs& needs)
{
    const bool isBare = !needs.shell && !needs.packages;
    Choices choices;
    if (needs.isStatic && isBare && !isAlpine(reading))
        choices.push_back(staticImage());
    choices.push_back(isAlpine(reading) ? alpine(reading) : debian(reading));
    if (isBare && !isAlpine(reading) && !needs.isStatic)
        choices.push_back({std::format("gcr.io/distroless/cc-debian{}:nonroot", distroless(releaseOf(reading.base))),
                           "the C library, certificates and a user, no shell"});
    if (needs.isStatic && isBare)
        choices.push_back(isAlpine(reading) ? staticImage() : nothing());
    return choices;
}

/// "17" of "3.9-eclipse-temurin-17-alpine", of "8-jdk17", of openjdk's "17-jdk-slim".
std::string javaVersionOf(const ImageParts& image)
{
    const std::string_view tag = image.tag;
    for (const std::string_view ahead : {"temurin-", "openjdk-", "corretto-", "jdk-", "jdk", "sapmachine-", "java"}) {
        const std::size_t at = tag.find(ahead);
        const std::string_view rest = at == std::string_view::npos ? "" : tag.substr(at + ahead.size());
        if (!rest.empty() && isDigit(rest.front()))
            return std::string(rest.substr(0, rest.find_first_not_of("0123456789")));
    }
    const bool isJdk = image.repository != "maven" && image.repository != "gradle";
    const auto version = isJdk ? versionIn(tag) : std::nullopt;
    if (!version)
        return {};
    return std::to_string(version->first == 1 ? version->second : version->first);
}

/// Temurin's images begin with 8, and have none of the versions between 11 and 16.
bool hasTemurin(std::string_view version)
{
    constexpr std::array kMissing = std::to_array<std::string_view>({"6", "7", "9", "10", "12", "13", "14", "15"});
    return !std::ranges::contains(kMissing, version);
}

Choices javaBases(const Reading& reading)
{
    const ImageParts& base = reading.base;
    const std::string known = javaVersionOf(base);
    const std::string version = known.empty() ? "21" : known;
    const bool isOwn = base.repository == "eclipse-temurin" && base.writtenTag.contains("jdk");
    if (isOwn) {
        std::string tag = base.writtenTag;
        tag.replace(tag.find("jdk"), 3, "jre");
        return {{base.withTag(tag), "the builder's own Java without the compiler"}};
    }
    if (!hasTemurin(version))
        return {{base.sibling(std::format("openjdk:{}-jdk-slim", version)),
                 std::format("Java {}, of which there is no image without the compiler", version)}};
    std::string_view kind = base.tagHas("alpine") ? "-alpine" : "";
    for (const std::string_view release : {"jammy", "noble", "focal"}) {
        if (base.tagHas(release))
            kind = release == "jammy" ? "-jammy" : release == "noble" ? "-noble" : "-focal";
    }
    return {{base.sibling(std::format("eclipse-temurin:{}-jre{}", version, kind)),
             std::format("Java {} without the compiler", version)},
            {std::format("gcr.io/distroless/java{}-debian12:nonroot", version), "Java without a shell"}};
}

Choices dotNetBases(const Reading& reading)
{
    const ImageParts& base = reading.base;
    const std::string_view folder = base.repository.starts_with("dotnet/core/") ? "dotnet/core" : "dotnet";
    const std::string tag = base.writtenTag.empty() ? std::string() : ":" + base.writtenTag;
    return {
        {std::format("{}{}/aspnet{}", base.prefix, folder, tag), "the same .NET with ASP.NET Core, without the SDK"},
        {std::format("{}{}/runtime{}", base.prefix, folder, tag), "the same .NET for a program that serves no web"}};
}

/// A language's own image, as lean as it comes.
Choices slimmed(const Reading& reading)
{
    const ImageParts& base = reading.base;
    const bool isLean = base.tagHas("slim") || base.tagHas("alpine");
    if (isLean && !base.hasDigest)
        return {{std::string(reading.stage.baseWord.text), "the builder's own image, which has no compiler"}};
    std::string tag = base.writtenTag;
    for (const std::string_view release : {"trixie", "bookworm", "bullseye", "buster", "stretch", "jessie"}) {
        if (!hasPart(tag, release))
            continue;
        // Node's and Python's tags have the release behind "slim"
        const std::string version = withoutPart(tag, release);
        tag = version.empty() ? std::format("{}-slim", release) : std::format("{}-slim-{}", version, release);
        if (base.repository == "node")
            tag = version.empty() ? std::format("{}-slim", release) : std::format("{}-{}-slim", version, release);
        return {{base.withTag(tag), "the same version and release without compilers"}};
    }
    const bool isUnversioned = tag.empty() || tag == "latest";
    return {{base.withTag(isUnversioned ? "slim" : tag + "-slim"), "the same version without compilers"}};
}

constexpr std::string_view kPythonOfUv = "python3.";

/// uv's own images stand on Python's: "0.9-python3.12-bookworm-slim" on "3.12-slim-bookworm". Those with compilers are
/// left for the slim one of the same release.
BaseChoice pythonOfUv(const Reading& reading)
{
    const std::string& written = reading.base.writtenTag;
    std::string tag = written.contains(kPythonOfUv) ? written : reading.base.tag;
    tag.erase(0, tag.find(kPythonOfUv) + std::string_view("python").size());
    for (const std::string_view release : {"trixie", "bookworm", "bullseye"}) {
        if (!hasPart(tag, release))
            continue;
        const std::string plain = withoutPart(tag, std::format("{}-slim", release));
        tag = std::format("{}-slim-{}", withoutPart(plain, release), release);
    }
    return {std::format("python:{}", tag), "the Python that uv's image stands on, without uv's caches"};
}

Choices nodeBases(const Reading& reading, const Needs& needs)
{
    if (needs.isWebServer)
        return {{reading.base.sibling("nginx:stable-alpine"), "a web server for static files"}};
    return slimmed(reading);
}

} // namespace

std::string_view releaseOf(const ImageParts& image)
{
    for (const std::string_view release : kReleases) {
        if (image.tagHas(release))
            return release;
    }
    const auto version = versionIn(image.tag);
    for (const Since& since : kDebian) {
        if (version && since.repository == image.repository && *version >= since.version)
            return since.release;
    }
    return kNewest;
}

bool isLinkedStatically(const Reading& reading, const Toolchain& toolchain)
{
    const auto isOff = [](const ShellCommand& command) {
        const auto cgo = command.values.find("CGO_ENABLED");
        const auto isStatic = [](const std::string& word) {
            return word.contains("-static") || word.contains("netgo") || word.contains("-musl") ||
                   word.contains("crt-static") || word == "CGO_ENABLED=0";
        };
        return (cgo && *cgo == "0") || std::ranges::any_of(command.words, isStatic);
    };
    const bool isWithoutC = toolchain.language == Language::Go && isAlpine(reading) && !installsCompiler(reading);
    bool some = false;
    for (const Step& step : reading.steps) {
        for (const ShellCommand& command : step.commands) {
            const bool isBuild = toolchain.works(command) || command.programme == "make";
            if (isBuild && !isOff(command) && !isWithoutC)
                return false;
            some = some || isBuild;
        }
    }
    return some;
}

std::vector<BaseChoice> basesFor(const Reading& reading, const Toolchain& toolchain, const Needs& needs)
{
    const bool isItsImage = std::ranges::contains(toolchain.images, std::string_view(reading.base.repository));
    if (reading.base.repository == "astral-sh/uv" && reading.base.tagHas(kPythonOfUv))
        return {pythonOfUv(reading)};
    if (needs.isWebServer)
        return nodeBases(reading, needs);
    if (needs.keepsImage || !isItsImage || reading.base.repository == "composer")
        return sameDistribution(reading, needs);
    switch (toolchain.language) {
    case Language::Go:
        return goBases(reading, needs);
    case Language::Rust:
        return rustBases(reading, needs);
    case Language::Java:
        return javaBases(reading);
    case Language::DotNet:
        return dotNetBases(reading);
    case Language::Node:
    case Language::Python:
    case Language::Ruby:
        return slimmed(reading);
    case Language::Php:
        return sameDistribution(reading, needs);
    case Language::C:
        break;
    }
    if (needs.isStatic && !needs.shell && !needs.packages)
        return {staticImage(), debian(reading), nothing()};
    return {debian(reading)};
}

std::string userOf(std::string_view image)
{
    const ImageParts parts = imageParts(image, image);
    if (parts.tagHas("nonroot"))
        return "nonroot";
    if (parts.repository == "node")
        return "node";
    const auto version = versionIn(parts.tag);
    if (parts.repository.starts_with("dotnet/") && version && version->first >= 8)
        return "app";
    return {};
}

bool hasShell(std::string_view image)
{
    const bool isDistroless = image.contains("distroless/") && !image.contains("debug");
    return image != "scratch" && !isDistroless && !image.contains("chiseled");
}

bool hasCertificates(std::string_view image)
{
    const ImageParts parts = imageParts(image, image);
    const bool isBare = parts.repository == "debian" || parts.repository == "ubuntu" || image == "scratch";
    return !isBare;
}

} // namespace stagelift::multistage
