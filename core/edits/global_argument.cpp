// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/global_argument.h"

#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift::edits {

namespace {

bool isNameCharacter(char c)
{
    return isAsciiLetter(c) || isDigit(c) || c == '_';
}

/// "BASE" of `$BASE` and `${BASE}`; "" of anything else.
std::string_view plainVariable(std::string_view word)
{
    std::string_view name = word.substr(std::min<std::size_t>(1, word.size()));
    if (name.starts_with('{') && name.ends_with('}'))
        name = name.substr(1, name.size() - 2);
    return word.starts_with('$') && std::ranges::all_of(name, isNameCharacter) ? name : std::string_view();
}

/// Every place where the variable is expanded, or its value taken over by an ARG of that name inside a stage.
std::vector<std::uint32_t> usesOf(const Analysis& analysis, std::string_view variable)
{
    std::vector<std::uint32_t> uses;
    const std::string_view bytes = analysis.source.bytes();
    for (auto at = bytes.find('$'); at != std::string_view::npos; at = bytes.find('$', at + 1)) {
        std::string_view behind = bytes.substr(at + 1);
        if (behind.starts_with('{'))
            behind.remove_prefix(1);
        if (!behind.starts_with(variable))
            continue;
        behind.remove_prefix(variable.size());
        if (behind.empty() || !isNameCharacter(behind.front()))
            uses.push_back(static_cast<std::uint32_t>(at));
    }
    return uses;
}

struct Definition {
    const Word* word = nullptr;
    bool global = false;
};

/// The ARGs that define or import the variable.
std::vector<Definition> definitionsOf(const Analysis& analysis, std::string_view variable)
{
    std::vector<Definition> definitions;
    const std::size_t firstFrom = analysis.graph.stages.front().firstInstruction;
    for (std::size_t index = 0; index < analysis.dockerfile.instructions.size(); ++index) {
        const Instruction& instruction = analysis.dockerfile.instructions[index];
        if (instruction.keyword != Keyword::Arg)
            continue;
        for (const Word& word : instruction.args) {
            if (word.text.substr(0, word.text.find('=')) == variable)
                definitions.push_back({&word, index < firstFrom});
        }
    }
    return definitions;
}

} // namespace

std::expected<Span, Refusal> defaultToRename(const Analysis& analysis, std::span<const Reference> references,
                                             const Reference& reference)
{
    const std::string_view written = analysis.source.at(reference.span);
    const auto refusal = [&](std::string_view why) {
        return std::unexpected(Refusal{std::format("FROM {} on line {} comes to this stage by a variable{}", written,
                                                   analysis.source.lineAt(reference.span.begin), why),
                                       "Write the stage's name into that FROM first."});
    };
    const std::string_view variable = plainVariable(written);
    if (variable.empty())
        return refusal("");
    const std::vector<Definition> definitions = definitionsOf(analysis, variable);
    if (definitions.size() != 1 || !definitions.front().global)
        return refusal(", whose argument is used elsewhere too");
    for (const std::uint32_t use : usesOf(analysis, variable)) {
        const auto covers = [&](const Reference& other) { return other.span.begin == use; };
        if (std::ranges::none_of(references, covers))
            return refusal(", whose argument is used elsewhere too");
    }
    const Word& word = *definitions.front().word;
    const std::string value = std::format("{}={}", variable, reference.edge->spec);
    if (analysis.source.at(word.span) != value)
        return refusal(", whose default is not just the stage's name");
    return Span{word.span.end - static_cast<std::uint32_t>(reference.edge->spec.size()), word.span.end};
}

std::expected<Span, Refusal> defaultForOne(const Analysis& analysis, std::string_view variable, Span user)
{
    const auto refusal = [&](std::string why) { return std::unexpected(Refusal{std::move(why), {}}); };
    const std::vector<Definition> definitions = definitionsOf(analysis, variable);
    for (const std::uint32_t use : usesOf(analysis, variable)) {
        if (!user.touches(use))
            return refusal(
                std::format("The variable {} is used on line {} too", variable, analysis.source.lineAt(use)));
    }
    for (const Definition& definition : definitions) {
        if (!definition.global || &definition != &definitions.front())
            return refusal(std::format("The variable {} is set or used on line {} too", variable,
                                       analysis.source.lineAt(definition.word->span.begin)));
    }
    if (definitions.empty())
        return refusal(std::format("The variable {} has its value from elsewhere", variable));
    const Word& word = *definitions.front().word;
    Span value{word.span.begin + static_cast<std::uint32_t>(variable.size()), word.span.end};
    if (!analysis.source.at(value).starts_with('='))
        return refusal(std::format("The variable {} has its value from elsewhere", variable));
    ++value.begin;
    const std::string_view text = analysis.source.at(value);
    if (text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
        value = {value.begin + 1, value.end - 1};
    const std::string_view plain = analysis.source.at(value);
    if (plain.empty() || plain.find_first_of("$\"'\n") != plain.npos || plain.contains(analysis.dockerfile.escape))
        return refusal(std::format("The variable {} is put together from others", variable));
    return value;
}

} // namespace stagelift::edits
