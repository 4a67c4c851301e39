// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/hit.h"

#include "core/stages/resolution.h"
#include "ui/diagram/edge_findings.h"
#include "ui/diagram/far_room.h"
#include "ui/diagram/painter.h"
#include "ui/diagram/words.h"

#include <QLineF>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

double distanceToSegment(QPointF point, QPointF from, QPointF to)
{
    const QPointF along = to - from;
    const double squared = QPointF::dotProduct(along, along);
    const double t = squared > 0 ? std::clamp(QPointF::dotProduct(point - from, along) / squared, 0.0, 1.0) : 0;
    return QLineF(point, from + along * t).length();
}

bool isOnLine(const PictureEdge& edge, QPointF point, double reach)
{
    if (!edge.path.controlPointRect().adjusted(-reach, -reach, reach, reach).contains(point))
        return false;
    for (qsizetype i = 1; i < edge.line.size(); ++i)
        if (distanceToSegment(point, edge.line[i - 1], edge.line[i]) <= reach)
            return true;
    return false;
}

QString verbOf(const Edge& edge)
{
    switch (edge.kind) {
    case EdgeKind::Base:
        return Diagram::tr("is built from");
    case EdgeKind::Copy:
        return Diagram::tr("copies from");
    case EdgeKind::Mount:
        return Diagram::tr("mounts from");
    case EdgeKind::OnbuildCopy:
        return Diagram::tr("tells its children to copy from");
    }
    return {};
}

QString joined(const std::vector<std::string>& paths)
{
    QStringList list;
    for (const std::string& path : paths)
        list += toQt(path);
    return list.join(", "_L1);
}

QString instructionTooltip(const Picture& picture, const PictureRow& row)
{
    constexpr std::size_t kMostBytes = 600;
    const std::string_view text = picture.analysis->source.bytes();
    const QString whole = toQt(text.substr(row.span.begin, std::min<std::size_t>(row.span.size(), kMostBytes)));
    return row.span.size() > kMostBytes ? whole + u"…"_s : whole;
}

/// What the reference is resolved to, and for one alone why.
QString meaningOf(const Picture& picture, std::size_t index, bool isAlone)
{
    const Analysis& analysis = *picture.analysis;
    const Resolution resolution = resolutionOf(analysis.dockerfile, analysis.graph, index, analysis.build);
    QStringList sentences{Diagram::tr("%1: %2.").arg(toQt(resolution.written), toQt(resolution.meaning))};
    if (isAlone)
        for (const std::string& reason : resolution.reasons)
            sentences += toQt(reason);
    return sentences.join(' '_L1);
}

QString edgeSentence(const Picture& picture, std::size_t index)
{
    const Edge& edge = picture.graph().edges[index];
    QString sentence = u"%1 %2 %3"_s.arg(toQt(picture.graph().label(stageNode(edge.to))), verbOf(edge),
                                         toQt(picture.graph().label(edge.from)));
    if (!edge.paths.empty())
        sentence += u": "_s + joined(edge.paths);
    if (!edge.destination.empty())
        sentence += u" → "_s + toQt(edge.destination);
    if (edge.lines.first > 0)
        sentence += Diagram::tr(" (line %1)").arg(edge.lines.first);
    if (const auto bytes = picture.edgeSizes.find(index); bytes != picture.edgeSizes.end())
        sentence += u", "_s + humanSize(bytes->second);
    for (const QString& seen : seenAt(*picture.analysis, edge))
        sentence += u'\n' + seen;
    if (!edge.broken)
        return sentence;
    const auto problem = std::ranges::find(picture.graph().problems, edge.lines, &GraphProblem::lines);
    if (problem != picture.graph().problems.end())
        return sentence + u"\n"_s + toQt(problem->message);
    return sentence + u"\n"_s + Diagram::tr("BuildKit would refuse this.");
}

QString edgeTooltip(const Picture& picture, const PictureEdge& edge)
{
    QStringList lines;
    for (const std::size_t index : edge.edges)
        lines += edgeSentence(picture, index);
    for (const std::size_t index : edge.edges) {
        if (picture.graph().edges[index].spec.empty())
            continue;
        const QString meaning = meaningOf(picture, index, edge.edges.size() == 1);
        if (!lines.contains(meaning))
            lines += meaning;
    }
    return lines.join('\n'_L1);
}

} // namespace

Hit hitAt(const Picture& picture, QPointF point, double reach)
{
    for (int i = static_cast<int>(picture.nodes.size()) - 1; i >= 0; --i) {
        const PictureNode& node = picture.nodes[static_cast<std::size_t>(i)];
        if (!node.rect.contains(point))
            continue;
        const QPointF local = point - node.rect.topLeft();
        constexpr double kGrace = 3;
        if (node.chevron.adjusted(-kGrace, -kGrace, kGrace, kGrace).contains(local) && !node.chevron.isEmpty())
            return {.kind = HitKind::Chevron, .node = i};
        const auto row = std::ranges::find_if(node.rows, [&](const PictureRow& r) { return r.rect.contains(local); });
        if (row == node.rows.end())
            return {.kind = HitKind::Node, .node = i};
        return {.kind = HitKind::Row, .node = i, .row = static_cast<int>(row - node.rows.begin())};
    }
    for (int i = static_cast<int>(picture.edges.size()) - 1; i >= 0; --i) {
        const PictureEdge& edge = picture.edges[static_cast<std::size_t>(i)];
        if (edge.labelRect.contains(point) || isOnLine(edge, point, reach))
            return {.kind = HitKind::Edge, .edge = i};
    }
    return {};
}

