// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is built for a virtual machine: Java's, .NET's, Erlang's.

#include "core/artifacts/tool.h"
#include "core/dockerfile/paths.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

/// `:web:bootJar` builds in the folder "web".
std::string gradleFolder(const ShellCommand& command, std::string_view place)
{
    for (const std::string& word : command.words) {
        const auto task = word.rfind(':');
        if (task == std::string::npos || task == 0 || word.starts_with('-'))
            continue;
        std::string project = word.substr(0, task);
        std::ranges::replace(project, ':', '/');
        return std::format("{}/{}", project.starts_with('/') ? project.substr(1) : project, place);
    }
    return std::string(place);
}

Paths gradleJar(const ShellCommand& command)
{
    return {gradleFolder(command, "build/libs/*.jar")};
}

Paths gradleLibs(const ShellCommand& command)
{
    return {gradleFolder(command, "build/libs/*")};
}

Paths gradleInstall(const ShellCommand& command)
{
    return {gradleFolder(command, "build/install")};
}

Paths gradleDistributions(const ShellCommand& command)
{
    return {gradleFolder(command, "build/distributions/*")};
}

Paths gradleNative(const ShellCommand& command)
{
    return {gradleFolder(command, "build/native/nativeCompile")};
}

/// `-pl web` builds in the folder "web".
Paths mavenPackage(const ShellCommand& command)
{
    const std::string module = firstOption(command, {"-pl", "--projects"}).value_or("");
    const bool isOne = !module.empty() && module.find_first_of(",:") == std::string::npos;
    return {isOne ? module + "/target/*.jar" : "target/*.jar"};
}

Paths mavenDependencies(const ShellCommand& command)
{
    const std::string place = assigned(command, "-DoutputDirectory");
    return {place.empty() ? "target/dependency" : place};
}

/// The layers of Spring Boot's jar: `java -Djarmode=layertools -jar app.jar extract`.
Paths jarLayers(const ShellCommand& command)
{
    const std::string mode = assigned(command, "-Djarmode");
    if (mode != "layertools" && mode != "tools")
        return {};
    const std::string folder = command.option("--destination").value_or(mode == "tools" ? "extracted" : ".");
    if (mode == "tools" && !command.has("--layers"))
        return {folder};
    Paths layers;
    for (const std::string_view layer : {"dependencies", "spring-boot-loader", "snapshot-dependencies", "application"})
        layers.push_back(std::format("{}/{}", folder, layer));
    return layers;
}

/// `jar cf app.jar …` and `jar --create --file app.jar`.
Paths jarFile(const ShellCommand& command)
{
    if (auto file = command.option("--file"))
        return {*file};
    const bool creates = !command.words.empty() && command.words.front().contains('c') && command.words.size() > 1 &&
                         command.words.front().contains('f');
    return creates ? Paths{command.words[1]} : Paths();
}

Paths dotnetPublish(const ShellCommand& command)
{
    if (auto place = firstOption(command, {"--output", "-o"}))
        return {*place};
    for (const std::string_view name : {"-p:PublishDir", "/p:PublishDir", "--property:PublishDir", "-p:OutputPath"}) {
        if (std::string place = assigned(command, name); !place.empty())
            return {place};
    }
    // A project has its own bin; the word is the project's file or its folder.
    const Paths words = command.plainWords();
    const std::string& project = words.back();
    const bool isFile = project.ends_with("proj");
    const std::string folder = isFile ? pathFrom("/", project + "/..").substr(1) : "";
    const bool publishes = command.has("publish");
    const std::string configuration =
        firstOption(command, {"--configuration", "-c"}).value_or(publishes ? "Release" : "Debug");
    return {
        std::format("{}{}bin/{}/*{}", folder, folder.empty() ? "" : "/", configuration, publishes ? "/publish" : "")};
}

Paths mixRelease(const ShellCommand& command)
{
    if (auto place = command.option("--path"))
        return {*place};
    return {std::format("_build/{}/rel", valueOf(command, "MIX_ENV", "prod"))};
}

Paths rebarRelease(const ShellCommand& command)
{
    const auto as = std::ranges::find(command.words, "as");
    const bool isNamed = as != command.words.end() && as + 1 != command.words.end();
    return {std::format("_build/{}/rel", isNamed ? *(as + 1) : std::string("default"))};
}

constexpr Names kMaven{"mvn", "mvnw", "mvnd"};
constexpr Names kGradle{"gradle", "gradlew"};
constexpr Names kMavenFolder{"-f", "--file"};
constexpr Names kGradleFolder{"-p", "--project-dir"};

constexpr Tool kRuntimeTools[]{
    {"mvn package", kMaven, {"package", "install", "verify", "deploy"}, {}, {}, mavenPackage, kMavenFolder},
    {"mvn dependency:copy-dependencies",
     kMaven,
     {"dependency:copy*", "org.apache.maven.plugins:*"},
     {},
     {},
     mavenDependencies,
     kMavenFolder},
    {"gradle build",
     kGradle,
     {"build", "bootJar", "assemble", "shadowJar", "*:build", "*:bootJar", "*:assemble", "*:shadowJar"},
     {},
     {},
     gradleJar,
     kGradleFolder},
    {"gradle jar",
     kGradle,
     {"jar", "bootWar", "war", "*fatJar", "*FatJar", "*:jar", "*:war", "*uberJar"},
     {},
     {},
     gradleLibs,
     kGradleFolder},
    {"gradle installDist", kGradle, {"*installDist", "*installShadowDist"}, {}, {}, gradleInstall, kGradleFolder},
    {"gradle distZip", kGradle, {"*distZip", "*distTar", "*assembleDist"}, {}, {}, gradleDistributions, kGradleFolder},
    {"gradle nativeCompile", kGradle, {"*nativeCompile"}, {}, {}, gradleNative, kGradleFolder},
    {"java -Djarmode", {"java"}, {"extract"}, {}, {}, jarLayers},
    {"javac -d", {"javac", "kotlinc", "scalac"}, {}, {"-d"}, {}},
    {"jar", {"jar"}, {}, {}, {}, jarFile},
    {"jlink", {"jlink"}, {}, {"--output"}, {}},
    {"native-image", {"native-image"}, {}, {"-o"}, {}},
    {"sbt stage", {"sbt"}, {"stage", "*:stage"}, {}, {"target/universal/stage"}},
    {"sbt assembly", {"sbt"}, {"assembly", "*assembly"}, {}, {"target/scala-*/*.jar"}},
    {"lein uberjar", {"lein"}, {"uberjar"}, {}, {"target/*.jar", "target/uberjar"}},
    {"ant", {"ant"}, {"dist", "jar"}, {}, {"dist"}},
    {"dotnet publish", {"dotnet"}, {"publish", "build"}, {}, {}, dotnetPublish},
    {"dotnet pack", {"dotnet"}, {"pack"}, {"--output", "-o"}, {"bin/Release/*.nupkg"}},
    {"dotnet tool install", {"dotnet"}, {"tool"}, {"--tool-path"}, {"/root/.dotnet/tools"}},
    {"mix release", {"mix"}, {"release"}, {}, {}, mixRelease},
    {"rebar3 release", {"rebar3"}, {"release", "tar"}, {}, {}, rebarRelease},
    {"gleam export", {"gleam"}, {"erlang-shipment"}, {}, {"build/erlang-shipment"}},
};

} // namespace

std::span<const Tool> runtimeTools()
{
    return kRuntimeTools;
}

} // namespace stagelift
