// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/products.h"

#include "core/artifacts/recognisers.h"
#include "core/dockerfile/mount.h"
#include "core/dockerfile/paths.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift::multistage {

namespace {

struct Made {
    std::string path;
    std::string how;
    bool isOwn = false;         // of the toolchain itself
    bool isConditional = false; // behind a test that may fail
};

/// A path below a mount of the RUN, a cache say: what is written there is in no layer.
bool isMounted(const Reading& reading, const Step& step, std::string_view path)
{
    return std::ranges::any_of(step.instruction->flags, [&](const Flag& flag) {
        if (flag.name != "mount")
            return false;
        const std::string_view target = readMount(reading.analysis.dockerfile, flag).target();
        return !target.empty() && covers(pathFrom(step.scope.folder, target), path);
    });
}

/// `[ … ] && gcc … || true`, `if [ … ]; then …; fi`: the step may go by without what it makes.
bool mayGoBy(const Reading& reading, const Step& step)
{
    const std::string_view text = reading.textOf(step);
    const bool isForgiven = text.contains("|| true") || text.contains("|| :");
    return isForgiven || (text.contains("if ") && !text.contains("else"));
}

bool isTest(const ShellCommand& command)
{
    return command.programme == "[" || command.programme == "[[" || command.programme == "test";
}

std::vector<Made> madeIn(const Reading& reading, const Toolchain* toolchain)
{
    std::vector<Made> made;
    for (const Step& step : reading.steps) {
        bool isTested = false;
        for (const ShellCommand& command : step.commands) {
            isTested = isTested || (isTest(command) && mayGoBy(reading, step));
            for (const std::string& gone : removedBy(command))
                std::erase_if(made, [&](const Made& one) { return covers(gone, one.path); });
            const bool isOwn = toolchain != nullptr && toolchain->works(command);
            for (Output& output : outputsOf(command)) {
                const bool isKnown = std::ranges::contains(made, output.path, &Made::path);
                // A chmod makes no file, whoever brings it.
                const bool isContent = output.origin != Origin::Fetched && output.origin != Origin::Folder &&
                                       output.reason != "chmod" && !isMounted(reading, step, output.path);
                if (isContent && !isKnown)
                    made.push_back({std::move(output.path), std::string(output.reason), isOwn, isTested});
            }
        }
    }
    return made;
}

bool isSystemFolder(std::string_view path)
{
    constexpr std::array kFolders = std::to_array<std::string_view>({"/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/"});
    return std::ranges::any_of(kFolders, [&](std::string_view folder) { return path.starts_with(folder); });
}

bool isOnPath(std::string_view path)
{
    return isSystemFolder(path) || path.starts_with("/usr/local/bin/") || path.starts_with("/usr/local/sbin/");
}

bool isShell(std::string_view programme)
{
    constexpr std::array kShells = std::to_array<std::string_view>({"sh", "bash", "ash", "dash", "zsh", "busybox"});
    return std::ranges::contains(kShells, lastPart(programme));
}

/// Outputs that are folders to pick a file from: nobody ships all of them.
bool isBin(const Made& made)
{
    return made.how.starts_with("cargo") || (made.how == "go install" && lastPart(made.path) == "bin");
}

/// A folder that only works as a whole.
bool isWhole(const Made& made)
{
    return made.how == "dotnet publish" || made.how == "gradle installDist" || made.how == "mix release" ||
           made.how == "jlink";
}

class Programs {
public:
    Programs(const Reading& reading, const Toolchain& toolchain)
        : m_reading(reading), m_toolchain(toolchain), m_made(madeIn(reading, &toolchain))
    {
    }

    std::vector<Product> find()
    {
        takeWhatIsStarted();
        takeOtherPrograms();
        takeFiles();
        return std::move(m_products);
    }

private:
    void add(std::string path, std::string destination, std::string how, bool isFolder)
    {
        const auto isThere = [&](const Product& product) { return covers(product.path, path); };
        if (path == "/" || std::ranges::any_of(m_products, isThere))
            return;
        m_products.push_back({std::move(path), std::move(destination), std::move(how), isFolder});
    }

