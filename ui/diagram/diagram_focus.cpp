// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the keyboard is in the diagram, and how Tab goes through it.

#include "ui/diagram/accessible.h"
#include "ui/diagram/diagram_private.h"
#include "ui/diagram/tab_stops.h"

#include <QFocusEvent>

namespace stagelift::ui {

std::optional<RowPlace> DiagramView::currentRow() const
{
    return d->rows.active() ? placeOf(picture(), *d->rows.active()) : std::nullopt;
}

void DiagramView::choose(const Selection& selection)
{
    d->rows.clear();
    d->choose(selection);
    d->showMarks();
    if (!selection.isEmpty())
        ensureVisible(mapToScene(d->placeOf(selection)).boundingRect(), 30, 30);
}

void DiagramView::chooseRow(const RowPlace& row)
{
    d->chooseRow(rowId(picture().nodes[static_cast<std::size_t>(row.node)], static_cast<std::size_t>(row.row)));
}

/// The node that Tab goes through the things of: the selected one, and on its edges the one it came from.
std::optional<NodeRef> DiagramView::Private::tabNode() const
{
    if (selection.node)
        return selection.node;
    if (!selection.edge || !analysis())
        return std::nullopt;
    const Edge& edge = picture().graph().edges[*selection.edge];
    return tabHome && *tabHome == edge.from ? edge.from : stageNode(edge.to);
}

bool DiagramView::focusNextPrevChild(bool next)
{
    const auto node = d->analysis() ? d->tabNode() : std::nullopt;
    if (node && hasFocus()) {
        d->tabHome = node;
        const TabStop here{.selection = selection(), .row = currentRow()};
        if (const auto stop = tabbed(picture(), *node, here, next ? 1 : -1)) {
            if (stop->row)
                chooseRow(*stop->row);
            else
                choose(stop->selection);
            return true;
        }
    }
    return PictureView::focusNextPrevChild(next);
}

void DiagramView::focusInEvent(QFocusEvent* event)
{
    PictureView::focusInEvent(event);
    const bool byKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
                       event->reason() == Qt::ShortcutFocusReason;
    if (byKey && d->analysis() && d->selection.isEmpty() && !picture().graph().stages.empty())
        d->setSelection({.node = stageNode(0), .edge = {}});
    announceFocus(*this);
}

Selection DiagramView::selection() const
{
    return d->selection;
}

void DiagramView::select(const Selection& selection)
{
    d->setSelection(selection);
}

} // namespace stagelift::ui
