// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/build_errors.h"

#include "core/dockerfile/grammar.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

/// `{NAME}` or `{NAME:-plain text}`: how many bytes it takes; 0 where it is anything else.
std::size_t plainBraces(std::string_view text)
{
    std::size_t at = 1;
    while (at < text.size() && (isAsciiLetter(text[at]) || isDigit(text[at]) || text[at] == '_'))
        ++at;
    if (at > 1 && text.substr(at).starts_with(":-"))
        at = std::min(text.find_first_of("}$'\"\\`", at), text.size());
    return at > 1 && at < text.size() && text[at] == '}' ? at + 1 : 0;
}

bool areWordsSuspect(const Instruction& instruction, char escape)
{
    return !std::ranges::all_of(instruction.args, [&](const Word& word) { return isPlainlyFine(word.text, escape); });
}

bool isPlainPort(const Word& port)
{
    constexpr std::string_view kLast = "65535";
    const bool isInRange = port.text.size() < kLast.size() || (port.text.size() == kLast.size() && port.text <= kLast);
    return isInRange && std::ranges::all_of(port.text, isDigit);
}

/// Whether it is worth a closer look, for which all that stands above it must be gone through.
bool isSuspect(const Subject& subject, const Instruction& instruction)
{
    const char escape = subject.dockerfile.escape;
    switch (instruction.keyword) {
    case Keyword::Add:
    case Keyword::Copy:
        return mayHaveFileError(instruction, escape);
    case Keyword::Arg:
    case Keyword::Env:
    case Keyword::Label:
    case Keyword::User:
    case Keyword::Workdir:
        return areWordsSuspect(instruction, escape);
    case Keyword::Expose:
        return !std::ranges::all_of(instruction.args, isPlainPort);
    case Keyword::Run:
        return mayHaveMountError(subject, instruction);
    case Keyword::Volume: // nothing may be left of it
        return areWordsSuspect(instruction, escape) ||
               std::ranges::any_of(instruction.args, [](const Word& word) { return word.text.contains('$'); });
    case Keyword::StopSignal:
    case Keyword::Onbuild:
        return true;
    default:
        return false;
    }
}

Sentence wordError(std::span<const Word> words, const Visit& visit, char escape)
{
    for (const Word& word : words) {
        if (const auto text = expanded(word.text, visit, escape); !text)
            return text.error();
    }
    return {};
}

Sentence pairError(const Subject& subject, const Visit& visit)
{
    const auto& args = visit.instruction.args;
    for (std::size_t i = 0; i + 1 < args.size(); i += 3) {
        if (Sentence sentence = wordError(std::span(args).subspan(i, 2), visit, subject.dockerfile.escape);
            !sentence.empty())
            return sentence;
    }
    return {};
}

Sentence definitionError(const Subject& subject, const Visit& visit)
{
    const auto& given = subject.options.build.buildArgs;
    for (const Word& word : visit.instruction.args) {
        const Definition definition = definitionFrom(word.text);
        // A default that is not used is not read either.
        const bool isGiven = std::ranges::contains(given, definition.name, &std::pair<std::string, std::string>::first);
        if (!definition.value || isGiven)
            continue;
        if (const auto text = expanded(*definition.value, visit, subject.dockerfile.escape); !text)
            return text.error();
    }
    return {};
}

Sentence volumeError(const Subject& subject, const Visit& visit)
{
    for (const Word& word : visit.instruction.args) {
        const auto text = expanded(trimmed(word.text), visit, subject.dockerfile.escape);
        if (!text)
            return text.error();
        if (text->empty())
            return "VOLUME specified can not be an empty string";
    }
    return {};
}

/// As moby/sys/signal knows them on Linux, without the real-time ones.
bool isSignalName(std::string_view name)
{
    constexpr std::array<std::string_view, 35> kNames{
        "ABRT", "ALRM", "BUS",  "CHLD", "CLD",  "CONT", "FPE",   "HUP",  "ILL",    "INT",   "IO",   "IOT",
        "KILL", "PIPE", "POLL", "PROF", "PWR",  "QUIT", "SEGV",  "STOP", "STKFLT", "SYS",   "TERM", "TRAP",
        "TSTP", "TTIN", "TTOU", "URG",  "USR1", "USR2", "WINCH", "XCPU", "XFSZ",   "RTMIN", "RTMAX"};
    return name == "VTALRM" || std::ranges::contains(kNames, name);
}

