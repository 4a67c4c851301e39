// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/cautions.h"

#include "core/dockerfile/paths.h"
#include "core/multistage/work.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift::multistage {

namespace {

constexpr std::int64_t kFirstFreePort = 1024;

/// The first port below 1024 that EXPOSE names, 0 for none.
std::int64_t privilegedPort(const Reading& reading)
{
    for (const Step& step : reading.steps) {
        if (step.keyword() != Keyword::Expose)
            continue;
        for (const Word& word : step.instruction->args) {
            const std::string port = expand(word.text, step.scope.values).text;
            const auto number = integerFrom(port.substr(0, port.find_first_of("/-")));
            if (number && *number < kFirstFreePort && *number > 0)
                return *number;
        }
    }
    return 0;
}

/// Makes folders for what is written at run time, or hands them to somebody.
bool preparesData(const Reading& reading, const Toolchain& toolchain)
{
    const std::string work = workFolder(reading, toolchain);
    return std::ranges::any_of(reading.steps, [&](const Step& step) {
        if (!isForRunning(workOf(reading, step)))
            return false;
        const bool changesOwner = std::ranges::any_of(
            step.commands, [](const ShellCommand& command) { return command.programme == "chown"; });
        const auto isData = [&](const std::string& path) { return path != work && !covers(path, work); };
        const bool makesFolder = std::ranges::any_of(
            step.commands, [](const ShellCommand& command) { return command.programme == "mkdir"; });
        return changesOwner || (makesFolder && std::ranges::any_of(pathsPreparedBy(step), isData));
    });
}

std::string nameOfSame(const Reading& reading)
{
    return std::string(reading.stage.baseWord.text);
}

void addCompiled(std::vector<std::string>& cautions, const Reading& reading, const Toolchain& toolchain,
                 const Plan& plan, const Needs& needs)
{
    const bool holdsFiles = toolchain.language == Language::Java || toolchain.language == Language::DotNet;
    if (!contextFolder(reading).empty() && !holdsFiles)
        cautions.emplace_back(
            "COPY brings the whole build context into the builder: the program may read files of it at "
            "run time (templates, configuration), which the final stage needs too");
    const auto isOfNode = [](const ShellCommand& command) {
        return installsNodePackages(command) || buildsNode(command);
    };
    if (reading.anyCommand(isOfNode))
        cautions.emplace_back("Node builds a front end beside the program: copy what it builds too, unless the program "
                              "has it in itself");
    if (toolchain.language == Language::Go && !needs.isStatic && plan.base != "scratch")
        cautions.emplace_back("Where the program needs no cgo, build it with CGO_ENABLED=0: then "
                              "gcr.io/distroless/static will do");
    const bool isShared = toolchain.language == Language::C || toolchain.language == Language::Rust;
    if (isShared && !needs.isStatic)
        cautions.emplace_back(
            "Shared libraries that the program is linked against have to be in the final stage: ask ldd");
    if (toolchain.language == Language::Java && plan.base.contains("eclipse-temurin:21-jre") &&
        !reading.base.tag.contains("21"))
        cautions.emplace_back("The builder's version of Java is not in its name: 21 is a guess");
}

void addInterpreted(std::vector<std::string>& cautions, const Reading& reading, const Plan& plan)
{
    const std::string same = nameOfSame(reading);
    if (plan.base == same)
        cautions.push_back(std::format("Both stages are built on {}: what is left behind are build tools, caches and "
                                       "whatever else the builder has fetched",
                                       same));
    else if (plan.base.contains("slim"))
        cautions.push_back(std::format("{} has fewer libraries than {}: install those that packages are linked against "
                                       "(libpq5, libmariadb3, libxml2 …)",
                                       plan.base, same));
}

/// curl and its like, installed for the builder's own use as it seems.
void addFetchers(std::vector<std::string>& cautions, const Reading& reading)
{
    const RuntimePackages kept = runtimePackages(reading);
    for (const std::string_view tool : {"curl", "wget"}) {
        const bool isInstalled = reading.anyCommand([&](const ShellCommand& command) {
            const auto packages = packagesOf(command);
            return packages && std::ranges::contains(packages->packages, tool);
        });
        if (isInstalled && !std::ranges::contains(kept.names, tool))
            cautions.push_back(std::format(
                "{} stays in the builder: install it in the final stage too, where the program calls it", tool));
    }
}

} // namespace

