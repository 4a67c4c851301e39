// SPDX-License-Identifier: GPL-3.0-or-later
//
// What hands ask for: each a pure operation of core/edits, its answer handed on, its refusal said beside the thing.

#include "core/stages/stage_names.h"
#include "ui/diagram/diagram_private.h"
#include "ui/diagram/legend.h"
#include "ui/diagram/words.h"

#include <QKeyEvent>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace stagelift::ui {

namespace {

Refusal refusal(const QString& reason, const QString& mend)
{
    return {reason.toStdString(), mend.toStdString()};
}

QString objection(const EditOutcome& outcome)
{
    return outcome ? QString() : sentences(outcome.error());
}

} // namespace

bool DiagramView::Private::give(const EditOutcome& outcome, const QRect& beside)
{
    if (!outcome) {
        objectOrOffer(outcome.error(), beside, PendingField::Nothing);
        return false;
    }
    if (!outcome->edits.empty())
        emit view.edited(*outcome, analysis()->revision);
    return true;
}

bool DiagramView::Private::giveAndAsk(const Analysis& of, const EditOutcome& outcome, const QRect& beside,
                                      PendingField asked)
{
    if (!outcome) {
        objectOrOffer(outcome.error(), beside, asked);
        return false;
    }
    if (outcome->edits.empty())
        return true;
    pending = Pending{.revision = of.revision,
                      .text = applied(of.source.bytes(), outcome->edits),
                      .offset = outcome->select.begin,
                      .field = asked};
    emit view.edited(*outcome, of.revision);
    return true;
}

void DiagramView::Private::objectOrOffer(const Refusal& refusal, const QRect& beside, PendingField asked)
{
    if (!refusal.remedy) {
        object(refusal, beside);
        return;
    }
    QString mend = toQt(refusal.mend);
    if (mend.endsWith(QLatin1Char('.')))
        mend.chop(1);
    bubble.hide();
    offer.open(toQt(refusal.reason), asked == PendingField::Destination ? Diagram::tr("%1, and copy").arg(mend) : mend,
               beside, [this, of = picture().analysis, remedy = *refusal.remedy, beside, asked] {
                   giveAndAsk(*of, remedy, beside, asked);
               });
}

void DiagramView::Private::object(const Refusal& refusal, const QRect& beside)
{
    bubble.say(Bubble::Kind::Objection, sentences(refusal), beside);
    bubbleAway.start();
    emit view.refused(refusal);
}

void DiagramView::Private::openField(const QRect& place, const QString& name, const QString& text,
                                     const Field::Check& check, const Field::Done& done)
{
    bubble.hide();
    field.setFont(view.font());
    field.open(place, name, text, check, done);
}

void DiagramView::Private::copy(const CopyIntent& intent)
{
    giveAndAsk(*analysis(), copyArtifact(*analysis(), intent), placeOf({.node = stageNode(intent.target), .edge = {}}),
               PendingField::Destination);
}

void DiagramView::Private::askPath(const CopyIntent& intent)
{
    const AnalysisPtr now = picture().analysis;
    const auto with = [intent](const QString& path) {
        CopyIntent whole = intent;
        whole.paths = {path.trimmed().toStdString()};
        return whole;
    };
    const bool ofContext = intent.image.empty() && intent.source.kind == NodeKind::Context;
    const QString source = intent.image.empty() ? toQt(now->graph.label(intent.source)) : toQt(intent.image);
    const QString name = ofContext ? Diagram::tr("Path in the build context") : Diagram::tr("Path in %1").arg(source);
    openField(
        placeOf({.node = stageNode(intent.target), .edge = {}}), name,
        ofContext ? QStringLiteral(".") : QStringLiteral("/"),
        [now, with](const QString& path) {
            return path.trimmed().isEmpty() ? Diagram::tr("A path is needed.")
                                            : objection(copyArtifact(*now, with(path)));
        },
        [this, with](const QString& path) { copy(with(path)); });
}

