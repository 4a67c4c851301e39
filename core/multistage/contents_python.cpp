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
#include "core/multistage/python_environment.h"
#include "core/multistage/python_tools.h"

#include <algorithm>
#include <array>
#include <format>
#include <span>

namespace stagelift::multistage {

namespace {

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

/// Told by a variable to keep the environment in the project.
bool isInProject(const ShellCommand& command)
{
    const bool isPipenv = command.programme == "pipenv";
    const auto told = command.values.find(isPipenv ? "PIPENV_VENV_IN_PROJECT" : "POETRY_VIRTUALENVS_IN_PROJECT");
    return (isPipenv || command.programme == "poetry") && (command.has("install") || command.has("sync")) && told &&
           (*told == "true" || *told == "1");
}

Place inProject(const ShellCommand& command)
{
    const std::string folder = pathFrom(command.folder, ".venv");
    return {folder, folder, std::format("{} install", command.programme), false};
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
    if (isInProject(command))
        return inProject(command);
    return std::nullopt;
}

struct Found {
    std::vector<Place> places;
    std::size_t firstInstall = 0;
    bool isSystemWide = false;
};

Found find(const Reading& reading, std::size_t split)
{
    Found found{{}, split, false};
    bool isTold = false; // poetry, to keep the environment in the project
    for (std::size_t at = 0; at < split; ++at) {
        for (const ShellCommand& command : reading.steps[at].commands) {
            auto place = placeOf(command);
            isTold = isTold || (command.programme == "poetry" && command.has("config") &&
                                command.has("virtualenvs.in-project") && command.has("true"));
            if (isTold && command.programme == "poetry" && command.has("install"))
                place = inProject(command);
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

/// What lies in the image's own Python is taken from there, as it is.
bool addSitePackages(Contents& contents, const Reading& reading, std::string_view how)
{
    const std::string_view version = traitsOf(reading.stage.baseName).python;
    if (version.empty())
        return false;
    // A version that an argument decides may be another one tomorrow.
    const std::string packages = reading.base.writtenTag.contains('$')
                                     ? "/usr/local/lib"
                                     : std::format("/usr/local/lib/python{}/site-packages", version);
    contents.products.push_back({packages, packages, std::string(how), true});
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

/// Corpora of NLTK, which it puts into the home of the user.
void addCorpora(Contents& contents, const Reading& reading, std::size_t split)
{
    for (std::size_t at = 0; at < split; ++at) {
        const std::string_view text = reading.textOf(reading.steps[at]);
        if (reading.steps[at].keyword() != Keyword::Run || !text.contains("nltk") || !text.contains("download"))
            continue;
        std::string folder = pathFrom(homeAt(reading, at), "nltk_data");
        for (const ShellCommand& command : reading.steps[at].commands) {
            if (const auto place = command.option("-d"); place && command.has("nltk.downloader"))
                folder = pathFrom(command.folder, *place);
        }
        contents.products.push_back({folder, folder, "what NLTK has downloaded", true});
    }
}

/// A RUN has Python, or what pip has installed, fetch something that lies nobody knows where: models, browsers.
std::optional<Refusal> refusalOfDownloads(const Reading& reading, std::size_t split)
{
    constexpr std::array kSigns = std::to_array<std::string_view>(
        {"from_pretrained", "snapshot_download", "SentenceTransformer(", "load_model(", "playwright install",
         "huggingface-cli download", "hf download", "torch.hub", "camoufox fetch"});
    for (const Step& step : std::span(reading.steps).first(split)) {
        const std::string_view text = reading.textOf(step);
        const auto isIt = [&](std::string_view sign) { return text.contains(sign); };
        if (step.keyword() == Keyword::Run && std::ranges::any_of(kSigns, isIt))
            return Refusal{std::format("Line {} has a program fetch what it needs at run time: nobody can tell by the "
                                       "text where it puts it",
                                       step.instruction->lines.first),
                           "Fetch it in a stage of its own into a folder that is named, and copy that."};
    }
    return std::nullopt;
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

/// A script that is started by its own first line, which may name Python by its whole path: that knows no environment.
bool startsScriptByItself(const Reading& reading)
{
    const auto& programme = reading.start.programme;
    return programme && programme->ends_with(".py") && programme->contains('/');
}

/// uv's images without a Python of their own, into which it fetches one.
bool fetchesPython(const Reading& reading)
{
    return reading.base.repository == "astral-sh/uv" && !reading.base.tagHas("python3.");
}

} // namespace

Contents pythonContents(const Reading& reading, std::size_t split)
{
    Contents contents;
    if (fetchesPython(reading)) {
        contents.refusal = Refusal{"uv fetches Python into this image by itself: nobody can tell by the text where it "
                                   "lies",
                                   "Build on one of uv's images that have Python, as python3.13-trixie-slim."};
        return contents;
    }
    const Found found = find(reading, split);
    for (const Place& place : found.places) {
        contents.products.push_back({place.path, place.destination, place.how, true});
        const std::string programmes = place.path + "/bin";
        if (place.needsPath && !isOnPath(reading, programmes))
            contents.lines.push_back({std::format("ENV PATH={}:$PATH", programmes),
                                      "The programs of what was installed are found in the running image too"});
    }
    bool isDone =
        !found.places.empty() || (found.isSystemWide && addSitePackages(contents, reading, "uv pip install --system"));
    if (!isDone && startsScriptByItself(reading)) {
        isDone = addSitePackages(contents, reading, "what pip installs");
        if (!isDone)
            contents.cautions.push_back(std::format(
                "The first line of {} has to be #!/usr/bin/env python3: a Python that is named by its whole path does "
                "not find the virtual environment",
                lastPart(*reading.start.programme)));
    }
    if (!isDone)
        addEnvironment(contents, reading, found.firstInstall);
    addStarter(contents, reading, split, !isDone);
    addCorpora(contents, reading, split);
    if (!contents.refusal)
        contents.refusal = refusalOfDownloads(reading, split);
    addPrograms(contents, reading, split);
    addSources(contents, reading, split);
    addTouchedFiles(contents, reading, split);
    return contents;
}

} // namespace stagelift::multistage