Hit hitFromAfar(const Picture& picture, QPointF point, double reach, double scale)
{
    for (int i = static_cast<int>(picture.nodes.size()) - 1; i >= 0; --i)
        if (farRect(picture.nodes[static_cast<std::size_t>(i)], scale).contains(point))
            return {.kind = HitKind::Node, .node = i};
    for (int i = static_cast<int>(picture.edges.size()) - 1; i >= 0; --i)
        if (isOnLine(picture.edges[static_cast<std::size_t>(i)], point, reach))
            return {.kind = HitKind::Edge, .edge = i};
    return {};
}

std::optional<Gap> gapAt(const PictureNode& node, double y)
{
    std::optional<Gap> gap;
    for (const PictureRow& row : node.rows) {
        const bool isEmpty = row.kind == RowKind::More && node.open && &row == &node.rows.back();
        if (row.kind != RowKind::Instruction && !isEmpty)
            continue;
        if (!gap && y < row.rect.top() - row.rect.height() / 2)
            return std::nullopt;
        if (y < row.rect.center().y() || isEmpty)
            return Gap{.instruction = row.instruction, .y = row.rect.top()};
        gap = Gap{.instruction = row.instruction + 1, .y = row.rect.bottom()};
    }
    return gap;
}

QPointF portOf(const PictureNode& node)
{
    return {node.rect.right(), node.rect.center().y()};
}

std::optional<EdgeEnd> handleAt(const PictureEdge& edge, QPointF point, double reach)
{
    const double radius = kHandleRadius + reach;
    if (QLineF(edge.curve.back(), point).length() <= radius)
        return EdgeEnd::Head;
    if (QLineF(edge.curve.front(), point).length() <= radius)
        return EdgeEnd::Tail;
    return std::nullopt;
}

QString tooltipFor(const Picture& picture, const Hit& hit)
{
    if (hit.kind == HitKind::Edge)
        return edgeTooltip(picture, picture.edges[static_cast<std::size_t>(hit.edge)]);
    if (hit.kind == HitKind::Nothing)
        return {};
    const PictureNode& node = picture.nodes[static_cast<std::size_t>(hit.node)];
    if (hit.kind == HitKind::Chevron)
        return node.open ? Diagram::tr("Hide its instructions (Alt+Up)")
                         : Diagram::tr("Show its instructions (Alt+Down)");
    if (hit.kind == HitKind::Port)
        return Diagram::tr("Drag to a stage, to copy something into it.");
    if (hit.kind == HitKind::Row) {
        const PictureRow& row = node.rows[static_cast<std::size_t>(hit.row)];
        if (row.kind == RowKind::More)
            return row.reason;
        if (row.kind == RowKind::Instruction)
            return instructionTooltip(picture, row);
        if (row.kind == RowKind::Files)
            return Diagram::tr("Drag onto a stage to copy files of the build context into it.");
        const QString how = row.certain ? Diagram::tr("%1\n%2") : Diagram::tr("%1\nlikely, by %2");
        return how.arg(row.text.whole, row.reason) + u"\n"_s + Diagram::tr("Drag it onto another stage to copy it.");
    }
    QStringList lines{node.title.whole};
    if (node.ref.kind != NodeKind::Stage)
        return lines.first();
    lines += node.subtitle.whole;
    static constexpr const char* kRoles[]{
        QT_TRANSLATE_NOOP("Diagram", "Ships: the target's image is made of it."),
        QT_TRANSLATE_NOOP("Diagram", "Left behind: the target needs it, but only what is copied from it ships."),
        QT_TRANSLATE_NOOP("Diagram", "Only for tests: a build of the target leaves it out, but these need it: %1."),
        QT_TRANSLATE_NOOP("Diagram", "Not needed: a build of the target leaves it out."),
        QT_TRANSLATE_NOOP("Diagram",
                          "Built too: the classic builder builds every stage up to the target, needed or not.")};
    QStringList tests;
    for (const int test : node.tests)
        tests += toQt(picture.graph().label(stageNode(test)));
    const QString role = Diagram::tr(kRoles[static_cast<std::size_t>(node.role)]);
    lines += tests.isEmpty() ? role : role.arg(tests.join(", "_L1));
    if (!node.status.whole.isEmpty())
        lines += node.time.whole.isEmpty() ? node.status.whole : node.status.whole + u", "_s + node.time.whole;
    if (node.overBudget)
        lines += Diagram::tr("over its budget");
    return lines.join('\n'_L1);
}

std::optional<Span> spanOf(const Picture& picture, NodeRef node)
{
    const StageGraph& graph = picture.graph();
    if (node.kind == NodeKind::Stage)
        return graph.stages[static_cast<std::size_t>(node.index)].span;
    const auto edge = std::ranges::find(graph.edges, node, &Edge::from);
    if (edge == graph.edges.end())
        return std::nullopt;
    return edge->specSpan.empty() ? edge->span : edge->specSpan;
}

} // namespace stagelift::ui
