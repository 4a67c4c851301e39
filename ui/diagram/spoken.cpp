// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/spoken.h"

#include "core/artifacts/artifacts.h"
#include "ui/diagram/edge_findings.h"
#include "ui/diagram/words.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr int kMostListed = 4; // more than these are only counted

/// "a", "a and b", "a, b and c", "a, b, c and 9 more".
QString listed(QStringList names)
{
    names.removeDuplicates();
    if (names.size() > kMostListed) {
        const auto more = names.size() - (kMostListed - 1);
        names = names.first(kMostListed - 1) << Diagram::tr("%1 more").arg(more);
    }
    if (names.size() < 2)
        return names.join(QString());
    const QString last = names.takeLast();
    return Diagram::tr("%1 and %2").arg(names.join(u", "_s), last);
}

/// An image without what nobody listens to: its digest, and the colon ahead of its tag.
QString spokenImage(const QString& image)
{
    QString words = image.section(u'@', 0, 0);
    if (words.isEmpty())
        return image;
    const qsizetype colon = words.lastIndexOf(u':');
    if (colon > words.lastIndexOf(u'/'))
        words[colon] = u' ';
    return words;
}

QString nameOf(const StageGraph& graph, NodeRef node)
{
    QString label = toQt(graph.label(node));
    switch (node.kind) {
    case NodeKind::Image:
        return spokenImage(label);
    case NodeKind::Context:
        return graph.contexts[static_cast<std::size_t>(node.index)].empty() ? Diagram::tr("the build context") : label;
    case NodeKind::Stage:
    case NodeKind::Scratch:
        break;
    }
    return label;
}

/// Who has an edge of that kind from this node.
QStringList takers(const StageGraph& graph, NodeRef node, EdgeKind kind)
{
    QStringList names;
    for (const Edge& edge : graph.edges)
        if (edge.from == node && edge.kind == kind)
            names += nameOf(graph, stageNode(edge.to));
    return names;
}

struct Use {
    EdgeKind kind;
    const char* words;
};

constexpr std::array kUses{
    Use{EdgeKind::Copy, QT_TRANSLATE_NOOP("Diagram", "copied into %1")},
    Use{EdgeKind::Mount, QT_TRANSLATE_NOOP("Diagram", "mounted in %1")},
    Use{EdgeKind::Base, QT_TRANSLATE_NOOP("Diagram", "base of %1")},
    Use{EdgeKind::OnbuildCopy, QT_TRANSLATE_NOOP("Diagram", "to be copied into what is built from %1")},
};

void addUses(QStringList& parts, const StageGraph& graph, NodeRef node)
{
    for (const Use& use : kUses)
        if (const QStringList names = takers(graph, node, use.kind); !names.isEmpty())
            parts += Diagram::tr(use.words).arg(listed(names));
}

QString artifactCount(std::size_t count)
{
    if (count == 0)
        return Diagram::tr("no artifacts");
    return count == 1 ? Diagram::tr("1 artifact") : Diagram::tr("%1 artifacts").arg(count);
}

QString spokenChain(const StageGraph& graph, const std::vector<int>& stages)
{
    QStringList names;
    for (const int stage : stages)
        names += nameOf(graph, stageNode(stage));
    return Diagram::tr("collapsed chain of %n stages: %1", nullptr, static_cast<int>(names.size())).arg(listed(names));
}

