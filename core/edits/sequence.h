// SPDX-License-Identifier: GPL-3.0-or-later
//
// An operation made of several, each made against the text that the one before gave, and handed out as one: one list of
// edits in offsets of the first text, so that it is undone in one step and what no step touched stays untouched.
//
// Two lists are composed by walking both at once over the text between them, which the first writes and the second
// reads: what the first put in and the second takes out again falls away. No text is compared with another.

#pragma once

#include "core/edits/edits.h"

#include <functional>
#include <memory>
#include <span>

namespace stagelift {

/// The edits that do what `first` does to a text and then `second` to what that gave, in offsets of the text before
/// `first`. Edits that come to stand side by side become one. Both lists sorted and disjoint, as the answer is.
[[nodiscard]] TextEdits composed(const TextEdits& first, const TextEdits& second);

/// The text of `before` after the edits, read with the same build options; without the checks, which no edit asks.
[[nodiscard]] std::unique_ptr<const Analysis> edited(const Analysis& before, const TextEdits& edits);

/// Steps as they are made, for an operation that decides on the next by what the last one gave.
class EditSequence {
public:
    /// Looks at `before`, which must outlive it.
    explicit EditSequence(const Analysis& before) : m_before(before) {}

    /// The text after the steps so far, as the next step has to see it. Stays until the next step.
    [[nodiscard]] const Analysis& now() const { return m_now ? *m_now : m_before; }
    /// Takes the next step, made on now(). False where it was refused: then no more are taken.
    bool take(const EditOutcome& step);
    [[nodiscard]] bool isRefused() const { return m_refusal.has_value(); }

    /// All steps as one, with the selection of the last that changed anything; or the first refusal.
    [[nodiscard]] EditOutcome outcome() const;

private:
    const Analysis& m_before;
    std::unique_ptr<const Analysis> m_now; // none before the first step
    EditResult m_result;
    std::optional<Refusal> m_refusal;
};

using EditStep = std::function<EditOutcome(const Analysis&)>;

/// Runs step after step, each on the text as the one before left it; the first refusal is the answer.
[[nodiscard]] EditOutcome inSequence(const Analysis& before, std::span<const EditStep> steps);

} // namespace stagelift