std::vector<std::string> cautionsFor(const Reading& reading, const Toolchain& toolchain, const Plan& plan,
                                     const RuntimePackages& packages, const Needs& needs)
{
    std::vector<std::string> cautions;
    if (!reading.start.isThere && toolchain.language != Language::Php)
        cautions.emplace_back(
            "The file says neither ENTRYPOINT nor CMD: nobody can tell what a container of it starts");
    if (toolchain.isInterpreted() && !needs.isWebServer) {
        addInterpreted(cautions, reading, plan);
        addFetchers(cautions, reading);
    } else if (!toolchain.isInterpreted()) {
        addCompiled(cautions, reading, toolchain, plan, needs);
    }
    if (reading.start.isScript())
        cautions.push_back(std::format("{} is not read: whatever it calls has to be in the final stage",
                                       lastPart(reading.start.programme.value_or(""))));
    for (const std::string& package : packages.unknown)
        cautions.push_back(
            std::format("{} is installed to build against: the final stage may need its library", package));
    if (needs.shell && !hasShell(plan.base))
        cautions.push_back(std::format("{} has no shell, which the file needs there", plan.base));
    if (reading.base.hasDigest && plan.base != nameOfSame(reading))
        cautions.emplace_back("The builder is pinned by a digest, the final stage is not: pin it as well");
    return cautions;
}

namespace {

/// The folder that a container starts in, where nothing was put into it: it is there for what is written.
bool startsInEmptyFolder(const Reading& reading, const std::vector<Product>& products)
{
    const std::string& folder = reading.end.folder;
    const bool isFilled = std::ranges::any_of(products, [&](const Product& product) {
        return covers(product.destination, folder) || covers(folder, product.destination);
    });
    const bool isCopied = std::ranges::any_of(reading.steps, [&](const Step& step) {
        const bool isCopy = step.keyword() == Keyword::Copy || step.keyword() == Keyword::Add;
        const std::string place = isCopy ? destinationOf(reading, step) : std::string();
        return isCopy && (covers(place, folder) || covers(folder, place));
    });
    return folder != "/" && reading.last(Keyword::Workdir) != nullptr && !isFilled && !isCopied;
}

/// A variable or a path of the file names a database of SQLite.
bool keepsDatabase(const Reading& reading)
{
    constexpr std::array kSigns = std::to_array<std::string_view>(
        {"sqlite:", "sqlite3:", ".sqlite", ".sqlite3", "file:./", "file:/", ".db\"", ".db'", ".db\n"});
    return std::ranges::any_of(reading.steps, [&](const Step& step) {
        const std::string text = std::format("{}\n", reading.textOf(step));
        const bool isRun = step.keyword() == Keyword::Run;
        return !isRun && std::ranges::any_of(kSigns, [&](std::string_view sign) { return text.contains(sign); });
    });
}

} // namespace

std::string doubtOfUser(const Reading& reading, const Toolchain& toolchain, const std::vector<Product>& products)
{
    if (const std::int64_t port = privilegedPort(reading); port > 0)
        return std::format("It runs as root, as before: port {} may need that", port);
    if (toolchain.language == Language::Php || toolchain.language == Language::Ruby)
        return "It runs as root, as before: the server of this language changes users by itself, or writes into its "
               "folder";
    if (std::ranges::any_of(products, [](const Product& product) { return covers("/root", product.destination); }))
        return "It runs as root, as before: no other user may read what lies in /root";
    if (reading.last(Keyword::Volume) != nullptr || preparesData(reading, toolchain) ||
        startsInEmptyFolder(reading, products))
        return "It runs as root, as before: it writes into folders of its own, which another user would have to own";
    if (reading.start.has("uv") || reading.start.has("pipenv") || reading.start.has("poetry"))
        return "It runs as root, as before: uv and its like keep a cache in the user's home";
    if (reading.start.has("next") || reading.start.has("nuxt"))
        return "It runs as root, as before: the server writes into its own folder (.next/cache), which another user "
               "would have to own";
    if (const std::string tool = developmentToolThatIsStarted(reading); !tool.empty() && !reading.start.has("nodemon"))
        return std::format("It runs as root, as before: {} writes into the folder of the program", tool);
    if (keepsDatabase(reading))
        return "It runs as root, as before: SQLite writes into the file that it names and the folder around, which "
               "another user would have to own";
    if (reading.start.isScript() || reading.start.has("gosu") || reading.start.has("su-exec"))
        return "It runs as root, as before: the script that it starts may need that";
    return {};
}

} // namespace stagelift::multistage
