// SPDX-License-Identifier: GPL-3.0-or-later
//
// A check on what package managers leave behind in the final stage.

#include "core/checks/lean_stages.h"
#include "core/checks/rules.h"
#include "core/text/characters.h"

#include <format>

namespace stagelift {

namespace {

/// Where a package manager leaves what it has fetched, and what keeps it from that.
struct Cache {
    std::string_view what;
    Names programmes;
    Names verbs;
    std::string_view place; // a path that holds it, as it is written to take it away or to mount over it
    Names cleaners;         // verbs of the same programme
    Names options;          // the first is what a mend writes
    Names variables;
};

constexpr Cache kCaches[]{
    {"package lists", {"apt-get", "apt"}, {"update"}, "/var/lib/apt", {"dist-clean", "distclean"}, {}, {}},
    {"package index", {"apk"}, {"add"}, "/var/cache/apk", {"cache"}, {"--no-cache"}, {}},
    {"package cache", {"dnf", "microdnf", "yum", "tdnf"}, {"install"}, "/var/cache/", {"clean"}, {}, {}},
    {"download cache",
     {"pip", "pip3"},
     {"install"},
     ".cache",
     {"cache"},
     {"--no-cache-dir", "--no-cache", "--no-index"},
     {"PIP_NO_CACHE_DIR", "PIP_CACHE_DIR"}},
    {"download cache",
     {"npm"},
     {"ci", "install", "i"},
     ".npm",
     {"cache"},
     {"--cache"},
     {"NPM_CONFIG_CACHE", "npm_config_cache"}},
    {"download cache", {"yarn"}, {"install"}, ".cache", {"cache"}, {"--cache-folder"}, {"YARN_CACHE_FOLDER"}},
};

/// The path stands in the text, and does not go on: "/root/.npm", not "/root/.npmrc".
bool names(std::string_view text, std::string_view path)
{
    const std::size_t at = text.find(path);
    const std::size_t end = at + path.size();
    return at != std::string_view::npos && (path.ends_with('/') || end >= text.size() || !isAsciiLetter(text[end]));
}

bool hasOption(const Cache& cache, const StageCommand& command)
{
    return std::ranges::any_of(
        command.words, [&](std::string_view word) { return isIn(cache.options, word.substr(0, word.find('='))); });
}

bool calls(const Cache& cache, const StageCommand& command)
{
    return isIn(cache.programmes, command.programme) && isIn(cache.verbs, command.verb()) && !isInOtherRoot(command);
}

/// Whether the same RUN takes the cache away, or never keeps it in a layer.
bool isKeptOut(const Subject& subject, const Cache& cache, std::span<const StageCommand> run)
{
    const auto covers = [&](std::string_view word) {
        const std::string_view path = word.substr(0, word.find('*'));
        return names(word, cache.place) || (path.size() > 1 && cache.place.starts_with(path));
    };
    const auto cleans = [&](const StageCommand& command) {
        const bool isOwn = isIn(cache.programmes, command.programme) && hasAny(command, cache.cleaners);
        const bool isRemoval = command.programme == "rm" || command.programme == "find";
        return isOwn || (isRemoval && std::ranges::any_of(command.words, covers));
    };
    const auto mounts = [&](const Flag& flag) {
        const std::string_view text = flag.whole.text;
        return (text.contains("type=cache") || text.contains("type=tmpfs")) && names(text, cache.place);
    };
    const auto isSet = [&](std::string_view variable) {
        return !variable.empty() && subject.dockerfile.source->bytes().contains(variable);
    };
    return std::ranges::any_of(cache.variables, isSet) || std::ranges::any_of(run, cleans) ||
           std::ranges::any_of(run.front().run->flags, mounts);
}

/// The option behind each verb that lacks it; nothing where the text does not show the calls one to one.
TextEdits withOption(const Subject& subject, const Cache& cache, std::span<const StageCommand> run)
{
    const Instruction& instruction = *run.front().run;
    const std::string_view text = subject.dockerfile.source->at(instruction.span);
    TextEdits edits;
    std::size_t at = 0;
    for (const StageCommand& command : run) {
        if (!calls(cache, command))
            continue;
        const std::string call = std::format("{} {}", command.programme, command.verb());
        at = text.find(call, at);
        if (at == std::string_view::npos)
            return {};
        at += call.size();
        const auto end = instruction.span.begin + static_cast<std::uint32_t>(at);
        if (!hasOption(cache, command))
            edits.push_back({{end, end}, std::format(" {}", cache.options.front())});
    }
    return edits;
}

/// What tidies up, behind the last command of a script that does not end in the middle of something.
TextEdits tidiedUp(const Cache& cache, std::span<const StageCommand> run)
{
    const Word& script = run.front().run->args.front();
    const bool isOpen = script.text.contains('#') || std::string_view(";&|\\").contains(script.text.back());
    const auto isApt = [](const StageCommand& command) { return command.programme.starts_with("apt"); };
    const bool usesLists =
        std::ranges::any_of(run, [&](const StageCommand& command) { return isApt(command) && command.has("install"); });
    const auto caller = std::ranges::find_if(run, [&](const StageCommand& command) { return calls(cache, command); });
    if (isOpen || (isApt(*caller) && !usesLists)) // then another RUN needs the lists
        return {};
    const std::string tidying =
        isApt(*caller) ? "rm -rf /var/lib/apt/lists/*" : std::format("{} clean all", caller->programme);
    return {{{script.span.end, script.span.end}, std::format(" && {}", tidying)}};
}

void reportCachesIn(const Subject& subject, std::span<const StageCommand> run, Report& report)
{
    const Instruction& instruction = *run.front().run;
    for (const Cache& cache : kCaches) {
        const auto leaves = [&](const StageCommand& command) {
            return calls(cache, command) && !hasOption(cache, command);
        };
        const auto command = std::ranges::find_if(run, leaves);
        if (command == run.end() || isKeptOut(subject, cache, run))
            continue;
        auto finding = report.add(instruction, instruction.span,
                                  std::format("The final stage ships the {} of {}, which nothing needs at run time",
                                              cache.what, command->programme));
        if (instruction.json || !instruction.heredocs.empty() || instruction.args.size() != 1)
            continue;
        const bool isOff = cache.options.front().starts_with("--no"); // a flag of its own; others take a folder
        if (cache.options.front().empty())
            finding.fix("Leave it out", tidiedUp(cache, run));
        else if (isOff)
            finding.fix("Leave it out", withOption(subject, cache, run));
    }
}

} // namespace

void packageCacheInFinalStage(const Subject& subject, Report& report)
{
    for (const int stage : leanStages(subject))
        forEachRun(subject.scripts().of(stage), [&](auto run) { reportCachesIn(subject, run, report); });
}

} // namespace stagelift
