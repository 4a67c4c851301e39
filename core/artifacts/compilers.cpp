// SPDX-License-Identifier: GPL-3.0-or-later
//
// What compilers and the build tools around them leave behind.

#include "core/artifacts/tool.h"
#include "core/dockerfile/paths.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

/// `example.com/team/tool/v2@latest` is installed as "tool".
std::string nameOfPackage(std::string_view package)
{
    package = package.substr(0, package.find('@'));
    const std::string_view last = lastPart(package);
    const bool isVersion =
        last.size() > 1 && last.starts_with('v') && last.find_first_not_of("0123456789", 1) == last.npos;
    return std::string(isVersion ? lastPart(package.substr(0, package.size() - last.size())) : last);
}

/// `./cmd/tool`, but neither `./...` nor `.`.
bool isOnePackage(std::string_view word)
{
    return word.contains('/') && !word.contains("...") && word != "./" && !word.starts_with('-');
}

Paths goBuild(const ShellCommand& command)
{
    if (auto place = firstOption(command, {"-o", "--o"}))
        return {*place};
    // Without -o it is called as its package.
    const std::string package = command.words.back();
    return isOnePackage(package) ? Paths{nameOfPackage(package)} : Paths();
}

Paths goInstall(const ShellCommand& command)
{
    const std::string folder = valueOf(command, "GOBIN", valueOf(command, "GOPATH", "/go") + "/bin");
    const std::string& package = command.words.back();
    return {isOnePackage(package) ? std::format("{}/{}", folder, nameOfPackage(package)) : folder};
}

/// Before Go 1.17 this installed too.
Paths goGet(const ShellCommand& command)
{
    return !command.has("-d") && isOnePackage(command.words.back()) ? goInstall(command) : Paths();
}

Paths goModDownload(const ShellCommand& command)
{
    if (!command.has("mod"))
        return {};
    return {valueOf(command, "GOMODCACHE", valueOf(command, "GOPATH", "/go") + "/pkg/mod")};
}

Paths cargoBuild(const ShellCommand& command)
{
    const std::string target = command.option("--target-dir").value_or(valueOf(command, "CARGO_TARGET_DIR", "target"));
    if (auto place = firstOption(command, {"--artifact-dir", "--out-dir"}))
        return {*place};
    const std::string variable = valueOf(command, "CARGO_BUILD_TARGET", "");
    const std::string triple = command.option("--target").value_or(variable);
    const bool release = command.has("--release") || command.has("-r");
    const std::string profile = command.option("--profile").value_or(release ? "release" : "debug");
    std::string folder =
        triple.empty() ? std::format("{}/{}", target, profile) : std::format("{}/{}/{}", target, triple, profile);
    if (const auto binary = command.option("--bin"))
        folder.append("/").append(*binary);
    return {folder};
}

Paths cargoInstall(const ShellCommand& command)
{
    if (auto root = command.option("--root"))
        return {*root};
    return {valueOf(command, "CARGO_INSTALL_ROOT", valueOf(command, "CARGO_HOME", "/usr/local/cargo")) + "/bin"};
}

/// DESTDIR, given as a word or as a variable.
std::string stagingFolder(const ShellCommand& command)
{
    for (const std::string_view name : {"DESTDIR", "INSTALL_ROOT"}) {
        std::string folder = assigned(command, name);
        if (folder.empty())
            folder = valueOf(command, name, "");
        if (!folder.empty())
            return folder;
    }
    return {};
}

Paths makeInstall(const ShellCommand& command)
{
    std::string prefix;
    for (const std::string_view name : {"PREFIX", "prefix", "INSTALL_PREFIX", "INSTALL_PATH", "BINDIR", "bindir"}) {
        if (prefix.empty())
            prefix = assigned(command, name);
    }
    if (prefix.empty())
        prefix = valueOf(command, "PREFIX", "");
    const std::string root = stagingFolder(command);
    if (!root.empty() || !prefix.empty())
        return {root + prefix};
    return {"/usr/local"};
}

bool installs(const ShellCommand& command)
{
    return std::ranges::any_of(command.words, [](std::string_view word) { return word.starts_with("install"); });
}

/// `PREFIX=/out make` and `make OUTDIR=/out`: where a makefile is told to put things.
Paths makeInto(const ShellCommand& command)
{
    if (installs(command))
        return {};
    for (const std::string_view name :
         {"DESTDIR", "PREFIX", "prefix", "OUTDIR", "OUT_DIR", "OUTPUT_DIR", "BINDIR", "BIN_DIR"}) {
        std::string place = assigned(command, name);
        if (place.empty())
            place = valueOf(command, name, "");
        if (isAbsolutePath(place))
            return {place};
    }
    return {};
}

