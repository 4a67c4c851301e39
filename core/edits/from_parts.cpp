// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sentences: distribution/reference; BuildKit, dockerfile2llb/convert.go.

#include "core/edits/base.h"
#include "core/edits/draft.h"
#include "core/edits/edits.h"
#include "core/edits/flags.h"
#include "core/edits/global_argument.h"
#include "core/edits/image_parts.h"
#include "core/edits/names.h"
#include "core/stages/global_arguments.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

using Place = std::expected<Span, Refusal>;

/// The base of one FROM, and where the text of its parts can be changed.
class FromEdit {
public:
    FromEdit(const Analysis& before, int stage)
        : m_before(before),
          m_stage(stage),
          m_word(before.graph.stages[stage].baseWord),
          m_arguments(globalDefaults(before.dockerfile, {}))
    {
        const ShellText now = expand(m_word.text, m_arguments.values, before.dockerfile.escape);
        m_parts = edits::partsOf(now.failed() ? std::string_view(m_word.text) : now.text);
    }

    /// As the build reads them.
    [[nodiscard]] const ImageParts& parts() const { return m_parts; }
    /// Brings the base to these parts, changing the text of those alone that are others.
    [[nodiscard]] EditOutcome bringTo(const ImageParts& wanted) const;

private:
    [[nodiscard]] EditOutcome written(const std::vector<TextEdit>& changes, const ImageParts& wanted) const;
    [[nodiscard]] std::optional<Refusal> change(std::vector<TextEdit>& changes, const ImageParts& wanted) const;
    [[nodiscard]] std::expected<TextEdit, Refusal> respelled(Span span, std::string_view wanted) const;
    /// Where the text stands that the span, which is one variable or plain, gets its text from.
    [[nodiscard]] Place textPlace(Span span) const;
    [[nodiscard]] Place fallbackPlace(Span span, const edits::SoleVariable& variable) const;
    [[nodiscard]] Span unquoted() const;
    [[nodiscard]] std::string_view at(Span span) const { return m_before.source.at(span); }

    const Analysis& m_before;
    int m_stage = 0;
    const Word& m_word;
    GlobalArguments m_arguments;
    ImageParts m_parts;
};

Span FromEdit::unquoted() const
{
    const std::string_view text = at(m_word.span);
    const bool isQuoted =
        text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return isQuoted ? Span{m_word.span.begin + 1, m_word.span.end - 1} : m_word.span;
}

Place FromEdit::fallbackPlace(Span span, const edits::SoleVariable& variable) const
{
    const auto begin = span.begin + static_cast<std::uint32_t>(variable.fallback->data() - at(span).data());
    return textPlace({begin, begin + static_cast<std::uint32_t>(variable.fallback->size())});
}

Place FromEdit::textPlace(Span span) const
{
    const std::string_view text = at(span);
    if (!text.contains('$'))
        return span;
    const auto variable = edits::soleVariable(text);
    if (!variable || !variable->isWhole())
        return std::unexpected(Refusal{std::format("{} is put together from variables", text), {}});
    const auto value = m_arguments.values.find(variable->name);
    const bool hasValue = value && !(variable->isForEmpty && value->empty());
    return variable->fallback && !hasValue ? fallbackPlace(span, *variable)
                                           : edits::defaultForOne(m_before, variable->name, m_word.span);
}

/// A part in which one variable may stand: what is around it stays.
std::expected<TextEdit, Refusal> FromEdit::respelled(Span span, std::string_view wanted) const
{
    const std::string_view text = at(span);
    const auto variable = edits::soleVariable(text);
    if (!text.contains('$') || (variable && variable->isWhole()))
        return textPlace(span).transform([&](Span place) { return TextEdit{place, std::string(wanted)}; });
    const bool fits = variable && wanted.starts_with(variable->prefix) && wanted.ends_with(variable->suffix) &&
                      wanted.size() > variable->prefix.size() + variable->suffix.size();
    if (!fits)
        return std::unexpected(Refusal{std::format("{} is put together from variables", text), {}});
    const std::string_view middle =
        wanted.substr(variable->prefix.size(), wanted.size() - variable->prefix.size() - variable->suffix.size());
    const auto prefix = static_cast<std::uint32_t>(variable->prefix.size());
    const auto suffix = static_cast<std::uint32_t>(variable->suffix.size());
    return textPlace({span.begin + prefix, span.end - suffix}).transform([&](Span place) {
        return TextEdit{place, std::string(middle)};
    });
}