    void addSame(const std::string& path, const std::string& how, bool isFolder = false)
    {
        add(path, path, how, isFolder);
    }

    /// The files that the start names: "/app/server", "app.jar" behind -jar, "app.dll" behind dotnet; and what a COPY
    /// has brought that its arguments name.
    std::vector<std::string> startedFiles() const
    {
        std::vector<std::string> files;
        const Start& start = m_reading.start;
        const auto& programme = start.programme;
        for (std::size_t at = 0; at < start.words.size(); ++at) {
            const std::string& word = start.words[at];
            const std::string_view ahead = at == 0 ? std::string_view() : std::string_view(start.words[at - 1]);
            const bool isClasses = ahead == "-cp" || ahead == "-classpath" || ahead == "--class-path";
            if (word.contains('$') || word.contains("://") || isClasses || word.starts_with('-') || isShell(word))
                continue;
            const std::string path = pathFrom(m_reading.end.folder, word);
            const bool isProgram = ahead == "-jar" || word.ends_with(".dll") || word.ends_with(".jar") ||
                                   (programme == word && word.contains('/'));
            if (isProgram || (word.contains('/') && (word.starts_with('/') || looksLikeAFile(word)) && isBrought(path)))
                files.push_back(path);
        }
        return files;
    }

    bool isBrought(const std::string& path) const
    {
        return std::ranges::any_of(m_reading.steps,
                                   [&](const Step& step) {
                                       const bool isCopy =
                                           step.keyword() == Keyword::Copy || step.keyword() == Keyword::Add;
                                       const std::string place =
                                           isCopy ? destinationOf(m_reading, step) : std::string();
                                       return isCopy && place != "/" && covers(place, path);
                                   }) ||
               std::ranges::any_of(m_made, [&](const Made& one) { return covers(one.path, path); });
    }

    void takeStarted(const std::string& path)
    {
        const auto whole = std::ranges::find_if(
            m_made, [&](const Made& one) { return isWhole(one) && one.path != path && covers(one.path, path); });
        if (whole != m_made.end()) {
            addSame(whole->path, whole->how, true);
            return;
        }
        const auto made = std::ranges::find_if(m_made, [&](const Made& one) { return covers(one.path, path); });
        if (made != m_made.end())
            addSame(path, made->how);
        else if (path.ends_with(".dll"))
            addSame(path.substr(0, path.rfind('/')), "the folder of what is started", true);
        else if (!isSystemFolder(path) || lastPart(path) == lastPart(m_reading.start.programme.value_or("")))
            addSame(path, "started by the image");
    }

    /// A programme by its name alone has to lie where PATH looks.
    void takeNamed(const std::string& name)
    {
        for (const Made& one : m_made) {
            const bool isIt = lastPart(one.path) == name;
            if (!isIt && !(isBin(one) && one.isOwn))
                continue;
            const std::string path = isIt ? one.path : std::format("{}/{}", one.path, name);
            add(path, isOnPath(path) ? path : std::format("/usr/local/bin/{}", name), one.how, false);
            return;
        }
        const bool isInstalled = std::ranges::any_of(m_made, [](const Made& one) { return one.path == "/usr/local"; });
        if (isInstalled)
            addSame("/usr/local", "make install", true);
    }

