// SPDX-License-Identifier: GPL-3.0-or-later
//
// A chart of a history as text.

#pragma once

#include "ui/history/chart_plan.h"

#include <QStringList>

namespace stagelift::ui {

/// "build 0:812,2:812 | runtime …": what the chart is made of.
inline QString told(const HistoryChart& chart)
{
    QStringList lines;
    for (const ChartLine& line : chart.lines) {
        QStringList points;
        for (const ChartPoint& point : line.points)
            points << QStringLiteral("%1:%2").arg(point.build).arg(point.value);
        lines << line.stage + u' ' + points.join(u',');
    }
    return lines.join(QStringLiteral(" | "));
}

} // namespace stagelift::ui
