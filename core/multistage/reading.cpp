// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/multistage/reading.h"

#include "core/dockerfile/paths.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift::multistage {

namespace {

struct HomeFolder {
    std::string_view repository;
    std::string_view folder;
};

/// WORKDIR of images that have one.
constexpr HomeFolder kFolders[]{
    {"golang", "/go"},          {"composer", "/app"},         {"php", "/var/www/html"},
    {"gradle", "/home/gradle"}, {"emscripten/emsdk", "/src"}, {"php-zendserver", "/var/www"}};

std::string folderOfImage(const ImageParts& image)
{
    // The one of PHP for the command line has none.
    if (image.repository == "php" && !image.tagHas("apache") && !image.tagHas("fpm"))
        return "/";
    const auto* found = std::ranges::find(kFolders, image.repository, &HomeFolder::repository);
    return std::string(found == std::end(kFolders) ? "/" : found->folder);
}

bool isWrapper(std::string_view programme)
{
    constexpr std::array<std::string_view, 9> kWrappers{"tini", "dumb-init", "exec",      "gosu",       "su-exec",
                                                        "env",  "nice",      "catatonit", "tini-static"};
    return std::ranges::contains(kWrappers, programme);
}

bool endsInScript(std::string_view word)
{
    return word.ends_with(".sh") || word.ends_with(".bash");
}

/// Words of an ENTRYPOINT or a CMD; those of the shell form without its operators.
std::vector<std::string> wordsOf(const Instruction& start, const StageScope& scope)
{
    std::vector<std::string> words;
    if (start.json) {
        for (const Word& word : start.args)
            words.emplace_back(word.text);
        if (words.size() < 3 || (words[1] != "-c" && words[1] != "-lc"))
            return words;
    }
    std::vector<std::string> all;
    for (const ShellCommand& command : commandsOf(start, scope)) {
        all.push_back(command.programme);
        // The programme without its folder is not enough: "./server" is a file.
        all.insert(all.end(), command.words.begin(), command.words.end());
    }
    const std::string_view script = start.args.empty() ? std::string_view() : start.args.back().text;
    const std::string first(script.substr(0, script.find_first_of(" \t")));
    if (!all.empty() && first.contains('/') && lastPart(first) == all.front())
        all.front() = first;
    return all;
}

void takeProgramme(Start& start)
{
    std::size_t at = 0;
    while (at < start.words.size()) {
        const std::string& word = start.words[at];
        const bool isUser = at > 0 && (start.words[at - 1] == "gosu" || start.words[at - 1] == "su-exec");
        if (!isUser && !isWrapper(lastPart(word)) && !word.starts_with('-') && assignmentEnd(word) == 0)
            break;
        ++at;
    }
    if (at < start.words.size() && !start.words[at].contains('$')) {
        start.programme = start.words[at];
        start.arguments.assign(start.words.begin() + static_cast<std::ptrdiff_t>(at) + 1, start.words.end());
    }
}

} // namespace

std::size_t assignmentEnd(std::string_view word)
{
    const std::size_t equals = word.find('=');
    const bool isName =
        equals != std::string_view::npos && equals > 0 &&
        std::ranges::all_of(word.substr(0, equals), [](char c) { return isAsciiLetter(c) || isDigit(c) || c == '_'; });
    return isName ? equals : 0;
}

bool Start::isScript() const
{
    return programme && (endsInScript(*programme) || lastPart(*programme) == "docker-entrypoint" ||
                         lastPart(*programme) == "entrypoint");
}

bool Start::has(std::string_view word) const
{
    return std::ranges::any_of(words, [&](const std::string& each) { return lastPart(each) == word; });
}

std::string_view Reading::textOf(const Step& step) const
{
    return analysis.source.at(step.instruction->span);
}

const Step* Reading::last(Keyword keyword) const
{
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (step->keyword() == keyword)
            return &*step;
    }
    return nullptr;
}

std::string Reading::startPath(std::string_view word) const
{
    return word.contains('/') ? pathFrom(end.folder, word) : std::string();
}

bool mentionsVariable(std::string_view text, std::string_view name)
{
    for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
        std::string_view rest = text.substr(at + 1);
        if (rest.starts_with('{'))
            rest.remove_prefix(1);
        const auto goesOn = [](char c) { return isAsciiLetter(c) || isDigit(c) || c == '_'; };
        if (rest.starts_with(name) && (rest.size() == name.size() || !goesOn(rest[name.size()])))
            return true;
    }
    return false;
}

