// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a reader of an engine's progress says, as text: for the tests of the readers, and for fuzzing.

#pragma once

#include "core/engine/progress.h"

#include <QHash>

namespace stagelift::test {

inline QString word(StepState state)
{
    static const QHash<StepState, QString> words{
        {StepState::Waiting, QStringLiteral("waiting")}, {StepState::Running, QStringLiteral("running")},
        {StepState::Cached, QStringLiteral("cached")},   {StepState::Done, QStringLiteral("done")},
        {StepState::Failed, QStringLiteral("failed")},   {StepState::Stopped, QStringLiteral("stopped")}};
    return words.value(state);
}

/// A line an event; the output of one step that comes in several pieces is joined.
class Recorder {
public:
    ProgressSink sink()
    {
        return {[this](const StepEvent& event) { step(event); },
                [this](const QString& id, QByteArrayView bytes) { log(id, bytes); },
                [] { return qint64(1); }}; // a clock that stands: nothing takes any time, the same every time
    }

    QByteArray text()
    {
        endLog();
        return m_text;
    }

private:
    void step(const StepEvent& event)
    {
        endLog();
        QString line = word(event.state) + QStringLiteral(" | ") + event.name;
        if (event.number > 0)
            line += QStringLiteral(" | stage %1 number %2").arg(event.stage).arg(event.number);
        // How long Podman and the classic builder take is measured here: it is different every time.
        else if (event.milliseconds > 0)
            line += QStringLiteral(" | %1 ms").arg(event.milliseconds);
        if (!event.error.isEmpty())
            line += QStringLiteral(" | ") + event.error;
        m_names.insert(event.id, event.name);
        m_text += line.toUtf8() + '\n';
    }

    void log(const QString& id, QByteArrayView bytes)
    {
        if (id != m_speaker)
            endLog();
        m_speaker = id;
        m_log += bytes;
    }

    void endLog()
    {
        for (const QByteArray& line : m_log.split('\n'))
            if (!line.isEmpty())
                m_text += "    " + (m_speaker.isEmpty() ? "(engine)" : m_names.value(m_speaker).toUtf8()) + " > " +
                          line + '\n';
        m_log.clear();
    }

    QByteArray m_text;
    QByteArray m_log;
    QString m_speaker;
    QHash<QString, QString> m_names;
};

} // namespace stagelift::test
