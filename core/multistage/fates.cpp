// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/fates.h"

#include "core/dockerfile/lines.h"
#include "core/dockerfile/paths.h"
#include "core/multistage/bases.h"
#include "core/multistage/variables.h"
#include "core/multistage/work.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>
#include <ranges>

namespace stagelift::multistage {

namespace {

constexpr std::array kDescribing{Keyword::Cmd,        Keyword::Entrypoint, Keyword::Expose, Keyword::Healthcheck,
                                 Keyword::StopSignal, Keyword::Volume,     Keyword::Label,  Keyword::Maintainer};

bool isStartOf(Keyword keyword)
{
    return keyword == Keyword::Cmd || keyword == Keyword::Entrypoint;
}

/// A step of the builder speaks of a name: in USER, --chown, chown.
bool isNamedInBuilder(const Reading& reading, std::size_t split, std::size_t maker, const std::string& name)
{
    for (std::size_t at = maker + 1; at < split; ++at) {
        if (reading.textOf(reading.steps[at]).contains(name))
            return true;
    }
    return false;
}

Fate fateOfUsers(const Reading& reading, std::size_t split, std::size_t at)
{
    const auto names = usersMadeBy(reading.steps[at]);
    const bool isNeeded =
        std::ranges::any_of(names, [&](const std::string& name) { return isNamedInBuilder(reading, split, at, name); });
    return isNeeded ? Fate::Repeats : Fate::Moves;
}

/// CARGO_HOME and its like.
bool isHomeOfTool(const Step& step, std::string_view path)
{
    return std::ranges::any_of(step.scope.values.names(), [&](std::string_view name) {
        return isOfBuilders(name) && step.scope.values.find(name) == path;
    });
}

/// It changes files that others have put there: without them it would fail.
bool changesFiles(const Step& step)
{
    std::vector<std::string> made;
    for (const ShellCommand& command : step.commands) {
        const Step alone{step.instruction, step.scope, {command}};
        const bool makes = command.programme == "mkdir" || command.programme == "touch" || command.programme == "ln";
        for (std::string& path : pathsPreparedBy(alone)) {
            const auto holds = [&](const std::string& one) { return covers(one, path) || covers(path, one); };
            if (makes)
                made.push_back(std::move(path));
            else if (std::ranges::none_of(made, holds))
                return true;
        }
    }
    return false;
}

/// `RUN echo "$PWD"`: it leaves nothing behind.
bool onlySpeaks(const Step& step)
{
    constexpr std::array kSpeaking = std::to_array<std::string_view>({"echo", "printf", "set", "true", ":", "id"});
    return std::ranges::all_of(step.commands, [&](const ShellCommand& command) {
        return std::ranges::contains(kSpeaking, command.programme) && command.writes.empty();
    });
}

/// The user is in the final stage too: the image brings it, or a RUN that comes along makes it.
bool isKnownUser(const Reading& reading, std::string_view owner)
{
    owner = owner.substr(0, owner.find(':'));
    const bool isOfImage = owner == "www-data" || owner == "nobody" || owner == userOf(reading.stage.baseName);
    const bool isNumber = !owner.empty() && std::ranges::all_of(owner, isDigit);
    return isOfImage || isNumber || std::ranges::any_of(reading.steps, [&](const Step& step) {
               return workOf(reading, step) == Work::Users && std::ranges::contains(usersMadeBy(step), owner);
           });
}

/// A folder for the sources that is given to a user, and is made anew in the final stage.
bool isHandedOver(const Reading& reading, const Toolchain& toolchain, const Step& step, const Contents& contents)
{
    const bool gives = std::ranges::any_of(step.commands, [&](const ShellCommand& command) {
        const auto words = command.plainWords();
        return command.programme == "chown" && !words.empty() && isKnownUser(reading, words.front());
    });
    return toolchain.isInterpreted() && gives &&
           std::ranges::none_of(pathsPreparedBy(step), [&](const std::string& path) {
               return path.starts_with("/tmp") || path.find_first_of("$`()") != std::string::npos ||
                      std::ranges::any_of(contents.products,
                                          [&](const Product& product) { return covers(product.path, path); });
           });
}

/// Folders that come along have their owners and modes from the builder.
Fate fateOfPreparation(const Reading& reading, const Toolchain& toolchain, const Step& step, const Contents& contents)
{
    const std::string_view text = reading.textOf(step);
    const bool isOfPackages = text.contains("/etc/apt") || text.contains("/etc/apk") || text.contains("/etc/yum");
    const std::vector<std::string> paths = pathsPreparedBy(step);
    if (onlySpeaks(step))
        return Fate::Stays;
    if (paths.empty())
        return toolchain.isInterpreted() && !isOfPackages ? Fate::Repeats : Fate::Stays;
    const std::string folder = workFolder(reading, toolchain);
    const auto isTaken = [&](const std::string& path) {
        const auto coversIt = [&](const Product& product) {
            return covers(product.path, path) || covers(path, product.path);
        };
        // Below the folder of a program that is copied from the build context, it is made anew.
        const bool isBelow = folder != "/" && path != folder && covers(folder, path);
        const bool isWork = path == folder || path == reading.end.folder ||
                            (isBelow && !(toolchain.isInterpreted() && contents.copiesContext)) ||
                            (path != "/" && covers(path, folder));
        const bool isUnknown = path.find_first_of("$`()") != std::string::npos;
        return isWork || isUnknown || isHomeOfTool(step, path) || path.starts_with("/tmp") ||
               path.starts_with("/root") || path.starts_with("/go/") ||
               std::ranges::any_of(contents.products, coversIt);
    };
    if (changesFiles(step))
        return Fate::Stays;
    return std::ranges::all_of(paths, isTaken) && !isHandedOver(reading, toolchain, step, contents) ? Fate::Stays
                                                                                                    : Fate::Repeats;
}

bool isOnlyCertificates(const Step& step)
{
    bool some = false;
    for (const ShellCommand& command : step.commands) {
        const auto install = packagesOf(command);
        if (install && !std::ranges::all_of(install->packages, [](const std::string& name) {
                return name == "ca-certificates" || name == "tzdata" || name == "--";
            }))
            return false;
        some = some || install;
    }
    return some;
}

Fate fateOfRun(const Reading& reading, const Toolchain& toolchain, std::size_t split, std::size_t at,
               const Contents& contents)
{
    const Step& step = reading.steps[at];
    switch (workOf(reading, step)) {
    case Work::Users:
        return fateOfUsers(reading, split, at);
    case Work::Prepare:
        return fateOfPreparation(reading, toolchain, step, contents);
    case Work::Runtime: {
        const bool hasUsers = !usersMadeBy(step).empty();
        const bool isItsImage = std::ranges::contains(toolchain.images, std::string_view(reading.base.repository));
        const bool isBuilt = toolchain.isInterpreted() || !isItsImage || hasUsers;
        return isBuilt || isOnlyCertificates(step) ? Fate::Repeats : Fate::Moves;
    }
    case Work::Build:
    case Work::Packages:
    case Work::None:
        break;
    }
    return Fate::Stays;
}

/// Tools that are only copied in to build with.
bool bringsTool(const Reading& reading, const Toolchain& toolchain, const Step& copy)
{
    const Flag* from = copy.instruction->flag("from");
    const std::string_view image = from == nullptr ? std::string_view() : from->value.text;
    const bool isNode = imageParts(image, image).repository == "node";
    return image.contains("composer") || image.contains("/xx") || image.contains("astral-sh/uv") ||
           image.contains("golang") || image.contains("rust") || image.contains("maven") ||
           image.contains("extension-installer") ||
           (isNode && toolchain.language == Language::Php && !reading.start.has("node") && !reading.start.has("npm") &&
            !reading.start.isScript());
}

Fate fateOfCopy(const Reading& reading, const Toolchain& toolchain, const Step& step, const Contents& contents)
{
    if (!isContextCopy(step)) {
        const bool isStarted = std::ranges::any_of(
            reading.start.words, [&](const std::string& word) { return word == "uv" || word.ends_with("/uv"); });
        return bringsTool(reading, toolchain, step) && !isStarted ? Fate::Stays : Fate::Repeats;
    }
    if (!toolchain.isInterpreted() || contents.isWebServer)
        return Fate::Stays;
    const std::string place = destinationOf(reading, step);
    const auto isTaken = [&](const Product& product) { return covers(product.path, place); };
    if (std::ranges::any_of(contents.products, isTaken))
        return Fate::Stays;
    const auto isCovered = [&](const Step& other) { // a later "COPY . ." brings it again
        return isContextCopy(other) && std::ranges::any_of(sourcesOf(reading, other), isWholeContext) &&
               covers(destinationOf(reading, other), place);
    };
    const auto later = std::span(reading.steps).subspan(static_cast<std::size_t>(&step - reading.steps.data()) + 1);
    if (std::ranges::any_of(later, isCovered))
        return Fate::Stays;
    const bool isTemporary = place.starts_with("/tmp");
    const bool isUseless = bringsManifestsOnly(reading, step) && toolchain.language == Language::Python;
    const bool isInside = reading.end.folder != "/" && covers(reading.end.folder, place);
    return isTemporary || isUseless || (isInside && !contents.copiesContext) ? Fate::Stays : Fate::Repeats;
}

} // namespace

std::vector<Fate> fatesOf(const Reading& reading, const Toolchain& toolchain, std::size_t split,
                          const Contents& contents)
{
    std::vector<Fate> fates(reading.steps.size(), Fate::Untouched);
    for (std::size_t at = 0; at < reading.steps.size(); ++at) {
        const Step& step = reading.steps[at];
        const bool isStart = isStartOf(step.keyword());
        if (contents.isWebServer && (isStart || step.keyword() == Keyword::Workdir) && (at >= split || isStart)) {
            fates[at] = Fate::Goes;
            continue;
        }
        if (at >= split)
            continue;
        if (std::ranges::contains(kDescribing, step.keyword()))
            fates[at] = Fate::Moves;
        else if (step.keyword() == Keyword::Run)
            fates[at] = contents.isWebServer ? Fate::Stays : fateOfRun(reading, toolchain, split, at, contents);
        else if (step.keyword() == Keyword::Copy || step.keyword() == Keyword::Add)
            fates[at] = fateOfCopy(reading, toolchain, step, contents);
        else
            fates[at] = Fate::Stays;
    }
    return fates;
}

std::uint32_t headOfStep(const Reading& reading, const Step& step)
{
    const SourceText& source = reading.analysis.source;
    std::uint32_t line = source.lineAt(step.instruction->span.begin);
    std::uint32_t floor = 1;
    for (const Instruction& other : reading.analysis.dockerfile.instructions) {
        if (other.span.end <= step.instruction->span.begin)
            floor = source.lineAt(other.span.end) + 1;
    }
    while (line > floor && isCommentLine(source, line - 1))
        --line;
    return source.fullLineSpan(line).begin;
}

std::string withComments(const Reading& reading, const Step& step)
{
    const Span span{headOfStep(reading, step), step.instruction->span.end};
    return std::string(reading.analysis.source.at(span));
}

} // namespace stagelift::multistage