namespace {

/// `["a", "b"]]` and `['a']`: no JSON, so that a shell gets the brackets too. `[ -f x ] && y` is meant for a shell.
bool isBrokenList(const Instruction& start)
{
    if (start.json || start.args.empty())
        return false;
    std::string_view text = start.args.back().text;
    while (!text.empty() && isAsciiSpace(text.back()))
        text.remove_suffix(1);
    const bool isQuoted = text.starts_with("[\"") || text.starts_with("['");
    return isQuoted || (text.starts_with('[') && text.ends_with(']'));
}

Start startOf(const Reading& reading)
{
    Start start;
    for (const Keyword keyword : {Keyword::Entrypoint, Keyword::Cmd}) {
        const Step* step = reading.last(keyword);
        // A CMD that stands alone is a command; behind an ENTRYPOINT of the shell form it is nothing at all.
        if (step == nullptr || (keyword == Keyword::Cmd && start.isThere && start.needsShell && !start.words.empty()))
            continue;
        const Instruction& instruction = *step->instruction;
        if (isBrokenList(instruction))
            start.brokenLine = instruction.lines.first;
        const auto words = wordsOf(instruction, reading.end);
        if (words.empty())
            continue;
        start.isThere = true;
        start.needsShell = start.needsShell || !instruction.json;
        start.words.insert(start.words.end(), words.begin(), words.end());
        if (instruction.json)
            start.needsShell = start.needsShell || lastPart(words.front()) == "sh" || lastPart(words.front()) == "bash";
    }
    takeProgramme(start);
    start.needsShell =
        start.needsShell || std::ranges::any_of(start.words, endsInScript) || start.has("sh") || start.has("bash");
    return start;
}

} // namespace

Reading readStage(const Analysis& analysis)
{
    const Stage& stage = analysis.graph.stages.front();
    Reading reading{analysis, stage, imageParts(stage.baseWord.text, stage.baseName), {}, {}, {}};
    const std::string home = folderOfImage(reading.base);
    bool isPlaced = false; // an absolute WORKDIR was met
    walkStage(analysis.dockerfile, analysis.graph, 0, [&](const Instruction& instruction, const StageScope& scope) {
        Step step{&instruction, scope, {}};
        if (!isPlaced)
            step.scope.folder = pathFrom(home, std::string_view(scope.folder).substr(1));
        if (instruction.keyword == Keyword::Workdir && !instruction.args.empty())
            isPlaced = isPlaced || expand(instruction.args.front().text, scope.values).text.starts_with('/');
        if (instruction.keyword == Keyword::Run)
            step.commands = commandsOf(instruction, step.scope);
        reading.steps.push_back(std::move(step));
    });
    if (reading.steps.empty())
        return reading;
    reading.end = reading.steps.back().scope;
    const Instruction& final = *reading.steps.back().instruction;
    if (final.keyword == Keyword::Workdir && !final.args.empty())
        reading.end.folder = pathFrom(reading.end.folder, expand(final.args.front().text, reading.end.values).text);
    reading.start = startOf(reading);
    return reading;
}

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

namespace {

/// A heredoc is called as its destination, or as its own delimiter in a folder.
std::string nameOfHeredoc(const Instruction& copy, std::string_view word)
{
    const std::string_view destination = copy.args.back().text;
    if (!destination.ends_with('/') && destination != ".")
        return std::string(lastPart(destination));
    word.remove_prefix(word.find_first_not_of("<-"));
    if (word.size() > 1 && (word.front() == '"' || word.front() == '\''))
        word = word.substr(1, word.size() - 2);
    return std::string(word);
}

} // namespace

std::vector<std::string> sourcesOf(const Reading& reading, const Step& copy)
{
    std::vector<std::string> sources;
    const Instruction& instruction = *copy.instruction;
    for (std::size_t at = 0; at + 1 < instruction.args.size(); ++at) {
        const std::string_view word = instruction.args[at].text;
        if (word.starts_with("<<"))
            sources.push_back(nameOfHeredoc(instruction, word));
        else
            sources.push_back(expand(word, copy.scope.values, reading.analysis.dockerfile.escape).text);
    }
    return sources;
}

std::string destinationOf(const Reading& reading, const Step& copy)
{
    const Instruction& instruction = *copy.instruction;
    if (instruction.args.size() < 2)
        return {};
    const std::string_view word = instruction.args.back().text;
    return pathFrom(copy.scope.folder, expand(word, copy.scope.values, reading.analysis.dockerfile.escape).text);
}

} // namespace stagelift::multistage
