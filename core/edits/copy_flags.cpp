// SPDX-License-Identifier: GPL-3.0-or-later
//
// The flags of a COPY or an ADD, read and set. Rules and sentences: BuildKit, instructions/parse.go and bflag.go.

#include "core/dockerfile/flag_rules.h"
#include "core/edits/copy_edits.h"
#include "core/edits/draft.h"
#include "core/edits/flags.h"
#include "core/edits/references.h"
#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift {

namespace {

/// Those that say how files are brought, in the order of Docker's reference. What they take is in the grammar.
constexpr std::array<std::string_view, 5> kOffered{"chown", "chmod", "link", "parents", "exclude"};

/// COPY knows them all.
const FlagRule* ruleOf(std::string_view name)
{
    return std::ranges::contains(kOffered, name) ? flagRule(Keyword::Copy, name) : nullptr;
}

/// The COPY or ADD that an instruction is, or that an ONBUILD of one waits with; else nullptr.
const Instruction* filesIn(const Analysis& analysis, std::size_t instruction)
{
    if (instruction >= analysis.dockerfile.instructions.size())
        return nullptr;
    const Instruction& files = edits::acting(analysis.dockerfile.instructions[instruction]);
    return files.keyword == Keyword::Copy || files.keyword == Keyword::Add ? &files : nullptr;
}

std::vector<std::string> valuesOf(const Instruction& files, std::string_view name)
{
    std::vector<std::string> values;
    for (const Flag& flag : files.flags) {
        if (flag.name == name)
            values.emplace_back(flag.value.text);
    }
    return values;
}

/// `--link` says as much as `--link=true`.
bool isSame(const FlagRule& rule, std::string_view left, std::string_view right)
{
    const auto isOn = [](std::string_view value) { return value.empty() || equalFolded(value, "true"); };
    return rule.type == FlagType::Boolean ? isOn(left) ? isOn(right) : equalFolded(left, right) : left == right;
}

bool areSame(const FlagRule& rule, const std::vector<std::string>& left, const std::vector<std::string>& right)
{
    return std::ranges::equal(left, right,
                              [&](std::string_view one, std::string_view other) { return isSame(rule, one, other); });
}

/// `--name=value`, or `--name` for a boolean one that is on. One that says the same already stays as it is written.
std::expected<std::string, Refusal> spelledFlag(const Analysis& before, const Instruction& files, const FlagRule& rule,
                                                std::string_view value)
{
    for (const Flag& flag : files.flags) {
        if (flag.name == rule.name && isSame(rule, flag.value.text, value))
            return std::string(before.source.at(flag.whole.span));
    }
    if (isSame(rule, value, "") && rule.type == FlagType::Boolean)
        return std::format("--{}", rule.name);
    if (value.empty())
        return std::unexpected(
            Refusal{std::format("missing a value on flag: --{}", rule.name), "Write a value, or take the flag out."});
    return edits::spelledInFlag(value, before.dockerfile.escape).transform([&](const std::string& spelled) {
        return std::format("--{}={}", rule.name, spelled);
    });
}

EditOutcome withValues(const Analysis& before, std::size_t instruction, const FlagRule& rule,
                       const std::vector<std::string>& values)
{
    const Instruction* files = filesIn(before, instruction);
    if (files == nullptr)
        return std::unexpected(Refusal{std::format("unknown flag: --{}", rule.name), "Only COPY and ADD have it."});
    if (areSame(rule, valuesOf(*files, rule.name), values))
        return EditResult{};
    std::vector<std::string> wanted;
    for (const std::string& value : values) {
        auto spelled = spelledFlag(before, *files, rule, value);
        if (!spelled)
            return std::unexpected(std::move(spelled.error()));
        wanted.push_back(std::move(*spelled));
    }
    edits::Draft draft(before);
    if (!edits::bringFlagsTo(draft, before, before.dockerfile.instructions[instruction], rule.name, wanted))
        return EditResult{};
    edits::Intended intended;
    intended.mend = "Choose another value.";
    intended.objection = [&](const Dockerfile& after, const StageGraph&) -> std::optional<Refusal> {
        if (instruction < after.instructions.size() &&
            areSame(rule, valuesOf(edits::acting(after.instructions[instruction]), rule.name), values))
            return std::nullopt;
        return Refusal{std::format("--{} would be read as something else", rule.name), "Choose another value."};
    };
    return draft.settled(intended);
}

/// The instruction of a COPY or ADD edge; else one that is not there.
std::size_t instructionOf(const Analysis& analysis, std::size_t edge)
{
    const auto& edges = analysis.graph.edges;
    const bool isCopy =
        edge < edges.size() && (edges[edge].kind == EdgeKind::Copy || edges[edge].kind == EdgeKind::OnbuildCopy);
    return isCopy ? edges[edge].instruction : analysis.dockerfile.instructions.size();
}

} // namespace

bool CopyFlag::isOn() const
{
    return isBoolean && isSet() && !equalFolded(values.back(), "false");
}

std::vector<CopyFlag> instructionFlags(const Analysis& analysis, std::size_t instruction)
{
    std::vector<CopyFlag> flags;
    const Instruction* files = filesIn(analysis, instruction);
    if (files == nullptr)
        return flags;
    for (const std::string_view name : kOffered) {
        if (const FlagRule* rule = flagRule(files->keyword, name))
            flags.push_back(
                {name, rule->type == FlagType::Boolean, rule->type == FlagType::Texts, valuesOf(*files, name)});
    }
    return flags;
}

std::vector<CopyFlag> copyFlags(const Analysis& analysis, std::size_t edge)
{
    return instructionFlags(analysis, instructionOf(analysis, edge));
}

EditOutcome setInstructionFlag(const Analysis& before, std::size_t instruction, std::string_view flag,
                               const std::optional<std::string>& value)
{
    const FlagRule* rule = ruleOf(flag);
    if (rule == nullptr)
        return std::unexpected(Refusal{std::format("unknown flag: --{}", flag), {}});
    return withValues(before, instruction, *rule, value ? std::vector{*value} : std::vector<std::string>());
}

EditOutcome setCopyFlag(const Analysis& before, std::size_t edge, std::string_view flag,
                        const std::optional<std::string>& value)
{
    if (edge >= before.graph.edges.size())
        return std::unexpected(Refusal{"This connection is no longer there", {}});
    return setInstructionFlag(before, instructionOf(before, edge), flag, value);
}

EditOutcome setCopyExcludes(const Analysis& before, std::size_t edge, const std::vector<std::string>& patterns)
{
    if (edge >= before.graph.edges.size())
        return std::unexpected(Refusal{"This connection is no longer there", {}});
    return withValues(before, instructionOf(before, edge), *ruleOf("exclude"), patterns);
}

} // namespace stagelift
