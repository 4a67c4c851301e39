// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/grammar.h"

#include "core/dockerfile/duration.h"
#include "core/dockerfile/flag_rules.h"
#include "core/dockerfile/heredocs.h"
#include "core/dockerfile/keywords.h"
#include "core/text/characters.h"
#include "core/text/nearest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>
#include <span>

namespace stagelift {

namespace {

/// A sentence about what is wrong, and where; empty where nothing is.
struct Sentence {
    Sentence() = default;
    // NOLINTBEGIN(google-explicit-constructor): most rules have no more to say than a text.
    Sentence(std::string sentence) : text(std::move(sentence)) {}
    Sentence(const char* sentence) : text(sentence) {}
    // NOLINTEND(google-explicit-constructor)
    Sentence(std::string sentence, Span where) : text(std::move(sentence)), span(where) {}

    [[nodiscard]] bool empty() const { return text.empty(); }

    std::string text;
    Span span; // empty: the whole instruction
};

Sentence checkFlag(const Flag& flag, const FlagRule& rule, bool isRepeated)
{
    const auto dashed = flag.whole.text.substr(0, flag.whole.text.find('='));
    if (isRepeated && rule.type != FlagType::Texts)
        return std::format("duplicate flag specified: {}", dashed);
    if (rule.type != FlagType::Boolean)
        return flag.hasValue ? Sentence() : std::format("missing a value on flag: {}", dashed);
    if (flag.hasValue && flag.value.text.empty())
        return std::format("missing a value on flag: {}", dashed);
    const bool isBoolean =
        !flag.hasValue || equalFolded(flag.value.text, "true") || equalFolded(flag.value.text, "false");
    return isBoolean ? Sentence()
                     : std::format("expecting boolean value for flag {}, not: {}", dashed, flag.value.text);
}

/// Of an instruction whose keyword knows none, any is unknown.
Sentence checkFlags(const Instruction& instruction)
{
    for (std::size_t i = 0; i < instruction.flags.size(); ++i) {
        const Flag& flag = instruction.flags[i];
        const FlagRule* rule = flagRule(instruction.keyword, flag.name);
        if (rule == nullptr) {
            std::vector<std::string_view> names;
            std::ranges::transform(flagRules(instruction.keyword), std::back_inserter(names), &FlagRule::name);
            return {std::format("unknown flag: {}{}", flag.whole.text.substr(0, flag.whole.text.find('=')),
                                didYouMean(likeliest(flag.name, names))),
                    flag.whole.span};
        }
        const auto before = std::span(instruction.flags).first(i);
        const bool isRepeated = std::ranges::find(before, flag.name, &Flag::name) != before.end();
        if (Sentence sentence = checkFlag(flag, *rule, isRepeated); !sentence.empty())
            return {std::move(sentence.text), flag.whole.span};
    }
    return {};
}

Sentence atLeastOne(const Instruction& instruction)
{
    return std::format("{} requires at least one argument", keywordName(instruction.keyword));
}

Sentence checkOneArgument(const Instruction& instruction)
{
    if (instruction.args.size() != 1)
        return std::format("{} requires exactly one argument", keywordName(instruction.keyword));
    return instruction.keyword == Keyword::StopSignal ? Sentence() : checkFlags(instruction);
}

Sentence checkFiles(const Instruction& instruction)
{
    const std::string_view name = keywordName(instruction.keyword);
    if (instruction.args.size() < 2)
        return std::format("{} requires at least two arguments, but only one was provided. Destination could not be "
                           "determined",
                           name);
    Sentence sentence = checkFlags(instruction);
    if (sentence.empty() && heredocFrom(instruction.args.back().text))
        return {std::format("{} cannot accept a heredoc as a destination", name), instruction.args.back().span};
    return sentence;
}

Sentence checkFrom(const Instruction& instruction)
{
    const auto& args = instruction.args;
    const bool isNamed = args.size() == 3 && equalFolded(args[1].text, "as");
    if (isNamed && !isStageName(args[2].text))
        return {std::format("invalid name for build stage: {}, name can't start with a number or contain symbols",
                            quoted(args[2].text)),
                args[2].span};
    if (!isNamed && args.size() != 1)
        return "FROM requires either one or three arguments";
    return checkFlags(instruction);
}

Sentence checkPairs(const Instruction& instruction)
{
    if (Sentence sentence = checkFlags(instruction); !sentence.empty())
        return sentence;
    if (instruction.args.empty())
        return atLeastOne(instruction);
    for (std::size_t i = 0; i < instruction.args.size(); i += 3) {
        if (instruction.args[i].text.empty())
            return {std::format("{} names can not be blank", keywordName(instruction.keyword)),
                    instruction.args[i + 2].span};
    }
    return {};
}

Sentence checkDefinitions(const Instruction& instruction)
{
    if (instruction.args.empty())
        return atLeastOne(instruction);
    const auto isBlankName = [](const Word& word) { return word.text.starts_with('='); };
    return std::ranges::any_of(instruction.args, isBlankName) ? "ARG names can not be blank" : Sentence();
}

/// A mount may not take its source from a variable: the stages it needs must be known ahead of the build.
bool hasVariableSource(std::string_view mount)
{
    constexpr std::string_view kFrom = "from=";
    while (!mount.empty()) {
        const std::string_view field = mount.substr(0, mount.find(','));
        mount.remove_prefix(std::min(field.size() + 1, mount.size()));
        if (field.size() <= kFrom.size() || !equalFolded(field.substr(0, kFrom.size()), kFrom))
            continue;
        const std::size_t dollar = field.find('$');
        if (dollar != std::string_view::npos && dollar + 1 < field.size())
            return true;
    }
    return false;
}

Sentence checkRun(const Instruction& instruction)
{
    if (Sentence sentence = checkFlags(instruction); !sentence.empty())
        return sentence;
    constexpr std::array<std::string_view, 3> kNetworks{"default", "none", "host"};
    constexpr std::array<std::string_view, 2> kSecurities{"insecure", "sandbox"};
    for (const Flag& flag : instruction.flags) {
        if (flag.name == "mount" && flag.value.text.empty())
            return {"failed to parse csv mounts: EOF", flag.whole.span};
        if (flag.name == "mount" && hasVariableSource(flag.value.text))
            return {"'from' doesn't support variable expansion, define alias stage instead", flag.value.span};
    }
    const Flag* network = instruction.flag("network");
    if (network != nullptr && std::ranges::find(kNetworks, network->value.text) == kNetworks.end())
        return {std::format("invalid network mode {}", quoted(network->value.text)), network->value.span};
    const Flag* security = instruction.flag("security");
    if (security != nullptr && std::ranges::find(kSecurities, security->value.text) == kSecurities.end())
        return {std::format("security {} is not valid", quoted(security->value.text)), security->value.span};
    return {};
}

Sentence checkInterval(const Flag& flag)
{
    if (flag.value.text.empty())
        return {};
    const auto duration = parseDuration(flag.value.text);
    if (!duration)
        return duration.error();
    const bool isTooShort = *duration != 0 && *duration < kNanosecondsAMillisecond;
    return isTooShort ? std::format("Interval {} cannot be less than 1ms", quoted(flag.name)) : Sentence();
}

Sentence checkRetries(const Flag& flag)
{
    const std::string_view text = flag.value.text;
    if (text.empty())
        return {};
    int number = 0;
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc::result_out_of_range)
        return std::format("strconv.ParseInt: parsing {}: value out of range", quoted(text));
    if (error != std::errc() || end != digits.data() + digits.size())
        return std::format("strconv.ParseInt: parsing {}: invalid syntax", quoted(text));
    return number < 0 ? std::format("--retries cannot be negative ({})", number) : Sentence();
}

Sentence checkHealthcheck(const Instruction& instruction)
{
    if (instruction.args.empty())
        return atLeastOne(instruction);
    const std::string type = uppered(instruction.args.front().text);
    if (type == "NONE")
        return instruction.args.size() > 1 ? "HEALTHCHECK NONE takes no arguments" : Sentence();
    if (Sentence sentence = checkFlags(instruction); !sentence.empty())
        return sentence;
    if (type != "CMD")
        return {std::format("Unknown type {} in HEALTHCHECK (try CMD)", quoted(type)), instruction.args.front().span};
    if (instruction.args.size() < 2)
        return "Missing command after HEALTHCHECK CMD";
    for (const FlagRule& rule : flagRules(Keyword::Healthcheck)) {
        const Flag* flag = instruction.flag(rule.name);
        if (flag == nullptr)
            continue;
        if (Sentence sentence = rule.name == "retries" ? checkRetries(*flag) : checkInterval(*flag); !sentence.empty())
            return {std::move(sentence.text), flag->value.span};
    }
    return {};
}

Sentence checkOnbuild(const Instruction& instruction)
{
    if (!instruction.child)
        return atLeastOne(instruction);
    if (Sentence sentence = checkFlags(instruction); !sentence.empty())
        return sentence;
    const Keyword trigger = instruction.child->keyword;
    if (trigger == Keyword::Onbuild)
        return "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed";
    if (trigger == Keyword::Maintainer || trigger == Keyword::From)
        return std::format("{} isn't allowed as an ONBUILD trigger", keywordName(trigger));
    return {};
}

Sentence checkVolume(const Instruction& instruction)
{
    if (instruction.args.empty())
        return atLeastOne(instruction);
    if (Sentence sentence = checkFlags(instruction); !sentence.empty())
        return sentence;
    const auto isEmpty = [](const Word& word) { return trimmed(word.text).empty(); };
    return std::ranges::any_of(instruction.args, isEmpty) ? "VOLUME specified can not be an empty string" : Sentence();
}

Sentence checkExpose(const Instruction& instruction)
{
    return instruction.args.empty() ? atLeastOne(instruction) : checkFlags(instruction);
}

Sentence checkShell(const Instruction& instruction)
{
    if (Sentence sentence = checkFlags(instruction); !sentence.empty())
        return sentence;
    if (instruction.args.empty())
        return atLeastOne(instruction);
    return instruction.json ? Sentence() : "SHELL requires the arguments to be in JSON form";
}

Sentence checkUnknown(const Instruction& instruction)
{
    const std::string_view word = instruction.keywordWord.text;
    const auto names = std::span(kKeywordNames).subspan(1);
    return {std::format("unknown instruction: {}{}", word, didYouMean(nearestInAnyCase(word, names))),
            instruction.keywordWord.span};
}

using Check = Sentence (*)(const Instruction&);

/// By Keyword.
constexpr std::array<Check, kKeywordNames.size()> kChecks{
    checkUnknown, checkFiles,       checkDefinitions, checkFlags,  checkFiles,       checkFlags,   checkPairs,
    checkExpose,  checkFrom,        checkHealthcheck, checkPairs,  checkOneArgument, checkOnbuild, checkRun,
    checkShell,   checkOneArgument, checkOneArgument, checkVolume, checkOneArgument};

} // namespace

bool isStageName(std::string_view name)
{
    const auto isInner = [](char c) { return isAsciiLetter(c) || isDigit(c) || c == '-' || c == '_' || c == '.'; };
    return !name.empty() && isAsciiLetter(name.front()) && std::ranges::all_of(name, isInner);
}

void checkGrammar(const Instruction& instruction, std::vector<SyntaxError>& errors)
{
    Sentence sentence = kChecks[static_cast<std::size_t>(instruction.keyword)](instruction);
    if (sentence.empty())
        return;
    Span whole = instruction.span;
    if (!instruction.heredocs.empty() && !instruction.args.empty()) // what is wrong stands above what they hold
        whole.end = instruction.args.back().span.end;
    errors.push_back({std::move(sentence.text), sentence.span.empty() ? whole : sentence.span, instruction.lines});
}

void checkStages(Dockerfile& dockerfile)
{
    for (const Instruction& instruction : dockerfile.instructions) {
        if (instruction.keyword == Keyword::From)
            return;
        if (instruction.keyword == Keyword::Arg || instruction.keyword == Keyword::Unknown)
            continue;
        dockerfile.errors.push_back({"no build stage in current context", instruction.span, instruction.lines, false});
        return;
    }
}

} // namespace stagelift