/// What a target of its own builds is mostly found in "bin"; nobody builds in the root, so that is a folder not known.
Paths makeTarget(const ShellCommand& command)
{
    const auto isTarget = [](std::string_view word) {
        return !word.starts_with('-') && !word.contains('=') && word.find_first_of("0123456789/.") == word.npos;
    };
    const bool builds = command.folder != "/" && std::ranges::any_of(command.words, isTarget) && !command.has("-f") &&
                        !command.has("-C");
    const bool isOther = std::ranges::any_of(command.words, [](std::string_view word) {
        return isIn({"clean*", "test*", "check*", "lint*", "vendor", "deps", "download"}, word);
    });
    return builds && !isOther && !installs(command) ? Paths{"bin"} : Paths();
}

Paths cmakeInstall(const ShellCommand& command)
{
    const std::string prefix = command.option("--prefix").value_or("");
    const std::string root = stagingFolder(command);
    if (!root.empty() || !prefix.empty())
        return {root + prefix};
    return {"/usr/local"};
}

/// Where the build is told to install to later: `-DCMAKE_INSTALL_PREFIX=/opt/x`.
Paths cmakeConfigure(const ShellCommand& command)
{
    for (const std::string_view name : {"-DCMAKE_INSTALL_PREFIX", "-DCMAKE_INSTALL_PREFIX:PATH",
                                        "-DCMAKE_INSTALL_PREFIX:STRING", "-DCMAKE_RUNTIME_OUTPUT_DIRECTORY"}) {
        if (std::string place = assigned(command, name); !place.empty())
            return {place};
    }
    return {};
}

Paths cmakeBuild(const ShellCommand& command)
{
    const auto folder = command.option("--build");
    if (!folder || isIn({"install", "install/strip"}, command.option("--target").value_or("")))
        return cmakeInstall(command);
    return *folder == "." ? Paths() : Paths{*folder};
}

Paths compile(const ShellCommand& command)
{
    if (auto place = command.option("-o"))
        return {*place};
    const bool isSource = std::ranges::any_of(command.words, [](std::string_view word) {
        return word.ends_with(".c") || word.ends_with(".cc") || word.ends_with(".cpp");
    });
    const bool links = isSource && !command.has("-c") && !command.has("-E") && !command.has("-S");
    return links ? Paths{"a.out"} : Paths();
}

Paths swiftBuild(const ShellCommand& command)
{
    const std::string folder = firstOption(command, {"--scratch-path", "--build-path"}).value_or(".build");
    const std::string configuration = firstOption(command, {"-c", "--configuration"}).value_or("debug");
    return {std::format("{}/{}", folder, configuration)};
}

/// `-o:app`, `-out:app`, `-of=app`.
Paths valueBehindSign(const ShellCommand& command)
{
    for (const std::string& word : command.words) {
        for (const std::string_view option : {"-o:", "--out:", "-out:", "-of=", "-of:", "-o=", "-femit-bin="}) {
            if (word.starts_with(option))
                return {word.substr(option.size())};
        }
    }
    const auto place = command.option("-o");
    return place ? Paths{*place} : Paths();
}

/// Files that a command works on in their place: those that are named.
Paths namedFiles(const ShellCommand& command)
{
    Paths files = command.plainWords();
    std::erase_if(files, [](const std::string& word) { return word.contains('*') || word.contains('='); });
    return files;
}

