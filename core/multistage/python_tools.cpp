// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/python_tools.h"

#include "core/dockerfile/paths.h"

#include <algorithm>
#include <format>
#include <ranges>

namespace stagelift::multistage {

namespace {

std::string quoted(const std::string& word)
{
    return word.find_first_of("<>*~![") == std::string::npos ? word : std::format("'{}'", word);
}

/// "poetry==1.8.3" of `pip install poetry==1.8.3`; "" where the command does not install it.
std::string requirementOf(const ShellCommand& command, std::string_view tool)
{
    const bool isPip = command.programme == "pip" || command.programme.starts_with("pip3") || command.has("pip");
    const auto isIt = [&](std::string_view word) {
        return word.starts_with(tool) &&
               (word.size() == tool.size() || std::string_view("=<>~![").contains(word[tool.size()]));
    };
    const auto word = std::ranges::find_if(command.words, isIt);
    return isPip && command.has("install") && word != command.words.end() ? *word : std::string();
}

/// A tool's own installer: where it puts the tool, and the variable that says otherwise.
struct Installer {
    std::string_view tool;
    std::string_view address;   // that its script is fetched from
    std::string_view variable;  // names the folder
    std::string_view folder;    // in the home of the user, where the variable is not set
    std::string_view programme; // in the folder
    bool isWhole = false;       // the folder is needed, not the programme alone
};

constexpr Installer kInstallers[]{
    {"poetry", "install.python-poetry.org", "POETRY_HOME", ".local/share/pypoetry", "venv/bin/poetry", true},
    {"uv", "astral.sh/uv", "UV_INSTALL_DIR", ".local/bin", "uv", false},
};

/// Puts what the installer has brought among the products, where PATH finds it.
bool addInstalled(Contents& contents, const Reading& reading, std::size_t split, const Installer& installer)
{
    for (std::size_t at = 0; at < split; ++at) {
        const Step& step = reading.steps[at];
        if (!reading.textOf(step).contains(installer.address))
            continue;
        std::string folder = pathFrom(homeAt(reading, at), installer.folder);
        bool isTold = false;
        for (const ShellCommand& command : step.commands) {
            const auto told = command.values.find(installer.variable);
            isTold = isTold || told;
            folder = told ? pathFrom(command.folder, *told) : folder;
        }
        const std::string programme = pathFrom(folder, installer.programme);
        const std::string path = installer.isWhole ? folder : programme;
        contents.products.push_back(
            {path, path, std::format("{}, which the image starts", installer.tool), installer.isWhole});
        const bool isFound =
            isOnPath(reading, pathFrom(folder, installer.isWhole ? "bin" : ".")) && (!installer.isWhole || isTold);
        if (!isFound)
            contents.lines.push_back({std::format("RUN ln -sf {} /usr/local/bin/{}", programme, installer.tool),
                                      std::format("PATH finds {} there, whoever sets it", installer.tool)});
        return true;
    }
    return false;
}

/// uv and poetry from an image of theirs, or the builder's own image, which has it.
bool isBrought(Contents& contents, const Reading& reading, std::string_view tool)
{
    if (tool == "uv" && reading.base.repository == "astral-sh/uv") {
        contents.products.push_back({"/usr/local/bin/uv", "/usr/local/bin/uv", "uv, which the image starts", false});
        return true;
    }
    return std::ranges::any_of(reading.steps, [&](const Step& step) {
        return step.keyword() == Keyword::Copy && step.instruction->flag("from") != nullptr &&
               std::ranges::any_of(sourcesOf(reading, step), [&](const std::string& source) {
                   return lastPart(source) == tool || source == "/usr/local/bin" || source == "/usr/local";
               });
    });
}

} // namespace

void addStarter(Contents& contents, const Reading& reading, std::size_t split, bool isInEnvironment)
{
    for (const std::string_view tool : {"uv", "poetry", "pipenv", "pdm", "hatch"}) {
        if (!reading.start.has(tool) || isBrought(contents, reading, tool))
            continue;
        std::string requirement;
        for (const Step& step : reading.steps) {
            for (const ShellCommand& command : step.commands) {
                if (requirement.empty())
                    requirement = requirementOf(command, tool);
            }
        }
        const auto* installer = std::ranges::find(kInstallers, tool, &Installer::tool);
        if (!requirement.empty() && !isInEnvironment)
            contents.lines.push_back(
                {std::format("RUN pip install --no-cache-dir {}", quoted(requirement)),
                 std::format("The image starts {}, which was installed beside the packages", tool)});
        else if (requirement.empty() &&
                 (installer == std::end(kInstallers) || !addInstalled(contents, reading, split, *installer)))
            contents.refusal = Refusal{
                std::format("The image starts {}, and nobody can tell by the text where it lies in the builder", tool),
                "Let CMD or ENTRYPOINT start the program itself: what it needs is on PATH."};
    }
}

bool isOnPath(const Reading& reading, std::string_view folder)
{
    return std::ranges::any_of(reading.steps, [&](const Step& step) {
        const auto& args = step.instruction->args;
        for (std::size_t at = 0; step.keyword() == Keyword::Env && at + 1 < args.size(); at += 3) {
            const std::string value = expand(args[at + 1].text, step.scope.values).text;
            for (const auto part : std::views::split(std::string_view(value), ':')) {
                if (args[at].text == "PATH" && std::string_view(part) == folder)
                    return true;
            }
        }
        return false;
    });
}

} // namespace stagelift::multistage
