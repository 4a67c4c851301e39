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
    return isOneOf(command.programme, {"go", "xx-go", "tinygo"}) && hasOneOf(command, {"build", "install"});
}

bool worksRust(const ShellCommand& command)
{
    return (isOneOf(command.programme, {"cargo", "xx-cargo", "cross"}) &&
            hasOneOf(command, {"build", "b", "install", "auditable"})) ||
           command.programme == "rustc";
}

bool worksJava(const ShellCommand& command)
{
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
        return true;
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

bool isDevelopmentServer(const Start& start)
{
    const auto isOne = [](std::string_view word) {
        return isOneOf(word, {"dev", "start:dev", "serve:dev", "watch", "start-dev", "develop"});
    };
    const std::string_view programme = lastPart(*start.programme);
    const bool isManager = isOneOf(programme, {"npm", "yarn", "pnpm", "npx", "bun"});
    if (isOneOf(programme, {"ng", "vite", "webpack-dev-server", "react-scripts"}))
        return true;
    return (isManager && (std::ranges::any_of(start.arguments, isOne) || start.has("ng") || start.has("vite"))) ||
           (programme == "next" && start.has("dev")) || (programme == "flutter");
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
    if (isDevelopmentServer(start))
        return std::format("{} {}", programme, start.arguments.empty() ? "" : start.arguments.back());
    if (start.needsShell) {
        for (const std::string_view tool : {"go", "cargo", "mvn", "mvnw", "gradle", "gradlew", "make"}) {
            if (start.has(tool))
                return std::string(tool);
        }
    }
    return {};
}

} // namespace stagelift::multistage