constexpr Tool kCompilers[]{
    {"go build", {"go", "xx-go", "tinygo", "garble"}, {"build"}, {}, {}, goBuild, {"-C"}},
    {"go test -c", {"go", "xx-go"}, {"test"}, {"-o"}, {}},
    {"go test -coverprofile", {"go", "xx-go", "gotestsum"}, {}, {"-coverprofile", "--coverprofile"}, {}},
    {"go install", {"go", "xx-go", "garble"}, {"install"}, {}, {}, goInstall, {"-C"}},
    {"go get", {"go"}, {"get"}, {}, {}, goGet, {}, Origin::Fetched},
    {"go mod vendor", {"go"}, {"vendor"}, {"-o"}, {"vendor"}},
    {"go mod download", {"go"}, {"download"}, {}, {}, goModDownload, {}, Origin::Fetched},
    {"xcaddy build", {"xcaddy"}, {"build"}, {"--output"}, {"caddy"}},
    {"goreleaser", {"goreleaser", "goreleaser-xx"}, {}, {"--dist", "--output", "-o"}, {"dist"}},
    {"cargo build",
     {"cargo", "cross", "xx-cargo", "cargo-zigbuild"},
     {"build", "b", "auditable", "zigbuild", "rustc"},
     {},
     {},
     cargoBuild},
    {"cargo install", {"cargo"}, {"install"}, {}, {}, cargoInstall},
    {"cargo chef prepare", {"cargo", "cargo-chef"}, {"prepare"}, {"--recipe-path"}, {"recipe.json"}},
    {"cargo chef cook", {"cargo", "cargo-chef"}, {"cook"}, {}, {}, cargoBuild},
    {"cargo vendor", {"cargo"}, {"vendor"}, {}, {"vendor"}},
    {"wasm-pack build", {"wasm-pack"}, {"build"}, {"--out-dir", "-d"}, {"pkg"}},
    {"trunk build", {"trunk"}, {"build"}, {"--dist", "-d"}, {"dist"}},
    {"maturin build", {"maturin"}, {"build"}, {"--out", "-o"}, {"target/wheels"}},
    {"configure --prefix",
     {"configure", "config", "Configure", "bootstrap", "autogen.sh"},
     {},
     {"--prefix", "-prefix", "--bindir"},
     {}},
    {"make install", {"make", "gmake"}, {"install*"}, {}, {}, makeInstall},
    {"make PREFIX", {"make", "gmake"}, {}, {}, {}, makeInto},
    {"make", {"make", "gmake", "just", "task"}, {}, {}, {}, makeTarget, {}, Origin::Folder},
    {"ninja install", {"ninja", "samu"}, {"install*"}, {}, {}, makeInstall},
    {"cmake --install", {"cmake"}, {"--install"}, {}, {}, cmakeInstall},
    {"cmake --build", {"cmake"}, {"--build"}, {}, {}, cmakeBuild},
    {"cmake -DCMAKE_INSTALL_PREFIX", {"cmake"}, {}, {}, {}, cmakeConfigure},
    {"meson install", {"meson"}, {"install"}, {"--destdir"}, {"/usr/local"}},
    {"meson --prefix", {"meson"}, {}, {"--prefix", "-Dprefix"}, {}},
    {"scons install", {"scons"}, {"install"}, {}, {}, makeInstall},
    {"compiler -o", {"gcc*", "g++*", "clang*", "cc", "c++", "*-gcc", "*-g++", "*-clang"}, {}, {}, {}, compile},
    {"linker -o", {"ld", "ld.lld", "as", "nasm", "*-ld", "*-as", "ar"}, {}, {"-o"}, {}},
    {"rustc -o", {"rustc", "ghc", "ocamlfind", "ocamlopt", "fpc", "gfortran"}, {}, {"-o"}, {}},
    {"compiler -o", {"nim", "odin", "dmd", "ldc2", "v", "crystal", "zig"}, {}, {}, {}, valueBehindSign},
    {"shards build", {"shards"}, {"build"}, {}, {"bin"}},
    {"swift build", {"swift"}, {"build"}, {}, {}, swiftBuild},
    {"zig build", {"zig"}, {"build"}, {"--prefix", "-p"}, {"zig-out"}},
    {"stack install", {"stack"}, {"install", "--copy-bins"}, {"--local-bin-path"}, {"/root/.local/bin"}},
    {"cabal install", {"cabal"}, {"install", "v2-install"}, {"--installdir", "--bindir"}, {"/root/.cabal/bin"}},
    {"dune build", {"dune"}, {"build"}, {}, {"_build/default"}},
    {"dune install", {"dune"}, {"install"}, {"--prefix"}, {}},
    {"bazel build", {"bazel", "bazelisk"}, {"build"}, {}, {"bazel-bin"}},
    {"dart compile", {"dart"}, {"compile"}, {"--output", "-o"}, {}},
    {"dart build", {"dart"}, {"build"}, {"--output", "-o"}, {"build"}},
    {"strip", {"strip", "*-strip", "upx", "xx-verify", "patchelf"}, {}, {}, {}, namedFiles, {}, Origin::Put},
};

} // namespace

std::span<const Tool> compilers()
{
    return kCompilers;
}

} // namespace stagelift
