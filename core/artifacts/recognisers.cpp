// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/artifacts/recognisers.h"

#include "core/artifacts/tool.h"
#include "core/dockerfile/paths.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

namespace stagelift {

namespace {

/// The tools by their programmes: a script has hundreds of commands, and the table is long.
class ToolIndex {
public:
    static const ToolIndex& instance()
    {
        static const ToolIndex index;
        return index;
    }

    /// In the order of the tables.
    [[nodiscard]] std::vector<const Tool*> toolsFor(std::string_view programme) const
    {
        std::vector<const Tool*> tools;
        if (const auto exact = m_exact.find(programme); exact != m_exact.end())
            tools = exact->second;
        for (const Tool* tool : m_patterned) {
            if (isIn(tool->programmes, programme) && !std::ranges::contains(tools, tool))
                tools.push_back(tool);
        }
        return tools;
    }

private:
    ToolIndex()
    {
        for (const auto family : {compilers(), webTools(), scriptingTools(), runtimeTools(), fileTools()}) {
            for (const Tool& tool : family)
                add(tool);
        }
    }

    void add(const Tool& tool)
    {
        bool isPatterned = false;
        for (const std::string_view programme : tool.programmes) {
            if (programme.contains('*'))
                isPatterned = true;
            else if (!programme.empty())
                m_exact[programme].push_back(&tool);
        }
        if (isPatterned)
            m_patterned.push_back(&tool);
    }

