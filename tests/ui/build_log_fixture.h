// SPDX-License-Identifier: GPL-3.0-or-later
//
// Steps and lines for the build log.

#pragma once

#include "ui/build/build_log_model.h"

#include <QModelIndex>
#include <QStringList>

#include <algorithm>

namespace stagelift::ui {

inline BuildStep step(const QString& id, const QString& name, StepState state, int instruction = -1)
{
    BuildStep made;
    made.id = id;
    made.name = name;
    made.state = state;
    made.instruction = instruction;
    return made;
}

inline QStringList lines(const BuildLogModel& model, const QString& id)
{
    const QModelIndex head = model.stepIndex(id);
    QStringList texts;
    for (int row = 0; row < model.rowCount(head); ++row)
        texts << model.index(row, BuildLogModel::Text, head).data().toString();
    return texts;
}

inline QString stateText(const BuildLogModel& model, const QString& id)
{
    return model.stepIndex(id).siblingAtColumn(BuildLogModel::State).data().toString();
}

/// Lines "line FIRST" to "line END - 1" of step "a", a thousand at a time.
inline void say(BuildLogModel& model, int first, int end)
{
    while (first < end) {
        QString text;
        for (const int stop = std::min(end, first + 1000); first < stop; ++first)
            text += QStringLiteral("line %1\n").arg(first);
        model.addText(QStringLiteral("a"), text);
        model.flush();
    }
}

} // namespace stagelift::ui
