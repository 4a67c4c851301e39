// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/stage_names.h"
#include "ui/diagram/words.h"
#include "ui/inspector/forms.h"

#include <QLabel>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

QString contextLabel()
{
    return CopyForm::tr("build context");
}

/// What the word of a person means as a source: a stage above by its name or by what the diagram calls it, the build
/// context, a named context, an image that the file uses.
std::optional<NodeRef> sourceNamed(const StageGraph& graph, const std::string& word)
{
    if (word.empty() || word == contextLabel().toStdString()) {
        const auto own = std::ranges::find(graph.contexts, std::string());
        // One that nothing takes from yet is behind those that are.
        return NodeRef{NodeKind::Context, static_cast<int>(own - graph.contexts.begin())};
    }
    if (const auto stage = lastStageNamed(graph, word))
        return stageNode(*stage);
    for (const Stage& stage : graph.stages) {
        if (!stage.isNamed() && graph.label(stageNode(stage.index)) == word)
            return stageNode(stage.index);
    }
    const auto context = std::ranges::find(graph.contexts, word);
    if (context != graph.contexts.end())
        return NodeRef{NodeKind::Context, static_cast<int>(context - graph.contexts.begin())};
    const auto image = std::ranges::find(graph.images, word);
    if (image != graph.images.end())
        return NodeRef{NodeKind::Image, static_cast<int>(image - graph.images.begin())};
    return std::nullopt;
}

EditOutcome takeFrom(const Analysis& before, const Place& place, const std::string& word)
{
    if (const auto source = sourceNamed(before.graph, word))
        return retargetSource(before, *place.edge, *source);
    return std::unexpected(
        Refusal{"Nothing in the file is called " + word, "Copy from it once, and it is offered here."});
}

QString sourceLabel(const StageGraph& graph, const Edge& edge)
{
    const bool isOwn = edge.from.kind == NodeKind::Context && edge.spec.empty();
    return isOwn ? contextLabel() : toQt(graph.label(edge.from));
}

/// Stages above, the build context, then what else the file takes from.
QStringList sourcesFor(const StageGraph& graph, const Edge& edge)
{
    QStringList sources;
    for (int stage = edge.to - 1; stage >= 0; --stage)
        sources << toQt(graph.label(stageNode(stage)));
    sources << contextLabel();
    for (const std::string& context : graph.contexts) {
        if (!context.empty())
            sources << toQt(context);
    }
    for (const std::string& image : graph.images)
        sources << toQt(image);
    sources.removeDuplicates();
    return sources;
}

} // namespace

CopyForm::CopyForm(Editing& editing, QWidget* parent) : Form(editing, parent)
{
    m_from = addField(PropertyField::Kind::Choice, tr("From"), takeFrom);
    m_destination = addField(PropertyField::Kind::Line, tr("Destination"),
                             [](const Analysis& before, const Place& at, const std::string& text) {
                                 return changeDestination(before, *at.edge, text);
                             });
}

void CopyForm::fill(bool isSame)
{
    const StageGraph& graph = analysis().graph;
    const Edge& edge = graph.edges[*place().edge];
    const bool isMount = edge.kind == EdgeKind::Mount;
    const QString into = toQt(graph.label(stageNode(edge.to)));
    const std::uint32_t line = analysis().dockerfile.instructions[edge.instruction].lines.first;
    const QString heading = isMount                              ? tr("Mount in %1, line %2")
                            : edge.kind == EdgeKind::OnbuildCopy ? tr("ONBUILD COPY in %1, line %2")
                                                                 : tr("Copy in %1, line %2");
    setHeading(heading.arg(into).arg(line));
    m_from->setChoices(sourcesFor(graph, edge));
    put(*m_from, sourceLabel(graph, edge), isSame);
    put(*m_destination, toQt(edge.destination), isSame);
    if (QLabel* label = labelOf(m_destination))
        label->setText(isMount ? tr("Target") : tr("Destination"));
}

} // namespace stagelift::ui