    void takeClasses()
    {
        const Start& start = m_reading.start;
        const auto option = std::ranges::find_if(start.words, [](const std::string& word) {
            return word == "-cp" || word == "-classpath" || word == "--class-path";
        });
        const bool isJava = start.programme && lastPart(*start.programme) == "java";
        if (isJava && option != start.words.end() && std::next(option) != start.words.end()) {
            std::string_view paths = *std::next(option);
            while (!paths.empty()) {
                const std::size_t end = std::min(paths.find(':'), paths.size());
                std::string_view path = paths.substr(0, end);
                if (path.ends_with("/*"))
                    path.remove_suffix(2);
                addSame(pathFrom(m_reading.end.folder, path), "on the class path", true);
                paths.remove_prefix(std::min(end + 1, paths.size()));
            }
        } else if (isJava && !start.has("-jar")) {
            addSame(m_reading.end.folder, "the folder of the classes", true);
        }
    }

    void takeWhatIsStarted()
    {
        for (const std::string& path : startedFiles())
            takeStarted(path);
        const auto& programme = m_reading.start.programme;
        const bool isTool = programme && (isShell(*programme) || *programme == "java" || *programme == "dotnet");
        if (programme && !programme->contains('/') && !isTool)
            takeNamed(*programme);
        if (m_toolchain.language == Language::Java && m_products.empty())
            takeClasses();
    }

    /// Others that were built beside: all files where nothing is started, or a script starts them.
    void takeOtherPrograms()
    {
        const bool takesAll = m_products.empty() || m_reading.start.isScript() || !m_reading.start.isThere;
        for (const Made& one : m_made) {
            const bool isObject = one.path.ends_with(".o") || one.path.ends_with(".a");
            // `make PREFIX=/go` in /go/src: not all that is there was made.
            const bool holdsSources = one.how == "make PREFIX" && covers(one.path, workFolder(m_reading, m_toolchain));
            const bool isPlain = !isBin(one) && !isObject && one.path != "/usr/local" && !holdsSources;
            if ((one.isOwn || takesAll) && isPlain && (takesAll || isProgramFile(one))) {
                const std::size_t known = m_products.size();
                addSame(one.path, one.how, isWhole(one));
                if (m_products.size() > known)
                    m_products.back().isConditional = one.isConditional;
            }
        }
        if (m_products.empty()) {
            for (const Made& one : m_made) {
                if (one.path == "/usr/local" || (isBin(one) && one.how == "go install"))
                    addSame(one.path, one.how, true);
            }
        }
    }

    static bool isProgramFile(const Made& one)
    {
        return one.how == "go build" || one.how == "compiler -o" || one.how == "rustc -o" ||
               (one.how == "go install" && lastPart(one.path) != "bin");
    }

    void takeFiles();
    bool isForRunning(const std::string& path, const std::vector<std::string>& named) const;
    std::vector<std::string> namedPaths() const;

