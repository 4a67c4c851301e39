// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks on single instructions of a stage.

#include "core/checks/mends.h"
#include "core/checks/rules.h"
#include "core/checks/stage_walk.h"
#include "core/dockerfile/shell_tokens.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>
#include <ranges>

namespace stagelift {

namespace {

/// Whether the image that a stage begins with has a SHELL: the stage it is built on ends with one, or its image has.
/// `ends` knows it of the stages above.
bool beginsWithShell(const Subject& subject, const Stage& stage, const std::vector<bool>& ends)
{
    if (stage.base.kind == NodeKind::Stage)
        return ends[static_cast<std::size_t>(stage.base.index)];
    const auto image = subject.image(stage);
    return image && image->hasShell;
}

/// A JSON string. BuildKit's reading of the instruction has taken out what continues its lines.
std::string jsonString(std::string_view text)
{
    std::string json = "\"";
    for (const char c : text) {
        if (c == '\t')
            json += ' ';
        else if (isAsciiControl(c)) // JSON has no room for it in a string
            json += std::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            json += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
    }
    return json + '"';
}

/// `["/bin/sh", "-c", "…"]`, which does what the shell form does, and says so.
std::string explicitShell(std::string_view command)
{
    return std::format("[\"/bin/sh\", \"-c\", {}]", jsonString(command));
}

/// `["a", "b"]` of a command that needs no shell; "" of one that does.
std::string withoutShell(std::string_view command)
{
    constexpr std::string_view kShells = "\"'\\$`*?[]{}()<>|&;~#=!\n";
    constexpr std::array<std::string_view, 9> kBuiltIn{"cd",     ".",     "source", "set", "eval",
                                                       "ulimit", "umask", ":",      "trap"};
    if (command.find_first_of(kShells) != std::string_view::npos)
        return {};
    ShellTokens tokens(command);
    std::string_view word = tokens.next();
    if (word == "exec") // which a shell needs for what comes by itself without one
        word = tokens.next();
    if (word.empty() || standsAhead(word) || std::ranges::contains(kBuiltIn, word))
        return {};
    std::string json = "[";
    for (; !word.empty(); word = tokens.next())
        json.append(json.size() > 1 ? ", " : "").append(jsonString(word));
    return json + ']';
}

/// There is no /bin/sh in it.
bool isOnWindows(const Subject& subject, const Stage& stage)
{
    return subject.dockerfile.escape == '`' || stage.platform.contains("windows") || stage.baseName.contains("windows");
}

/// A word of a name as `AWS_ACCESS_KEY`, in any case.
bool hasPart(std::string_view name, std::span<const std::string_view> parts)
{
    while (true) {
        const std::size_t end = name.find('_');
        const std::string_view part = name.substr(0, end);
        if (std::ranges::any_of(parts, [&](auto known) { return equalFolded(known, part); }))
            return true;
        if (end == std::string_view::npos)
            return false;
        name.remove_prefix(end + 1);
    }
}

bool soundsSecret(std::string_view name)
{
    constexpr std::array<std::string_view, 10> kSecret{"apikey",   "auth",  "credential", "credentials", "key",
                                                       "password", "pword", "passwd",     "secret",      "token"};
    constexpr std::array<std::string_view, 3> kHarmless{"public", "file", "version"};
    return hasPart(name, kSecret) && !hasPart(name, kHarmless);
}

void reportSecret(const Instruction& at, std::string_view kind, std::string_view name, Span span, Report& report)
{
    if (soundsSecret(name))
        report.add(at, span,
                   std::format("Do not use ARG or ENV instructions for sensitive data ({} {})", kind, quoted(name)));
}

/// True where some EXPOSE has more than numbers.
bool exposesMoreThanNumbers(const Subject& subject)
{
    const auto isPlain = [](const Word& port) { return std::ranges::all_of(port.text, isDigit); };
    return std::ranges::any_of(subject.dockerfile.instructions, [&](const Instruction& instruction) {
        const Instruction& inner = instruction.child ? *instruction.child : instruction;
        return inner.keyword == Keyword::Expose && !std::ranges::all_of(inner.args, isPlain);
    });
}

/// Calls `look` for each port that a stage exposes, with its text as it is once variables are replaced and quotes taken
/// out. Rules: BuildKit, dockerfile2llb/convert_expose.go.
template<typename Look>
void forEachPort(const Subject& subject, Look look)
{
    if (!exposesMoreThanNumbers(subject))
        return;
    walkStages(subject, [&](const Visit& visit) {
        if (visit.instruction.keyword != Keyword::Expose)
            return;
        const ShellRules rules{.escape = subject.dockerfile.escape};
        for (const Word& port : visit.instruction.args) {
            for (const std::string& text : readShell(port.text, rules, visit.state.environment).words)
                look(visit, port, text);
        }
    });
}

/// `[ip:][host:]`, what stands ahead of the container's port: empty where it says nothing.
std::string_view hostOf(std::string_view port)
{
    const std::string_view host = port.substr(0, std::min(port.rfind(':') + 1, port.size()));
    return host == ":" || host == "::" ? std::string_view() : host;
}

} // namespace

void jsonArgsRecommended(const Subject& subject, Report& report)
{
    std::vector<bool> endsWithShell;
    for (const Stage& stage : subject.graph.stages) {
        bool hasShell = beginsWithShell(subject, stage, endsWithShell);
        subject.forEachCommand(stage, [&](const Instruction& instruction, const Instruction& at) {
            hasShell = hasShell || instruction.keyword == Keyword::Shell;
            if (!isStart(instruction) || instruction.json || hasShell)
                return;
            auto finding = report.add(at, instruction.span,
                                      std::format("JSON arguments recommended for {} to prevent unintended behavior "
                                                  "related to OS signals",
                                                  instruction.keywordWord.text));
            if (instruction.args.size() != 1 || holdsComment(subject, instruction.span))
                return;
            const Word& command = instruction.args.front();
            if (std::string json = withoutShell(command.text); !json.empty())
                finding.fix("Run it without a shell", {{command.span, std::move(json)}});
            if (!isOnWindows(subject, stage))
                finding.fix("Say which shell runs it", {{command.span, explicitShell(command.text)}});
        });
        endsWithShell.push_back(hasShell);
    }
}

void multipleInstructionsDisallowed(const Subject& subject, Report& report)
{
    constexpr std::array kOnce{Keyword::Cmd, Keyword::Entrypoint, Keyword::Healthcheck};
    for (const Stage& stage : subject.graph.stages) {
        for (const Keyword keyword : kOnce) {
            const Instruction* previous = nullptr;
            const Instruction* place = nullptr;
            subject.forEachCommand(stage, [&](const Instruction& instruction, const Instruction& at) {
                if (instruction.keyword != keyword)
                    return;
                // The earlier one is named, for that is the one without effect.
                if (previous != nullptr) {
                    auto finding = report.add(*place, previous->span,
                                              std::format("Multiple {} instructions should not be used in the same "
                                                          "stage because only the last one will be used",
                                                          instruction.keywordWord.text));
                    if (place == previous)
                        finding.fix("Take it out", withoutInstruction(subject, *previous));
                }
                previous = &instruction;
                place = &at;
            });
        }
    }
}

void secretsUsedInArgOrEnv(const Subject& subject, Report& report)
{
    for (const Stage& stage : subject.graph.stages) {
        subject.forEachCommand(stage, [&](const Instruction& instruction, const Instruction& at) {
            if (instruction.keyword == Keyword::Arg) {
                for (const Word& word : instruction.args)
                    reportSecret(at, "ARG", definitionFrom(word.text).name, word.span, report);
            } else if (instruction.keyword == Keyword::Env) {
                for (std::size_t i = 0; i < instruction.args.size(); i += 3)
                    reportSecret(at, "ENV", instruction.args[i].text, instruction.args[i].span, report);
            }
        });
    }
}

void exposeProtoCasing(const Subject& subject, Report& report)
{
    forEachPort(subject, [&](const Visit& visit, const Word& port, std::string_view text) {
        const std::size_t slash = text.find('/', hostOf(text).size());
        if (slash == std::string_view::npos)
            return;
        const std::string_view protocol = text.substr(slash + 1);
        if (protocol == lowered(protocol))
            return;
        auto finding = report.add(visit.from, port.span,
                                  std::format("Defined protocol '{}' in EXPOSE instruction should be lowercase", text));
        if (text == port.text)
            finding.fix("Make it lowercase",
                        {{port.span, std::format("{}{}", text.substr(0, slash + 1), lowered(protocol))}});
    });
}

void exposeInvalidFormat(const Subject& subject, Report& report)
{
    forEachPort(subject, [&](const Visit& visit, const Word& port, std::string_view text) {
        const std::string_view host = hostOf(text);
        if (host.empty())
            return;
        auto finding = report.add(
            visit.from, port.span,
            std::format("EXPOSE instruction should not define an IP address or host-port mapping, found '{}'", text));
        const std::string_view kept = text.substr(host.size());
        if (text == port.text && !kept.empty() && isDigit(kept.front()))
            finding.fix("Keep the container's port only", {{port.span, std::string(kept)}});
    });
}

} // namespace stagelift
