// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every gesture of the diagram as a menu entry, on the right button and on the menu key.

#include "core/edits/stage_edits.h"
#include "ui/diagram/diagram_private.h"
#include "ui/diagram/patience.h"
#include "ui/diagram/words.h"

#include <QContextMenuEvent>
#include <QMenu>

#include <algorithm>

namespace stagelift::ui {

namespace {

/// A path in a menu must not make a mnemonic of its ampersands.
QString plain(QString text)
{
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

/// One of several edges between the same two nodes.
QString nameOf(const Edge& edge)
{
    if (edge.kind == EdgeKind::Base)
        return QStringLiteral("FROM %1").arg(plain(toQt(edge.spec)));
    QStringList paths;
    for (const std::string& path : edge.paths)
        paths += toQt(path);
    const QString what = edge.kind == EdgeKind::Mount ? QStringLiteral("RUN --mount") : QStringLiteral("COPY");
    return plain(QStringLiteral("%1 %2 → %3").arg(what, paths.join(QLatin1Char(' ')), toQt(edge.destination)));
}

constexpr double kZoomStep = 1.25;

} // namespace

std::unique_ptr<QMenu> DiagramView::Private::menuFor(const Hit& hit)
{
    auto menu = std::make_unique<QMenu>(&view);
    if (!input.analysis)
        return menu;
    if (hit.edge >= 0) {
        const std::vector<std::size_t>& edges = picture().edges[static_cast<std::size_t>(hit.edge)].edges;
        for (const std::size_t edge : edges)
            fillEdgeMenu(edges.size() == 1 ? *menu : *menu->addMenu(nameOf(picture().graph().edges[edge])), edge);
    } else if (hit.node >= 0) {
        const PictureNode& node = picture().nodes[static_cast<std::size_t>(hit.node)];
        const bool onRow =
            hit.kind == HitKind::Row && node.rows[static_cast<std::size_t>(hit.row)].kind == RowKind::Artifact;
        if (isStack(hit.node))
            fillStackMenu(*menu, node);
        else if (hit.kind == HitKind::Row && node.rows[static_cast<std::size_t>(hit.row)].kind == RowKind::Instruction)
            fillInstructionMenu(*menu, node.ref.index, node.rows[static_cast<std::size_t>(hit.row)].instruction);
        else if (node.ref.kind == NodeKind::Stage)
            fillStageMenu(*menu, node.ref.index,
                          onRow ? pathsAt(node, static_cast<std::size_t>(hit.row)) : std::vector<std::string>{});
        else
            fillQuietMenu(*menu, node.ref);
    } else {
        fillCanvasMenu(*menu);
    }
    return menu;
}

void DiagramView::Private::objectToChange()
{
    object({Diagram::tr("The file has changed while the menu was open.").toStdString(),
            Diagram::tr("Open it once more.").toStdString()},
           QRect(view.viewport()->rect().center(), QSize(1, 1)));
}

std::vector<int> DiagramView::Private::stagesThatTake(NodeRef source) const
{
    std::vector<int> targets;
    const StageGraph& graph = picture().graph();
    Patience patience;
    for (const Stage& stage : graph.stages)
        if (stageNode(stage.index) != source &&
            (!patience.allowsAnother() || !refusalToCopy(*analysis(), source, stage.index)))
            targets.push_back(stage.index);
    return targets;
}

/// With paths they are copied, without one it is asked for in place.
void DiagramView::Private::addCopyTargets(QMenu& menu, NodeRef source, const std::vector<std::string>& paths,
                                          const std::vector<int>& targets)
{
    for (const int target : targets)
        menu.addAction(
            plain(toQt(picture().graph().label(stageNode(target)))), this, whileSame([this, source, paths, target] {
                paths.empty() ? askPath(copyIntent(source, target)) : copy(copyIntent(source, target, paths));
            }));
    if (targets.empty())
        menu.addAction(Diagram::tr("No stage can take it"))->setEnabled(false);
}

void DiagramView::Private::fillStageMenu(QMenu& menu, int stage, const std::vector<std::string>& paths)
{
    const Stage& data = picture().graph().stages[static_cast<std::size_t>(stage)];
    const NodeRef ref = stageNode(stage);
    addCopies(menu, stage, paths);
    const bool isOpen = open.contains(stage);
    menu.addAction(isOpen ? Diagram::tr("&Hide Instructions") : Diagram::tr("S&how Instructions"),
                   isOpen ? QKeySequence(Qt::ALT | Qt::Key_Up) : QKeySequence(Qt::ALT | Qt::Key_Down), this,
                   whileSame([this, stage, isOpen] { setOpen(stage, !isOpen); }));
    menu.addSeparator();
    menu.addAction(data.isNamed() ? Diagram::tr("&Rename…") : Diagram::tr("&Name…"), QKeySequence(Qt::Key_F2), this,
                   whileSame([this, stage] { rename(stage); }));
    menu.addAction(Diagram::tr("Change &Base…"), this, whileSame([this, stage] { askBase(stage); }));
    QAction* target = menu.addAction(Diagram::tr("Make It the &Target"), this, whileSame([this, stage] {
                                         view.setTarget(stage);
                                         emit view.targetChosen(stage);
                                     }));
    target->setEnabled(stage != picture().target);
    menu.addAction(Diagram::tr("B&uild"), this, whileSame([this, stage] { emit view.buildRequested(stage); }));
    addRun(*menu.addMenu(Diagram::tr("Ru&n")), stage);
    menu.addSeparator();
    fillFocusMenu(menu, stage);
    menu.addSeparator();
    addStageEdits(menu, stage);
    addProperties(menu, {.node = ref, .edge = {}});
}

/// Of a stage that was built.
void DiagramView::Private::addRun(QMenu& menu, int stage)
{
    menu.setEnabled(std::ranges::contains(input.sizes, stage, &StageSize::stage));
    menu.addAction(Diagram::tr("With Its &Command"), this,
                   whileSame([this, stage] { emit view.runRequested(stage, RunMode::ItsCommand); }));
    menu.addAction(Diagram::tr("With a &Shell"), this,
                   whileSame([this, stage] { emit view.runRequested(stage, RunMode::Shell); }));
    menu.addAction(Diagram::tr("Cop&y Run Command"), this,
                   whileSame([this, stage] { emit view.runCommandWanted(stage); }));
}

/// What can be copied from the stage and into it; where artifacts are chosen, those.
void DiagramView::Private::addCopies(QMenu& menu, int stage, const std::vector<std::string>& paths)
{
    const NodeRef ref = stageNode(stage);
    if (!paths.empty()) {
        const QString what = paths.size() == 1 ? Diagram::tr("Copy %1 to").arg(plain(toQt(paths.front())))
                                               : Diagram::tr("Copy %n artifacts to", nullptr, int(paths.size()));
        addCopyTargets(*menu.addMenu(what), ref, paths, stagesThatTake(ref));
    } else {
        fillCopyOf(*menu.addMenu(Diagram::tr("&Copy Artifact")), ref);
    }
    menu.addAction(Diagram::tr("Copy from the Build Conte&xt…"), this,
                   whileSame([this, stage] { askPath(copyIntent(buildContext(picture().graph()), stage)); }));
    menu.addAction(Diagram::tr("Copy from Another I&mage…"), this,
                   whileSame([this, stage] { askImage({.node = stageNode(stage), .place = {}}); }));
}

/// What is done to the stage as a whole.
void DiagramView::Private::addStageEdits(QMenu& menu, int stage)
{
    const Stage& data = picture().graph().stages[static_cast<std::size_t>(stage)];
    const QRect place = placeOf({.node = stageNode(stage), .edge = {}});
    menu.addAction(Diagram::tr("Move &Up"), this,
                   whileSame([this, stage, place] { give(moveStage(*analysis(), stage, true), place); }))
        ->setEnabled(stage > 0);
    menu.addAction(Diagram::tr("Move &Down"), this,
                   whileSame([this, stage, place] { give(moveStage(*analysis(), stage, false), place); }))
        ->setEnabled(stage < picture().graph().defaultTarget());
    addMovesTo(*menu.addMenu(Diagram::tr("Move A&head of")), stage);
    menu.addSeparator();
    menu.addAction(Diagram::tr("&Split…"), this, whileSame([this, stage] { emit view.splitRequested(stage); }));
    menu.addAction(Diagram::tr("&Inline"), this,
                   whileSame([this, stage, place] { give(inlineStage(*analysis(), stage), place); }));
    menu.addAction(Diagram::tr("&Duplicate"), this, whileSame([this, stage, place] {
                       giveAndAsk(*analysis(), duplicateStage(*analysis(), stage, {}), place, PendingField::Stage);
                   }));
    QAction* child =
        menu.addAction(Diagram::tr("&Add a Stage Built on It"), this, [this, name = data.name] { addStage(name); });
    child->setEnabled(data.isNamed());
    menu.addAction(Diagram::tr("Remove &Stage"), QKeySequence(Qt::Key_Delete), this,
                   whileSame([this, stage, place] { give(removeStage(*analysis(), stage), place); }));
}

void DiagramView::Private::fillInstructionMenu(QMenu& menu, int stage, std::size_t instruction)
{
    const QRect place = placeOf({.node = stageNode(stage), .edge = {}});
    const auto add = [&](const QString& text, Qt::Key key, int step) {
        const EditOutcome tried = instructionMoved(instruction, step);
        menu.addAction(text, QKeySequence(Qt::ALT | key), this, whileSame([this, instruction, step, place] {
                           giveAndAsk(*analysis(), instructionMoved(instruction, step), place, PendingField::Row);
                       }))
            ->setEnabled(!tried || !tried->edits.empty());
    };
    add(Diagram::tr("Move &Up"), Qt::Key_Up, -1);
    add(Diagram::tr("Move &Down"), Qt::Key_Down, 1);
    QMenu* targets = menu.addMenu(Diagram::tr("Move &to"));
    Patience patience;
    for (const Stage& target : picture().graph().stages) {
        if (target.index == stage ||
            (patience.allowsAnother() && !moveInstruction(*analysis(), instruction, target.index)))
            continue;
        targets->addAction(plain(toQt(picture().graph().label(stageNode(target.index)))), this,
                           whileSame([this, instruction, to = target.index, place] {
                               giveAndAsk(*analysis(), moveInstruction(*analysis(), instruction, to), place,
                                          PendingField::Row);
                           }));
    }
    targets->setEnabled(!targets->isEmpty());
}

/// The stages that it can stand ahead of, and the end of the file; not where it stands.
void DiagramView::Private::addMovesTo(QMenu& menu, int stage)
{
    const StageGraph& graph = picture().graph();
    const QRect place = placeOf({.node = stageNode(stage), .edge = {}});
    const auto count = static_cast<int>(graph.stages.size());
    Patience patience;
    for (int ahead = 0; ahead <= count; ++ahead) {
        if (ahead == stage || ahead == stage + 1 ||
            (patience.allowsAnother() && !moveStageTo(*analysis(), stage, ahead)))
            continue;
        const QString name =
            ahead == count ? Diagram::tr("The End of the File") : plain(toQt(graph.label(stageNode(ahead))));
        menu.addAction(name, this,
                       whileSame([this, stage, ahead, place] { give(moveStageTo(*analysis(), stage, ahead), place); }));
    }
    menu.menuAction()->setEnabled(!menu.isEmpty());
}

void DiagramView::Private::fillQuietMenu(QMenu& menu, NodeRef node)
{
    fillCopyOf(*menu.addMenu(Diagram::tr("&Copy from It")), node);
    if (node.kind == NodeKind::Image) {
        const std::string image = picture().graph().images[static_cast<std::size_t>(node.index)];
        menu.addAction(Diagram::tr("&Add a Stage Built on It"), this, [this, image] { addStage(image); });
    }
    addProperties(menu, {.node = node, .edge = {}});
}

/// The nodes that an end of an edge can go to.
void DiagramView::Private::addEdgeEnds(QMenu& menu, std::size_t edge, EdgeEnd end, NodeRef current)
{
    const QRect place = placeOf({.node = {}, .edge = edge});
    Patience patience;
    for (const PictureNode& node : picture().nodes) {
        if (node.ref == current || (patience.allowsAnother() && !retargeted(*analysis(), edge, end, node.ref)))
            continue;
        menu.addAction(plain(node.title.whole), this, whileSame([this, edge, end, ref = node.ref, place] {
                           give(retargeted(*analysis(), edge, end, ref), place);
                       }));
    }
    menu.menuAction()->setEnabled(!menu.isEmpty());
}

void DiagramView::Private::fillEdgeMenu(QMenu& menu, std::size_t edge)
{
    const Edge& data = picture().graph().edges[edge];
    const QRect place = placeOf({.node = {}, .edge = edge});
    const bool base = data.kind == EdgeKind::Base;
    if (base)
        menu.addAction(Diagram::tr("Change &Base…"), this, whileSame([this, stage = data.to] { askBase(stage); }));
    if (data.kind == EdgeKind::Copy)
        menu.addAction(Diagram::tr("Change &Destination…"), QKeySequence(Qt::Key_F2), this,
                       whileSame([this, edge] { askDestination(edge); }));
    addEdgeEnds(*menu.addMenu(base ? Diagram::tr("Build It &from") : Diagram::tr("Take It &from")), edge, EdgeEnd::Tail,
                data.from);
    if (base) {
        addProperties(menu, {.node = {}, .edge = edge});
        return;
    }
    addEdgeEnds(*menu.addMenu(Diagram::tr("&Move It to")), edge, EdgeEnd::Head, stageNode(data.to));
    menu.addSeparator();
    menu.addAction(data.kind == EdgeKind::Mount ? Diagram::tr("&Remove Mount") : Diagram::tr("&Remove Copy"),
                   QKeySequence(Qt::Key_Delete), this,
                   whileSame([this, edge, place] { give(removeCopy(*analysis(), edge), place); }));
    addProperties(menu, {.node = {}, .edge = edge});
}

void DiagramView::Private::addProperties(QMenu& menu, const Selection& of)
{
    menu.addSeparator();
    menu.addAction(Diagram::tr("&Properties…"), QKeySequence(Qt::ALT | Qt::Key_Return), this, whileSame([this, of] {
                       setSelection(of);
                       emit view.propertiesWanted();
                   }));
}

void DiagramView::Private::fillCanvasMenu(QMenu& menu)
{
    menu.addAction(Diagram::tr("&Add Stage"), this, [this] { addStage("scratch"); });
    menu.addSeparator();
    menu.addAction(Diagram::tr("&Fit"), this, [this] { view.fit(); });
    menu.addAction(Diagram::tr("Zoom &In"), this, [this] { view.zoomBy(kZoomStep); });
    menu.addAction(Diagram::tr("Zoom &Out"), this, [this] { view.zoomBy(1 / kZoomStep); });
    menu.addSeparator();
    fillFilterMenu(menu);
    menu.addSeparator();
    menu.addAction(Diagram::tr("&Copy as Picture"), this, [this] { view.copyPicture(); });
}

void DiagramView::contextMenuEvent(QContextMenuEvent* event)
{
    Hit hit;
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse) {
        hit = d->hitUnder(event->pos());
    } else if (!d->selection.isEmpty()) {
        hit = hitOf(d->picture(), d->selection);
        if (const auto row = d->rows.active() ? placeOf(d->picture(), *d->rows.active()) : std::nullopt)
            hit = {.kind = HitKind::Row, .node = row->node, .row = row->row};
        at = viewport()->mapToGlobal(d->placeOf(d->selection).center());
    }
    const bool chosen = d->selection.edge && d->picture().edgeOf(*d->selection.edge) == hit.edge;
    if (hit.edge >= 0 && !chosen)
        d->click(hit);
    else if (hit.node >= 0)
        d->setSelection({.node = d->picture().nodes[static_cast<std::size_t>(hit.node)].ref, .edge = {}});
    const std::unique_ptr<QMenu> menu = d->menuFor(hit);
    menu->exec(at);
}

} // namespace stagelift::ui
