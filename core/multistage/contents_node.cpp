// SPDX-License-Identifier: GPL-3.0-or-later
//
// Node: node_modules without the dependencies of the build, and what the build has made; or, where a server for static
// files is all that the file starts, those files in a web server's own image.

#include "core/artifacts/recognisers.h"
#include "core/dockerfile/paths.h"
#include "core/multistage/contents.h"
#include "core/multistage/packages.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift::multistage {

namespace {

struct Install {
    const ShellCommand* command = nullptr;
    std::size_t step = 0;
    std::string manager;
    bool isProduction = false;
};

bool isGlobal(const ShellCommand& command)
{
    return command.has("-g") || command.has("--global") || command.has("global") || command.has("--location=global");
}

/// The last one decides what is in node_modules.
std::vector<Install> installsIn(const Reading& reading, std::size_t split)
{
    std::vector<Install> installs;
    for (std::size_t at = 0; at < split; ++at) {
        for (const ShellCommand& command : reading.steps[at].commands) {
            if (installsNodePackages(command) && !isGlobal(command))
                installs.push_back({&command, at, command.programme, leavesOutDevelopment(command)});
            if (!installs.empty() && command.has("prune"))
                installs.back().isProduction = true;
        }
    }
    return installs;
}

/// npm 6 and older, which come with Node 14 and older, know no --omit.
bool isOldNpm(const Reading& reading)
{
    const auto version = reading.base.repository == "node" ? versionIn(reading.base.tag) : std::nullopt;
    return version && version->first < 15;
}

/// Yarn 2 and newer, which knows no --production.
bool isYarnBerry(const Reading& reading)
{
    const bool isBrought = std::ranges::any_of(reading.steps, [&](const Step& step) {
        return (step.keyword() == Keyword::Copy || step.keyword() == Keyword::Add) &&
               std::ranges::any_of(sourcesOf(reading, step), [](const std::string& source) {
                   return source.contains(".yarnrc.yml") || source.ends_with(".yarn") || source.contains(".yarn/");
               });
    });
    return isBrought || reading.anyCommand([](const ShellCommand& command) {
        return command.programme == "yarn" && (command.has("--immutable") || command.has("workspaces"));
    });
}

std::string withoutDevelopment(const Reading& reading, std::string_view manager)
{
    if (manager == "npm")
        return isOldNpm(reading) ? "--only=production" : "--omit=dev";
    return manager == "pnpm" ? "--prod" : "--production";
}

std::string pruning(const Reading& reading, std::string_view manager)
{
    if (manager == "npm")
        return isOldNpm(reading) ? "npm prune --production" : "npm prune --omit=dev";
    if (manager == "pnpm")
        return "CI=true pnpm prune --prod"; // else it asks, and there is no one to answer
    if (manager == "yarn")
        return "yarn install --production --ignore-scripts --prefer-offline";
    return std::format("{} install --production", manager);
}

/// Where the verb of the install ends in the file: " --omit=dev" goes there; nothing where it is not written plainly.
std::optional<std::uint32_t> behindVerb(const Reading& reading, const Install& install)
{
    const Instruction& run = *reading.steps[install.step].instruction;
    const std::string_view text = reading.analysis.source.at(run.span);
    const std::string_view verb = install.command->words.empty() || install.command->words.front().starts_with('-')
                                      ? std::string_view()
                                      : std::string_view(install.command->words.front());
    const std::string written = verb.empty() ? install.manager : std::format("{} {}", install.manager, verb);
    const std::size_t at = text.find(written);
    if (at == std::string_view::npos || text.find(written, at + 1) != std::string_view::npos || run.json)
        return std::nullopt;
    const std::size_t end = at + written.size();
    if (end < text.size() && !isAsciiSpace(text[end]) && text[end] != ';')
        return std::nullopt;
    return run.span.begin + static_cast<std::uint32_t>(end);
}

class Node {
public:
    Node(const Reading& reading, std::size_t split)
        : m_reading(reading), m_split(split), m_installs(installsIn(reading, split))
    {
    }

    Contents contents()
    {
        if (takeStaticSite())
            return std::move(m_contents);
        const bool builds = m_reading.anyCommand(buildsNode);
        leaveOutDevelopment(builds);
        if (!takeParts(builds))
            takeFolder();
        takeOtherBuilds();
        addPrograms(m_contents, m_reading, m_split);
        repeatGlobals();
        repeatCorepack();
        return std::move(m_contents);
    }

private:
    std::string folder() const { return m_installs.empty() ? m_reading.end.folder : m_installs.back().command->folder; }