std::optional<Refusal> FromEdit::change(std::vector<TextEdit>& changes, const ImageParts& wanted) const
{
    Span span = unquoted();
    if (const auto variable = edits::soleVariable(at(span)); variable && variable->isWhole()) {
        const Place place = textPlace(span);
        if (!place)
            return place.error();
        span = *place;
    }
    const std::string_view text = at(span);
    const ImageCut cut = cutImage(text);
    const auto part = [&](std::size_t begin, std::size_t end) {
        return Span{span.begin + static_cast<std::uint32_t>(begin), span.begin + static_cast<std::uint32_t>(end)};
    };
    const auto respell = [&](Span which, const std::string& to) -> std::optional<Refusal> {
        auto edit = respelled(which, to);
        if (!edit)
            return std::move(edit.error());
        changes.push_back(std::move(*edit));
        return std::nullopt;
    };
    if (wanted.name != m_parts.name) {
        if (auto refusal = respell(part(0, cut.nameEnd), wanted.name))
            return refusal;
    }
    // A part that is there is changed or goes with what leads it in; one that is not comes with that.
    const auto optionalPart = [&](std::size_t lead, std::size_t begin, std::size_t end, const std::string& was,
                                  const std::string& now, char sign) -> std::optional<Refusal> {
        if (was == now)
            return std::nullopt;
        if (begin != end && !now.empty())
            return respell(part(begin, end), now);
        changes.push_back({part(lead, end), now.empty() ? std::string() : std::format("{}{}", sign, now)});
        return std::nullopt;
    };
    if (auto refusal = optionalPart(cut.nameEnd, cut.tagBegin, cut.tagEnd, m_parts.tag, wanted.tag, ':'))
        return refusal;
    return optionalPart(cut.tagEnd, cut.digestBegin, text.size(), m_parts.digest, wanted.digest, '@');
}

EditOutcome FromEdit::written(const std::vector<TextEdit>& changes, const ImageParts& wanted) const
{
    const std::string name = edits::joined(wanted);
    edits::Draft draft(m_before);
    for (const TextEdit& edit : changes) {
        draft.add(edit);
        const std::uint32_t lead =
            edit.span.empty() || edit.text.starts_with('@') || edit.text.starts_with(':') ? 1 : 0;
        const auto size = static_cast<std::uint32_t>(edit.text.size());
        if (&edit == &changes.front())
            draft.select({std::min(lead, size), size});
    }
    edits::Intended intended;
    intended.changes = [this](const Edge& edge) {
        return edge.to == m_stage && (edge.kind == EdgeKind::Base || edge.isTrigger);
    };
    intended.mend = "Choose another image.";
    intended.objection = [&](const Dockerfile&, const StageGraph& after) -> std::optional<Refusal> {
        const Stage& stage = after.stages[m_stage];
        if (stage.base.kind == NodeKind::Stage)
            return Refusal{std::format("It would be built from the stage \"{}\" instead of the image", stage.baseName),
                           "Give the stage of that name another one first."};
        if (stage.baseName == name)
            return std::nullopt;
        return Refusal{std::format("The base would be read as {} instead of {}", quoted(stage.baseName), quoted(name)),
                       "Write it into the FROM by hand."};
    };
    return draft.settled(intended);
}

EditOutcome FromEdit::bringTo(const ImageParts& wanted) const
{
    const std::string name = edits::joined(wanted);
    if (wanted == m_parts) {
        if (m_before.graph.stages[m_stage].baseName == name)
            return EditResult{};
        return written({{m_word.span, name}}, wanted); // `ruby:` has a sign with nothing behind it
    }
    if (name.contains('$')) // a variable in it would be one more that this can't read back
        return std::unexpected(Refusal{"A variable can't be set here", "Write it into the FROM by hand."});
    if (name == "scratch" || (wanted.name == "scratch"))
        return std::unexpected(Refusal{"'scratch' is a reserved name", "Choose scratch as the base instead."});
    if (auto refusal = edits::refusalOfImage(name))
        return std::unexpected(std::move(*refusal));
    std::vector<TextEdit> changes;
    auto refusal = change(changes, wanted);
    if (!refusal) {
        EditOutcome outcome = written(changes, wanted);
        if (outcome)
            return outcome;
        refusal = std::move(outcome.error());
    }
    // Where a variable stands in the way, this FROM can still have its own.
    if (EditOutcome literal = written({{m_word.span, name}}, wanted); literal && at(m_word.span).contains('$')) {
        refusal->mend = std::format("Write {} into this FROM", name);
        refusal->remedy = std::move(*literal);
    }
    return std::unexpected(std::move(*refusal));
}

/// A tag or a name beside a digest says nothing: the digest counts.
EditOutcome besideDigest(const FromEdit& from, ImageParts wanted)
{
    const std::string digest = wanted.digest;
    wanted.digest.clear();
    EditOutcome without = from.bringTo(wanted);
    if (!without)
        return without;
    return std::unexpected(
        Refusal{std::format("The digest {} says which image it is, whatever else is written", digest),
                "Take the digest out", std::move(*without)});
}

std::optional<Refusal> refusalOfStage(const Analysis& before, int stage)
{
    if (!edits::isStage(before.graph, stage))
        return Refusal{"This stage is no longer there", {}};
    if (before.dockerfile.instructions[before.graph.stages[stage].firstInstruction].args.empty())
        return Refusal{"FROM requires either one or three arguments", "Mend the FROM line first."};
    return std::nullopt;
}

