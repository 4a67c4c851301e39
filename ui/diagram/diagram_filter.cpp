// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the diagram leaves out on request: images, the context, all but what one stage needs; and chains drawn as one.

#include "ui/diagram/diagram_private.h"
#include "ui/diagram/stage_map.h"
#include "ui/diagram/words.h"

#include <QMenu>

#include <algorithm>

namespace stagelift::ui {

void DiagramView::Private::setFilter(const ViewFilter& wanted)
{
    if (wanted == filter)
        return;
    filter = wanted;
    filterFrom = input.analysis;
    compose();
    emit view.filterChanged();
}

/// Into the stages of now; what was filtered by a stage that is gone is shown again.
void DiagramView::Private::carryFilter()
{
    if (input.analysis && filterFrom && filterFrom != input.analysis) {
        const bool hadFocus = filter.focus.has_value();
        filter = carried(filter, StageMap(filterFrom->graph, input.analysis->graph));
        if (hadFocus && !filter.focus)
            QTimer::singleShot(0, &view, [this] { emit view.filterChanged(); });
    }
    filterFrom = input.analysis;
    input.filter = filter;
}

void DiagramView::Private::focusOn(int stage, bool withUsers)
{
    ViewFilter wanted = filter;
    wanted.focus = stage;
    wanted.withUsers = withUsers;
    follows = true; // another picture, to be seen as a whole
    setFilter(wanted);
}

void DiagramView::Private::foldChain(int stage)
{
    const std::vector<int>* chain = picture().shown.chainOf(stage);
    if (!chain)
        return;
    ViewFilter wanted = filter;
    wanted.folded.insert(chain->begin(), chain->end());
    setFilter(wanted);
}

void DiagramView::Private::unfoldChain(int stage)
{
    const std::vector<int>* chain = picture().shown.chainOf(stage);
    if (!chain)
        return;
    ViewFilter wanted = filter;
    for (const int member : *chain)
        wanted.folded.erase(member);
    setFilter(wanted);
}

bool DiagramView::Private::isStack(int node) const
{
    return node >= 0 && !picture().nodes[static_cast<std::size_t>(node)].members.empty();
}

/// What of a selection is drawn: for an edge that is not, the stage that has it; nothing where that is hidden too.
Selection DiagramView::Private::seenOf(const Selection& wanted) const
{
    if (!analysis() || picture().filter == ViewFilter{})
        return wanted;
    Selection seen = wanted;
    if (wanted.edge && picture().edgeOf(*wanted.edge) < 0)
        seen = {.node = stageNode(picture().graph().edges[*wanted.edge].to), .edge = {}};
    if (seen.node && picture().nodeOf(*seen.node) < 0)
        return {};
    return seen;
}

QString DiagramView::Private::filterSentence() const
{
    if (!analysis() || !picture().filter.focus)
        return {};
    const StageGraph& graph = picture().graph();
    const QString stage = toQt(graph.label(stageNode(*picture().filter.focus)));
    const auto all = static_cast<int>(graph.stages.size());
    QString sentence = (picture().filter.withUsers
                            ? Diagram::tr("Showing what %1 needs and what needs it · %2 of %n stages", nullptr, all)
                            : Diagram::tr("Showing what %1 needs · %2 of %n stages", nullptr, all))
                           .arg(stage)
                           .arg(picture().shown.shownStages);
    const int at = caret ? graph.stageAt(*caret) : -1;
    if (at >= 0 && picture().nodeOf(stageNode(at)) < 0)
        sentence += Diagram::tr(" · the caret is in %1, which is hidden").arg(toQt(graph.label(stageNode(at))));
    return sentence;
}

/// Over the viewport, which gives it room.
void DiagramView::Private::settleBar()
{
    const QString sentence = filterSentence();
    bar.say(sentence);
    const int height = sentence.isEmpty() ? 0 : bar.sizeHint().height();
    bar.setGeometry(0, 0, view.width(), height);
    view.setViewportMargins(0, height, 0, 0);
}

void DiagramView::Private::fillFocusMenu(QMenu& menu, int stage)
{
    QAction* needs = menu.addAction(Diagram::tr("Show &Only What It Needs"), this,
                                    whileSame([this, stage] { focusOn(stage, false); }));
    needs->setEnabled(filter.focus != stage || filter.withUsers);
    QAction* both = menu.addAction(Diagram::tr("Show What It &Needs and What Needs It"), this,
                                   whileSame([this, stage] { focusOn(stage, true); }));
    both->setEnabled(filter.focus != stage || !filter.withUsers);
    const std::vector<int>* chain = picture().shown.chainOf(stage);
    if (!chain)
        return;
    if (picture().shown.folded.contains(chain->back()))
        menu.addAction(Diagram::tr("&Expand the Chain"), QKeySequence(Qt::Key_Return), this,
                       whileSame([this, stage] { unfoldChain(stage); }));
    else
        menu.addAction(Diagram::tr("Collapse the C&hain of %n Stages", nullptr, static_cast<int>(chain->size())), this,
                       whileSame([this, stage] { foldChain(stage); }));
}

/// A node that stands for several stages: what can be done with it is done with the whole chain, or with its last
/// stage.
void DiagramView::Private::fillStackMenu(QMenu& menu, const PictureNode& node)
{
    fillFocusMenu(menu, node.ref.index);
    menu.addSeparator();
    QMenu* members = menu.addMenu(Diagram::tr("&Go to"));
    for (const int stage : node.members)
        members->addAction(
            toQt(picture().graph().label(stageNode(stage))).replace(QLatin1Char('&'), QStringLiteral("&&")), this,
            whileSame([this, stage] { choose({.node = stageNode(stage), .edge = {}}); }));
}

void DiagramView::Private::fillFilterMenu(QMenu& menu)
{
    const auto check = [&](const QString& text, bool ViewFilter::* which) {
        QAction* action = menu.addAction(text, this, [this, which] {
            ViewFilter wanted = filter;
            wanted.*which = !(wanted.*which);
            setFilter(wanted);
        });
        action->setCheckable(true);
        action->setChecked(filter.*which);
    };
    check(Diagram::tr("Hide I&mages"), &ViewFilter::hidesImages);
    check(Diagram::tr("Hide the &Build Context"), &ViewFilter::hidesContext);
    menu.addAction(Diagram::tr("Co&llapse Chains"), &view, &DiagramView::collapseChains)
        ->setEnabled(picture().shown.folded.size() < picture().shown.chains.size());
    menu.addAction(Diagram::tr("&Expand Chains"), &view, &DiagramView::expandChains)
        ->setEnabled(!picture().shown.folded.empty());
    menu.addAction(Diagram::tr("&Show All"), &view, &DiagramView::showAll)
        ->setEnabled(filter.focus || filter.hidesImages || filter.hidesContext);
}

const ViewFilter& DiagramView::filter() const
{
    return d->filter;
}

void DiagramView::setFilter(const ViewFilter& filter)
{
    d->setFilter(filter);
}

void DiagramView::collapseChains()
{
    ViewFilter wanted = d->filter;
    for (const std::vector<int>& chain : picture().shown.chains)
        wanted.folded.insert(chain.begin(), chain.end());
    d->setFilter(wanted);
}

void DiagramView::expandChains()
{
    ViewFilter wanted = d->filter;
    wanted.folded.clear();
    d->setFilter(wanted);
}

void DiagramView::showAll()
{
    ViewFilter wanted;
    wanted.folded = d->filter.folded; // a chain is all there, as one
    d->setFilter(wanted);
}

void DiagramView::focusOnSelected(bool withUsers)
{
    int stage = target();
    const auto& selected = d->selection;
    if (selected.node && selected.node->kind == NodeKind::Stage)
        stage = selected.node->index;
    else if (selected.edge)
        stage = d->picture().graph().edges[*selected.edge].to;
    if (stage >= 0)
        d->focusOn(stage, withUsers);
}

} // namespace stagelift::ui
