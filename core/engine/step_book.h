// SPDX-License-Identifier: GPL-3.0-or-later
//
// The steps of a build as they are known so far: which stage and which instruction each belongs to, when it ran and
// what it waited for, and one state for each, although several builds at once may speak of the same step.

#pragma once

#include "core/edits/analysis.h"
#include "core/engine/progress.h"
#include "core/engine/vertex_name.h"

#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QStringList>

#include <optional>

namespace stagelift {

class StepBook {
public:
    /// @param stageNames as the engine is given them, one a stage; "" where it has none.
    StepBook(AnalysisPtr analysis, const QStringList& stageNames);

    /// The steps that the event changed, as they are now: its own, or all that have run where this one began before.
    QList<BuildStep> take(const StepEvent& event);
    /// See ProgressSink::transfer. Builds that share a step may each tell of the same bytes.
    /// @returns the step, where that is news of it
    std::optional<BuildStep> take(const QString& eventId, qint64 bytes, qint64 all);
    /// All steps that are under way or waited become `state`, and end now; those that did.
    QList<BuildStep> closeAll(StepState state);

    [[nodiscard]] const QList<BuildStep>& steps() const { return m_steps; }
    /// The step that a reader's id stands for; "" where it is none.
    [[nodiscard]] QString stepId(const QString& eventId) const { return m_idOf.value(eventId); }
    [[nodiscard]] QString nameOf(const QString& stepId) const;
    /// The first that failed by itself; nothing where none did.
    [[nodiscard]] std::optional<BuildStep> failed() const;
    /// Time spent in a stage's steps, and whether all of them came from the cache.
    [[nodiscard]] qint64 milliseconds(int stage) const;
    [[nodiscard]] bool cached(int stage) const;

private:
    struct Said { // by one of the builds
        StepState state = StepState::Waiting;
        qint64 milliseconds = 0;
        QString error;
        qint64 started = 0; // as in StepEvent
        qint64 completed = 0;
        QStringList inputs;
    };

    [[nodiscard]] BuildStep newStep(const QString& id, const StepEvent& event, const VertexName& name) const;
    [[nodiscard]] int instructionOf(int stage, const VertexName& name) const;
    [[nodiscard]] int checked(qint64 instruction, const QString& text) const;
    static void merge(BuildStep& step, const QHash<QString, Said>& said);
    void mergeTimes(BuildStep& step, const QHash<QString, Said>& said) const;
    [[nodiscard]] QStringList waits(const BuildStep& step, const QHash<QString, Said>& said) const;
    bool hear(qint64 started, qint64 completed);
    [[nodiscard]] static QString idOf(const StepEvent& event, const VertexName& name);

    AnalysisPtr m_analysis;
    QHash<QString, int> m_stageOf; // by the name BuildKit shows
    QList<BuildStep> m_steps;
    QHash<QString, qsizetype> m_place;           // of a step's id in m_steps
    QHash<QString, QString> m_idOf;              // of an event's id
    QHash<QString, QHash<QString, Said>> m_said; // by step, by build
    // The engine's clock may be another machine's: what time it is there, ours tells from the last that it said.
    qint64 m_origin = 0; // ms since the epoch, when the first step began; 0 before
    qint64 m_latest = 0; // the last time that was told
    QElapsedTimer m_sinceLatest;
};

} // namespace stagelift
