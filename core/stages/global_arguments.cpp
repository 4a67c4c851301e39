// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/global_arguments.h"

#include "core/stages/platform.h"
#include "core/text/characters.h"

#include <algorithm>
#include <ranges>

namespace stagelift {

namespace {

using BuildArguments = std::vector<std::pair<std::string, std::string>>;

/// The value of the last of that name, as on a command line.
std::optional<std::string_view> given(const BuildArguments& arguments, std::string_view name)
{
    for (const auto& [key, value] : arguments | std::views::reverse) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

std::string nameOfLastStage(const Dockerfile& dockerfile)
{
    const auto& all = dockerfile.instructions;
    const auto last = std::ranges::find(all.rbegin(), all.rend(), Keyword::From, &Instruction::keyword);
    if (last == all.rend() || last->args.size() != 3)
        return {};
    return lowered(last->args[2].text);
}

void define(GlobalArguments& arguments, const Dockerfile& dockerfile, const Instruction& instruction,
            const BuildArguments& buildArguments)
{
    for (const Word& word : instruction.args) {
        const Definition definition = definitionFrom(word.text);
        arguments.declared.push_back(definition.name);
        if (const auto value = given(buildArguments, definition.name)) {
            arguments.values.set(definition.name, *value);
            continue;
        }
        if (!definition.value)
            continue;
        const ShellText value = expand(*definition.value, arguments.values, dockerfile.escape);
        if (value.failed()) {
            if (!arguments.problem)
                arguments.problem = {value.error, word.span, instruction.lines};
            continue;
        }
        arguments.values.set(definition.name, value.text);
    }
}

GlobalArguments argumentsFrom(const Dockerfile& dockerfile, const BuildOptions& options,
                              const BuildArguments& buildArguments)
{
    GlobalArguments arguments;
    const Platform platform = parsePlatform(options.platform).value_or(Platform{"linux", "", "amd64", ""});
    arguments.values = predefinedArguments(platform, nameOfLastStage(dockerfile), options.buildArgs);
    for (const Instruction& instruction : dockerfile.instructions) {
        if (instruction.keyword == Keyword::From)
            break;
        if (instruction.keyword == Keyword::Arg)
            define(arguments, dockerfile, instruction, buildArguments);
    }
    return arguments;
}

} // namespace

GlobalArguments globalArguments(const Dockerfile& dockerfile, const BuildOptions& options)
{
    return argumentsFrom(dockerfile, options, options.buildArgs);
}

GlobalArguments globalDefaults(const Dockerfile& dockerfile, const BuildOptions& options)
{
    return argumentsFrom(dockerfile, options, {});
}

} // namespace stagelift
