// SPDX-License-Identifier: GPL-3.0-or-later
//
// What moves files about: copies, archives, downloads, and the packages of a distribution.

#include "core/artifacts/tool.h"
#include "core/dockerfile/paths.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

constexpr std::size_t kMostNamed = 4; // files; more of them are only called by their folder

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
    return file ? Paths{*file} : downloads(command, firstOption(command, {"-P", "--directory-prefix"}).value_or("."));
}

Paths gitClone(const ShellCommand& command)
{
    const Paths words = command.plainWords();
    const std::string_view last = lastPart(words.back());
    return {words.back().contains(':') ? std::string(last.substr(0, last.rfind(".git"))) : words.back()};
}

/// A folder that every image has: what is put there keeps its name.
bool isSystemFolder(std::string_view path)
{
    constexpr std::array<std::string_view, 14> kSystem{
        "/bin",      "/sbin",    "/lib",           "/lib64",          "/etc",           "/opt",  "/usr/bin",
        "/usr/sbin", "/usr/lib", "/usr/local/bin", "/usr/local/sbin", "/usr/local/lib", "/root", "/home"};
    return std::ranges::contains(kSystem, path);
}

/// Options of cp and install that have a value behind them.
constexpr std::array<std::string_view, 5> kValued{"-m", "-o", "-g", "-S", "--mode"};

struct Copied {
    Paths sources;
    std::string destination;
    bool isFolder = false;
};

Copied copied(const ShellCommand& command)
{
    Copied result;
    for (std::size_t index = 0; index < command.words.size(); ++index) {
        const std::string& word = command.words[index];
        if (std::ranges::contains(kValued, word))
            ++index;
        else if (!word.starts_with('-'))
            result.sources.push_back(word);
    }
    if (auto folder = firstOption(command, {"-t", "--target-directory"})) {
        std::erase(result.sources, *folder);
        result.destination = *folder;
        result.isFolder = true;
    } else if (result.sources.size() > 1) {
        result.destination = result.sources.back();
        result.sources.pop_back();
        result.isFolder = result.sources.size() > 1 || result.destination.ends_with('/') || result.destination == "." ||
                          isSystemFolder(result.destination);
    }
    return result;
}

/// A file keeps its name in a folder; what a pattern or the contents of a folder bring is not known by name.
Paths copies(const ShellCommand& command)
{
    if (command.has("-d") || command.has("--directory"))
        return command.programme == "install" ? copied(command).sources : Paths();
    const Copied files = copied(command);
    if (files.destination.empty() || files.sources.empty())
        return {};
    const auto isNamed = [](std::string_view source) {
        return source.find_first_of("*?[{$") == source.npos && !source.ends_with("/.") && source != ".";
    };
    if (!files.isFolder || files.sources.size() > kMostNamed || !std::ranges::all_of(files.sources, isNamed))
        return {files.destination};
    Paths places;
    for (const std::string& source : files.sources)
        places.push_back(std::format("{}/{}", files.destination, lastPart(source)));
    return places;
}

/// The folders, and each name of `{bin,lib}`.
Paths makesFolders(const ShellCommand& command)
{
    Paths folders;
    const Paths words = command.plainWords();
    const auto mode = firstOption(command, {"-m", "--mode"});
    for (const std::string& word : words) {
        if (isAbsolutePath(word) && word != mode && !isSystemFolder(word))
            folders.push_back(word);
    }
    return folders;
}

/// Files of which something is said by their whole names: `chmod +x /usr/local/bin/tool`.
Paths namedPlaces(const ShellCommand& command)
{
    Paths places = command.plainWords();
    std::erase_if(places, [](std::string_view word) { return !isAbsolutePath(word) || isSystemFolder(word); });
    return places;
}

Paths links(const ShellCommand& command)
{
    const Paths words = command.plainWords();
    const bool isNamed = words.size() == 2 && !words.back().ends_with('/') && !isSystemFolder(words.back());
    return isNamed ? Paths{words.back()} : Paths();
}

