// SPDX-License-Identifier: GPL-3.0-or-later
//
// How near the diagram is looked at, and what of it is in the middle.

#include "ui/diagram/diagram_private.h"

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

void DiagramView::fit()
{
    const QRectF bounds = d->picture().bounds;
    const QSize room = viewport()->size() - QSize(kFitSlack, kFitSlack);
    d->follows = true;
    d->glance.stop();
    if (bounds.isEmpty() || room.isEmpty())
        return;
    const double scale = std::min({room.width() / bounds.width(), room.height() / bounds.height(), kMostFit});
    d->fittedArea = bounds.width() * bounds.height();
    setTransform(QTransform::fromScale(std::max(scale, kLeastZoom), std::max(scale, kLeastZoom)));
    centerOn(bounds.center());
    d->zoomed();
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
