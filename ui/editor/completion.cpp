// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/editor/completion.h"

#include "core/artifacts/artifacts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace stagelift::ui {

namespace {

using Names = std::vector<std::string>;

struct FlagsOf {
    Keyword keyword;
    std::array<std::string_view, 7> flags; // "" behind the last
};

// instructions/parse.go, with what docker/dockerfile:1 knows
constexpr std::array kFlags{
    FlagsOf{Keyword::From, {"--platform="}},
    FlagsOf{Keyword::Run, {"--mount=", "--network=", "--security=", "--device="}},
    FlagsOf{Keyword::Copy, {"--from=", "--chown=", "--chmod=", "--link", "--parents", "--exclude="}},
    FlagsOf{Keyword::Add,
            {"--chown=", "--chmod=", "--link", "--checksum=", "--keep-git-dir", "--exclude=", "--unpack"}},
    FlagsOf{Keyword::Healthcheck, {"--interval=", "--timeout=", "--start-period=", "--start-interval=", "--retries="}},
};

struct ValuesOf {
    std::string_view flag;
    std::array<std::string_view, 6> values;
};

constexpr std::array kValues{
    ValuesOf{"--platform=", {"$BUILDPLATFORM", "$TARGETPLATFORM", "linux/amd64", "linux/arm64"}},
    ValuesOf{"--network=", {"default", "host", "none"}},
    ValuesOf{"--security=", {"insecure", "sandbox"}},
    ValuesOf{"type=", {"bind", "cache", "secret", "ssh", "tmpfs"}},
    ValuesOf{"sharing=", {"locked", "private", "shared"}},
};

constexpr std::array<std::string_view, 15> kMountKeys{
    "env=",     "from=", "gid=",    "id=",     "mode=", "readonly", "required", "rw",
    "sharing=", "size=", "source=", "target=", "type=", "uid=",     "dst="};

/// BuildKit sets these by itself (dockerfile2llb/platform.go); a FROM sees them without an ARG.
constexpr std::array<std::string_view, 8> kPlatformVariables{"BUILDPLATFORM", "BUILDOS",        "BUILDARCH",
                                                             "BUILDVARIANT",  "TARGETPLATFORM", "TARGETOS",
                                                             "TARGETARCH",    "TARGETVARIANT"};

char lower(char c)
{
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool isNameCharacter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool beginsWith(std::string_view item, std::string_view typed)
{
    return item.size() >= typed.size() && std::ranges::equal(item.substr(0, typed.size()), typed, {}, lower, lower);
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

template<typename Range>
void append(Names& names, const Range& more)
{
    for (const auto& each : more) {
        if (!each.empty())
            names.emplace_back(each);
    }
}

/// One question: what stands at the caret, and what is typed of it.
class Asked {
public:
    Asked(const Analysis& analysis, std::uint32_t caret, const ListFolder& listContext, const ListStage& listStage)
        : m_analysis(analysis), m_listContext(listContext), m_listStage(listStage), m_caret(caret), m_begin(caret)
    {
        const std::string_view text = analysis.source.bytes();
        while (m_begin > 0 && !isBlank(text[m_begin - 1]))
            --m_begin;
        m_instruction = instructionAt(analysis, caret);
    }

    [[nodiscard]] std::optional<Completion> answer()
    {
        if (inComment())
            return std::nullopt;
        if (const auto dollar = variableBegin())
            return offer(*dollar, variableNames());
        if (inHeredoc())
            return std::nullopt;
        if (!m_instruction || m_instruction->keywordWord.span.touches(m_caret))
            return startsLine() ? offer(m_begin, keywords()) : std::nullopt;
        return inInstruction(*m_instruction);
    }

private:
    [[nodiscard]] std::string_view typed() const
    {
        return m_analysis.source.bytes().substr(m_begin, m_caret - m_begin);
    }

    [[nodiscard]] bool inComment() const
    {
        const Span line = m_analysis.source.lineSpan(m_analysis.source.lineAt(m_caret));
        const std::string_view text = m_analysis.source.at(line);
        const std::size_t first = text.find_first_not_of(" \t");
        return first != std::string_view::npos && text[first] == '#' && !inHeredoc();
    }

    [[nodiscard]] bool inHeredoc() const
    {
        return m_instruction && std::ranges::any_of(m_instruction->heredocs, [this](const Heredoc& heredoc) {
                   return heredoc.span.begin <= m_caret && m_caret <= heredoc.span.end;
               });
    }

    [[nodiscard]] bool startsLine() const
    {
        const Span line = m_analysis.source.lineSpan(m_analysis.source.lineAt(m_caret));
        return std::ranges::all_of(m_analysis.source.at({line.begin, m_begin}), isBlank);
    }

    /// Behind `$` or `${`, where only a name stands between it and the caret.
    [[nodiscard]] std::optional<std::uint32_t> variableBegin() const
    {
        const std::string_view text = m_analysis.source.bytes();
        std::uint32_t at = m_caret;
        while (at > m_begin && isNameCharacter(text[at - 1]))
            --at;
        const bool braced = at > m_begin && text[at - 1] == '{';
        const std::uint32_t dollar = braced ? at - 1 : at;
        return dollar > m_begin && text[dollar - 1] == '$' ? std::optional(at) : std::nullopt;
    }

    [[nodiscard]] Names variableNames() const
    {
        Names names;
        for (const Variable& variable : variablesAt(m_analysis, m_caret))
            names.push_back(variable.name);
        if (m_instruction && m_instruction->keyword == Keyword::From)
            append(names, kPlatformVariables);
        return names;
    }

    [[nodiscard]] Names keywords() const
    {
        const bool small = !typed().empty() && std::ranges::none_of(typed(), [](char c) { return c != lower(c); });
        Names names;
        for (int each = static_cast<int>(Keyword::Add); each <= static_cast<int>(Keyword::Workdir); ++each) {
            std::string name(keywordName(static_cast<Keyword>(each)));
            if (small)
                std::ranges::transform(name, name.begin(), lower);
            names.push_back(std::move(name));
        }
        return names;
    }

    /// Stages that may be copied from here: those above.
    [[nodiscard]] Names stages() const
    {
        Names names;
        const int here = m_analysis.graph.stageAt(m_caret);
        for (const Stage& stage : m_analysis.graph.stages) {
            if (stage.index < here && stage.isNamed())
                names.push_back(stage.name);
        }
        return names;
    }

    [[nodiscard]] std::optional<Completion> inInstruction(const Instruction& instruction)
    {
        if (instruction.keyword == Keyword::Onbuild) {
            if (!instruction.child || instruction.child->keywordWord.span.touches(m_caret))
                return offer(m_begin, keywords());
            return inInstruction(*instruction.child);
        }
        if (typed().starts_with("--"))
            return flagOrValue(instruction);
        if (instruction.keyword == Keyword::From)
            return fromArgument(instruction);
        if (instruction.keyword == Keyword::Healthcheck && instruction.args.size() <= 1)
            return offer(m_begin, {"CMD", "NONE"});
        if (instruction.keyword == Keyword::Copy || instruction.keyword == Keyword::Add)
            return path(instruction);
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Completion> flagOrValue(const Instruction& instruction)
    {
        const std::size_t equals = typed().find('=');
        if (equals == std::string_view::npos)
            return offer(m_begin, flags(instruction.keyword));
        const std::string_view flag = typed().substr(0, equals + 1);
        const auto value = m_begin + static_cast<std::uint32_t>(equals) + 1;
        if (flag == "--mount=")
            return mount(value);
        return offer(value, flag == "--from=" ? stages() : values(flag));
    }

    [[nodiscard]] std::optional<Completion> mount(std::uint32_t value)
    {
        const std::string_view text = m_analysis.source.bytes();
        const std::size_t comma = text.substr(value, m_caret - value).rfind(',');
        const auto key = comma == std::string_view::npos ? value : value + static_cast<std::uint32_t>(comma) + 1;
        const std::size_t equals = text.substr(key, m_caret - key).find('=');
        if (equals == std::string_view::npos)
            return offer(key, Names(kMountKeys.begin(), kMountKeys.end()));
        const std::string_view name = text.substr(key, equals + 1);
        return offer(key + static_cast<std::uint32_t>(equals) + 1, name == "from=" ? stages() : values(name));
    }

    [[nodiscard]] static Names flags(Keyword keyword)
    {
        Names names;
        const auto row = std::ranges::find(kFlags, keyword, &FlagsOf::keyword);
        if (row != kFlags.end())
            append(names, row->flags);
        return names;
    }

    [[nodiscard]] static Names values(std::string_view flag)
    {
        Names names;
        const auto row = std::ranges::find(kValues, flag, &ValuesOf::flag);
        if (row != kValues.end())
            append(names, row->values);
        return names;
    }

    /// How many arguments stand ahead of the word at the caret.
    [[nodiscard]] std::size_t argumentsBefore(const Instruction& instruction) const
    {
        return static_cast<std::size_t>(
            std::ranges::count_if(instruction.args, [this](const Word& word) { return word.span.end < m_begin; }));
    }

    [[nodiscard]] std::optional<Completion> fromArgument(const Instruction& instruction)
    {
        const std::size_t before = argumentsBefore(instruction);
        if (before == 1)
            return offer(m_begin, {"AS"});
        if (before > 1)
            return std::nullopt;
        Names names = stages();
        names.emplace_back("scratch");
        append(names, m_analysis.graph.images);
        return offer(m_begin, std::move(names));
    }

    [[nodiscard]] std::optional<Completion> path(const Instruction& instruction)
    {
        if (const Flag* from = instruction.flag("from")) {
            const auto edge = std::ranges::find(m_analysis.graph.edges, from->value.span, &Edge::specSpan);
            if (edge == m_analysis.graph.edges.end() || edge->from.kind != NodeKind::Stage)
                return std::nullopt;
            Names names;
            for (const Artifact& artifact : artifacts(m_analysis.dockerfile, m_analysis.graph, edge->from.index))
                names.push_back(artifact.path);
            append(names, built(edge->from.index));
            return offer(m_begin, std::move(names));
        }
        if (!m_listContext)
            return std::nullopt;
        const std::size_t slash = typed().rfind('/');
        const std::size_t folder = slash == std::string_view::npos ? 0 : slash + 1;
        return offer(m_begin + static_cast<std::uint32_t>(folder),
                     m_listContext(std::string(typed().substr(0, folder))));
    }

    /// Paths in a built stage, of the folder that is typed.
    [[nodiscard]] Names built(int stage) const
    {
        if (!m_listStage)
            return {};
        const std::string folder(typed().empty() ? "/" : typed().substr(0, typed().rfind('/') + 1));
        Names names = m_listStage(stage, folder);
        for (std::string& name : names)
            name.insert(0, folder);
        return names;
    }

    [[nodiscard]] std::optional<Completion> offer(std::uint32_t begin, Names names) const
    {
        const std::string_view prefix = m_analysis.source.bytes().substr(begin, m_caret - begin);
        std::erase_if(names, [prefix](const std::string& name) { return !beginsWith(name, prefix); });
        std::ranges::sort(names, {}, [](const std::string& name) {
            std::string key = name;
            std::ranges::transform(key, key.begin(), lower);
            return key;
        });
        names.erase(std::ranges::unique(names).begin(), names.end());
        if (names.empty() || (names.size() == 1 && names.front() == prefix))
            return std::nullopt;
        return Completion{.begin = begin, .items = std::move(names)};
    }

    const Analysis& m_analysis;
    const ListFolder& m_listContext;
    const ListStage& m_listStage;
    std::uint32_t m_caret;
    std::uint32_t m_begin; // of the word at the caret
    const Instruction* m_instruction = nullptr;
};

/// Of ARG and ENV: their names and values. Every spelling begins a word with NAME or NAME=value.
void collect(const Instruction& instruction, std::vector<Variable>& variables)
{
    if (instruction.keyword != Keyword::Arg && instruction.keyword != Keyword::Env)
        return;
    // Triples of key, value and what stood between them.
    const bool triples = instruction.args.size() % 3 == 0 && !instruction.args.empty() &&
                         (instruction.args[2].text == "=" || instruction.args[2].text.empty() ||
                          instruction.args[2].text.find_first_not_of(" \t") == std::string_view::npos);
    for (std::size_t at = 0; at < instruction.args.size(); at += triples ? 3 : 1) {
        const Word& word = instruction.args[at];
        const std::string_view name = word.text.substr(0, word.text.find('='));
        if (name.empty() || !std::ranges::all_of(name, isNameCharacter))
            continue;
        const std::string_view value = triples                          ? instruction.args[at + 1].text
                                       : name.size() < word.text.size() ? word.text.substr(name.size() + 1)
                                                                        : std::string_view{};
        const Span span{word.span.begin, word.span.begin + static_cast<std::uint32_t>(name.size())};
        variables.push_back({.name = std::string(name), .value = std::string(value), .span = span});
    }
}

} // namespace

std::optional<Completion> completionAt(const Analysis& analysis, std::uint32_t caret, const ListFolder& listContext,
                                       const ListStage& listStage)
{
    return Asked(analysis, caret, listContext, listStage).answer();
}

const Instruction* instructionAt(const Analysis& analysis, std::uint32_t caret)
{
    const auto& all = analysis.dockerfile.instructions;
    const auto behind =
        std::ranges::upper_bound(all, caret, {}, [](const Instruction& each) { return each.span.begin; });
    if (behind == all.begin())
        return nullptr;
    const Instruction& instruction = *std::prev(behind);
    // Blanks behind its end still belong to it, a new line does not.
    const bool inside =
        caret <= instruction.span.end || !analysis.source.at({instruction.span.end, caret}).contains('\n');
    return inside ? &instruction : nullptr;
}

std::vector<Variable> variablesAt(const Analysis& analysis, std::uint32_t caret)
{
    std::vector<Variable> variables;
    const auto& all = analysis.dockerfile.instructions;
    const auto& stages = analysis.graph.stages;
    const std::size_t global = stages.empty() ? all.size() : stages.front().firstInstruction;
    const Instruction* here = instructionAt(analysis, caret);
    const int stage = analysis.graph.stageAt(caret);
    if (stage < 0 || (here && here->keyword == Keyword::From)) {
        for (const Instruction& each : std::span(all).first(global))
            collect(each, variables);
        return variables;
    }
    // A stage built on another has that one's variables too.
    std::vector<int> chain = analysis.graph.shipped(stage);
    for (const int each : chain) {
        const Stage& part = stages[static_cast<std::size_t>(each)];
        for (std::size_t at = part.firstInstruction; at < part.endInstruction && all[at].span.begin < caret; ++at)
            collect(all[at], variables);
    }
    return variables;
}

} // namespace stagelift::ui
