// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/artifacts/recognisers.h"

#include "core/dockerfile/paths.h"

#include <algorithm>
#include <array>
#include <format>
#include <span>

namespace stagelift {

namespace {

using Names = std::array<std::string_view, 4>;
using Paths = std::vector<std::string>;

struct Recogniser {
    std::string_view reason;
    Names programmes; // a name that ends with "*" stands for all that begin so
    Names verbs;      // one of them is among the words; none: any
    Names options;    // whose value is where it goes
    Names otherwise;  // where it goes without such an option
    Paths (*special)(const ShellCommand&) = nullptr;
    Origin origin = Origin::Made;
};

std::string value(const ShellCommand& command, std::string_view variable, std::string_view otherwise)
{
    return std::string(command.values.find(variable).value_or(otherwise));
}

/// `example.com/team/tool/v2@latest` is installed as "tool".
std::string nameOfPackage(std::string_view package)
{
    package = package.substr(0, package.find('@'));
    const std::string_view last = lastPart(package);
    const bool isVersion =
        last.size() > 1 && last.starts_with('v') && last.find_first_not_of("0123456789", 1) == last.npos;
    return std::string(isVersion ? lastPart(package.substr(0, package.size() - last.size())) : last);
}

Paths goBuild(const ShellCommand& command)
{
    for (const std::string_view option : {"-o", "--o"}) {
        if (auto place = command.option(option))
            return {*place};
    }
    // Without -o it is called as its package.
    const std::string package = command.words.back();
    const bool isOne = package.starts_with("./") && !package.contains("...") && package != "./";
    return isOne ? Paths{std::string(lastPart(package))} : Paths();
}

Paths goInstall(const ShellCommand& command)
{
    const std::string folder = value(command, "GOBIN", value(command, "GOPATH", "/go") + "/bin");
    const std::string& package = command.words.back();
    return {package.contains('@') ? std::format("{}/{}", folder, nameOfPackage(package)) : folder};
}

Paths cargoBuild(const ShellCommand& command)
{
    const std::string target = command.option("--target-dir").value_or(value(command, "CARGO_TARGET_DIR", "target"));
    const auto triple = command.option("--target");
    const bool release = command.has("--release") || command.has("-r");
    const std::string profile = command.option("--profile").value_or(release ? "release" : "debug");
    std::string folder =
        triple ? std::format("{}/{}/{}", target, *triple, profile) : std::format("{}/{}", target, profile);
    if (const auto binary = command.option("--bin"))
        folder.append("/").append(*binary);
    return {folder};
}

Paths makeInstall(const ShellCommand& command)
{
    const auto argument = [&](std::string_view name) {
        const auto sets = [&](const std::string& word) { return word.starts_with(name) && word[name.size()] == '='; };
        const auto found = std::ranges::find_if(command.words, sets);
        return found == command.words.end() ? value(command, name, "") : found->substr(name.size() + 1);
    };
    const std::string root = argument("DESTDIR");
    const std::string prefix = argument("PREFIX").empty() ? argument("prefix") : argument("PREFIX");
    if (!root.empty() || !prefix.empty())
        return {root + prefix};
    return {"/usr/local"};
}

Paths pipUser(const ShellCommand& command)
{
    const std::string home = value(command, "PYTHONUSERBASE", value(command, "HOME", "/root") + "/.local");
    return command.has("--user") ? Paths{home} : Paths();
}

Paths pythonVenv(const ShellCommand& command)
{
    return command.plainWords().empty() ? Paths() : Paths{command.plainWords().back()};
}

Paths bundleInstall(const ShellCommand& command)
{
    const std::string otherwise = command.has("--deployment") ? "vendor/bundle" : "/usr/local/bundle";
    return {command.option("--path").value_or(value(command, "BUNDLE_PATH", otherwise))};
}

/// The files that a download is called after: of all its URLs.
Paths downloads(const ShellCommand& command, std::string_view folder)
{
    Paths paths;
    for (const std::string& word : command.plainWords()) {
        const std::string_view url = std::string_view(word).substr(0, word.find_first_of("?#"));
        if (url.contains("://") && !lastPart(url).empty())
            paths.push_back(std::format("{}/{}", folder, lastPart(url)));
    }
    return paths;
}

/// The value of a letter in a bundle of them: FILE of `-fsSLo FILE` and of `-qOFILE`.
std::optional<std::string> valueOfLetter(const ShellCommand& command, char letter)
{
    for (std::size_t index = 0; index < command.words.size(); ++index) {
        const std::string& word = command.words[index];
        const auto at = word.find(letter);
        if (!word.starts_with('-') || word.starts_with("--") || at == std::string::npos)
            continue;
        if (at + 1 < word.size())
            return word.substr(at + 1);
        return index + 1 < command.words.size() ? std::optional(command.words[index + 1]) : std::nullopt;
    }
    return std::nullopt;
}

Paths curl(const ShellCommand& command)
{
    const std::string folder = command.option("--output-dir").value_or(".");
    const auto isRemoteName = [](std::string_view word) {
        return word == "--remote-name" || (word.starts_with('-') && !word.starts_with("--") && word.contains('O'));
    };
    if (std::ranges::any_of(command.words, isRemoteName))
        return downloads(command, folder);
    auto file = command.option("--output");
    if (!file)
        file = valueOfLetter(command, 'o');
    return file ? Paths{isAbsolutePath(*file) || *file == "-" ? *file : std::format("{}/{}", folder, *file)} : Paths();
}

Paths wget(const ShellCommand& command)
{
    auto file = command.option("--output-document");
    if (!file)
        file = valueOfLetter(command, 'O');
    return file ? Paths{*file} : downloads(command, command.option("-P").value_or("."));
}

/// The last word is where it goes: into it, where it ends with a slash.
Paths copies(const ShellCommand& command)
{
    const Paths words = command.plainWords();
    if (words.size() < 2 || !isAbsolutePath(words.back()) || command.has("-d"))
        return {};
    if (!words.back().ends_with('/') || words.size() > 2)
        return {words.back()};
    return {words.back() + std::string(lastPart(words.front()))};
}

Paths gitClone(const ShellCommand& command)
{
    const Paths words = command.plainWords();
    const std::string_view last = lastPart(words.back());
    return {words.back().contains(':') ? std::string(last.substr(0, last.rfind(".git"))) : words.back()};
}

constexpr Recogniser kRecognisers[]{
    {"go build", {"go", "xx-go", "tinygo", "garble"}, {"build"}, {}, {}, goBuild},
    {"go test -c", {"go", "xx-go"}, {"test"}, {"-o"}, {}},
    {"go install", {"go", "xx-go"}, {"install"}, {}, {}, goInstall},
    {"xcaddy build", {"xcaddy"}, {"build"}, {"--output"}, {"caddy"}},
    {"cargo build", {"cargo", "cross", "xx-cargo"}, {"build", "b", "auditable"}, {}, {}, cargoBuild},
    {"cargo install", {"cargo"}, {"install"}, {"--root"}, {"/usr/local/cargo/bin"}},
    {"npm run build",
     {"npm", "pnpm", "yarn", "bun"},
     {"build", "build:prod"},
     {"--outfile", "--outdir"},
     {"dist", "build"}},
    {"vite build", {"vite"}, {"build"}, {"--outDir"}, {"dist"}},
    {"next build", {"next"}, {"build"}, {}, {".next"}},
    {"ng build", {"ng"}, {"build"}, {"--output-path"}, {"dist"}},
    {"tsc", {"tsc"}, {}, {"--outDir"}, {"dist"}},
    {"esbuild", {"esbuild"}, {}, {"--outfile", "--outdir"}, {}},
    {"npm install",
     {"npm", "pnpm", "yarn", "bun"},
     {"ci", "install", "i", "clean-install"},
     {"--prefix"},
     {"node_modules"}},
    {"deno compile", {"deno"}, {"compile"}, {"--output", "-o"}, {}},
    {"pip install --prefix", {"pip*", "python*", "uv"}, {"install"}, {"--prefix", "--target", "-t", "--root"}, {}},
    {"pip install --user", {"pip*", "python*"}, {"install"}, {}, {}, pipUser},
    {"pip wheel", {"pip*", "python*"}, {"wheel"}, {"--wheel-dir", "-w"}, {"."}},
    {"python -m venv", {"python*"}, {"venv", "virtualenv"}, {}, {}, pythonVenv},
    {"virtualenv", {"virtualenv"}, {}, {}, {}, pythonVenv},
    {"uv venv", {"uv"}, {"venv"}, {}, {".venv"}},
    {"uv sync", {"uv"}, {"sync"}, {}, {".venv"}},
    {"pyinstaller", {"pyinstaller"}, {}, {"--distpath"}, {"dist"}},
    {"make install", {"make", "gmake", "ninja"}, {"install", "install-strip"}, {}, {}, makeInstall},
    {"cmake --install", {"cmake"}, {"--install"}, {"--prefix"}, {"/usr/local"}},
    {"meson install", {"meson"}, {"install"}, {"--destdir"}, {"/usr/local"}},
    {"compiler -o", {"gcc*", "g++*", "clang*", "cc"}, {}, {"-o"}, {}},
    {"rustc -o", {"rustc", "nim", "crystal", "ghc"}, {}, {"-o"}, {}},
    {"mvn package", {"mvn", "mvnw"}, {"package", "install", "verify"}, {}, {"target/*.jar"}},
    {"gradle build", {"gradle", "gradlew"}, {"build", "bootJar", "assemble", "shadowJar"}, {}, {"build/libs/*.jar"}},
    {"gradle jar", {"gradle", "gradlew"}, {"jar", "bootWar", "war", "fatJar"}, {}, {"build/libs/*"}},
    {"gradle installDist", {"gradle", "gradlew"}, {"installDist"}, {}, {"build/install"}},
    {"jlink", {"jlink"}, {}, {"--output"}, {}},
    {"dotnet publish", {"dotnet"}, {"publish", "build"}, {"--output", "-o"}, {}},
    {"swift build", {"swift"}, {"build"}, {"--scratch-path"}, {".build/release"}},
    {"zig build", {"zig"}, {"build"}, {"--prefix", "-p"}, {"zig-out"}},
    {"mix release", {"mix"}, {"release"}, {"--path"}, {"_build/prod/rel"}},
    {"flutter build web", {"flutter"}, {"web"}, {"--output"}, {"build/web"}},
    {"hugo", {"hugo"}, {}, {"--destination", "-d"}, {"public"}},
    {"composer install", {"composer"}, {"install", "update"}, {}, {"vendor"}},
    {"bundle install", {"bundle"}, {"install"}, {}, {}, bundleInstall},
    {"dnf --installroot", {"dnf", "yum", "microdnf", "zypper"}, {"install"}, {"--installroot", "--root"}, {}},
    {"apk --root", {"apk"}, {"add"}, {"--root", "-p"}, {}},
    {"debootstrap", {"debootstrap", "mmdebstrap"}, {}, {"--target"}, {}},
    {"git clone", {"git"}, {"clone"}, {}, {}, gitClone, Origin::Fetched},
    {"curl", {"curl"}, {}, {}, {}, curl, Origin::Fetched},
    {"wget", {"wget"}, {}, {}, {}, wget, Origin::Fetched},
    {"cp", {"cp", "mv", "install"}, {}, {}, {}, copies, Origin::Put},
};

bool isIn(const Names& names, std::string_view word)
{
    return std::ranges::any_of(names, [&](std::string_view name) {
        return !name.empty() &&
               (name.ends_with('*') ? word.starts_with(name.substr(0, name.size() - 1)) : name == word);
    });
}

bool matches(const Recogniser& recogniser, const ShellCommand& command)
{
    const bool anyVerb = recogniser.verbs.front().empty();
    const auto isVerb = [&](const std::string& word) { return isIn(recogniser.verbs, word); };
    return isIn(recogniser.programmes, command.programme) && (anyVerb || std::ranges::any_of(command.words, isVerb));
}

Paths placesOf(const Recogniser& recogniser, const ShellCommand& command)
{
    if (recogniser.special)
        return recogniser.special(command);
    for (const std::string_view option : recogniser.options) {
        const auto place = option.empty() ? std::nullopt : command.option(option);
        if (place)
            return {*place};
    }
    Paths places;
    for (const std::string_view place : recogniser.otherwise) {
        if (!place.empty())
            places.emplace_back(place);
    }
    return places;
}

/// What nobody takes along, or nobody can tell by the text.
bool isWorthNothing(std::string_view path)
{
    constexpr std::string_view kUnknown = "$`()<>|\"'";
    const bool passing = path.starts_with("/tmp") || path.starts_with("/var/tmp") || path.starts_with("/dev/");
    return path == "/" || path.ends_with("/-") || passing || path.find_first_of(kUnknown) != path.npos;
}

/// Signatures and checksums only serve the file they belong to.
bool isCheck(std::string_view path)
{
    constexpr std::array<std::string_view, 5> kEndings{".asc", ".sig", ".sha256", ".sha512", ".md5"};
    return std::ranges::any_of(kEndings, [&](std::string_view ending) { return path.ends_with(ending); });
}

} // namespace

std::vector<std::string> removedBy(const ShellCommand& command)
{
    Paths paths;
    if (command.programme != "rm" && command.programme != "mv" && command.programme != "rmdir")
        return paths;
    Paths words = command.plainWords();
    if (command.programme == "mv" && !words.empty())
        words.pop_back();
    for (const std::string& word : words)
        paths.push_back(pathFrom(command.folder, word));
    return paths;
}

std::vector<Output> outputsOf(const ShellCommand& command)
{
    std::vector<Output> outputs;
    for (const Recogniser& recogniser : kRecognisers) {
        if (!matches(recogniser, command))
            continue;
        for (const std::string& place : placesOf(recogniser, command)) {
            std::string path = place.empty() ? "/" : pathFrom(command.folder, place);
            if (!isWorthNothing(path) && !isCheck(path) && !std::ranges::contains(outputs, path, &Output::path))
                outputs.push_back({std::move(path), recogniser.reason, recogniser.origin});
        }
    }
    return outputs;
}

} // namespace stagelift
