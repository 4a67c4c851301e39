// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/platform.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

constexpr std::array<std::string_view, 20> kSystems{
    "aix",  "android", "darwin",  "dragonfly", "freebsd", "hurd",    "illumos", "ios",    "js",   "linux",
    "nacl", "netbsd",  "openbsd", "plan9",     "solaris", "windows", "zos",     "wasip1", "wasi", "macos"};

constexpr std::array<std::string_view, 27> kArchitectures{
    "386",     "amd64", "amd64p32", "arm",    "armbe",    "arm64",     "arm64be",     "ppc64",  "ppc64le",
    "loong64", "mips",  "mipsle",   "mips64", "mips64le", "mips64p32", "mips64p32le", "ppc",    "riscv",
    "riscv64", "s390",  "s390x",    "sparc",  "sparc64",  "wasm",      "i386",        "x86_64", "aarch64"};

struct Alias {
    std::string_view written;
    std::string_view architecture;
    std::string_view variant;
};

constexpr std::array kAliases{
    Alias{"i386", "386", ""},      Alias{"x86_64", "amd64", ""}, Alias{"x86-64", "amd64", ""},
    Alias{"aarch64", "arm64", ""}, Alias{"armhf", "arm", "v7"},  Alias{"armel", "arm", "v6"},
};

bool isComponent(std::string_view text, std::string_view further)
{
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        return isAsciiLetter(c) || isDigit(c) || c == '_' || c == '-' || further.contains(c);
    });
}

/// `linux`, `windows(10.0.17763)`
bool readSystem(std::string_view text, Platform& platform)
{
    const std::size_t open = text.find('(');
    const std::string_view name = text.substr(0, open);
    if (!isComponent(name, ""))
        return false;
    platform.os = lowered(name);
    if (platform.os == "macos")
        platform.os = "darwin";
    if (open == std::string_view::npos)
        return true;
    if (!text.ends_with(')'))
        return false;
    const std::string_view version = text.substr(open + 1, text.size() - open - 2);
    platform.osVersion = version.substr(0, version.find('+'));
    return version.empty() || isComponent(version, ".+%");
}

void readArchitecture(std::string_view architecture, std::string_view variant, Platform& platform)
{
    platform.architecture = lowered(architecture);
    platform.variant = lowered(variant);
    const auto* const alias = std::ranges::find(kAliases, platform.architecture, &Alias::written);
    if (alias != kAliases.end()) {
        platform.architecture = alias->architecture;
        if (!alias->variant.empty())
            platform.variant = alias->variant;
    }
    // What every machine of that kind is needs no saying.
    const bool isUsual = (platform.architecture == "arm64" && (platform.variant == "8" || platform.variant == "v8")) ||
                         (platform.architecture == "amd64" && platform.variant == "v1");
    if (isUsual)
        platform.variant.clear();
    if (platform.architecture == "arm" && (platform.variant.empty() || platform.variant == "7"))
        platform.variant = "v7";
}

std::vector<std::string_view> partsOf(std::string_view text)
{
    constexpr std::size_t kMost = 4;
    std::vector<std::string_view> parts;
    while (parts.size() + 1 < kMost && text.contains('/')) {
        const std::size_t slash = text.find('/');
        parts.push_back(text.substr(0, slash));
        text.remove_prefix(slash + 1);
    }
    parts.push_back(text);
    return parts;
}

} // namespace

std::string Platform::text() const
{
    std::string result = os;
    if (!osVersion.empty())
        result.append("(").append(osVersion).append(")");
    for (const std::string_view part : {std::string_view(architecture), std::string_view(variant)}) {
        if (!part.empty())
            result.append("/").append(part);
    }
    return result;
}

std::expected<Platform, std::string> parsePlatform(std::string_view text)
{
    constexpr std::string_view kSystemPattern =
        R"("^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$")";
    if (text.contains('*'))
        return std::unexpected(std::format("{}: wildcards not yet supported: invalid argument", quoted(text)));
    const std::vector<std::string_view> parts = partsOf(text);
    Platform platform;
    if (!readSystem(parts.front(), platform))
        return std::unexpected(std::format("{} is an invalid OS component of {}: OSAndVersion specifier component must "
                                           "match {}: invalid argument",
                                           quoted(parts.front()), quoted(text), kSystemPattern));
    for (std::size_t i = 1; i < parts.size(); ++i) {
        if (!isComponent(parts[i], "."))
            return std::unexpected(std::format("{} is an invalid component of {}: platform specifier component must "
                                               "match \"^[A-Za-z0-9_.-]+$\": invalid argument",
                                               quoted(parts[i]), quoted(text)));
    }
    if (parts.size() > 3)
        return std::unexpected(std::format("{}: cannot parse platform specifier: invalid argument", quoted(text)));
    if (parts.size() > 1) {
        readArchitecture(parts[1], parts.size() > 2 ? parts[2] : "", platform);
        return platform;
    }
    if (std::ranges::find(kSystems, platform.os) != kSystems.end()) {
        platform.architecture = "amd64";
        return platform;
    }
    readArchitecture(parts.front(), "", platform);
    platform.os = "linux";
    if (std::ranges::find(kArchitectures, platform.architecture) != kArchitectures.end())
        return platform;
    return std::unexpected(std::format("{}: unknown operating system or architecture: invalid argument", quoted(text)));
}

Environment predefinedArguments(const Platform& platform, std::string_view targetStage,
                                const std::vector<std::pair<std::string, std::string>>& overrides)
{
    constexpr std::array<std::array<std::string_view, 5>, 2> kNames{
        {{"BUILDPLATFORM", "BUILDOS", "BUILDOSVERSION", "BUILDARCH", "BUILDVARIANT"},
         {"TARGETPLATFORM", "TARGETOS", "TARGETOSVERSION", "TARGETARCH", "TARGETVARIANT"}}};
    const std::string text = platform.text();
    const std::array<std::string_view, 5> values{text, platform.os, platform.osVersion, platform.architecture,
                                                 platform.variant};
    Environment environment;
    for (const auto& names : kNames) {
        for (std::size_t i = 0; i < names.size(); ++i)
            environment.set(names[i], values[i]);
    }
    environment.set("TARGETSTAGE", targetStage.empty() ? "default" : targetStage);
    for (const auto& [name, value] : overrides) {
        if (environment.contains(name))
            environment.set(name, value);
    }
    return environment;
}

} // namespace stagelift