    std::unordered_map<std::string_view, std::vector<const Tool*>> m_exact;
    std::vector<const Tool*> m_patterned;
};

bool fits(std::string_view name, std::string_view word)
{
    if (name.ends_with('*'))
        return word.starts_with(name.substr(0, name.size() - 1));
    return name.starts_with('*') ? word.ends_with(name.substr(1)) : name == word;
}

bool hasVerb(const Tool& tool, const ShellCommand& command)
{
    return tool.verbs.front().empty() ||
           std::ranges::any_of(command.words, [&](const std::string& word) { return isIn(tool.verbs, word); });
}

/// The value of the option; one of a single letter only where it stands alone: Maven's `-fae` is no `-f ae`.
std::optional<std::string> folderOption(const ShellCommand& command, std::string_view option)
{
    constexpr std::size_t kLetter = 2;
    if (option.empty() || (option.size() == kLetter && !command.has(option)))
        return std::nullopt;
    return command.option(option);
}

/// The folder that the tool works in: what an option says, which may name a file in it.
std::string folderOf(const Tool& tool, const ShellCommand& command)
{
    std::optional<std::string> folder;
    for (const std::string_view option : tool.folders) {
        if (!folder)
            folder = folderOption(command, option);
    }
    if (!folder)
        return command.folder;
    if (looksLikeAFile(*folder))
        *folder += "/..";
    return pathFrom(command.folder, *folder);
}

Paths placesOf(const Tool& tool, const ShellCommand& command)
{
    if (tool.special)
        return tool.special(command);
    if (auto place = firstOption(command, tool.options))
        return {*place};
    Paths places;
    for (const std::string_view place : tool.otherwise) {
        if (!place.empty())
            places.emplace_back(place);
    }
    return places;
}

/// The command within: of `npx vite build`, `poetry run pyinstaller app.py`, `python -m mkdocs build`.
std::optional<ShellCommand> commandWithin(const ShellCommand& command)
{
    constexpr Names kRunners{"npx", "bunx", "pnpx", "yarn", "pnpm", "catchsegv", "ionice", "eatmydata"};
    constexpr Names kRunVerbs{"run", "exec", "dlx", "x", "--"};
    constexpr Names kWithVerb{"npm", "bun", "poetry", "uv", "pipenv", "pdm", "bundle", "hatch"};
    std::size_t first = 0;
    const auto isOption = [&](std::size_t at) {
        return at < command.words.size() && command.words[at].starts_with('-');
    };
    if (command.programme.starts_with("python")) {
        const auto module = std::ranges::find(command.words, "-m");
        if (module == command.words.end())
            return std::nullopt;
        first = static_cast<std::size_t>(module - command.words.begin()) + 1;
    } else if (isIn(kRunners, command.programme) || isIn(kWithVerb, command.programme)) {
        while (isOption(first))
            ++first;
        const bool hasVerb = first < command.words.size() && isIn(kRunVerbs, command.words[first]);
        if (!hasVerb && isIn(kWithVerb, command.programme))
            return std::nullopt;
        first += hasVerb ? 1 : 0;
        while (isOption(first))
            ++first;
    } else {
        return std::nullopt;
    }
    if (first >= command.words.size())
        return std::nullopt;
    ShellCommand within = command;
    within.programme = std::string(lastPart(command.words[first]));
    within.words.assign(command.words.begin() + static_cast<std::ptrdiff_t>(first) + 1, command.words.end());
    within.writes.clear();
    return within;
}

/// What nobody takes along, or nobody can tell by the text.
bool isWorthNothing(std::string_view path)
{
    constexpr std::string_view kUnknown = "$`()<>|\"'";
    const bool passing = path.starts_with("/tmp") || path.starts_with("/var/tmp") || path.starts_with("/dev/");
    return path == "/" || path.ends_with("/-") || passing || path.find_first_of(kUnknown) != path.npos;
}

/// Signatures and checksums only serve the file they belong to.
bool isCheck(std::string_view path)
{
    constexpr std::array<std::string_view, 5> kEndings{".asc", ".sig", ".sha256", ".sha512", ".md5"};
    return std::ranges::any_of(kEndings, [&](std::string_view ending) { return path.ends_with(ending); });
}

void addOutput(std::vector<Output>& outputs, Output output)
{
    if (!isWorthNothing(output.path) && !isCheck(output.path) &&
        !std::ranges::contains(outputs, output.path, &Output::path))
        outputs.push_back(std::move(output));
}

/// What installs packages and builds pages leaves a folder; a compiler, a file.
bool makesFolder(const Tool& tool, std::string_view place)
{
    const auto isOf = [&tool](std::span<const Tool> family) {
        return !family.empty() && &tool >= family.data() && &tool <= &family.back();
    };
    return tool.origin == Origin::Folder || ((isOf(webTools()) || isOf(scriptingTools())) && !looksLikeAFile(place));
}

void addOutputs(std::vector<Output>& outputs, const ShellCommand& command)
{
    for (const Tool* tool : ToolIndex::instance().toolsFor(command.programme)) {
        if (!hasVerb(*tool, command))
            continue;
        const std::string folder = folderOf(*tool, command);
        for (const std::string& place : placesOf(*tool, command)) {
            if (!place.empty())
                addOutput(outputs, {pathFrom(folder, place), tool->reason, tool->origin, makesFolder(*tool, place)});
        }
    }
}

/// Of a tool that nobody knows: where it is told to put what it makes.
void addToldPlace(std::vector<Output>& outputs, const ShellCommand& command)
{
    constexpr Names kReaders{"grep", "egrep", "find", "ps", "set", "sort", "mount", "ssh"};
    constexpr std::array<std::string_view, 7> kOptions{"-o",         "--output", "--output-dir", "--out-dir",
                                                       "--out-file", "--outdir", "--prefix"};
    if (isIn(kReaders, command.programme))
        return;
    for (const std::string_view option : kOptions) {
        const auto place = command.has(option) || option.size() > 2 ? command.option(option) : std::nullopt;
        if (place && isAbsolutePath(*place))
            addOutput(outputs, {pathFrom("/", *place), option, Origin::Put});
    }
}

} // namespace

std::string valueOf(const ShellCommand& command, std::string_view variable, std::string_view otherwise)
{
    return std::string(command.values.find(variable).value_or(otherwise));
}

std::string assigned(const ShellCommand& command, std::string_view name)
{
    const auto sets = [&](const std::string& word) { return word.starts_with(name) && word[name.size()] == '='; };
    const auto found = std::ranges::find_if(command.words, sets);
    return found == command.words.end() ? std::string() : found->substr(name.size() + 1);
}

std::optional<std::string> firstOption(const ShellCommand& command, const Names& names)
{
    for (const std::string_view name : names) {
        auto place = name.empty() ? std::nullopt : command.option(name);
        if (place)
            return place;
    }
    return std::nullopt;
}

bool isIn(const Names& names, std::string_view word)
{
    return std::ranges::any_of(names, [&](std::string_view name) { return !name.empty() && fits(name, word); });
}

std::vector<std::string> removedBy(const ShellCommand& command)
{
    Paths paths;
    if (command.programme != "rm" && command.programme != "mv" && command.programme != "rmdir")
        return paths;
    Paths words = command.plainWords();
    if (command.programme == "mv" && !words.empty())
        words.pop_back();
    for (const std::string& word : words)
        paths.push_back(pathFrom(command.folder, word));
    return paths;
}

std::vector<Output> outputsOf(const ShellCommand& command)
{
    std::vector<Output> outputs;
    addOutputs(outputs, command);
    if (const auto within = commandWithin(command))
        addOutputs(outputs, *within);
    if (outputs.empty())
        addToldPlace(outputs, command);
    for (const std::string& file : command.writes)
        addOutput(outputs, {pathFrom(command.folder, file), ">", Origin::Put});
    return outputs;
}

} // namespace stagelift
