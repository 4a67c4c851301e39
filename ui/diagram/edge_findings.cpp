// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/edge_findings.h"

#include "ui/diagram/words.h"

#include <algorithm>

namespace stagelift::ui {

QStringList seenAt(const Analysis& analysis, const Edge& edge)
{
    QStringList sentences;
    if (edge.kind != EdgeKind::Copy || edge.isTrigger)
        return sentences;
    const auto lineOf = [](const Diagnostic& diagnostic) { return diagnostic.lines.first; };
    for (const Diagnostic& diagnostic : std::ranges::equal_range(analysis.diagnostics, edge.lines.first, {}, lineOf))
        if (diagnostic.rule == "ProgramCannotStart" && diagnostic.span == edge.span)
            sentences << toQt(diagnostic.message);
    return sentences;
}

} // namespace stagelift::ui