bool isImage(const Analysis& before, int stage)
{
    const NodeKind kind = before.graph.stages[stage].base.kind;
    return kind == NodeKind::Image || kind == NodeKind::Context;
}

} // namespace

BaseParts baseParts(const Analysis& analysis, int stage)
{
    BaseParts parts;
    if (!edits::isStage(analysis.graph, stage))
        return parts;
    const Stage& read = analysis.graph.stages[stage];
    parts.written = edits::partsOf(read.baseWord.text);
    parts.resolved = isImage(analysis, stage) ? edits::partsOf(read.baseName) : ImageParts{read.baseName, {}, {}};
    if (const Flag* platform = analysis.dockerfile.instructions[read.firstInstruction].flag("platform"))
        parts.writtenPlatform = platform->value.text;
    parts.resolvedPlatform = read.platform;
    return parts;
}

EditOutcome setPlatform(const Analysis& before, int stage, const std::optional<std::string>& platform)
{
    if (!edits::isStage(before.graph, stage))
        return std::unexpected(Refusal{"This stage is no longer there", {}});
    const std::size_t index = before.graph.stages[stage].firstInstruction;
    const Instruction& from = before.dockerfile.instructions[index];
    std::vector<std::string> wanted;
    if (platform && platform->empty())
        return std::unexpected(
            Refusal{"missing a value on flag: --platform", "Name a platform as in linux/amd64, or take the flag out."});
    if (platform) {
        const Flag* now = from.flag("platform");
        if (now != nullptr && now->value.text == *platform)
            return EditResult{};
        auto spelled = edits::spelledInFlag(*platform, before.dockerfile.escape);
        if (!spelled)
            return std::unexpected(std::move(spelled.error()));
        wanted.push_back(std::format("--platform={}", *spelled));
    }
    edits::Draft draft(before);
    if (!edits::bringFlagsTo(draft, before, from, "platform", wanted))
        return EditResult{};
    edits::Intended intended;
    intended.mend = "Name a platform as in linux/amd64 or linux/arm/v7.";
    intended.objection = [&](const Dockerfile& after, const StageGraph&) -> std::optional<Refusal> {
        const Flag* flag = after.instructions[index].flag("platform");
        if (platform ? flag != nullptr && flag->value.text == *platform : flag == nullptr)
            return std::nullopt;
        return Refusal{"--platform would be read as something else", "Choose another platform."};
    };
    return draft.settled(intended);
}

EditOutcome setImage(const Analysis& before, int stage, std::string_view name)
{
    if (auto refusal = refusalOfStage(before, stage))
        return std::unexpected(std::move(*refusal));
    const std::string_view image = trimmed(name);
    if (!isImage(before, stage))
        return edits::changeBaseToImage(before, stage, image);
    const FromEdit from(before, stage);
    ImageParts wanted = edits::partsOf(image);
    const bool isWhole = !wanted.tag.empty() || !wanted.digest.empty();
    if (isWhole || wanted.name == from.parts().name)
        return from.bringTo(isWhole ? wanted : from.parts());
    wanted.tag = from.parts().tag;
    wanted.digest = from.parts().digest;
    return wanted.digest.empty() ? from.bringTo(wanted) : besideDigest(from, std::move(wanted));
}

EditOutcome setTag(const Analysis& before, int stage, std::string_view tag)
{
    if (auto refusal = refusalOfStage(before, stage))
        return std::unexpected(std::move(*refusal));
    const Stage& tagged = before.graph.stages[stage];
    if (tagged.base.kind == NodeKind::Stage)
        return std::unexpected(Refusal{
            std::format("It is built from the stage \"{}\", and a stage has no tag", before.graph.label(tagged.base)),
            "Change the tag of the image that this one is built from."});
    if (tagged.base.kind == NodeKind::Scratch)
        return std::unexpected(Refusal{"'scratch' is a reserved name", "Choose an image first."});
    const FromEdit from(before, stage);
    const std::string_view text = trimmed(tag);
    const std::string whole = std::format("x{}{}", text.empty() || text.starts_with('@') ? "" : ":", text);
    ImageParts wanted = edits::partsOf(whole);
    if (wanted.name != "x" || edits::joined(wanted) != whole)
        return std::unexpected(Refusal{std::format("failed to parse stage name {}: invalid reference format",
                                                   quoted(std::format("{}:{}", from.parts().name, text))),
                                       "A tag is made of letters, digits, \"_\", \".\" and \"-\"."});
    wanted.name = from.parts().name;
    if (!wanted.digest.empty() || from.parts().digest.empty() || wanted.tag == from.parts().tag) {
        if (wanted.digest.empty())
            wanted.digest = from.parts().digest;
        return from.bringTo(wanted);
    }
    wanted.digest = from.parts().digest;
    return besideDigest(from, std::move(wanted));
}

} // namespace stagelift