    /// Development dependencies are left out at the install, or behind the build that needs them.
    void leaveOutDevelopment(bool builds)
    {
        if (m_installs.empty() || m_installs.back().isProduction)
            return;
        if (const std::string tool = developmentToolThatIsStarted(m_reading); !tool.empty()) {
            m_contents.keepsDevelopment = true;
            m_contents.cautions.push_back(std::format(
                "Development dependencies are kept: the image starts {}, which is one of them as a rule", tool));
            return;
        }
        const Install& last = m_installs.back();
        const auto& programme = m_reading.start.programme;
        const bool isManaged = programme && (*programme == "npm" || *programme == "yarn" || *programme == "pnpm");
        if (isManaged)
            m_contents.cautions.push_back(
                std::format("{} runs a script of package.json: it must not need development dependencies", *programme));
        if (last.manager == "yarn" && isYarnBerry(m_reading)) {
            m_contents.cautions.push_back("Development dependencies are kept: this Yarn leaves them out by its plugin, "
                                          "`yarn workspaces focus --production`");
            return;
        }
        const auto place = builds || mayBuild(last) ? std::nullopt : behindVerb(m_reading, last);
        if (place) {
            m_contents.changes.push_back(
                {{{*place, *place}, std::format(" {}", withoutDevelopment(m_reading, last.manager))},
                 "Development dependencies are not installed: nothing is built that would need them"});
            return;
        }
        m_contents.insertions.push_back({m_split,
                                         {std::format("RUN {}", pruning(m_reading, last.manager)),
                                          "The build is done: development dependencies go"}});
    }

    /// Behind the install something runs that nobody here knows, and may need development dependencies: a script, a
    /// build that is started by another program.
    bool mayBuild(const Install& install) const
    {
        constexpr std::array kHarmless = std::to_array<std::string_view>(
            {"mv", "cp", "rm", "mkdir", "chown", "chmod", "ln", "touch", "echo", "printf", "set", "true", "cd", "ls"});
        bool isBehind = false;
        for (std::size_t at = install.step; at < m_split; ++at) {
            for (const ShellCommand& command : m_reading.steps[at].commands) {
                const bool isOfManager = installsNodePackages(command) || command.has("cache") ||
                                         command.programme == "corepack" || command.has("--version");
                const bool isKnown = isOfManager || packagesOf(command) || tendsPackages(command) ||
                                     std::ranges::contains(kHarmless, command.programme);
                if (isBehind && !isKnown)
                    return true;
                isBehind = isBehind || &command == install.command;
            }
        }
        return false;
    }

    /// The folder that a build has made and the start names: "dist" of "node dist/main.js".
    std::optional<std::string> builtFolder() const
    {
        constexpr std::array kNames = std::to_array<std::string_view>({"dist", "build", "lib", "out", ".output"});
        for (const std::string& word : m_reading.start.words) {
            if (!word.contains('/') || word.starts_with('-'))
                continue;
            const std::string path = pathFrom(m_reading.end.folder, word);
            const std::string root = folder() == "/" ? "/" : folder() + "/";
            if (!path.starts_with(root))
                continue;
            const std::string_view rest = std::string_view(path).substr(root.size());
            const std::string_view first = rest.substr(0, rest.find('/'));
            if (std::ranges::contains(kNames, first))
                return root + std::string(first);
        }
        return std::nullopt;
    }

    bool takeParts(bool builds)
    {
        const std::string root = folder();
        const std::string modules = pathFrom(root, "node_modules");
        const auto built = builds ? builtFolder() : std::nullopt;
        if (built) {
            m_contents.products.push_back({pathFrom(root, "package.json"), pathFrom(root, "package.json"),
                                           "Node looks there for the kind of its modules", false});
            if (!m_installs.empty())
                m_contents.products.push_back({modules, modules, "npm install", true});
            m_contents.products.push_back({*built, *built, "what the build has made, and the image starts", true});
            m_contents.cautions.push_back(
                std::format("Of the sources only {} and package.json come along: copy views, public files and "
                            "configuration too, where the program reads them",
                            lastPart(*built)));
            return true;
        }
        const bool isMoved = m_reading.anyCommand([](const ShellCommand& command) {
            return command.programme == "mv" && command.words.size() == 2 &&
                   lastPart(command.words.front()) == "node_modules";
        });
        const bool isChanged = builds || sourcesAreThere() || changesSources(m_reading, m_split, installsNodePackages);
        if (isMoved && !builds) {
            takeMoved();
            return true;
        }
        if (isChanged || m_installs.empty())
            return false;
        m_contents.products.push_back({modules, modules, "npm install", true});
        m_contents.copiesContext = true;
        return true;
    }

    void takeMoved()
    {
        for (std::size_t at = 0; at < m_split; ++at) {
            for (const ShellCommand& command : m_reading.steps[at].commands) {
                if (command.programme == "mv" && command.words.size() == 2)
                    m_contents.products.push_back({pathFrom(command.folder, command.words.back()),
                                                   pathFrom(command.folder, command.words.back()), "npm install",
                                                   true});
            }
        }
        m_contents.copiesContext = true;
    }

    /// All sources were copied ahead of the install: the folder is taken as it stands.
    bool sourcesAreThere() const
    {
        return std::ranges::any_of(std::span(m_reading.steps).first(m_split), [&](const Step& step) {
            const auto sources = isContextCopy(step) ? sourcesOf(m_reading, step) : std::vector<std::string>();
            return std::ranges::any_of(sources, isWholeContext);
        });
    }

    void takeFolder()
    {
        const std::string root = sourceFolder(m_reading);
        if (root.empty()) {
            const std::string modules = pathFrom(folder(), "node_modules");
            m_contents.products.push_back({modules, modules, "npm install", true});
            m_contents.copiesContext = true;
            return;
        }
        m_contents.products.push_back({root, root, "the program, with node_modules and what was built", true});
    }

