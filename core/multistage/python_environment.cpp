// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/python_environment.h"

#include "core/dockerfile/paths.h"
#include "core/multistage/packages.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift::multistage {

namespace {

constexpr std::string_view kEnvironment = "/opt/venv";
constexpr std::string_view kVenvOfApt = "python3-venv"; // what Debian's Python lacks to make one

bool installs(const Reading& reading, std::string_view name)
{
    return reading.anyCommand([&](const ShellCommand& command) {
        const auto packages = packagesOf(command);
        return packages && std::ranges::contains(packages->packages, name);
    });
}

bool isOfApt(const Reading& reading)
{
    return reading.anyCommand([](const ShellCommand& command) {
        const auto packages = packagesOf(command);
        return packages && packages->family == Family::Apt;
    });
}

bool isPythonImage(const Reading& reading)
{
    return reading.base.repository == "python" || reading.base.repository == "pypy";
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

std::string makingOf(const Reading& reading)
{
    return std::format("{} -m venv {}{}", isPythonImage(reading) ? "python" : "python3",
                       usesSystemPackages(reading) ? "--system-site-packages " : "", kEnvironment);
}

bool isPythonPackage(std::string_view name)
{
    return name.starts_with("python3") || name.starts_with("py3-") || name == "python" || name.starts_with("python-");
}

/// An image of a distribution, and Python first comes by the RUN that calls pip.
bool bringsPythonAtOnce(const Reading& reading, std::size_t firstInstall)
{
    constexpr std::array kBare = std::to_array<std::string_view>(
        {"debian", "ubuntu", "alpine", "fedora", "centos", "rockylinux", "almalinux", "amazonlinux", "nvidia/cuda"});
    if (!std::ranges::contains(kBare, std::string_view(reading.base.repository)))
        return false;
    for (std::size_t at = 0; at < firstInstall; ++at) {
        for (const ShellCommand& command : reading.steps[at].commands) {
            const auto packages = packagesOf(command);
            if (packages && std::ranges::any_of(packages->packages, isPythonPackage))
                return false;
        }
    }
    return true;
}

/// Python 3 is among what the step installs, as far as the text names that.
bool installsPython3(const Step& step)
{
    return std::ranges::any_of(step.commands, [](const ShellCommand& command) {
        const auto packages = packagesOf(command);
        return packages && std::ranges::any_of(packages->packages, [](std::string_view name) {
                   return name.starts_with("python3") || name.starts_with("py3-");
               });
    });
}

/// Where the first install of a RUN begins as a command of its own; nothing where it stands behind something else.
std::optional<std::size_t> beginOfInstall(std::string_view run, const Step& step)
{
    const auto install = std::ranges::find_if(step.commands, installsPythonPackages);
    if (install == step.commands.end() || install->words.empty() || step.instruction->json)
        return std::nullopt;
    const std::size_t at = run.find(std::format("{} {}", install->programme, install->words.front()));
    const std::size_t ahead = at == std::string_view::npos ? at : run.substr(0, at).find_last_not_of(" \t\r\n\\");
    if (ahead == std::string_view::npos || (run[ahead] != '&' && run[ahead] != ';'))
        return std::nullopt;
    return at;
}

/// `apt-get install python3-pip && pip3 install …`: the environment is made in between.
bool addWithin(Contents& contents, const Reading& reading, const Step& step)
{
    constexpr std::string_view kPip = "python3-pip";
    const std::string_view run = reading.textOf(step);
    const auto place = beginOfInstall(run, step);
    const bool lacksVenv = isOfApt(reading) && !installs(reading, kVenvOfApt);
    const std::size_t pip = lacksVenv ? run.find(kPip) : 0;
    if (!place || !installsPython3(step) || pip == std::string_view::npos || pip > *place)
        return false;
    const std::uint32_t begin = step.instruction->span.begin;
    if (lacksVenv) {
        const std::uint32_t end = begin + static_cast<std::uint32_t>(pip + kPip.size());
        contents.changes.push_back(
            {{{end, end}, std::format(" {}", kVenvOfApt)}, "Python's module for virtual environments"});
    }
    const std::uint32_t at = begin + static_cast<std::uint32_t>(*place);
    contents.changes.push_back({{{at, at}, std::format("{} && ", makingOf(reading))},
                                "A virtual environment: one folder for all that is installed"});
    return true;
}

/// A RUN of its own ahead of the install.
void addAhead(Contents& contents, const Reading& reading, std::size_t firstInstall)
{
    std::string make = std::format("RUN {}", makingOf(reading));
    if (!isPythonImage(reading) && isOfApt(reading) && !installs(reading, kVenvOfApt))
        make = std::format("RUN apt-get update && apt-get install -y --no-install-recommends {} && rm -rf "
                           "/var/lib/apt/lists/* && {}",
                           kVenvOfApt, makingOf(reading));
    contents.insertions.push_back(
        {firstInstall, {make, "A virtual environment: one folder for all that is installed"}});
}

} // namespace

void addEnvironment(Contents& contents, const Reading& reading, std::size_t firstInstall)
{
    const std::string variables = std::format("ENV VIRTUAL_ENV={0} PATH={0}/bin:$PATH", kEnvironment);
    if (!bringsPythonAtOnce(reading, firstInstall)) {
        addAhead(contents, reading, firstInstall);
    } else if (!addWithin(contents, reading, reading.steps[firstInstall])) {
        contents.refusal = Refusal{
            std::format("Line {} installs Python and calls pip in one RUN: a virtual environment can't be made in "
                        "between",
                        reading.steps[firstInstall].instruction->lines.first),
            "Put what installs Python into a RUN of its own, ahead of pip."};
        return;
    }
    contents.insertions.push_back(
        {firstInstall, {variables, "Leads pip and Python there, so that the lines that install can stay as they are"}});
    contents.products.push_back({std::string(kEnvironment), std::string(kEnvironment), "what pip installs", true});
    contents.lines.push_back({variables, "The same environment in the running image: its programs and its Python"});
}

} // namespace stagelift::multistage
