// SPDX-License-Identifier: GPL-3.0-or-later
//
// How near the diagram is looked at, and what of it is in the middle.

#include "ui/diagram/diagram_private.h"
#include "ui/diagram/far_room.h"

#include <QScrollBar>

#include <algorithm>

namespace stagelift::ui {

namespace {

constexpr double kMostFit = 1.15; // a small diagram is not blown up
constexpr int kFitSlack = 4;      // pixels; without them rounding brings up the scroll bars
constexpr double kLeastZoom = 0.04;
constexpr double kMostZoom = 6;

} // namespace

void DiagramView::Private::zoomed()
{
    scene.setScale(view.transform().m11(), glideDuration());
    overview.settle();
    emit view.viewMoved();
}

/// Moves what is at `place` into the middle, at the same zoom, and there all of a sudden only where nothing glides.
void DiagramView::Private::lookAt(QPointF place)
{
    follows = false;
    glance.stop();
    const int duration = glideDuration();
    if (duration == 0) {
        view.centerOn(place);
        return;
    }
    glance.setStartValue(view.mapToScene(view.viewport()->rect().center()));
    glance.setEndValue(place);
    glance.setDuration(duration);
    glance.start();
}

/// At which there is room for all of it; 0 where there is nothing, or no room.
double DiagramView::Private::wholeScale() const
{
    const QRectF bounds = picture().bounds;
    const QSize room = view.viewport()->size() - QSize(kFitSlack, kFitSlack);
    if (bounds.isEmpty() || room.isEmpty())
        return 0;
    return std::clamp(std::min(room.width() / bounds.width(), room.height() / bounds.height()), kLeastZoom, kMostFit);
}

/// From which on nodes have their near form.
double DiagramView::Private::readableScale() const
{
    constexpr double kRounding = 1.001;
    return kFarText * kRounding / picture().fonts.em;
}

/// Brings all of it into view; where it stays near, what is selected, or what was in the middle.
void DiagramView::Private::refit()
{
    glance.stop();
    const double whole = wholeScale();
    if (whole == 0)
        return;
    const QRectF bounds = picture().bounds;
    fittedArea = bounds.width() * bounds.height();
    staysNear = staysNear && whole < readableScale();
    const QPoint seen = selection.isEmpty() ? view.viewport()->rect().center() : placeOf(selection).center();
    const QPointF middle = staysNear ? view.mapToScene(seen) : bounds.center();
    const double scale = staysNear ? readableScale() : whole;
    view.setTransform(QTransform::fromScale(scale, scale));
    view.centerOn(middle);
    zoomed();
}

/// The view has become larger or smaller, by no wish to see the diagram so: an inspector opens beside it, a splitter is
/// moved. Rows that can be dragged do not go for that.
void DiagramView::Private::followRoom()
{
    if (!follows)
        return;
    staysNear = staysNear || (!isFitted && view.isVisible() && !scene.isFar());
    refit();
}

void DiagramView::Private::followAll()
{
    follows = true;
    staysNear = false;
    refit();
}

void DiagramView::fit()
{
    d->isFitted = true;
    d->followAll();
}

void DiagramView::panBy(QPoint pixels)
{
    d->follows = false;
    d->glance.stop();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - pixels.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - pixels.y());
}

void DiagramView::zoomBy(double factor)
{
    const double now = transform().m11();
    const double wanted = std::clamp(now * factor, kLeastZoom, kMostZoom);
    d->follows = false;
    d->glance.stop();
    const QPoint middle = viewport()->rect().center();
    const QPointF held = mapToScene(middle);
    scale(wanted / now, wanted / now);
    const QPoint moved = mapFromScene(held) - middle;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + moved.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + moved.y());
    d->zoomed();
}

} // namespace stagelift::ui
