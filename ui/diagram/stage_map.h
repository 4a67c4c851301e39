// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the nodes and edges of one text are in a later one, so that what is selected, aimed at or measured stays with
// its stage while one types.

#pragma once

#include "core/engine/build.h"
#include "core/engine/edge_sizes.h"
#include "core/stages/stage_graph.h"
#include "ui/diagram/build_progress.h"

#include <map>
#include <optional>

namespace stagelift::ui {

class StageMap {
public:
    /// Looks at both graphs: they must outlive it.
    StageMap(const StageGraph& before, const StageGraph& now);

    // Nothing, or -1, where it is gone.
    [[nodiscard]] std::optional<NodeRef> now(NodeRef before) const;
    [[nodiscard]] int nowStage(int before) const;
    /// The edge of the same kind between the same nodes, and of several the one in the same turn.
    [[nodiscard]] std::optional<std::size_t> now(std::size_t edge) const;

    [[nodiscard]] QList<StageSize> carried(const QList<StageSize>& sizes) const;
    [[nodiscard]] BuildProgress carried(const BuildProgress& progress) const;
    [[nodiscard]] EdgeSizes carried(const EdgeSizes& sizes) const;

private:
    const StageGraph& m_before;
    const StageGraph& m_after;
    std::map<NodeRef, NodeRef> m_now;
};

} // namespace stagelift::ui
