// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/variables.h"

#include "core/dockerfile/lines.h"
#include "core/dockerfile/paths.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift::multistage {

namespace {

constexpr std::size_t kWordsOfEnv = 3; // key, value and separator

/// Read by tools that a running image does not have. With "*" at its end: all that begin so.
constexpr std::array kOfBuilders = std::to_array<std::string_view>(
    {"CGO_*",        "GOOS",       "GOARCH",   "GOARM",           "GO111MODULE", "GOPATH",       "GOPROXY",
     "GOFLAGS",      "GOROOT",     "GOBIN",    "GOPRIVATE",       "GOSUMDB",     "GOCACHE",      "GOMODCACHE",
     "GO_VERSION",   "GOLANG_*",   "CARGO_*",  "RUSTUP_*",        "RUSTFLAGS",   "RUST_VERSION", "DEBIAN_FRONTEND",
     "MAVEN_*",      "M2_HOME",    "GRADLE_*", "PIP_*",           "POETRY_*",    "UV_*",         "PIPENV_*",
     "PYTHON_PIP_*", "COMPOSER_*", "NUGET_*",  "DOTNET_CLI_*",    "MAKEFLAGS",   "CC",           "CXX",
     "CFLAGS",       "CXXFLAGS",   "LDFLAGS",  "CMAKE_*",         "PKG_CONFIG*", "npm_config_*", "NPM_CONFIG_*",
     "YARN_*",       "PNPM_*",     "BUILD_*",  "TRIGGER_REBUILD", "JOBS",        "NODE_GYP*",    "VIRTUAL_ENV",
     "NVM_*"});

/// Read when a program runs, by no tool that builds.
constexpr std::array kOfRunning = std::to_array<std::string_view>(
    {"PORT", "HOST", "*_PORT", "*_HOST", "PYTHONUNBUFFERED", "ASPNETCORE_*", "FLASK_*", "LOG_LEVEL", "JAVA_OPTS",
     "JAVA_TOOL_OPTIONS", "GIN_MODE", "RUST_LOG", "DOTNET_RUNNING_IN_CONTAINER", "APACHE_*", "WEB_CONCURRENCY"});

template<std::size_t Size>
bool isIn(const std::array<std::string_view, Size>& patterns, std::string_view key)
{
    return std::ranges::any_of(patterns, [&](std::string_view pattern) {
        if (pattern.starts_with('*'))
            return key.ends_with(pattern.substr(1));
        return pattern.ends_with('*') ? key.starts_with(pattern.substr(0, pattern.size() - 1)) : key == pattern;
    });
}

/// PATH, LD_LIBRARY_PATH and their like: needed where they lead to what comes along.
bool leadsToProducts(std::string_view value, const std::vector<Product>& products, std::string_view folder)
{
    while (!value.empty()) {
        const std::size_t end = std::min(value.find(':'), value.size());
        const std::string_view path = value.substr(0, end);
        const auto isThere = [&](const Product& product) {
            return covers(product.destination, path) || covers(path, product.destination);
        };
        const bool isOwn = path.starts_with('/') && path.size() > 1 && !path.starts_with("/usr/local/") &&
                           path != "/bin" && path != "/usr/bin" && path != "/sbin" && path != "/usr/sbin";
        if (isOwn && (std::ranges::any_of(products, isThere) || (folder.size() > 1 && covers(folder, path))))
            return true;
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return false;
}

bool isBuiltFrom(const Reading& reading, std::string_view key)
{
    return std::ranges::any_of(reading.steps, [&](const Step& step) {
        return step.keyword() == Keyword::Run && mentionsVariable(reading.textOf(step), key);
    });
}

/// An instruction of the builder names it: WORKDIR $HOME, COPY . $DIR, another ENV.
bool isNamedInBuilder(const Reading& reading, std::string_view key)
{
    constexpr std::array kBuilding{Keyword::Run, Keyword::Workdir, Keyword::Copy, Keyword::Add,
                                   Keyword::Env, Keyword::User,    Keyword::Arg};
    return std::ranges::any_of(reading.steps, [&](const Step& step) {
        return std::ranges::contains(kBuilding, step.keyword()) && mentionsVariable(reading.textOf(step), key);
    });
}

/// `ENV NAME a value`, without the equals sign.
bool isLegacy(const std::vector<Word>& args, std::size_t at)
{
    return at + 2 < args.size() && args[at + 2].text.empty();
}

std::string inQuotes(std::string_view value, bool isLegacy)
{
    const bool needs = isLegacy && value.find_first_of(" \t") != std::string_view::npos && !value.contains('"');
    return needs ? std::format("\"{}\"", value) : std::string(value);
}

/// Tells a RUN of the builder what to fetch: a version, a checksum. A program of its own reads nothing that a RUN
/// reads.
bool isPin(const Toolchain& toolchain, std::string_view key)
{
    constexpr std::array kPins = std::to_array<std::string_view>(
        {"*_VERSION", "*_SHA256", "*_SHA", "*_URL", "*_URLS", "*_CHECKSUM", "GPG_KEY*"});
    return !toolchain.isInterpreted() || isIn(kPins, key);
}

struct Prefix {
    std::string_view key;
    std::string_view tool;
};

/// Variables of a tool that the image starts: what leads it when it builds leads it when it runs.
bool isOfStarted(const Reading& reading, std::string_view key)
{
    constexpr Prefix kPrefixes[]{{"UV_", "uv"},          {"POETRY_", "poetry"},    {"PIPENV_", "pipenv"},
                                 {"npm_config_", "npm"}, {"NPM_CONFIG_", "npm"},   {"YARN_", "yarn"},
                                 {"PNPM_", "pnpm"},      {"COMPOSER_", "composer"}};
    return std::ranges::any_of(
        kPrefixes, [&](const Prefix& prefix) { return key.starts_with(prefix.key) && reading.start.has(prefix.tool); });
}

} // namespace

bool isOfBuilders(std::string_view key)
{
    return isIn(kOfBuilders, key);
}

KeptVariables keptOf(const Reading& reading, const Toolchain& toolchain, const Step& env,
                     const std::vector<Product>& products, std::string_view needed)
{
    KeptVariables kept;
    const auto& args = env.instruction->args;
    std::size_t count = 0;
    std::string some(inTheFilesCase(reading.analysis.dockerfile, "ENV"));
    for (std::size_t at = 0; at + 1 < args.size(); at += kWordsOfEnv) {
        const std::string_view key = args[at].text;
        const std::string value = expand(args[at + 1].text, env.scope.values, reading.analysis.dockerfile.escape).text;
        const bool isPath = key.ends_with("PATH") && key != "GOPATH";
        bool isOfTools = (isOfBuilders(key) && !isOfStarted(reading, key)) ||
                         (isPath && !leadsToProducts(value, products, reading.end.folder)) ||
                         (toolchain.language == Language::Go && key == "GOPATH");
        isOfTools = isOfTools || (!isPath && isPin(toolchain, key) && isBuiltFrom(reading, key));
        const bool isKept = !isOfTools || (!isPath && mentionsVariable(needed, key));
        if (!isKept)
            continue;
        ++count;
        some += std::format(" {}={}", key, inQuotes(args[at + 1].text, isLegacy(args, at)));
        const bool isOfRunning = isIn(kOfRunning, key);
        kept.isForBoth =
            kept.isForBoth || isPath || isNamedInBuilder(reading, key) || (!isOfRunning && toolchain.isInterpreted());
    }
    if (count == 0)
        return {};
    kept.isWhole = count * kWordsOfEnv >= args.size();
    kept.isForBoth = kept.isForBoth || !kept.isWhole;
    // What is written a second time is not written in the way that BuildKit warns of.
    const bool isVerbatim = kept.isWhole && !(kept.isForBoth && isLegacy(args, 0));
    kept.text = isVerbatim ? std::string(reading.textOf(env)) : some;
    return kept;
}

std::vector<std::string> neededArguments(const Step& arg, std::string_view needed)
{
    std::vector<std::string> names;
    for (const Word& word : arg.instruction->args) {
        if (mentionsVariable(needed, definitionFrom(word.text).name))
            names.emplace_back(word.text);
    }
    return names;
}

} // namespace stagelift::multistage