/// `RTMIN+1` to `RTMIN+15`, `RTMAX-1` to `RTMAX-14`.
bool isRealTimeSignal(std::string_view name)
{
    const bool isLow = name.starts_with("RTMIN+");
    if (!isLow && !name.starts_with("RTMAX-"))
        return false;
    constexpr std::size_t kPrefix = 6;
    const std::string_view digits = name.substr(kPrefix);
    if (digits.empty() || !isDigit(digits.front()) || digits.starts_with('0'))
        return false;
    const auto number = integerFrom(digits);
    return number && *number <= (isLow ? 15 : 14);
}

Sentence signalError(const Subject& subject, const Visit& visit)
{
    if (visit.instruction.args.empty())
        return {};
    const auto text = expanded(visit.instruction.args.front().text, visit, subject.dockerfile.escape);
    if (!text)
        return text.error();
    const auto number = integerFrom(*text);
    const std::string upper = uppered(*text);
    const std::string_view name = upper.starts_with("SIG") ? std::string_view(upper).substr(3) : upper;
    const bool isFine = number ? *number != 0 : isSignalName(name) || isRealTimeSignal(name);
    return isFine ? Sentence() : std::format("invalid signal: {}", *text);
}

Sentence errorIn(const Subject& subject, const Visit& visit)
{
    switch (visit.instruction.keyword) {
    case Keyword::Add:
    case Keyword::Copy:
        return fileError(subject, visit);
    case Keyword::Arg:
        return definitionError(subject, visit);
    case Keyword::Env:
    case Keyword::Label:
        return pairError(subject, visit);
    case Keyword::Expose:
        return portError(subject, visit);
    case Keyword::Run:
        return mountError(subject, visit);
    case Keyword::StopSignal:
        return signalError(subject, visit);
    case Keyword::Volume:
        return volumeError(subject, visit);
    case Keyword::User:
    case Keyword::Workdir:
        return wordError(visit.instruction.args, visit, subject.dockerfile.escape);
    default:
        return {};
    }
}

/// An ONBUILD is read, as an instruction, only where it runs.
Sentence triggerError(const Visit& visit)
{
    std::vector<SyntaxError> errors;
    checkGrammar(visit.instruction, errors);
    return errors.empty() ? Sentence() : std::move(errors.front().message);
}

/// The image may set what a variable holds, and the folder that a mount's target begins at.
bool mayDependOnImage(const Subject& subject, const Visit& visit, std::string_view sentence)
{
    constexpr std::string_view kTarget = "invalid mount target";
    return subject.dockerfile.source->at(visit.instruction.span).contains('$') ||
           (sentence.starts_with(kTarget) && !visit.state.hasWorkdir);
}

} // namespace

bool isPlainlyFine(std::string_view text, char escape)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == escape || (c == '$' && text.substr(at + 1).starts_with('{'))) {
            const std::size_t length = c == escape ? 1 : plainBraces(text.substr(at + 1));
            if (length == 0)
                return false;
            at += length;
        } else if (c == '\'' || c == '"') {
            const std::size_t close = text.find(c, at + 1);
            const std::string_view inner = text.substr(at + 1, close - at - 1);
            if (close == std::string_view::npos || (c == '"' && inner.contains(escape)))
                return false;
            // In double quotes a single one is no more than itself.
            if (c == '"' && inner.contains('$') && (inner.contains('\'') || !isPlainlyFine(inner, escape)))
                return false;
            at = close;
        }
    }
    return true;
}

std::expected<std::string, Sentence> expanded(std::string_view text, const Visit& visit, char escape)
{
    ShellText shell = expand(text, visit.state.environment, escape);
    if (shell.failed())
        return std::unexpected(std::move(shell.error));
    return std::move(shell.text);
}

Diagnostics buildErrors(const Subject& subject)
{
    Diagnostics found;
    if (std::ranges::none_of(subject.dockerfile.instructions,
                             [&](const Instruction& each) { return isSuspect(subject, each); }))
        return found;
    walkStages(subject, [&](const Visit& visit) {
        const bool isTrigger = &visit.from != &visit.instruction;
        if (!isTrigger && !isSuspect(subject, visit.instruction))
            return;
        Sentence sentence = isTrigger ? triggerError(visit) : Sentence();
        if (sentence.empty())
            sentence = errorIn(subject, visit);
        if (sentence.empty())
            return;
        Diagnostic& error = found.emplace_back();
        error.severity = Severity::Error;
        error.provisional = !visit.state.isImageKnown && mayDependOnImage(subject, visit, sentence);
        error.message = std::move(sentence);
        error.span = visit.instruction.span;
        error.lines = visit.from.lines;
    });
    return found;
}

} // namespace stagelift
