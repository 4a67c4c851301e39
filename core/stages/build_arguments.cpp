// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/build_arguments.h"

#include "core/stages/global_arguments.h"
#include "core/stages/platform.h"

#include <algorithm>
#include <ranges>
#include <set>

namespace stagelift {

namespace {

using Names = std::set<std::string, std::less<>>;

/// Adds the variables of a word.
void collect(std::string_view word, const Environment& values, char escape, Names& names)
{
    const ShellText text = expand(word, values, escape);
    names.insert(text.matched.begin(), text.matched.end());
    names.insert(text.unmatched.begin(), text.unmatched.end());
}

/// The variables that FROM lines hold, and those of their defaults.
Names routingNames(const Dockerfile& dockerfile, const Environment& values)
{
    Names names;
    const auto& all = dockerfile.instructions;
    for (const Instruction& from : all) {
        if (from.keyword != Keyword::From)
            continue;
        if (!from.args.empty())
            collect(from.args.front().text, values, dockerfile.escape, names);
        if (const Flag* platform = from.flag("platform"))
            collect(platform->value.text, values, dockerfile.escape, names);
    }
    // A default sees what was declared ahead of it: once from the last to the first finds all.
    const auto firstFrom = std::ranges::find(all, Keyword::From, &Instruction::keyword);
    for (const Instruction& instruction : std::ranges::subrange(all.begin(), firstFrom) | std::views::reverse) {
        for (const Word& word : instruction.args | std::views::reverse) {
            const Definition definition = definitionFrom(word.text);
            if (instruction.keyword == Keyword::Arg && definition.value && names.contains(definition.name))
                collect(*definition.value, values, dockerfile.escape, names);
        }
    }
    return names;
}

std::string defaultOf(const Definition& definition, const Environment& globals, bool isGlobal, char escape)
{
    if (isGlobal)
        return std::string(globals.find(definition.name).value_or(""));
    const ShellText text = expand(definition.value.value_or(""), globals, escape);
    return text.failed() ? std::string(definition.value.value_or("")) : text.text;
}

/// What BuildKit sets itself has its value everywhere, declared or not.
void addPredefined(const Environment& globals, const Names& routing, std::vector<BuildArgument>& found)
{
    for (const std::string_view name : predefinedArguments({"linux", "", "amd64", ""}, "", {}).names()) {
        auto known = std::ranges::find(found, name, &BuildArgument::name);
        if (known == found.end() && routing.contains(name))
            known = found.insert(found.end(), {.name = std::string(name), .value = {}, .line = 0, .routes = true});
        if (known == found.end())
            continue;
        known->routes = routing.contains(name);
        if (known->value.empty())
            known->value = globals.find(name).value_or("");
    }
}

} // namespace

std::vector<BuildArgument> buildArgumentsOf(const Dockerfile& dockerfile, const BuildOptions& options)
{
    BuildOptions plain = options;
    plain.buildArgs.clear();
    const Environment globals = globalArguments(dockerfile, plain).values;
    const Environment given = globalArguments(dockerfile, options).values;
    Names routing = routingNames(dockerfile, given);
    routing.merge(routingNames(dockerfile, globals));

    std::vector<BuildArgument> found;
    bool isGlobal = true;
    for (const Instruction& instruction : dockerfile.instructions) {
        isGlobal = isGlobal && instruction.keyword != Keyword::From;
        for (const Word& word : instruction.keyword == Keyword::Arg ? instruction.args : std::vector<Word>{}) {
            const Definition definition = definitionFrom(word.text);
            if (definition.name.empty() || std::ranges::contains(found, definition.name, &BuildArgument::name))
                continue;
            found.push_back({.name = std::string(definition.name),
                             .value = defaultOf(definition, globals, isGlobal, dockerfile.escape),
                             .line = instruction.lines.first,
                             .routes = isGlobal && routing.contains(definition.name)});
        }
    }
    addPredefined(globals, routing, found);
    std::ranges::stable_sort(found, std::ranges::greater{}, &BuildArgument::routes);
    return found;
}

} // namespace stagelift