void DiagramView::Private::rename(int stage)
{
    if (!analysis() || stage < 0 || picture().nodeOf(stageNode(stage)) < 0)
        return;
    const AnalysisPtr now = picture().analysis;
    const Stage& named = now->graph.stages[static_cast<std::size_t>(stage)];
    const QRect place = placeOf({.node = stageNode(stage), .edge = {}});
    const QString before = named.isNamed() ? toQt(named.writtenName) : toQt(suggestName(now->graph, stage));
    const auto outcome = [now, stage, isNamed = named.isNamed()](const QString& name) {
        return isNamed ? renameStage(*now, stage, name.trimmed().toStdString())
                       : nameStage(*now, stage, name.trimmed().toStdString());
    };
    const bool isNamed = named.isNamed();
    bubble.hide();
    field.setFont(view.font());
    field.openWithin(
        QRect(place.topLeft(), QSize(place.width(), std::min(place.height(), 40))), Diagram::tr("Name of the stage"),
        before, [outcome](const QString& name) { return objection(outcome(name)); },
        [this, outcome, place, before, isNamed](const QString& name) {
            // A suggestion that is taken as it stands is a name all the same.
            if (!isNamed || name.trimmed() != before)
                give(outcome(name), place);
        });
}

void DiagramView::Private::askBase(int stage)
{
    const AnalysisPtr now = picture().analysis;
    const QString before = toQt(now->graph.stages[static_cast<std::size_t>(stage)].baseWord.text);
    const QRect place = placeOf({.node = stageNode(stage), .edge = {}});
    const auto outcome = [now, stage](const QString& base) {
        return changeBase(*now, stage, base.trimmed().toStdString());
    };
    openField(
        place, Diagram::tr("Base: an image or a stage above"), before,
        [outcome](const QString& base) { return objection(outcome(base)); },
        [this, outcome, place, before](const QString& base) {
            if (base.trimmed() != before)
                give(outcome(base), place);
        });
}

void DiagramView::Private::askDestination(std::size_t edge)
{
    const AnalysisPtr now = picture().analysis;
    const Edge& copied = now->graph.edges[edge];
    if (copied.kind != EdgeKind::Copy)
        return;
    const QString before = toQt(copied.destination);
    const QRect place = placeOf({.node = {}, .edge = edge});
    const auto outcome = [now, edge](const QString& destination) {
        return changeDestination(*now, edge, destination.trimmed().toStdString());
    };
    setSelection({.node = {}, .edge = edge});
    openField(
        place, Diagram::tr("Destination in %1").arg(toQt(now->graph.label(stageNode(copied.to)))), before,
        [outcome](const QString& text) { return objection(outcome(text)); },
        [this, outcome, place, before](const QString& text) {
            if (text.trimmed() != before)
                give(outcome(text), place);
        });
}

void DiagramView::Private::addStage(const std::string& base)
{
    const StageGraph& graph = picture().analysis ? picture().graph() : input.analysis->graph;
    std::string name = "stage";
    for (int number = 2; graph.findTarget(name); ++number)
        name = "stage-" + std::to_string(number);
    giveAndAsk(*input.analysis, stagelift::addStage(*input.analysis, base, name),
               QRect(view.viewport()->rect().center(), QSize(1, 1)), PendingField::Name);
}

void DiagramView::Private::removeSelected()
{
    if (!analysis() || selection.isEmpty())
        return;
    const QRect place = placeOf(selection);
    if (selection.edge)
        give(removeCopy(*analysis(), *selection.edge), place);
    else if (isStack(selection))
        object(refusal(Diagram::tr("This is a chain of several stages."), Diagram::tr("Expand it first: Enter.")),
               place);
    else if (selection.node->kind == NodeKind::Stage)
        give(removeStage(*analysis(), selection.node->index), place);
    else
        object(
            refusal(Diagram::tr("%1 is only there because stages take from it.")
                        .arg(picture().nodes[static_cast<std::size_t>(picture().nodeOf(*selection.node))].title.whole),
                    Diagram::tr("Remove its edges, and it goes.")),
            place);
}

