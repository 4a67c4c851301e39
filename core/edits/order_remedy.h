// SPDX-License-Identifier: GPL-3.0-or-later
//
// The remedy for what is refused because a stage stands below the one that is to take from it: the stage is moved
// above, with all it needs that stands below too, and then what was wanted is done.

#pragma once

#include "core/edits/sequence.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace stagelift::edits {

/// What to do where a stage stands below the one that is to take from it; or why nothing can be done.
[[nodiscard]] std::string adviceOnOrder(const StageGraph& graph, int source, int target);

/// The text with the source moved above the target, and where things of the text before are in it.
class Lift {
public:
    /// Both stages of `before`, which must outlive it.
    Lift(const Analysis& before, int source, int target);

    /// False where the source is above already, or needs the target, or can't be moved.
    [[nodiscard]] bool isDone() const { return m_isDone; }
    [[nodiscard]] const Analysis& now() const { return m_steps.now(); }
    [[nodiscard]] int stageNow(int stage) const { return m_stages[static_cast<std::size_t>(stage)]; }
    [[nodiscard]] NodeRef nodeNow(NodeRef node) const
    {
        return node.kind == NodeKind::Stage ? stageNode(stageNow(node.index)) : node;
    }
    [[nodiscard]] std::size_t edgeNow(std::size_t edge) const;
    /// A place ahead of a line of the stage.
    [[nodiscard]] std::uint32_t placeNow(int stage, std::uint32_t place) const;
    /// "Move lint above runtime"
    [[nodiscard]] std::string mend() const;

    /// The move and what was then done to now(), as one.
    [[nodiscard]] EditOutcome with(const EditOutcome& wanted);

private:
    const Analysis& m_before;
    int m_source = 0;
    int m_target = 0;
    std::vector<int> m_moved;  // ascending; the source is the last
    std::vector<int> m_stages; // by the number before
    EditSequence m_steps;
    bool m_isDone = false;
};

/// A refusal gets the remedy where moving `source` above `target` makes `wanted` possible. All else stays as it is.
[[nodiscard]] EditOutcome orLifted(const Analysis& before, EditOutcome outcome, NodeRef source, int target,
                                   const std::function<EditOutcome(const Lift&)>& wanted);

} // namespace stagelift::edits
