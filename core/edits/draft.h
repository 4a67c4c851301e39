// SPDX-License-Identifier: GPL-3.0-or-later
//
// An edit in the making, and the last look at it before it is handed out: the edited text is read again, and whatever
// means something else than before, unless that was the intent, is a reason to refuse. So no operation can break a
// file by an interplay that nobody thought of: a name that captures an image, an index that slips, a line that runs
// into the next.

#pragma once

#include "core/edits/edits.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace stagelift::edits {

/// What an operation means to change. All else has to stay.
struct Intended {
    /// The new index of each stage; -1 for one that goes. Empty: all stay.
    std::vector<int> stages;
    /// How many stages there are to be afterwards, where the operation knows.
    std::optional<std::size_t> stageCount;
    /// The stages that an edge ends at afterwards, in new numbers, where that is not just its own: it moves, or comes
    /// in another one too. None: its own.
    std::function<std::vector<int>(const Edge&)> ends = [](const Edge&) { return std::vector<int>(); };
    /// True for an edge of the text before that may change.
    std::function<bool(const Edge&)> changes = [](const Edge&) { return false; };
    /// Where the edge ends that the selected text is to belong to, in the numbers of the text before.
    struct Landing {
        NodeRef from;
        int to = 0;
        std::optional<std::string> destination = std::nullopt; // of a copy or a mount, as the graph has it
        std::string image = {};                                // instead of `from`, one that may be new to the graph
    };
    std::optional<Landing> landing;
    /// What BuildKit says against a stage it may say once more: a copy of the stage comes in.
    bool repeatsProblems = false;
    /// The selected text is part of an instruction that is put in as a whole.
    bool isOwnLine = false;
    /// What else speaks against the text after, told from how it is read; asked last.
    std::function<std::optional<Refusal>(const Dockerfile&, const StageGraph&)> objection;
    /// What to do about it, where the text can't be changed so and the cause does not say it better.
    std::string mend;
};

class Draft {
public:
    explicit Draft(const Analysis& before) : m_before(before) {}

    void add(TextEdit edit) { m_edits.push_back(std::move(edit)); }
    void replace(Span span, std::string text) { add({span, std::move(text)}); }
    void insert(std::uint32_t place, std::string text) { add({{place, place}, std::move(text)}); }
    /// Selects a part of the text of the edit that was added last.
    void select(Span partOfText);

    /// The edits, or what speaks against them.
    [[nodiscard]] EditOutcome settled(const Intended& intended) const;

private:
    /// Where the edit with the selection begins in the text after.
    [[nodiscard]] std::uint32_t selectedBegin() const;

    const Analysis& m_before;
    TextEdits m_edits;
    std::size_t m_selectedEdit = 0;
    Span m_selectedPart;
};

} // namespace stagelift::edits
