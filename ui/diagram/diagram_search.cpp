// SPDX-License-Identifier: GPL-3.0-or-later
//
// Search in the diagram: what is found stays bright and is gone to one after the other.

#include "ui/diagram/diagram_private.h"
#include "ui/diagram/findings.h"

#include <QKeyEvent>

#include <algorithm>

namespace stagelift::ui {

void DiagramView::Private::wireSearch()
{
    connect(&search, &SearchField::typed, this, [this] {
        lookFor();
        if (!found.empty())
            jumpTo(0);
    });
    connect(&search, &SearchField::nextWanted, this, [this] { jump(1); });
    connect(&search, &SearchField::previousWanted, this, [this] { jump(-1); });
    connect(&search, &SearchField::closed, this, [this] { lookFor(); });
}

/// Anew, in the picture of now; what is selected counts as gone to, where it is among the findings.
void DiagramView::Private::lookFor()
{
    found = search.isOpen() ? findings(picture(), search.text()) : std::vector<Selection>{};
    const auto at = std::ranges::find(found, selection);
    atFinding = at == found.end() ? -1 : static_cast<int>(at - found.begin());
    search.tell(atFinding, static_cast<int>(found.size()));
    showMarks();
}

void DiagramView::Private::jump(int step)
{
    const auto count = static_cast<int>(found.size());
    if (count == 0)
        return;
    const int before = atFinding < 0 && step < 0 ? 0 : atFinding;
    jumpTo((before + step + count) % count);
}

void DiagramView::Private::jumpTo(int finding)
{
    atFinding = finding;
    const Selection what = found[static_cast<std::size_t>(finding)];
    choose(what);
    search.tell(finding, static_cast<int>(found.size()));
    lookAt(view.mapToScene(placeOf(what)).boundingRect().center());
}

void DiagramView::Private::markFindings(Marks& marks) const
{
    marks.searching = search.isOpen() && !search.text().isEmpty();
    for (const Selection& each : found) {
        if (const int node = each.node ? picture().nodeOf(*each.node) : -1; node >= 0)
            marks.foundNodes.insert(node);
        if (const int edge = each.edge ? picture().edgeOf(*each.edge) : -1; edge >= 0)
            marks.foundEdges.insert(edge);
    }
}

bool DiagramView::Private::pressSearchKey(const QKeyEvent* event)
{
    if (event->key() == Qt::Key_Slash) {
        view.showFind();
        return true;
    }
    if (!search.isOpen())
        return false;
    if (event->key() == Qt::Key_F3) {
        jump(event->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
        return true;
    }
    if (event->key() == Qt::Key_Escape && mode == Mode::Idle) {
        search.close();
        return true;
    }
    return false;
}

void DiagramView::showFind()
{
    if (!d->analysis())
        return;
    d->search.open();
    d->lookFor();
}

} // namespace stagelift::ui
