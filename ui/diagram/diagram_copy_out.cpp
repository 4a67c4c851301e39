// SPDX-License-Identifier: GPL-3.0-or-later
//
// What leaves the diagram for other programs, and the legend that may go along.

#include "ui/diagram/diagram_private.h"
#include "ui/diagram/export.h"
#include "ui/diagram/legend.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace stagelift::ui {

void DiagramView::copyPicture()
{
    copyAs({});
}

void DiagramView::copyAs(const QString& format)
{
    auto copied = copiedAs(format, picture(), d->theme);
    if (copied)
        QGuiApplication::clipboard()->setMimeData(copied->release());
    else
        d->object({copied.error().toStdString(), {}}, QRect(viewport()->rect().center(), QSize(1, 1)));
}

void DiagramView::showLegend(bool shown)
{
    if (shown && !d->legend)
        d->legend = new LegendBox(*this, d->scene); // the viewport's child
    if (d->legend)
        d->legend->setWanted(shown);
}

} // namespace stagelift::ui
