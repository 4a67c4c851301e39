// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/toolchains.h"

#include "core/dockerfile/paths.h"

#include <algorithm>
#include <format>
#include <initializer_list>

namespace stagelift::multistage {

namespace {

using Names = std::initializer_list<std::string_view>;

bool isOneOf(std::string_view word, Names names)
{
    return std::ranges::find(names, word) != names.end();
}

bool hasOneOf(const ShellCommand& command, Names names)
{
    return std::ranges::any_of(names, [&](std::string_view name) { return command.has(name); });
}

bool isPython(std::string_view programme)
{
    return programme.starts_with("python") || programme.starts_with("pypy");
}

bool worksGo(const ShellCommand& command)
{
    const bool makesTests = command.has("test") && command.has("-c");
    return isOneOf(command.programme, {"go", "xx-go", "tinygo"}) &&
           (makesTests || hasOneOf(command, {"build", "install"}));
}

bool worksRust(const ShellCommand& command)
{
    return (isOneOf(command.programme, {"cargo", "xx-cargo", "cross"}) &&
            hasOneOf(command, {"build", "b", "install", "auditable"})) ||
           command.programme == "rustc";
}

/// `javac --version` builds nothing.
bool asks(const ShellCommand& command)
{
    return command.words.size() == 1 && hasOneOf(command, {"--version", "-version", "-v", "-V", "--help", "-help"});
}

bool worksJava(const ShellCommand& command)
{
    if (asks(command))
        return false;
    const bool isMaven = isOneOf(command.programme, {"mvn", "mvnw"}) &&
                         hasOneOf(command, {"package", "install", "verify", "compile", "deploy"});
    const bool isGradle = isOneOf(command.programme, {"gradle", "gradlew"}) && !command.words.empty();
    return isMaven || isGradle || isOneOf(command.programme, {"javac", "ant"});
}

bool worksDotNet(const ShellCommand& command)
{
    return command.programme == "dotnet" && hasOneOf(command, {"publish", "build"});
}

bool worksNode(const ShellCommand& command)
{
    return (installsNodePackages(command) && !hasOneOf(command, {"-g", "--global", "global"})) || buildsNode(command);
}

bool worksPhp(const ShellCommand& command)
{
    const bool isComposer = command.programme.starts_with("composer") ||
                            (command.programme == "php" && command.words.front().contains("composer"));
    return isComposer && hasOneOf(command, {"install", "update", "require", "create-project"});
}

bool worksRuby(const ShellCommand& command)
{
    return isOneOf(command.programme, {"bundle", "bundler"}) &&
           (command.words.empty() || hasOneOf(command, {"install"}));
}

bool worksC(const ShellCommand& command)
{
    if (isOneOf(command.programme, {"make", "gmake", "cmake", "ninja", "meson", "bazel"}))
        return !asks(command);
    const bool isCompiler = isOneOf(command.programme, {"gcc", "g++", "cc", "c++", "clang", "clang++"});
    return isCompiler && command.option("-o").has_value();
}

constexpr Toolchain kToolchains[]{
    {Language::Go, "A Go program", {"golang"}, {}, worksGo},
    {Language::Rust, "A Rust program", {"rust"}, {}, worksRust},
    {Language::Java,
     "A Java program",
     {"maven", "gradle", "openjdk", "eclipse-temurin", "amazoncorretto", "ibmjava"},
     {"java"},
     worksJava},
    {Language::DotNet, "A .NET program", {"dotnet/sdk", "dotnet/core/sdk"}, {"dotnet"}, worksDotNet},
    {Language::Node,
     "A Node program",
     {"node"},
     {"node", "npm", "yarn", "pnpm", "npx", "pm2-runtime", "nodemon", "serve"},
     worksNode},
    {Language::Python,
     "A Python program",
     {"python", "pypy"},
     {"python", "python3", "gunicorn", "uvicorn", "celery", "flask", "uv", "poetry"},
     installsPythonPackages},
    {Language::Php, "A PHP program", {"php", "composer"}, {"php", "php-fpm", "apache2-foreground"}, worksPhp},
    {Language::Ruby,
     "A Ruby program",
     {"ruby"},
     {"ruby", "bundle", "rails", "rake", "puma", "rackup", "unicorn"},
     worksRuby},
    {Language::C, "A C or C++ program", {"gcc", "buildpack-deps", "emscripten/emsdk"}, {}, worksC},
};

template<std::size_t Size>
bool isIn(const std::array<std::string_view, Size>& names, std::string_view name)
{
    return !name.empty() && std::ranges::contains(names, name);
}

/// The image of a language may leave the work to make.
bool works(const Reading& reading, const Toolchain& toolchain)
{
    const bool isItsImage = isIn(toolchain.images, reading.base.repository);
    return reading.anyCommand(toolchain.works) ||
           (isItsImage && !toolchain.isInterpreted() && reading.anyCommand(worksC));
}

} // namespace

bool installsNodePackages(const ShellCommand& command)
{
    if (!isOneOf(command.programme, {"npm", "yarn", "pnpm", "bun"}) || command.has("run"))
        return false;
    const bool isYarnAlone =
        command.programme == "yarn" && std::ranges::all_of(command.words, [](const std::string& word) {
            return word.starts_with('-') && word != "--version" && word != "-v";
        });
    return isYarnAlone || hasOneOf(command, {"ci", "install", "i", "clean-install", "add"});
}

bool leavesOutDevelopment(const ShellCommand& command)
{
    const auto node = command.values.find("NODE_ENV");
    const auto isFlag = [](const std::string& word) {
        return (word.starts_with("--prod") && !word.ends_with("=false")) || word == "--omit=dev" || word == "-P" ||
               word.starts_with("--only=prod") || word == "--no-dev" || word == "--no-optional=dev";
    };
    return (node && *node == "production") || std::ranges::any_of(command.words, isFlag) ||
           (command.has("--omit") && command.has("dev")) || (command.has("--only") && command.has("production"));
}

bool buildsNode(const ShellCommand& command)
{
    const auto isBuild = [](const std::string& word) {
        return word == "build" || word.starts_with("build:") || word.starts_with("build-") || word == "compile" ||
               word == "dist" || word == "bundle";
    };
    if (isOneOf(command.programme, {"npm", "yarn", "pnpm", "bun", "npx", "ng", "vite", "next", "nuxt", "nest", "turbo",
                                    "nx", "react-scripts"}) &&
        std::ranges::any_of(command.words, isBuild))
        return true;
    const bool isByName =
        isOneOf(command.programme, {"tsc", "webpack", "gulp", "grunt", "rollup", "esbuild", "parcel"});
    return isByName || (command.programme == "npx" && hasOneOf(command, {"tsc", "webpack", "gulp", "grunt"}));
}

bool installsPythonPackages(const ShellCommand& command)
{
    const bool isPip = command.programme.starts_with("pip") || (isPython(command.programme) && command.has("pip")) ||
                       isOneOf(command.programme, {"poetry", "pdm", "micropipenv"});
    if (isPip && hasOneOf(command, {"install", "sync"}))
        return true;
    return command.programme == "uv" && (command.has("sync") || (command.has("pip") && command.has("install")));
}

const Toolchain* toolchainOf(const Reading& reading)
{
    const auto byImage = [&](const Toolchain& each) {
        return isIn(each.images, reading.base.repository) && works(reading, each);
    };
    const auto byStart = [&](const Toolchain& each) {
        const bool starts = reading.start.programme && isIn(each.starters, lastPart(*reading.start.programme));
        return starts && works(reading, each);
    };
    const auto byWork = [&](const Toolchain& each) { return works(reading, each); };
    if (const auto* found = std::ranges::find_if(kToolchains, byImage); found != std::end(kToolchains))
        return found;
    if (const auto* found = std::ranges::find_if(kToolchains, byStart); found != std::end(kToolchains))
        return found;
    const auto* found = std::ranges::find_if(kToolchains, byWork);
    return found == std::end(kToolchains) ? nullptr : found;
}

namespace {

/// Hands out what was built: it needs its package, but no sources.
bool isPreview(const Start& start)
{
    return start.has("preview");
}

/// "npm run dev" as it is called; "" where the start is no server for development.
std::string developmentServer(const Start& start)
{
    const auto isScript = [](std::string_view word) {
        return isOneOf(word, {"dev", "start:dev", "serve:dev", "watch", "start-dev", "develop"});
    };
    const auto isServer = [](std::string_view word) {
        return isOneOf(lastPart(word), {"ng", "vite", "webpack-dev-server", "react-scripts"});
    };
    const std::string_view programme = lastPart(*start.programme);
    const bool isManager = isOneOf(programme, {"npm", "yarn", "pnpm", "npx", "bun"});
    if (isPreview(start))
        return {};
    if (isServer(programme) || programme == "flutter" || (programme == "next" && start.has("dev")))
        return std::format("{} {}", programme, start.arguments.empty() ? "" : start.arguments.front());
    if (!isManager)
        return {};
    const auto word = std::ranges::find_if(start.arguments,
                                           [&](const std::string& each) { return isScript(each) || isServer(each); });
    if (word == start.arguments.end())
        return {};
    return std::format("{} {}{}", programme, programme == "npm" ? "run " : "", *word);
}

} // namespace

std::string toolThatIsStarted(const Reading& reading)
{
    const Start& start = reading.start;
    if (!start.programme)
        return {};
    const std::string_view programme = lastPart(*start.programme);
    const std::string_view verb = start.arguments.empty() ? std::string_view() : std::string_view(start.arguments[0]);
    if (isOneOf(programme,
                {"go", "cargo", "mvn", "mvnw", "gradle", "gradlew", "make", "cmake", "gcc", "sbt", "composer"}))
        return std::string(programme);
    if (programme == "dotnet" && isOneOf(verb, {"run", "watch", "test", "build"}))
        return std::format("dotnet {}", verb);
    if (std::string server = developmentServer(start); !server.empty())
        return server;
    if (start.needsShell) {
        for (const std::string_view tool : {"go", "cargo", "mvn", "mvnw", "gradle", "gradlew", "make"}) {
            if (start.has(tool))
                return std::string(tool);
        }
    }
    return {};
}

std::string developmentToolThatIsStarted(const Reading& reading)
{
    const Start& start = reading.start;
    if (isPreview(start))
        return start.has("vite") || !start.programme ? "vite preview" : std::format("{} preview", *start.programme);
    for (const std::string_view tool : {"nodemon", "ts-node", "ts-node-dev", "tsx", "babel-node", "concurrently",
                                        "json-server", "vue-cli-service", "webpack", "gulp", "grunt", "parcel"}) {
        const bool isForAll = reading.anyCommand([&](const ShellCommand& command) {
            return installsNodePackages(command) && hasOneOf(command, {"-g", "--global", "global"}) &&
                   std::ranges::any_of(command.words, [&](const std::string& word) {
                       return word.substr(0, word.find('@', 1)) == tool;
                   });
        });
        if (start.has(tool) && !isForAll)
            return std::string(tool);
    }
    return {};
}

std::string idleInterpreter(const Reading& reading)
{
    const Start& start = reading.start;
    if (!start.programme || reading.last(Keyword::Entrypoint) != nullptr)
        return {};
    const std::string_view programme = lastPart(*start.programme);
    const bool isInterpreter = isPython(programme) || isOneOf(programme, {"node", "ruby", "irb", "php", "jshell",
                                                                          "ghci", "R", "julia", "lua", "perl", "iex"});
    const bool isIdle = std::ranges::all_of(start.arguments, [](const std::string& word) {
        return word == "-a" || word == "-i" || word == "--interactive";
    });
    return isInterpreter && isIdle ? std::string(programme) : std::string();
}

} // namespace stagelift::multistage