    /// What was built in other folders beside: a client that the server hands out.
    void takeOtherBuilds()
    {
        for (std::size_t at = 0; at < m_split; ++at) {
            for (const ShellCommand& command : m_reading.steps[at].commands) {
                const auto holds = [&](const Product& product) {
                    return covers(product.path, command.folder) || covers(command.folder, product.path);
                };
                if (buildsNode(command) && command.folder != "/" && !command.folder.starts_with("/tmp") &&
                    std::ranges::none_of(m_contents.products, holds))
                    m_contents.products.push_back({command.folder, command.folder, "built beside the program", true});
            }
        }
    }

    /// Programs that are installed for all and started: pm2, nodemon, serve.
    void repeatGlobals()
    {
        for (std::size_t at = 0; at < m_split; ++at) {
            for (const ShellCommand& command : m_reading.steps[at].commands) {
                if (!installsNodePackages(command) || !isGlobal(command))
                    continue;
                for (const std::string& word : command.plainWords()) {
                    const std::string name = word.substr(0, word.find('@', 1));
                    const bool isStarted = m_reading.start.has(name) || m_reading.start.has(name + "-runtime");
                    if (isStarted && name != command.words.front())
                        m_contents.lines.push_back(
                            {std::format("RUN npm install -g {} && npm cache clean --force", word),
                             std::format("The image starts {}, which was installed beside the program", name)});
                }
            }
        }
    }

    /// pnpm and yarn by corepack, which a slim image has but does not switch on.
    void repeatCorepack()
    {
        const bool isStarted = m_reading.start.has("pnpm") || m_reading.start.has("yarn");
        const bool isEnabled = m_reading.anyCommand(
            [](const ShellCommand& command) { return command.programme == "corepack" && command.has("enable"); });
        if (!isStarted || !isEnabled)
            return;
        m_contents.lines.push_back({"RUN corepack enable", "The image starts what corepack brings"});
        m_contents.cautions.emplace_back(
            "corepack fetches its package manager when the container starts: let CMD start "
            "node itself where it has no network");
    }

    bool takeStaticSite();

    const Reading& m_reading;
    std::size_t m_split;
    std::vector<Install> m_installs;
    Contents m_contents;
};

/// "3000" of `-l 3000`, `--listen 3000`, `-p 3000`, `-l tcp://0.0.0.0:3000`.
std::string portOf(const Reading& reading)
{
    const Start& start = reading.start;
    for (std::size_t at = 0; at + 1 < start.words.size(); ++at) {
        const std::string& word = start.words[at];
        if (word != "-l" && word != "--listen" && word != "-p" && word != "--port")
            continue;
        const std::string& value = start.words[at + 1];
        const std::string port = value.substr(value.rfind(':') == std::string::npos ? 0 : value.rfind(':') + 1);
        if (!port.empty() && std::ranges::all_of(port, isDigit))
            return port;
    }
    if (start.has("http-server"))
        return "8080";
    const Step* expose = reading.last(Keyword::Expose);
    if (expose != nullptr && expose->instruction->args.size() == 1 &&
        std::ranges::all_of(expose->instruction->args.front().text, isDigit))
        return std::string(expose->instruction->args.front().text);
    return "3000";
}

/// `serve -s build`, `npx serve dist`, `http-server dist`: static files, which a web server's image hands out better.
bool Node::takeStaticSite()
{
    const Start& start = m_reading.start;
    const bool serves = start.programme && (start.has("serve") || start.has("http-server")) &&
                        (*start.programme == "serve" || *start.programme == "npx" || *start.programme == "http-server");
    if (!serves || !m_reading.anyCommand(buildsNode))
        return false;
    std::string site;
    for (const std::string& word : start.arguments) {
        const bool isFolder = !word.starts_with('-') && word != "serve" && word != "http-server" &&
                              !std::ranges::all_of(word, isDigit) && !word.contains("://");
        site = isFolder ? pathFrom(m_reading.end.folder, word) : site;
    }
    if (site.empty())
        return false;
    const std::string port = portOf(m_reading);
    const std::string whole = start.has("-s") || start.has("--single") ? "/index.html" : "=404";
    m_contents.products.push_back(
        {site, "/usr/share/nginx/html", "what the build has made, and the image serves", true});
    m_contents.lines.push_back(
        {std::format("RUN printf 'server {{ listen {}; root /usr/share/nginx/html; location / {{ try_files $uri $uri/ "
                     "{}; }} }}\\n' > /etc/nginx/conf.d/default.conf",
                     port, whole),
         std::format("The web server listens where {} did, and answers as it did", start.words.front())});
    m_contents.isWebServer = true;
    m_contents.cautions.emplace_back("nginx takes the place of the Node server: what that added, as headers or "
                                     "redirects, has to be put into its configuration");
    return true;
}

} // namespace

Contents nodeContents(const Reading& reading, std::size_t split)
{
    return Node(reading, split).contents();
}

} // namespace stagelift::multistage
