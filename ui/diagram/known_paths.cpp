// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/known_paths.h"

#include "core/artifacts/artifacts.h"
#include "ui/diagram/words.h"

#include <algorithm>

namespace stagelift::ui {

std::vector<KnownPath> knownPaths(const Analysis& analysis, NodeRef node)
{
    std::vector<KnownPath> known;
    if (node.kind == NodeKind::Stage) {
        for (const Artifact& artifact : artifacts(analysis.dockerfile, analysis.graph, node.index))
            known.push_back({artifact.path, toQt(artifact.reason)});
        return known;
    }
    for (const Edge& edge : analysis.graph.edges) {
        if (edge.from != node || edge.kind == EdgeKind::Mount)
            continue;
        for (const std::string& path : edge.paths)
            if (!std::ranges::contains(known, path, &KnownPath::path))
                known.push_back(
                    {path, Diagram::tr("copied by %1").arg(toQt(analysis.graph.label(stageNode(edge.to))))});
    }
    return known;
}

} // namespace stagelift::ui
