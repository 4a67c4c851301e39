// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/progress.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <algorithm>

namespace stagelift {

qint64 steadyTime()
{
    static const qint64 origin = QDateTime::currentMSecsSinceEpoch();
    static const QElapsedTimer since = [] {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }();
    return origin + since.elapsed();
}

void Progress::begin(StepEvent& event) const
{
    event.state = StepState::Running;
    event.started = m_sink.now();
}

void Progress::end(StepEvent& event, StepState state) const
{
    const qint64 now = m_sink.now();
    event.state = state;
    if (event.started == 0 || state == StepState::Cached)
        event.started = now;
    event.completed = now;
    event.milliseconds = now - event.started;
}

void Progress::end(StepEvent& event, StepState state, qint64 milliseconds) const
{
    end(event, state);
    event.started = std::max<qint64>(1, std::min(event.started, event.completed - milliseconds));
    event.completed = event.started + milliseconds;
    event.milliseconds = milliseconds;
}

} // namespace stagelift
