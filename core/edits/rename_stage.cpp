// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/draft.h"
#include "core/edits/edits.h"
#include "core/edits/global_argument.h"
#include "core/edits/names.h"
#include "core/edits/naming.h"
#include "core/edits/references.h"
#include "core/text/characters.h"

#include <algorithm>

namespace stagelift {

namespace {

/// Only the name may change, not what anything takes from where. A --from by another name is another text, the same
/// edge.
EditOutcome settled(const edits::Draft& draft)
{
    edits::Intended intended;
    intended.mend = "Choose another name.";
    return draft.settled(intended);
}

} // namespace

EditOutcome renameStage(const Analysis& before, int stage, std::string_view name)
{
    if (!edits::isStage(before.graph, stage))
        return std::unexpected(Refusal{"This stage is no longer there", {}});
    const Stage& renamed = before.graph.stages[stage];
    if (!renamed.isNamed())
        return nameStage(before, stage, name);
    const std::string newName = lowered(name);
    if (auto refusal = edits::refusalToName(before.graph, stage, newName))
        return std::unexpected(std::move(*refusal));

    edits::Draft draft(before);
    const std::vector<edits::Reference> references = edits::referencesTo(before, stage);
    std::vector<Span> defaults;
    for (const edits::Reference& reference : references) {
        if (reference.naming == edits::Naming::Variable && newName != renamed.name) {
            const auto value = edits::defaultToRename(before, references, reference);
            if (!value)
                return std::unexpected(value.error());
            if (!std::ranges::contains(defaults, *value))
                defaults.push_back(*value);
        }
        if (reference.naming == edits::Naming::Name && before.source.at(reference.span) != newName)
            draft.replace(reference.span, newName);
    }
    for (const Span value : defaults)
        draft.replace(value, newName);
    if (renamed.writtenName != newName) {
        draft.replace(renamed.nameSpan, newName);
        draft.select({0, static_cast<std::uint32_t>(newName.size())});
    }
    return settled(draft);
}

EditOutcome nameStage(const Analysis& before, int stage, std::string_view name)
{
    if (!edits::isStage(before.graph, stage))
        return std::unexpected(Refusal{"This stage is no longer there", {}});
    if (before.graph.stages[stage].isNamed())
        return renameStage(before, stage, name);

    edits::Draft draft(before);
    const auto place = edits::nameIn(draft, before, stage, lowered(name));
    if (!place)
        return std::unexpected(place.error());
    draft.select(*place);
    return settled(draft);
}

} // namespace stagelift
