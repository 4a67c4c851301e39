// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/work.h"

#include "core/dockerfile/paths.h"
#include "core/multistage/packages.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>

namespace stagelift::multistage {

namespace {

constexpr std::array kUserTools = std::to_array<std::string_view>(
    {"useradd", "adduser", "groupadd", "addgroup", "usermod", "deluser", "userdel", "groupmod", "passwd"});

constexpr std::array kPreparing = std::to_array<std::string_view>({"mkdir",
                                                                   "chown",
                                                                   "chmod",
                                                                   "ln",
                                                                   "touch",
                                                                   "chgrp",
                                                                   "sed",
                                                                   "a2enmod",
                                                                   "a2dismod",
                                                                   "a2ensite",
                                                                   "a2dissite",
                                                                   "a2enconf",
                                                                   "setcap",
                                                                   "ldconfig",
                                                                   "echo",
                                                                   "printf",
                                                                   "tee",
                                                                   "locale-gen",
                                                                   "update-ca-certificates",
                                                                   "install",
                                                                   "set",
                                                                   "true",
                                                                   ":",
                                                                   "test",
                                                                   "[",
                                                                   "id",
                                                                   "getent"});

bool makesUsers(const ShellCommand& command)
{
    return std::ranges::contains(kUserTools, command.programme);
}

bool prepares(const ShellCommand& command)
{
    return std::ranges::contains(kPreparing, command.programme);
}

/// Package managers and fetchers leave nothing behind that a check would find.
bool isTidy(const Reading& reading, const Step& step)
{
    const std::string_view text = reading.textOf(step);
    return text.contains("--no-cache") || text.contains("/var/lib/apt/lists") || text.contains("clean all") ||
           text.contains("/var/cache/apk");
}

/// All that it installs is needed at run time.
bool installsForRunning(const Reading& reading, const PackageInstall& install)
{
    const RuntimePackages needed = runtimePackages(reading);
    return !install.isTemporary && !install.packages.empty() &&
           std::ranges::all_of(install.packages, [&](const std::string& package) {
               return std::ranges::contains(needed.names, package);
           });
}

} // namespace

Work workOf(const Reading& reading, const Step& step)
{
    if (step.keyword() != Keyword::Run)
        return Work::None;
    if (step.commands.empty())
        return Work::Build;
    bool hasPackages = false;
    bool isRuntime = true;
    bool hasUsers = false;
    for (const ShellCommand& command : step.commands) {
        if (const auto install = packagesOf(command)) {
            hasPackages = true;
            isRuntime = isRuntime && installsForRunning(reading, *install);
        } else if (makesUsers(command)) {
            hasUsers = true;
        } else if (!prepares(command) && !tendsPackages(command)) {
            return reading.anyCommand(installsPythonPackages) && hasPackages ? Work::Packages : Work::Build;
        }
        if (removesPackages(command) || (tendsPackages(command) && command.has("upgrade")))
            isRuntime = false;
    }
    if (hasPackages)
        return isRuntime && isTidy(reading, step) ? Work::Runtime : Work::Packages;
    if (std::ranges::any_of(step.commands, tendsPackages))
        return Work::Packages;
    return hasUsers ? Work::Users : Work::Prepare;
}

std::vector<std::string> usersMadeBy(const Step& step)
{
    std::vector<std::string> names;
    for (const ShellCommand& command : step.commands) {
        if (!makesUsers(command))
            continue;
        for (const std::string& word : command.plainWords()) {
            const bool isName = !word.empty() && isAsciiLetter(word.front()) && !word.contains('/');
            if (isName && !std::ranges::contains(names, word))
                names.push_back(word);
        }
    }
    return names;
}

std::vector<std::string> pathsPreparedBy(const Step& step)
{
    constexpr std::array kMakers = std::to_array<std::string_view>({"mkdir", "chown", "chmod", "touch", "ln", "chgrp"});
    std::vector<std::string> paths;
    for (const ShellCommand& command : step.commands) {
        if (!std::ranges::contains(kMakers, command.programme))
            continue;
        std::vector<std::string> words = command.plainWords();
        const bool hasFirst =
            command.programme == "chown" || command.programme == "chmod" || command.programme == "chgrp";
        if (hasFirst && !words.empty())
            words.erase(words.begin());
        for (const std::string& word : words)
            paths.push_back(pathFrom(command.folder, word));
    }
    return paths;
}

} // namespace stagelift::multistage
