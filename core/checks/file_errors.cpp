// SPDX-License-Identifier: GPL-3.0-or-later
//
// What COPY and ADD take. Rules and sentences: BuildKit, dockerfile2llb/convert.go: dispatchCopy; for a mode in letters
// dchapes/mode.

#include "core/checks/build_errors.h"
#include "core/dockerfile/copy_source.h"
#include "core/dockerfile/heredocs.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>

namespace stagelift {

namespace {

bool isIn(std::string_view letters, char c)
{
    return letters.contains(c);
}

std::string_view skip(std::string_view text, std::string_view letters)
{
    return text.substr(std::min(text.find_first_not_of(letters), text.size()));
}

/// `u=rwx,go+X`
bool isModeInLetters(std::string_view mode)
{
    while (true) {
        mode = skip(mode, "augo");
        if (mode.empty() || !isIn("+-=", mode.front()))
            return false;
        while (!mode.empty() && isIn("+-=", mode.front()))
            mode = skip(mode.substr(1), "rstwXxugo");
        if (mode.empty())
            return true;
        if (mode.front() != ',')
            return false;
        mode.remove_prefix(1);
    }
}

Sentence sourceError(std::string_view source)
{
    switch (sourceKind(source)) {
    case SourceKind::Git:
        return "source can't be a git ref for COPY";
    case SourceKind::Url:
        return "source can't be a URL for COPY";
    default:
        return {};
    }
}

/// Without its variables; "" where there is no such flag.
std::expected<std::string, Sentence> flagValue(const Subject& subject, const Visit& visit, std::string_view name)
{
    const Flag* flag = visit.instruction.flag(name);
    return expanded(flag == nullptr ? std::string_view() : flag->value.text, visit, subject.dockerfile.escape);
}

Sentence contentError(const Visit& visit)
{
    const ShellRules rules{.quotesArePlain = true};
    for (const Heredoc& heredoc : visit.instruction.heredocs) {
        if (!heredoc.expand || !heredoc.content.contains('$'))
            continue;
        ShellText text = readShell(heredoc.content, rules, visit.state.environment);
        if (text.failed())
            return std::move(text.error);
    }
    return {};
}

Sentence checksumError(std::string_view checksum, const std::vector<std::string>& sources)
{
    if (checksum.empty())
        return {};
    if (sources.size() != 1)
        return "checksum can't be specified for multiple sources";
    return sourceKind(sources.front()) == SourceKind::Local ? "checksum requires HTTP(S) or Git sources" : Sentence();
}

/// A flag whose value says nothing of what it comes to, or what can't be.
bool isFlagSuspect(const Flag& flag, char escape)
{
    const std::string_view value = flag.value.text;
    if (flag.name == "chmod")
        return value.contains('$') || !isPlainlyFine(value, escape) || !modeError(value).empty();
    return flag.name == "checksum" || (flag.name == "chown" && !isPlainlyFine(value, escape));
}

} // namespace

Sentence modeError(std::string_view mode)
{
    constexpr unsigned kMost = 07777;
    if (mode.empty())
        return {};
    if (!isDigit(mode.front()))
        return isModeInLetters(mode) ? Sentence() : "invalid syntax";
    unsigned number = 0;
    const auto [end, error] = std::from_chars(mode.data(), mode.data() + mode.size(), number, 8);
    const bool isFine = error == std::errc() && end == mode.data() + mode.size() && number <= kMost;
    return isFine
               ? Sentence()
               : std::format("invalid chmod parameter: '{}'. it should be octal string and between 0 and 07777", mode);
}

bool mayHaveFileError(const Instruction& instruction, char escape)
{
    const auto isContentSuspect = [](const Heredoc& each) { return each.expand && each.content.contains('$'); };
    const auto isWordSuspect = [&](const Word& word) {
        const bool isFar = instruction.keyword == Keyword::Copy && (word.text.contains('$') || word.text.contains(':'));
        return isFar || !isPlainlyFine(word.text, escape);
    };
    return std::ranges::any_of(instruction.flags, [&](const Flag& flag) { return isFlagSuspect(flag, escape); }) ||
           std::ranges::any_of(instruction.args, isWordSuspect) ||
           std::ranges::any_of(instruction.heredocs, isContentSuspect);
}

Sentence fileError(const Subject& subject, const Visit& visit)
{
    const bool isAdd = visit.instruction.keyword == Keyword::Add;
    const auto owner = flagValue(subject, visit, "chown");
    if (!owner)
        return owner.error();
    const auto mode = flagValue(subject, visit, "chmod");
    if (!mode)
        return mode.error();
    const auto checksum = isAdd ? flagValue(subject, visit, "checksum") : std::string();
    if (!checksum)
        return checksum.error();
    std::vector<std::string> words;
    for (const Word& word : visit.instruction.args) {
        if (isHeredocWord(word.text))
            continue;
        auto text = expanded(word.text, visit, subject.dockerfile.escape);
        if (!text)
            return text.error();
        words.push_back(std::move(*text));
    }
    if (!words.empty())
        words.pop_back(); // the destination
    if (Sentence sentence = contentError(visit); !sentence.empty())
        return sentence;
    if (Sentence sentence = modeError(*mode); !sentence.empty())
        return sentence;
    if (Sentence sentence = checksumError(*checksum, words); !sentence.empty())
        return sentence;
    for (const std::string& source : words) {
        if (Sentence sentence = isAdd ? Sentence() : sourceError(source); !sentence.empty())
            return sentence;
    }
    return {};
}

} // namespace stagelift
