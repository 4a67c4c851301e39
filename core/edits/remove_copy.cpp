// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dockerfile/lines.h"
#include "core/edits/draft.h"
#include "core/edits/edits.h"
#include "core/edits/flags.h"
#include "core/edits/references.h"

namespace stagelift {

EditOutcome removeCopy(const Analysis& before, std::size_t edge)
{
    if (edge >= before.graph.edges.size())
        return std::unexpected(Refusal{"This connection is no longer there", {}});
    const Edge& removed = before.graph.edges[edge];
    if (removed.kind == EdgeKind::Base)
        return std::unexpected(
            Refusal{"A stage can't be without a base", "Build it FROM scratch, or remove the stage."});
    const Instruction& instruction = before.dockerfile.instructions[removed.instruction];
    edits::Draft draft(before);
    if (removed.kind != EdgeKind::Mount)
        draft.add(removedLines(before.source, instruction.span));
    else if (const Flag* mount = edits::mountOf(before, removed))
        draft.add(edits::removedFlag(before, instruction, *mount));
    else
        return std::unexpected(Refusal{"This connection is no longer there", {}});
    draft.select({});
    edits::Intended intended;
    intended.changes = [&](const Edge& other) { return edits::shareWords(before, removed, other); };
    return draft.settled(intended);
}

} // namespace stagelift
