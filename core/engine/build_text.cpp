// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/build_text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

/// Another stage further down has taken the name.
bool isShadowed(const StageGraph& graph, const Stage& stage)
{
    return std::ranges::any_of(
        graph.stages, [&stage](const Stage& other) { return other.index > stage.index && other.name == stage.name; });
}

QString freeName(const QStringList& taken, int stage)
{
    QString name = u"stage-%1"_s.arg(stage);
    while (taken.contains(name))
        name += u"-x"_s;
    return name;
}

TextEdit replace(Span span, const QString& text)
{
    return {.span = span, .text = text.toStdString()};
}

/// Renames a stage where it is defined and wherever it is meant.
void rename(const StageGraph& graph, const Stage& stage, const QString& name, TextEdits& edits)
{
    edits.push_back(replace(stage.nameSpan, name));
    for (const Edge& edge : graph.edges)
        if (edge.from == stageNode(stage.index) && !edge.specSpan.empty())
            edits.push_back(replace(edge.specSpan, name));
}

} // namespace

QString BuildText::target(int stage) const
{
    return stage == names.size() - 1 ? QString() : names.value(stage);
}

BuildText buildText(const Analysis& analysis, const QList<int>& measured)
{
    const StageGraph& graph = analysis.graph;
    BuildText result;
    for (const Stage& stage : graph.stages)
        result.names << QString::fromStdString(stage.name);
    QStringList taken = result.names;
    for (const std::string& context : analysis.build.namedContexts) // goes in place of a stage of that name
        taken << QString::fromStdString(context);
    TextEdits edits;
    for (const int index : measured) {
        const Stage& stage = graph.stages.at(static_cast<std::size_t>(index));
        const bool last = index == graph.defaultTarget();
        if (last || (stage.isNamed() && !isShadowed(graph, stage)))
            continue;
        const QString name = freeName(taken, index);
        result.names[index] = name;
        if (stage.isNamed())
            rename(graph, stage, name, edits);
        else
            edits.push_back(replace(stage.nameSpan, u" AS "_s + name));
    }
    const bool fits = normalise(edits);
    const std::string text = applied(analysis.source.bytes(), fits ? edits : TextEdits{});
    result.text = QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    return result;
}

} // namespace stagelift
