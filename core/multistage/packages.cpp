// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/packages.h"

#include "core/dockerfile/paths.h"
#include "core/multistage/bases.h"
#include "core/multistage/libraries.h"
#include "core/multistage/toolchains.h"

#include <algorithm>
#include <array>
#include <format>
#include <ranges>

namespace stagelift::multistage {

namespace {

constexpr std::array kCompilers = std::to_array<std::string_view>({
    "build-essential", "build-base", "alpine-sdk",  "base-devel",   "gcc",          "g++",   "gcc-c++",  "clang",
    "gfortran",        "golang",     "golang-go",   "go",           "rustc",        "cargo", "rust",     "make",
    "cmake",           "musl-dev",   "libc-dev",    "libc6-dev",    "ninja",        "ghc",   "nasm",     "yasm",
    "ninja-build",     "meson",      "default-jdk", "maven",        "gradle",       "ant",   "automake", "autoconf",
    "libtool",         "llvm",       "lld",         "gcc-multilib", "g++-multilib",
});

/// Only needed to build, to fetch or to unpack.
constexpr std::array kTools = std::to_array<std::string_view>({
    "git",
    "pkg-config",
    "pkgconf",
    "pkgconfig",
    "bison",
    "flex",
    "python3-pip",
    "python-pip",
    "py3-pip",
    "py-pip",
    "python3-venv",
    "python3-wheel",
    "pip",
    "python3-setuptools",
    "py3-setuptools",
    "python-setuptools",
    "py3-wheel",
    "pipx",
    "npm",
    "yarn",
    "node-gyp",
    "composer",
    "bundler",
    "ruby-bundler",
    "unzip",
    "zip",
    "xz-utils",
    "xz",
    "bzip2",
    "gnupg",
    "gnupg2",
    "gpg",
    "dirmngr",
    "apt-transport-https",
    "lsb-release",
    "patch",
    "software-properties-common",
    "apt-utils",
    "linux-headers",
    "binutils",
    "file",
    "cython",
    "cython3",
    "swig",
    "protobuf-compiler",
    "protoc",
    "ccache",
    "subversion",
    "mercurial",
    "upx",
    "upx-ucl",
    "gdb",
    "valgrind",
    "vim",
    "nano",
    "dpkg-dev",
    "debhelper",
    "devscripts",
    "fakeroot",
    "dh-make",
    "tar",
    "gzip",
    "doxygen",
    "help2man",
    "texinfo",
    "virtualenv",
    "python3-virtualenv",
    "python3-distutils",
});

/// Kept where a script or the health check may use them.
constexpr std::array kFetchers = std::to_array<std::string_view>({"curl", "wget", "jq", "gettext", "gettext-base"});

struct Manager {
    std::string_view programme;
    Family family;
};

constexpr Manager kManagers[]{{"apt-get", Family::Apt}, {"apt", Family::Apt},     {"aptitude", Family::Apt},
                              {"apk", Family::Apk},     {"dnf", Family::Dnf},     {"yum", Family::Dnf},
                              {"tdnf", Family::Dnf},    {"microdnf", Family::Dnf}};

const Manager* managerOf(const ShellCommand& command)
{
    const auto* found = std::ranges::find(kManagers, command.programme, &Manager::programme);
    return found == std::end(kManagers) ? nullptr : found;
}

/// "curl" of "curl=7.88.*" and of "curl~=8".
std::string_view nameOf(std::string_view package)
{
    return package.substr(0, package.find_first_of("=~<>"));
}

bool isDevelopment(std::string_view name)
{
    return name.ends_with("-dev") || name.ends_with("-devel") || name.ends_with("-headers") ||
           name.ends_with("-static");
}

/// A JDK's smaller sister.
std::optional<std::string> runtimeOfJdk(std::string_view name)
{
    if (name == "default-jdk" || name == "default-jdk-headless")
        return "default-jre-headless";
    if (!name.starts_with("openjdk") && !name.starts_with("java-"))
        return std::nullopt;
    const std::size_t at = name.find("-jdk");
    if (at != std::string_view::npos)
        return std::format("{}-jre-headless", name.substr(0, at));
    return name.ends_with("-devel") ? std::optional(std::format("{}-headless", name.substr(0, name.size() - 6)))
                                    : std::nullopt;
}

void add(std::vector<std::string>& names, std::string_view name)
{
    if (!name.empty() && !std::ranges::contains(names, name))
        names.emplace_back(name);
}

/// Something that a container runs may use the programme.
bool mayUse(const Reading& reading, std::string_view programme)
{
    if (reading.start.isScript() || reading.start.has(programme))
        return true;
    const bool isForBuilding =
        reading.anyCommand([&](const ShellCommand& command) { return command.programme == programme; });
    if (!isForBuilding && programme != "gettext-base" && programme != "gettext")
        return true; // what no RUN uses is there for somebody else
    const Step* health = reading.last(Keyword::Healthcheck);
    return health != nullptr && reading.textOf(*health).contains(programme);
}

struct Interpreter {
    std::string_view ahead; // of the package's name
    Language language;
};

constexpr Interpreter kInterpreters[]{{"python3", Language::Python},   {"python2", Language::Python},
                                      {"python-is", Language::Python}, {"py3-", Language::Python},
                                      {"nodejs", Language::Node},      {"ruby", Language::Ruby}};

/// An interpreter that only a build asks for: Python of node-gyp, Node of an asset pipeline.
bool isOtherLanguage(const Reading& reading, std::string_view name)
{
    const auto* interpreter =
        std::ranges::find_if(kInterpreters, [&](const Interpreter& each) { return name.starts_with(each.ahead); });
    const bool isPython2 = name == "python";
    if (interpreter == std::end(kInterpreters) && !isPython2)
        return false;
    const Language language = isPython2 ? Language::Python : interpreter->language;
    const Toolchain* toolchain = toolchainOf(reading);
    const bool runsJavaScript =
        toolchain != nullptr && toolchain->language == Language::Ruby; // by execjs, at its start
    if (language == Language::Node && runsJavaScript)
        return false;
    const bool isScript = reading.start.isScript() || !reading.start.isThere;
    const std::string_view starts = language == Language::Node   ? "node"
                                    : language == Language::Ruby ? "ruby"
                                                                 : "python3";
    return toolchain != nullptr && toolchain->language != language && !isScript && !reading.start.has(starts);
}

void addRuntime(RuntimePackages& found, const Reading& reading, const std::string& package)
{
    const std::string_view name = nameOf(package);
    if (const auto runtime = runtimeOfJdk(name)) {
        add(found.names, *runtime);
        return;
    }
    const auto libraries = librariesOf(found.family);
    const std::string_view release = releaseOf(reading.base);
    if (const auto library = std::ranges::find(libraries, name, &Library::development); library != libraries.end()) {
        const bool isNewer = (release == "trixie" || release == "noble") && !library->newer.empty();
        const bool isOlder = (release == "bullseye" || release == "focal") && !library->older.empty();
        add(found.names, isNewer ? library->newer : isOlder ? library->older : library->library);
        return;
    }
    if (isOtherLanguage(reading, name))
        return;
    const bool isManager = name == "npm" && (reading.start.has("npm") || reading.start.has("npx"));
    if (isCompilerPackage(name) || (std::ranges::contains(kTools, name) && !isManager) || name.contains('$') ||
        name.starts_with('.'))
        return;
    if (std::ranges::contains(kFetchers, name) && !mayUse(reading, name))
        return;
    if (name == "bash") { // a shell is there
        if (!reading.start.has(name) && !reading.start.isScript())
            return;
    }
    if (isDevelopment(name))
        add(found.unknown, name);
    else
        add(found.names, package);
}

} // namespace

bool isCompilerPackage(std::string_view package)
{
    package = nameOf(package);
    const bool isVersioned =
        (package.starts_with("gcc-") || package.starts_with("g++-") || package.starts_with("clang-") ||
         package.starts_with("llvm-") || package.starts_with("golang-")) &&
        !package.contains("-base");
    return isVersioned || std::ranges::contains(kCompilers, package) || package.contains("-jdk");
}

std::optional<PackageInstall> packagesOf(const ShellCommand& command)
{
    const Manager* manager = managerOf(command);
    const std::string_view verb = manager != nullptr && manager->family == Family::Apk ? "add" : "install";
    if (manager == nullptr || !command.has(verb))
        return std::nullopt;
    PackageInstall install{manager->family, command.programme, {}, command.has("--virtual")};
    bool isValue = false; // of the option ahead
    for (const std::string& words : command.words) {
        for (const auto range : std::views::split(words, ' ')) {
            const std::string_view word(range);
            const bool isOption = word.starts_with('-');
            if (!isOption && !isValue && word != verb && !word.empty())
                install.packages.emplace_back(word);
            isValue = word == "-t" || word == "--virtual" || word == "-o" || word == "--repository" || word == "-X" ||
                      word == "-p" || word == "--root";
            install.isTemporary = install.isTemporary || (word == "-t" && manager->family == Family::Apk);
        }
    }
    return install;
}

bool tendsPackages(const ShellCommand& command)
{
    if (managerOf(command) != nullptr)
        return true;
    const auto isList = [](const std::string& word) {
        return word.starts_with("/var/lib/apt") || word.starts_with("/var/cache/apk") ||
               word.starts_with("/var/cache/apt") || word.starts_with("/tmp") || word.starts_with("/var/tmp") ||
               word.starts_with("/var/cache/yum") || word.starts_with("/var/cache/dnf");
    };
    return command.programme == "rm" && std::ranges::any_of(command.words, isList);
}

bool removesPackages(const ShellCommand& command)
{
    const bool isRemoval = command.has("purge") || command.has("remove") || command.has("autoremove") ||
                           command.has("del") || command.has("erase");
    return managerOf(command) != nullptr && isRemoval;
}

namespace {

bool isRemovedAgain(const Step& step, std::string_view package)
{
    return std::ranges::any_of(
        step.commands, [&](const ShellCommand& command) { return removesPackages(command) && command.has(package); });
}

} // namespace

RuntimePackages runtimePackages(const Reading& reading)
{
    RuntimePackages found;
    for (const Step& step : reading.steps) {
        for (const ShellCommand& command : step.commands) {
            const auto install = packagesOf(command);
            if (!install || install->isTemporary)
                continue;
            found.family = install->family;
            found.manager = install->manager;
            for (const std::string& package : install->packages) {
                if (!isRemovedAgain(step, package))
                    addRuntime(found, reading, package);
            }
        }
    }
    return found;
}

std::string installLine(const RuntimePackages& packages)
{
    std::string all;
    for (const std::string& name : packages.names)
        all.append(" ").append(name.find_first_of("<>*~") == std::string::npos ? name : std::format("'{}'", name));
    switch (packages.family) {
    case Family::Apt:
        return std::format(
            "apt-get update && apt-get install -y --no-install-recommends{} && rm -rf /var/lib/apt/lists/*", all);
    case Family::Apk:
        return std::format("apk add --no-cache{}", all);
    case Family::Dnf:
        break;
    }
    const std::string manager = packages.manager.empty() ? "dnf" : packages.manager;
    return std::format("{0} install -y{1} && {0} clean all", manager, all);
}

} // namespace stagelift::multistage
