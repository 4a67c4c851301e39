// SPDX-License-Identifier: GPL-3.0-or-later
//
// Real engines for tests. `tests/with-engines` provides them; where one is missing, its rows are skipped and say so,
// unless STAGELIFT_REQUIRE_ALL=1 asks for all.

#pragma once

#include "core/engine/build.h"
#include "core/engine/engine.h"
#include "engine/scripted_engine.h"

#include <QtTest>

#include <optional>

namespace stagelift::test {

inline QList<Engine> findEngines()
{
    EngineFinder finder;
    QSignalSpy spy(&finder, &EngineFinder::found);
    finder.find();
    if (spy.isEmpty() && !spy.wait(30000))
        return {};
    return spy.at(0).at(0).value<QList<Engine>>();
}

/// Why an engine can't be used here; empty where it can.
inline QString absence(const QList<Engine>& engines, const QString& id)
{
    for (const Engine& engine : engines)
        if (engine.id == id)
            return engine.ready ? QString() : engine.problem;
    return QStringLiteral("%1 is not installed").arg(id);
}

inline bool allRequired()
{
    return qEnvironmentVariable("STAGELIFT_REQUIRE_ALL") == QStringLiteral("1");
}

/// A program that the test runs itself, to know the truth from elsewhere than the code under test.
inline QByteArray outputOf(const QString& program, const QStringList& arguments, const QStringList& environment = {})
{
    QProcess process;
    process.setEnvironment(QProcess::systemEnvironment() + environment);
    process.start(program, arguments);
    if (!process.waitForFinished(120000) || process.exitCode() != 0)
        qWarning("%s %s: %s", qPrintable(program), qPrintable(arguments.join(u' ')),
                 process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

/// A build that was run to its end, and all that it said.
struct Finished {
    BuildResult result;
    int endings = 0;
    QHash<QString, BuildStep> steps; // as they were in the end
    QString log;

    [[nodiscard]] std::optional<BuildStep> step(const QString& name) const
    {
        for (const BuildStep& step : steps)
            if (step.name == name)
                return step;
        return std::nullopt;
    }
    [[nodiscard]] std::optional<StageSize> size(int stage) const
    {
        for (const StageSize& size : result.sizes)
            if (size.stage == stage)
                return size;
        return std::nullopt;
    }
};

/// @param watch called with the build as it is started
inline Finished finish(const BuildRequest& request, const std::function<void(Build&)>& watch = {})
{
    Finished finished;
    Build build(request);
    QObject::connect(&build, &Build::stepChanged, &build,
                     [&finished](const BuildStep& step) { finished.steps.insert(step.id, step); });
    QObject::connect(&build, &Build::logged, &build,
                     [&finished](const QString&, const QString& text) { finished.log += text; });
    QObject::connect(&build, &Build::done, &build, [&finished](const BuildResult& result) {
        finished.result = result;
        ++finished.endings;
    });
    if (watch)
        watch(build);
    bool tidied = false;
    QObject::connect(&build, &Build::tidied, &build, [&tidied] { tidied = true; });
    build.start();
    constexpr int kPatience = 240000; // ms
    (void)QTest::qWaitFor([&tidied] { return tidied; }, kPatience);
    QTest::qWait(50); // a second ending would come now
    return finished;
}

inline BuildRequest request(const Engine& engine, const QString& context, const QByteArray& dockerfile)
{
    BuildRequest request;
    request.engine = engine;
    request.context = context;
    request.analysis = analyse(dockerfile.toStdString());
    return request;
}

} // namespace stagelift::test

/// In a test: leaves it, in the way that is asked for, where `reason` is not empty.
#define STAGELIFT_NEED(reason)                                                                                         \
    do {                                                                                                               \
        const QString missing = (reason);                                                                              \
        if (!missing.isEmpty() && stagelift::test::allRequired())                                                      \
            QFAIL(qPrintable(missing));                                                                                \
        if (!missing.isEmpty())                                                                                        \
            QSKIP(qPrintable(missing));                                                                                \
    } while (false)
