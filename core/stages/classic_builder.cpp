// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/classic_builder.h"

#include <numeric>

namespace stagelift {

std::vector<int> builtByClassic(const StageGraph& graph, int target)
{
    if (target < 0 || static_cast<std::size_t>(target) >= graph.stages.size())
        return {};
    std::vector<int> built(static_cast<std::size_t>(target) + 1);
    std::iota(built.begin(), built.end(), 0);
    return built;
}

} // namespace stagelift
