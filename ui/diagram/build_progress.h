// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far each stage of a running build is, made from its steps.

#pragma once

#include "core/engine/build.h"

#include <QHash>
#include <QList>
#include <QMap>

#include <optional>

namespace stagelift::ui {

struct StageProgress {
    StepState state = StepState::Waiting;
    QString step; // the one that runs or failed, else the last
    qint64 milliseconds = 0;
};

class BuildProgress {
public:
    void take(const BuildStep& step);
    void clear() { m_stages.clear(); }
    [[nodiscard]] bool isEmpty() const { return m_stages.isEmpty(); }
    /// Nothing where the build has not spoken of the stage.
    [[nodiscard]] std::optional<StageProgress> of(int stage) const;
    [[nodiscard]] QList<BuildStep> steps() const;

private:
    QHash<int, QMap<QString, BuildStep>> m_stages; // steps by id
};

} // namespace stagelift::ui
