// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/packages.h"

#include "core/dockerfile/paths.h"
#include "core/multistage/bases.h"
#include "core/multistage/toolchains.h"

#include <algorithm>
#include <array>
#include <format>
#include <ranges>
#include <span>

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

struct Library {
    std::string_view development;
    std::string_view library;    // "" where none is needed at run time; of Debian 12 where that matters
    std::string_view newer = {}; // of Debian 13, where it is another
    std::string_view older = {}; // of Debian 11
};

/// Of Debian; Ubuntu calls nearly all of them the same.
constexpr Library kAptLibraries[]{
    {"libpq-dev", "libpq5"},
    {"libssl-dev", "libssl3", {}, "libssl1.1"},
    {"libffi-dev", "libffi8", {}, "libffi7"},
    {"libcurl4-openssl-dev", "libcurl4"},
    {"libcurl4-gnutls-dev", "libcurl3-gnutls"},
    {"zlib1g-dev", "zlib1g"},
    {"libxml2-dev", "libxml2"},
    {"libxslt1-dev", "libxslt1.1"},
    {"libxslt-dev", "libxslt1.1"},
    {"libsqlite3-dev", "libsqlite3-0"},
    {"libyaml-dev", "libyaml-0-2"},
    {"default-libmysqlclient-dev", "libmariadb3"},
    {"libmariadb-dev", "libmariadb3"},
    {"libmariadb-dev-compat", "libmariadb3"},
    {"libjpeg-dev", "libjpeg62-turbo"},
    {"libjpeg62-turbo-dev", "libjpeg62-turbo"},
    {"libfreetype6-dev", "libfreetype6"},
    {"libfreetype-dev", "libfreetype6"},
    {"libpng-dev", "libpng16-16"},
    {"libwebp-dev", "libwebp7", {}, "libwebp6"},
    {"libldap2-dev", "libldap-2.5-0", "libldap2", "libldap-2.4-2"},
    {"libldap-dev", "libldap-2.5-0", "libldap2", "libldap-2.4-2"},
    {"libzip-dev", "libzip4", "libzip5", {}},
    {"libicu-dev", "libicu72", "libicu76", "libicu67"},
    {"libmagickwand-dev", "libmagickwand-6.q16-6", "libmagickwand-7.q16-10", {}},
    {"libtiff-dev", "libtiff6", {}, "libtiff5"},
    {"libavif-dev", "libavif15", "libavif16", "libavif9"},
    {"libvips-dev", "libvips42", {}, {}},
    {"libmemcached-dev", "libmemcached11", {}, {}},
    {"libgeos-dev", "libgeos-c1v5", {}, {}},
    {"libproj-dev", "libproj25", {}, "libproj19"},
    {"libopenblas-dev", "libopenblas0", {}, {}},
    {"libhdf5-dev", "libhdf5-103-1", "libhdf5-310", "libhdf5-103-1"},
    {"libsnappy-dev", "libsnappy1v5", {}, {}},
    {"libmagic-dev", "libmagic1", {}, {}},
    {"libxss-dev", "libxss1", {}, {}},
    {"libsasl2-dev", "libsasl2-2"},
    {"libzmq3-dev", "libzmq5"},
    {"libgmp-dev", "libgmp10"},
    {"libonig-dev", "libonig5"},
    {"libsodium-dev", "libsodium23"},
    {"librdkafka-dev", "librdkafka1"},
    {"libudev-dev", "libudev1"},
    {"libusb-1.0-0-dev", "libusb-1.0-0"},
    {"libreadline-dev", "libreadline8"},
    {"libbz2-dev", "libbz2-1.0"},
    {"liblzma-dev", "liblzma5"},
    {"libpcre3-dev", "libpcre3"},
    {"libpcre2-dev", "libpcre2-8-0"},
    {"libevent-dev", "libevent-2.1-7"},
    {"libseccomp-dev", "libseccomp2"},
    {"libcap-dev", "libcap2"},
    {"libxmlsec1-dev", "libxmlsec1-openssl"},
    {"libc6-dev", ""},
    {"libc-dev", ""},
    {"python3-dev", ""},
    {"python-dev", ""},
    {"python2-dev", ""},
    {"ruby-dev", ""},
    {"linux-libc-dev", ""},
    {"libltdl-dev", "libltdl7"},
    {"unixodbc-dev", "unixodbc"},
    {"uuid-dev", "libuuid1"},
    {"tk-dev", "tk"},
    {"libbluetooth-dev", "libbluetooth3"},
    {"libncurses-dev", "libncursesw6"},
    {"libncurses5-dev", "libncursesw6"},
    {"libgdbm-dev", "libgdbm6"},
    {"libdb-dev", "libdb5.3"},
};

constexpr Library kApkLibraries[]{
    {"postgresql-dev", "libpq"},
    {"libpq-dev", "libpq"},
    {"openssl-dev", "openssl"},
    {"libressl-dev", "libressl"},
    {"libffi-dev", "libffi"},
    {"curl-dev", "libcurl"},
    {"zlib-dev", "zlib"},
    {"libxml2-dev", "libxml2"},
    {"libxslt-dev", "libxslt"},
    {"sqlite-dev", "sqlite-libs"},
    {"yaml-dev", "yaml"},
    {"mariadb-dev", "mariadb-connector-c"},
    {"mariadb-connector-c-dev", "mariadb-connector-c"},
    {"jpeg-dev", "libjpeg-turbo"},
    {"libjpeg-turbo-dev", "libjpeg-turbo"},
    {"freetype-dev", "freetype"},
    {"libpng-dev", "libpng"},
    {"libwebp-dev", "libwebp"},
    {"libzip-dev", "libzip"},
    {"icu-dev", "icu-libs"},
    {"oniguruma-dev", "oniguruma"},
    {"gmp-dev", "gmp"},
    {"vips-dev", "vips"},
    {"readline-dev", "readline"},
    {"pcre-dev", "pcre"},
    {"pcre2-dev", "pcre2"},
    {"libsodium-dev", "libsodium"},
    {"librdkafka-dev", "librdkafka"},
    {"zeromq-dev", "libzmq"},
    {"libseccomp-dev", "libseccomp"},
    {"libcap-dev", "libcap"},
    {"musl-dev", ""},
    {"libc-dev", ""},
    {"python3-dev", ""},
    {"python2-dev", ""},
    {"ruby-dev", ""},
};

constexpr Library kDnfLibraries[]{
    {"openssl-devel", "openssl-libs"},
    {"libcurl-devel", "libcurl"},
    {"zlib-devel", "zlib"},
    {"libxml2-devel", "libxml2"},
    {"postgresql-devel", "libpq"},
    {"libpq-devel", "libpq"},
    {"libffi-devel", "libffi"},
    {"sqlite-devel", "sqlite-libs"},
    {"glibc-devel", ""},
    {"glibc-static", ""},
    {"python3-devel", ""},
};

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

std::span<const Library> librariesOf(Family family)
{
    if (family == Family::Apk)
        return kApkLibraries;
    return family == Family::Dnf ? std::span<const Library>(kDnfLibraries) : std::span<const Library>(kAptLibraries);
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
