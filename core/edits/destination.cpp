// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/copy_words.h"
#include "core/edits/draft.h"
#include "core/edits/edits.h"
#include "core/edits/flags.h"
#include "core/text/characters.h"

#include <algorithm>
#include <format>

namespace stagelift {

namespace {

/// The whole list of words anew, in the JSON form that one of them needs.
void replaceByJson(edits::Draft& draft, const Instruction& copy, std::string_view destination, char escape)
{
    std::vector<std::string> sources;
    sources.reserve(copy.args.size());
    for (const Word& word : copy.args)
        sources.emplace_back(word.text);
    sources.pop_back();
    edits::CopyWords words = edits::copyWords(sources, destination, escape);
    draft.replace({copy.args.front().span.begin, copy.args.back().span.end}, std::move(words.text));
    draft.select(words.destination);
}

/// Writes the destination into the line, and says what is written: of several sources the destination is a folder.
std::expected<std::string, Refusal> setCopyDestination(edits::Draft& draft, const Analysis& before,
                                                       const Instruction& line, const std::string& destination)
{
    const Instruction& copy = edits::acting(line);
    if (copy.args.size() < 2)
        return std::unexpected(Refusal{"COPY requires at least two arguments, but only one was provided. Destination "
                                       "could not be determined",
                                       "Mend the line first."});
    std::string place = copy.args.size() > 2 ? edits::asDirectory(destination) : destination;
    const bool needsJson = edits::needsJson(place, before.dockerfile.escape);
    if (needsJson && !copy.json && (!copy.heredocs.empty() || !line.heredocs.empty()))
        return std::unexpected(Refusal{"Beside a heredoc a path can't hold a blank", "Choose a path without one."});
    if (needsJson && !copy.json) {
        replaceByJson(draft, copy, place, before.dockerfile.escape);
        return place;
    }
    const std::string written = copy.json ? edits::jsonEscaped(place) : place;
    draft.replace(copy.args.back().span, written);
    draft.select({0, static_cast<std::uint32_t>(written.size())});
    return place;
}

/// What a flag would end at or lose, or what BuildKit, which reads it byte by byte, would make two characters of.
std::optional<Refusal> refusalOfTarget(std::string_view target)
{
    const auto isUnfit = [](char c) { return isAsciiSpace(c) || std::string_view(",\"'\\").contains(c); };
    if (std::ranges::any_of(target, isUnfit))
        return Refusal{"The target of a mount can't hold a blank, a comma, a quote or a backslash",
                       "Choose another path."};
    if (std::ranges::any_of(target, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        return Refusal{"The target of a mount can hold ASCII only: BuildKit reads flags byte by byte",
                       "Choose another path."};
    return std::nullopt;
}

/// The field that the target is read from.
const MountField* targetOf(const Mount& mount)
{
    const auto isIt = [&](const MountField& field) {
        return field.value.text.data() == mount.target().data() && !field.value.text.empty();
    };
    const auto found = std::ranges::find_if(mount.fields, isIt);
    return found == mount.fields.end() ? nullptr : &*found;
}

std::expected<std::string, Refusal> setMountDestination(edits::Draft& draft, const Analysis& before, const Edge& edge,
                                                        const std::string& destination)
{
    const Flag* mount = edits::mountOf(before, edge);
    if (!mount)
        return std::unexpected(Refusal{"This connection is no longer there", {}});
    if (auto refusal = refusalOfTarget(destination))
        return std::unexpected(std::move(*refusal));
    const Mount fields = readMount(before.dockerfile, *mount);
    const auto size = static_cast<std::uint32_t>(destination.size());
    if (const MountField* target = targetOf(fields)) {
        draft.replace(target->value.span, destination);
        draft.select({0, size});
    } else {
        constexpr std::string_view kField = ",target=";
        draft.insert(mount->value.span.end, std::format("{}{}", kField, destination));
        draft.select({kField.size(), static_cast<std::uint32_t>(kField.size()) + size});
    }
    return destination;
}

} // namespace

EditOutcome changeDestination(const Analysis& before, std::size_t edge, std::string_view destination)
{
    const Refusal gone{"This connection is no longer there", {}};
    if (edge >= before.graph.edges.size())
        return std::unexpected(gone);
    const Edge& changed = before.graph.edges[edge];
    const Instruction& line = before.dockerfile.instructions[changed.instruction];
    if (changed.kind == EdgeKind::Base)
        return std::unexpected(Refusal{"A base has no destination: a stage begins as a whole with it", {}});
    if (destination.empty())
        return std::unexpected(Refusal{"COPY requires at least two arguments, but only one was provided. Destination "
                                       "could not be determined",
                                       "Name a destination."});

    edits::Draft draft(before);
    auto written = changed.kind == EdgeKind::Mount
                       ? setMountDestination(draft, before, changed, std::string(destination))
                       : setCopyDestination(draft, before, line, std::string(destination));
    if (!written)
        return std::unexpected(std::move(written.error()));
    edits::Intended intended;
    intended.changes = [&](const Edge& other) { return edits::shareWords(before, changed, other); };
    intended.landing = {changed.from, changed.to, std::move(*written)};
    intended.mend = "Choose another path.";
    return draft.settled(intended);
}

} // namespace stagelift
