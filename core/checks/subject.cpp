// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/subject.h"

#include "core/stages/platform.h"

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

std::optional<ImageConfig> Subject::image(const Stage& stage) const
{
    if (stage.base.kind != NodeKind::Image || !options.imageConfig)
        return std::nullopt;
    auto image = options.imageConfig(stage.baseName);
    if (!image || !image->isLocalCopy)
        return image;
    const auto wanted = parsePlatform(stage.platform.empty() ? options.build.platform : stage.platform);
    const auto actual = parsePlatform(image->platform);
    const bool fits = wanted && actual && wanted->os == actual->os && wanted->architecture == actual->architecture;
    return fits ? image : std::nullopt;
}

} // namespace stagelift
