// SPDX-License-Identifier: GPL-3.0-or-later
//
// Python: what pip installs has to lie in one folder, so that it can be taken along without the compiler that some of
// it needs. Where the file has no such folder, a virtual environment is put in ahead of the first install, and PATH and
// VIRTUAL_ENV lead pip, poetry and Python there; the lines that install stay as they are.

#include "core/artifacts/recognisers.h"
#include "core/checks/image_traits.h"
#include "core/dockerfile/paths.h"
#include "core/multistage/contents.h"
#include "core/multistage/packages.h"

#include <algorithm>
#include <format>

namespace stagelift::multistage {

namespace {

constexpr std::string_view kEnvironment = "/opt/venv";

/// How the file keeps what it installs.
struct Place {
    std::string path;
    std::string destination;
    std::string how;
    bool needsPath = false; // its bin has to be put on PATH
};

bool isSystemWide(const ShellCommand& command)
{
    return command.programme == "uv" && command.has("pip") &&
           (command.has("--system") || command.values.contains("UV_SYSTEM_PYTHON"));
}

std::optional<Place> placeOf(const ShellCommand& command)
{
    if (command.programme == "pip" && command.has("virtualenv"))
        return std::nullopt;
    for (const Output& output : outputsOf(command)) {
        const bool isIt = output.reason == "python -m venv" || output.reason == "virtualenv" ||
                          output.reason == "uv venv" || output.reason == "uv sync" ||
                          output.reason == "pip install --prefix" || output.reason == "pip install --user";
        if (!isIt)
            continue;
        const bool isPrefix = command.option("--prefix").has_value();
        const bool isUser = output.reason == "pip install --user";
        return Place{output.path, isPrefix ? "/usr/local" : output.path, std::string(output.reason), isUser};
    }
    const auto inProject = command.values.find("POETRY_VIRTUALENVS_IN_PROJECT");
    if (command.programme == "poetry" && command.has("install") && inProject &&
        (*inProject == "true" || *inProject == "1"))
        return Place{pathFrom(command.folder, ".venv"), pathFrom(command.folder, ".venv"), "poetry install", false};
    return std::nullopt;
}

struct Found {
    std::vector<Place> places;
    std::size_t firstInstall = 0;
    bool isSystemWide = false;
};

/// The home of the user that a step is run by, as far as custom tells.
std::string homeAt(const Reading& reading, std::size_t step)
{
    if (const auto home = reading.steps[step].scope.values.find("HOME"))
        return std::string(*home);
    std::string_view user;
    for (std::size_t at = 0; at < step; ++at) {
        if (reading.steps[at].keyword() == Keyword::User && !reading.steps[at].instruction->args.empty())
            user = reading.steps[at].instruction->args.front().text;
    }
    user = user.substr(0, user.find(':'));
    return user.empty() || user == "root" || user == "0" ? "/root" : std::format("/home/{}", user);
}

Found find(const Reading& reading, std::size_t split)
{
    Found found{{}, split, false};
    for (std::size_t at = 0; at < split; ++at) {
        for (const ShellCommand& command : reading.steps[at].commands) {
            auto place = placeOf(command);
            if (place && place->needsPath)
                place->path = place->destination = pathFrom(homeAt(reading, at), ".local");
            if (place && !std::ranges::contains(found.places, place->path, &Place::path))
                found.places.push_back(std::move(*place));
            if (installsPythonPackages(command))
                found.firstInstall = std::min(found.firstInstall, at);
            found.isSystemWide = found.isSystemWide || isSystemWide(command);
        }
    }
    return found;
}

bool installs(const Reading& reading, std::string_view name)
{
    return reading.anyCommand([&](const ShellCommand& command) {
        const auto packages = packagesOf(command);
        return packages && std::ranges::contains(packages->packages, name);
    });
}

/// Packages of the distribution that Python loads: they are not seen from a virtual environment unless it is told so.
bool usesSystemPackages(const Reading& reading)
{
    return reading.anyCommand([](const ShellCommand& command) {
        const auto packages = packagesOf(command);
        return packages && std::ranges::any_of(packages->packages, [](const std::string& package) {
                   const bool isModule = package.starts_with("python3-") || package.starts_with("py3-");
                   return isModule && !package.ends_with("-dev") && !package.ends_with("-pip") &&
                          !package.ends_with("-venv") && !package.ends_with("-setuptools") &&
                          !package.ends_with("-wheel") && !package.ends_with("-minimal");
               });
    });
}

void addEnvironment(Contents& contents, const Reading& reading, std::size_t firstInstall)
{
    const bool isPythonImage = reading.base.repository == "python" || reading.base.repository == "pypy";
    const bool isApt = reading.anyCommand([](const ShellCommand& command) {
        const auto packages = packagesOf(command);
        return packages && packages->family == Family::Apt;
    });
    std::string make = std::format("RUN {} -m venv {}{}", isPythonImage ? "python" : "python3",
                                   usesSystemPackages(reading) ? "--system-site-packages " : "", kEnvironment);
    if (!isPythonImage && isApt && !installs(reading, "python3-venv"))
        make = std::format("RUN apt-get update && apt-get install -y --no-install-recommends python3-venv && rm -rf "
                           "/var/lib/apt/lists/* && {}",
                           std::string_view(make).substr(4));
    const std::string variables = std::format("ENV VIRTUAL_ENV={0} PATH={0}/bin:$PATH", kEnvironment);
    contents.insertions.push_back(
        {firstInstall, {make, "A virtual environment: one folder for all that is installed"}});
    contents.insertions.push_back(
        {firstInstall, {variables, "Leads pip and Python there, so that the lines that install can stay as they are"}});
    contents.products.push_back({std::string(kEnvironment), std::string(kEnvironment), "what pip installs", true});
    contents.lines.push_back({variables, "The same environment in the running image: its programs and its Python"});
}

/// uv installs into the image's own Python, whatever environment is there.
bool addSitePackages(Contents& contents, const Reading& reading)
{
    const std::string_view version = traitsOf(reading.stage.baseName).python;
    if (version.empty())
        return false;
    const std::string packages = std::format("/usr/local/lib/python{}/site-packages", version);
    contents.products.push_back({packages, packages, "uv pip install --system", true});
    contents.products.push_back({"/usr/local/bin", "/usr/local/bin", "the programs of what was installed", true});
    return true;
}

/// Packages that were installed by a link to their sources: those are needed where they are.
void addLinkedSources(Contents& contents, const Reading& reading, std::size_t split)
{
    for (std::size_t at = 0; at < split; ++at) {
        for (const ShellCommand& command : reading.steps[at].commands) {
            const bool isLinked = command.has("-e") || command.has("--editable");
            if (!installsPythonPackages(command) || !isLinked || command.folder == "/")
                continue;
            contents.products.push_back({command.folder, command.folder, "the sources of what pip has linked", true});
        }
    }
}

bool linksProject(const ShellCommand& command)
{
    return command.programme == "poetry" && command.has("install") && !command.has("--no-root");
}

/// Sources, not lists of packages alone, were copied into the folder ahead of the split.
bool hasSources(const Reading& reading, std::size_t split, const std::string& folder)
{
    for (std::size_t at = 0; at < split; ++at) {
        const Step& step = reading.steps[at];
        const std::string place = isContextCopy(step) ? destinationOf(reading, step) : std::string();
        if (!place.empty() && !bringsManifestsOnly(reading, step) && covers(folder, place))
            return true;
    }
    return false;
}

void addSources(Contents& contents, const Reading& reading, std::size_t split)
{
    const std::string folder = sourceFolder(reading, installsPythonPackages);
    addLinkedSources(contents, reading, split);
    const auto isInFolder = [&](const Product& product) { return !folder.empty() && covers(folder, product.path); };
    const bool holdsPackages = std::ranges::any_of(contents.products, isInFolder);
    const bool isChanged = changesSources(reading, split, installsPythonPackages) || reading.anyCommand(linksProject);
    if (!folder.empty() && isChanged && hasSources(reading, split, folder)) {
        std::erase_if(contents.products, isInFolder);
        contents.products.push_back({folder, folder, "the sources, and what the builder has made of them", true});
        return;
    }
    contents.copiesContext = true;
    if (holdsPackages && !contextFolder(reading).empty())
        contents.cautions.emplace_back(
            "COPY brings the whole build context: keep .venv out of it by a line in .dockerignore");
}

/// uv, poetry or pipenv that the image starts, where it lies outside of what is copied: installed again.
void addStarter(Contents& contents, const Reading& reading, bool isInEnvironment)
{
    for (const std::string_view tool : {"uv", "poetry", "pipenv"}) {
        const auto installs = [&](const ShellCommand& command) {
            return command.programme.starts_with("pip") && command.has("install") && command.has(tool);
        };
        const bool isStarted = reading.start.programme && *reading.start.programme == tool;
        if (!isStarted || isInEnvironment || !reading.anyCommand(installs))
            continue;
        contents.lines.push_back({std::format("RUN pip install --no-cache-dir {}", tool),
                                  std::format("The image starts {}, which was installed beside the packages", tool)});
    }
}

} // namespace

Contents pythonContents(const Reading& reading, std::size_t split)
{
    Contents contents;
    const Found found = find(reading, split);
    for (const Place& place : found.places) {
        contents.products.push_back({place.path, place.destination, place.how, true});
        if (place.needsPath)
            contents.lines.push_back({std::format("ENV PATH={}/bin:$PATH", place.path),
                                      "The programs of what was installed are found in the running image too"});
    }
    const bool isDone = !found.places.empty() || (found.isSystemWide && addSitePackages(contents, reading));
    if (!isDone)
        addEnvironment(contents, reading, found.firstInstall);
    addStarter(contents, reading, !isDone);
    addPrograms(contents, reading, split);
    addSources(contents, reading, split);
    addTouchedFiles(contents, reading, split);
    return contents;
}

} // namespace stagelift::multistage