QString spokenStage(const Picture& picture, const PictureNode& node)
{
    const StageGraph& graph = picture.graph();
    const Stage& stage = graph.stages[static_cast<std::size_t>(node.ref.index)];
    const QString base =
        stage.base.kind == NodeKind::Image ? spokenImage(toQt(stage.baseName)) : toQt(graph.label(stage.base));
    QStringList parts{stage.isNamed() ? Diagram::tr("stage %1").arg(toQt(stage.name))
                                      : Diagram::tr("stage without a name"),
                      Diagram::tr("index %1").arg(stage.index), Diagram::tr("from %1").arg(base)};
    if (!node.members.empty())
        parts = {spokenChain(graph, node.members)};
    else if (!stage.platform.empty())
        parts += Diagram::tr("for %1").arg(toQt(stage.platform));
    parts += artifactCount(artifacts(picture.analysis->dockerfile, graph, stage.index).size());
    addUses(parts, graph, node.ref);
    if (!node.star.isEmpty())
        parts += Diagram::tr("the target");
    parts += node.badge.whole;
    parts += node.overBudget ? Diagram::tr("%1, over its budget").arg(node.status.whole) : node.status.whole;
    parts += node.time.whole;
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QString joined(const std::vector<std::string>& paths)
{
    QStringList list;
    for (const std::string& path : paths)
        list += toQt(path);
    return listed(list);
}

QString deed(const StageGraph& graph, const Edge& edge)
{
    const QString from = nameOf(graph, edge.from);
    const QString to = nameOf(graph, stageNode(edge.to));
    const QString what = edge.paths.empty() ? Diagram::tr("files") : joined(edge.paths);
    switch (edge.kind) {
    case EdgeKind::Base:
        return Diagram::tr("builds %1 from %2").arg(to, from);
    case EdgeKind::Copy:
        return Diagram::tr("copies %1 from %2 into %3").arg(what, from, to);
    case EdgeKind::Mount:
        return Diagram::tr("mounts %1 from %2 in %3").arg(what, from, to);
    case EdgeKind::OnbuildCopy:
        return Diagram::tr("has what is built from %3 copy %1 from %2").arg(what, from, to);
    }
    return {};
}

} // namespace

QString spokenNode(const Picture& picture, int index)
{
    const PictureNode& node = picture.nodes[static_cast<std::size_t>(index)];
    if (node.ref.kind == NodeKind::Stage)
        return spokenStage(picture, node);
    QStringList parts;
    if (node.ref.kind == NodeKind::Image)
        parts += Diagram::tr("image %1").arg(spokenImage(node.title.whole));
    else
        parts += node.title.whole;
    addUses(parts, picture.graph(), node.ref);
    return parts.join(u", "_s);
}

QString spokenRow(const Picture& picture, int node, int index)
{
    const PictureNode& of = picture.nodes[static_cast<std::size_t>(node)];
    const PictureRow& row = of.rows[static_cast<std::size_t>(index)];
    switch (row.kind) {
    case RowKind::Files:
        return Diagram::tr("files of %1").arg(of.title.whole);
    case RowKind::More:
        return row.reason.isEmpty() ? row.text.whole
                                    : Diagram::tr("%1: %2").arg(row.text.whole, listed(row.reason.split(u'\n')));
    case RowKind::Instruction:
        return Diagram::tr("%1, instruction of %2").arg(row.text.whole, of.title.whole);
    case RowKind::Artifact:
        break;
    }
    const QString words = row.certain ? Diagram::tr("%1, artifact of %2") : Diagram::tr("%1, likely artifact of %2");
    return words.arg(row.text.whole, of.title.whole);
}

QString spokenEdge(const Picture& picture, std::size_t index)
{
    const StageGraph& graph = picture.graph();
    const Edge& edge = graph.edges[index];
    QStringList parts{deed(graph, edge)};
    if (!edge.destination.empty())
        parts += edge.kind == EdgeKind::Mount ? Diagram::tr("at %1").arg(toQt(edge.destination))
                                              : Diagram::tr("as %1").arg(toQt(edge.destination));
    if (edge.lines.first > 0)
        parts += Diagram::tr("line %1").arg(edge.lines.first);
    if (const auto bytes = picture.edgeSizes.find(index); bytes != picture.edgeSizes.end())
        parts += humanSize(bytes->second);
    parts += seenAt(*picture.analysis, edge);
    if (edge.broken) {
        const auto problem = std::ranges::find(graph.problems, edge.lines, &GraphProblem::lines);
        parts += problem == graph.problems.end() ? Diagram::tr("BuildKit would refuse this") : toQt(problem->message);
    }
    return parts.join(u", "_s);
}

} // namespace stagelift::ui