void DiagramView::Private::editSelected()
{
    if (selection.edge)
        askDestination(*selection.edge);
    else if (selection.node && selection.node->kind == NodeKind::Stage)
        editNode(selection.node->index);
}

void DiagramView::Private::editNode(int stage)
{
    isStack(picture().nodeOf(stageNode(stage))) ? unfoldChain(stage) : rename(stage);
}

void DiagramView::Private::openPending()
{
    if (!pending || !analysis() || analysis()->revision <= pending->revision)
        return;
    const Pending arrived = *std::exchange(pending, std::nullopt);
    if (arrived.text != analysis()->source.bytes())
        return;
    const StageGraph& graph = picture().graph();
    if (arrived.field == PendingField::Name) {
        const int stage = graph.stageAt(arrived.offset);
        if (stage >= 0)
            setSelection({.node = stageNode(stage), .edge = {}});
        rename(stage);
        return;
    }
    if (arrived.field == PendingField::Row) {
        followRow(arrived.offset);
        return;
    }
    if (arrived.field == PendingField::Stage) {
        showStage(graph.stageAt(arrived.offset));
        return;
    }
    const auto edge = std::ranges::find_if(graph.edges, [&](const Edge& each) {
        return each.kind == EdgeKind::Copy && each.span.touches(arrived.offset);
    });
    if (edge != graph.edges.end())
        askDestination(static_cast<std::size_t>(edge - graph.edges.begin()));
}

void DiagramView::Private::showStage(int stage)
{
    if (stage < 0)
        return;
    setSelection({.node = stageNode(stage), .edge = {}});
    if (!seesAll())
        view.ensureVisible(view.mapToScene(placeOf(selection)).boundingRect(), 30, 30);
}

void DiagramView::selectStageOf(const EditResult& result, const Analysis& of)
{
    d->pending = Private::Pending{.revision = of.revision,
                                  .text = applied(of.source.bytes(), result.edits),
                                  .offset = result.select.begin,
                                  .field = Private::PendingField::Stage};
}

bool DiagramView::Private::pressKey(QKeyEvent* event)
{
    static constexpr std::array kWalking{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up,
                                         Qt::Key_Down, Qt::Key_Home,  Qt::Key_End};
    const auto key = static_cast<Qt::Key>(event->key());
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (analysis() && pressRowKey(event))
        return true;
    if (analysis() && event->modifiers() == Qt::AltModifier && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        emit view.propertiesWanted();
        return true;
    }
    if (!analysis() || !plain)
        return false;
    if (pressSearchKey(event))
        return true;
    if (std::ranges::contains(kWalking, key)) {
        if (const auto next = walked(picture(), selection, key, event->modifiers())) {
            choose(*next);
            view.ensureVisible(view.mapToScene(placeOf(*next)).boundingRect(), 30, 30);
        }
        return true;
    }
    if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
        removeSelected();
        return true;
    }
    if (key == Qt::Key_E && selection.node && picture().nodeOf(*selection.node) >= 0) {
        askWhatToCopyOut();
        return true;
    }
    if (key == Qt::Key_F2 || key == Qt::Key_Return || key == Qt::Key_Enter) {
        editSelected();
        return true;
    }
    return key == Qt::Key_Escape && leave();
}

/// What is under way ends, one thing at a time: what is carried, then the legend, then the look at a part. False where
/// nothing is.
bool DiagramView::Private::leave()
{
    if (mode == Mode::Carrying) {
        mode = Mode::Idle;
        forgetDrag();
        return true;
    }
    if (legend && legend->isVisible()) {
        view.showLegend(false);
        emit view.legendClosed();
        return true;
    }
    if (!filter.focus)
        return false;
    view.showAll();
    return true;
}

} // namespace stagelift::ui
