// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/engine_probe.h"

#include <QStandardPaths>

#include <functional>
#include <memory>

namespace stagelift {

namespace {

/// What a place is asked: what its program is, but for the builder.
QList<Command> questionsFor(const Engine& place)
{
    QList<Command> commands;
    for (QStringList question : probeOf(place).questions) {
        if (!place.builder.isEmpty() && question.contains(QStringLiteral("inspect")))
            question << place.builder;
        Command command = place.command(question);
        // Nobody sits before a window of ssh's.
        command.environment.append({QStringLiteral("SSH_ASKPASS_REQUIRE"), QStringLiteral("never")});
        commands << command;
    }
    return commands;
}

} // namespace

/// Questions to several programs, and what has been answered. It owns the processes that it started.
struct EngineFinder::Search : public QObject {
    struct Candidate {
        const EngineProbe* probe;
        QString program;
        QList<Answer> answers; // the last one is about places, where that is asked
    };

    QList<Candidate> candidates;
    qsizetype open = 0;

    void begin(std::function<void()> finished);
    void put(const Command& command, qsizetype who, qsizetype what, const std::function<void()>& finished);
    [[nodiscard]] QList<Engine> engines() const;
};

void EngineFinder::Search::begin(std::function<void()> finished)
{
    for (const EngineProbe& probe : engineProbes()) {
        const QString program = QStandardPaths::findExecutable(probe.id);
        if (!program.isEmpty())
            candidates.append({&probe, program, {}});
    }
    if (candidates.isEmpty())
        QMetaObject::invokeMethod(this, finished, Qt::QueuedConnection);
    for (qsizetype who = 0; who < candidates.size(); ++who) {
        const Candidate& candidate = candidates.at(who);
        QList<QStringList> questions = candidate.probe->questions;
        if (candidate.probe->places != nullptr)
            questions << candidate.probe->placesQuestion;
        for (const QStringList& question : questions)
            put({candidate.program, question, {}, {}, {}}, who, candidates.at(who).answers.size(), finished);
    }
}

void EngineFinder::Search::put(const Command& command, qsizetype who, qsizetype what,
                               const std::function<void()>& finished)
{
    ++open;
    candidates[who].answers.append(Answer());
    stagelift::ask(command, this, [this, who, what, finished](const Answer& answer) {
        candidates[who].answers[what] = answer;
        if (--open == 0)
            finished();
    });
}

QList<Engine> EngineFinder::Search::engines() const
{
    QList<Engine> found;
    for (const Candidate& candidate : candidates) {
        auto engine = candidate.probe->judge(candidate.program, candidate.answers);
        if (!engine)
            continue;
        QList<Engine> others;
        if (candidate.probe->places != nullptr)
            others = candidate.probe->places(*engine, candidate.answers.constLast());
        found << *engine << others;
    }
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

void EngineFinder::ask(const Engine& place)
{
    m_asking = std::make_unique<Search>();
    m_asking->candidates.append({&probeOf(place), place.program, {}});
    const QList<Command> commands = questionsFor(place);
    for (qsizetype what = 0; what < commands.size(); ++what)
        m_asking->put(commands.at(what), 0, what, [this, place] {
            const Engine engine = judgePlace(place, m_asking->candidates.constFirst().answers);
            m_asking.release()->deleteLater();
            emit answered(engine);
        });
}

} // namespace stagelift