    const Reading& m_reading;
    const Toolchain& m_toolchain;
    std::vector<Made> m_made;
    std::vector<Product> m_products;
};

/// Folders and endings of files that a program reads when it runs.
constexpr std::array kRuntimeFolders = std::to_array<std::string_view>(
    {"templates",  "template", "static", "public", "views", "assets",    "config", "conf", "configs", "locales", "i18n",
     "migrations", "www",      "html",   "certs",  "data",  "resources", "web",    "ui",   "etc",     "scripts"});
constexpr std::array kRuntimeEndings = std::to_array<std::string_view>(
    {".sh", ".yaml", ".yml", ".conf", ".cfg", ".ini", ".html", ".tmpl", ".pem", ".crt", ".sql", ".properties"});
constexpr std::array kBuildFiles = std::to_array<std::string_view>(
    {"gradle.properties", "tsconfig.json", "build.sh", "make.sh", "gradlew", "mvnw", "pnpm-workspace.yaml",
     ".yarnrc.yml", "pnpm-lock.yaml", "buf.yaml", "buf.gen.yaml", ".mvn"});

std::vector<std::string> Programs::namedPaths() const
{
    std::vector<std::string> named;
    for (const std::string& word : m_reading.start.words) {
        if (word.contains('/') || looksLikeAFile(word))
            named.push_back(pathFrom(m_reading.end.folder, word.substr(word.find('=') + 1)));
    }
    for (const std::string_view name : m_reading.end.values.names()) {
        const auto value = m_reading.end.values.find(name);
        if (value && value->starts_with('/') && !value->contains(':'))
            named.emplace_back(*value);
    }
    return named;
}

bool Programs::isForRunning(const std::string& path, const std::vector<std::string>& named) const
{
    if (std::ranges::any_of(named, [&](const std::string& one) { return covers(path, one); }))
        return true;
    if (std::ranges::contains(kBuildFiles, lastPart(path)) ||
        (path.ends_with(".sh") && m_reading.start.isThere && !m_reading.start.needsShell))
        return false;
    const std::string work = workFolder(m_reading, m_toolchain);
    const bool isOutside = !covers(work, path) && !covers(path, work) && !path.starts_with("/tmp");
    const bool isSources = m_toolchain.language != Language::C && isOutside;
    const bool endsSo = std::ranges::any_of(kRuntimeEndings, [&](std::string_view end) { return path.ends_with(end); });
    if (isSources && (endsSo || path.starts_with("/etc/") || path.starts_with("/usr/") || path.starts_with("/opt/")))
        return true;
    return !path.starts_with("/tmp") &&
           (std::ranges::contains(kRuntimeFolders, lastPart(path)) || (endsSo && !path.starts_with("/root")));
}

void Programs::takeFiles()
{
    const std::vector<std::string> named = namedPaths();
    // What a RUN has put beside the program, in the folder that it is started in, is there to be read.
    for (const Made& one : m_made) {
        const std::string& folder = m_reading.end.folder;
        if (one.how == "cp" && folder != "/" && one.path != folder && covers(folder, one.path))
            addSame(one.path, one.how);
    }
    for (const Step& step : m_reading.steps) {
        const bool isCopy = step.keyword() == Keyword::Copy || step.keyword() == Keyword::Add;
        if (!isCopy || step.instruction->flag("from") != nullptr)
            continue;
        const std::string destination = destinationOf(m_reading, step);
        const auto sources = sourcesOf(m_reading, step);
        const bool isFolder = sources.size() > 1 || step.instruction->args.back().text.ends_with('/') ||
                              step.instruction->args.back().text == ".";
        for (const std::string& source : sources) {
            if (isWholeContext(source) || source.contains("://") || source.find_first_of("*?[") != std::string::npos)
                continue;
            const bool isFile = looksLikeAFile(source);
            const std::string path = isFolder && isFile ? pathFrom(destination, lastPart(source)) : destination;
            if (path != workFolder(m_reading, m_toolchain) && isForRunning(path, named))
                addSame(path, std::string(keywordName(step.keyword())), !isFile);
        }
    }
}

} // namespace

std::vector<Product> programsOf(const Reading& reading, const Toolchain& toolchain)
{
    return Programs(reading, toolchain).find();
}

std::string workFolder(const Reading& reading, const Toolchain& toolchain)
{
    for (const Step& step : reading.steps) {
        for (const ShellCommand& command : step.commands) {
            if (toolchain.works(command))
                return command.folder;
        }
    }
    return reading.end.folder;
}

std::vector<Product> everythingMade(const Reading& reading)
{
    std::vector<Product> products;
    for (Made& made : madeIn(reading, nullptr))
        products.push_back({made.path, made.path, std::move(made.how), false});
    return products;
}

bool isWholeContext(std::string_view source)
{
    return source == "." || source == "./" || source == "/" || source == "*" || source == "./*";
}

std::string contextFolder(const Reading& reading)
{
    for (const Step& step : reading.steps) {
        const bool isCopy = step.keyword() == Keyword::Copy || step.keyword() == Keyword::Add;
        if (isCopy && std::ranges::any_of(sourcesOf(reading, step), isWholeContext))
            return destinationOf(reading, step);
    }
    return {};
}

} // namespace stagelift::multistage
