// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/subject.h"

namespace stagelift {

Triggers triggersIn(const Dockerfile& dockerfile, const StageGraph& graph)
{
    const auto& all = dockerfile.instructions;
    if (!std::ranges::contains(all, Keyword::Onbuild, &Instruction::keyword))
        return {};
    Triggers triggers(graph.stages.size());
    for (const Stage& stage : graph.stages) {
        for (std::size_t i = stage.firstInstruction; i < stage.endInstruction; ++i) {
            if (all[i].keyword == Keyword::Onbuild && all[i].child)
                triggers[static_cast<std::size_t>(stage.index)].push_back(all[i].child.get());
        }
    }
    return triggers;
}

} // namespace stagelift