Paths unpacked(const ShellCommand& command)
{
    if (auto folder = firstOption(command, {"--directory", "--one-top-level"}))
        return {*folder};
    const auto folder = std::ranges::find(command.words, "-C");
    if (folder != command.words.end() && folder + 1 != command.words.end())
        return {*(folder + 1)};
    // `tar czf /out/app.tgz …` makes the archive.
    const bool packs = command.words.size() > 1 && !command.words.front().starts_with("--") &&
                       command.words.front().contains('c') && command.words.front().ends_with('f');
    return packs ? Paths{command.words[1]} : Paths();
}

/// The word at the end is the folder: `dpkg -x x.deb /out`.
Paths lastWord(const ShellCommand& command)
{
    const Paths words = command.plainWords();
    return words.size() > 1 ? Paths{words.back()} : Paths();
}

Paths debootstrap(const ShellCommand& command)
{
    const Paths words = command.plainWords();
    return words.size() > 1 ? Paths{words[1]} : Paths();
}

constexpr Names kInstallers{"apk", "apt", "apt-get", "dnf", "yum", "microdnf", "zypper", "apt-fast"};

constexpr Tool kFileTools[]{
    {"dnf --installroot", {"dnf", "yum", "microdnf", "zypper", "tdnf"}, {"install"}, {"--installroot", "--root"}, {}},
    {"apk --root", {"apk"}, {"add"}, {"--root", "-p"}, {}},
    {"debootstrap", {"debootstrap", "mmdebstrap", "pacstrap"}, {}, {}, {}, debootstrap},
    {"tar", {"tar", "bsdtar"}, {}, {}, {}, unpacked, {}, Origin::Put},
    {"unzip -d", {"unzip"}, {}, {"-d"}, {}, nullptr, {}, Origin::Put},
    {"cpio -D", {"cpio", "7z"}, {}, {"-D", "--directory", "-o"}, {}, nullptr, {}, Origin::Put},
    {"dpkg -x", {"dpkg", "dpkg-deb"}, {"-x", "-X", "--extract"}, {}, {}, lastWord, {}, Origin::Put},
    {"cp", {"cp", "mv", "install", "rsync"}, {}, {}, {}, copies, {}, Origin::Put},
    {"tee", {"tee", "touch"}, {}, {}, {}, namedPlaces, {}, Origin::Put},
    {"ln", {"ln"}, {}, {}, {}, links, {}, Origin::Put},
    {"chmod", {"chmod", "setcap"}, {}, {}, {}, namedPlaces, {}, Origin::Put},
    {"git clone", {"git"}, {"clone"}, {}, {}, gitClone, {"-C"}, Origin::Fetched},
    {"svn checkout", {"svn", "hg"}, {"checkout", "co", "export", "clone"}, {}, {}, lastWord, {}, Origin::Fetched},
    {"curl", {"curl"}, {}, {}, {}, curl, {}, Origin::Fetched},
    {"wget", {"wget"}, {}, {}, {}, wget, {}, Origin::Fetched},
    {"aria2c", {"aria2c"}, {}, {"-o", "--out", "-d", "--dir"}, {}, nullptr, {}, Origin::Fetched},
    {"aws s3 cp",
     {"aws", "gsutil", "gcloud", "oras"},
     {"cp", "sync", "pull"},
     {"-o"},
     {},
     nullptr,
     {},
     Origin::Fetched},
    {"ca-certificates",
     kInstallers,
     {"ca-certificates", "ca-certificates-bundle"},
     {},
     {"/etc/ssl/certs/ca-certificates.crt"},
     nullptr,
     {},
     Origin::Installed},
    {"tzdata", kInstallers, {"tzdata"}, {}, {"/usr/share/zoneinfo"}, nullptr, {}, Origin::Installed},
    {"adduser", {"adduser", "useradd"}, {}, {}, {"/etc/passwd", "/etc/group"}, nullptr, {}, Origin::Installed},
    {"addgroup", {"addgroup", "groupadd"}, {}, {}, {"/etc/group"}, nullptr, {}, Origin::Installed},
    {"mkdir", {"mkdir"}, {}, {}, {}, makesFolders, {}, Origin::Folder},
};

} // namespace

std::span<const Tool> fileTools()
{
    return kFileTools;
}

} // namespace stagelift
