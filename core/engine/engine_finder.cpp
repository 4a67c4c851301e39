// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/engine_probe.h"

#include <QStandardPaths>

#include <functional>
#include <memory>

namespace stagelift {

/// One search: the questions that are still open, and what has been answered. It owns the processes that it started.
struct EngineFinder::Search : public QObject {
    struct Candidate {
        const EngineProbe* probe;
        QString program;
        QList<Answer> answers;
    };

    QList<Candidate> candidates;
    qsizetype open = 0;

    void begin(std::function<void()> finished);
    [[nodiscard]] QList<Engine> engines() const;
};

void EngineFinder::Search::begin(std::function<void()> finished)
{
    for (const EngineProbe& probe : engineProbes()) {
        const QString program = QStandardPaths::findExecutable(probe.id);
        if (program.isEmpty())
            continue;
        candidates.append({&probe, program, QList<Answer>(probe.questions.size())});
        open += probe.questions.size();
    }
    if (candidates.isEmpty())
        QMetaObject::invokeMethod(this, finished, Qt::QueuedConnection);
    for (qsizetype who = 0; who < candidates.size(); ++who) {
        const Candidate& candidate = candidates.at(who);
        for (qsizetype what = 0; what < candidate.probe->questions.size(); ++what) {
            const Command command{candidate.program, candidate.probe->questions.at(what), {}, {}, {}};
            ask(command, this, [this, who, what, finished](const Answer& answer) {
                candidates[who].answers[what] = answer;
                if (--open == 0)
                    finished();
            });
        }
    }
}

QList<Engine> EngineFinder::Search::engines() const
{
    QList<Engine> found;
    for (const Candidate& candidate : candidates)
        if (const auto engine = candidate.probe->judge(candidate.program, candidate.answers))
            found.append(*engine);
    sortEngines(found);
    return found;
}

EngineFinder::EngineFinder(QObject* parent) : QObject(parent) {}

EngineFinder::~EngineFinder() = default;

void EngineFinder::find()
{
    m_search = std::make_unique<Search>();
    m_search->begin([this] {
        // The search ends inside a signal of a process it owns: it is put away afterwards, not here.
        const QList<Engine> engines = m_search->engines();
        m_search.release()->deleteLater();
        emit found(engines);
    });
}

} // namespace stagelift
