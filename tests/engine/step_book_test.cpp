// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/build_text.h"
#include "core/engine/step_book.h"

#include <QtTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace stagelift;

namespace {

AnalysisPtr file()
{
    return analyse("ARG V=1\n"                     // 0
                   "FROM golang:$V AS build\n"     // 1
                   "ENV A=b\n"                     // 2
                   "WORKDIR /src\n"                // 3
                   "COPY . .\n"                    // 4
                   "RUN make\n"                    // 5
                   "FROM scratch\n"                // 6
                   "COPY --from=build /app /app\n" // 7
                   "FROM build AS last\n"          // 8
                   "RUN test\n");                  // 9
}

StepEvent happening(const QString& id, const QString& name, StepState state, qint64 milliseconds = 0)
{
    StepEvent event;
    event.inBake = name.startsWith(u"[one ") || name.startsWith(u"[two ");
    event.id = id;
    event.name = name;
    event.state = state;
    event.milliseconds = milliseconds;
    return event;
}

} // namespace

class StepBookTest : public QObject {
    Q_OBJECT

private slots:
    void tiesNamesToInstructions_data();
    void tiesNamesToInstructions();
    void knowsNoInstructionBeyondTheLast();
    void makesOneStateOfWhatSeveralBuildsSay_data();
    void makesOneStateOfWhatSeveralBuildsSay();
    void tellsWhenAStepRan_data();
    void tellsWhenAStepRan();
    void keepsExportsApart();
    void movesAllWhenAnEarlierOneIsTold();
    void endsWhatIsOpen();
    void tellsWhatAStepWaitedFor_data();
    void tellsWhatAStepWaitedFor();
    void believesTheEngineBeforeTheText();
    void namesWhatCanNotBeATarget_data();
    void namesWhatCanNotBeATarget();
};

void StepBookTest::tiesNamesToInstructions_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("inBake");
    QTest::addColumn<QString>("step"); // stage, instruction, what a person reads

    QTest::newRow("the base") << u"[build 1/4] FROM docker.io/library/golang:1@sha256:0"_s << false
                              << u"0 1 FROM docker.io/library/golang:1@sha256:0"_s;
    QTest::newRow("padded") << u"[build  4/4] RUN make"_s << false << u"0 5 RUN make"_s;
    QTest::newRow("in bake") << u"[stage2 build 3/4] COPY . ."_s << true << u"0 4 COPY . ."_s;
    QTest::newRow("with a platform") << u"[linux/arm64 build 2/4] WORKDIR /src"_s << false << u"0 3 WORKDIR /src"_s;
    QTest::newRow("in bake, with a platform")
        << u"[stage0 linux/amd64 build 2/4] WORKDIR /src"_s << true << u"0 3 WORKDIR /src"_s;
    QTest::newRow("an unnamed stage") << u"[stage-1 1/1] COPY --from=build /app /app"_s << false
                                      << u"1 7 COPY --from=build /app /app"_s;
    QTest::newRow("built on a stage") << u"[last 1/1] RUN test"_s << false << u"2 9 RUN test"_s;
    QTest::newRow("a base with two triggers: the first")
        << u"[build 2/6] RUN npm install"_s << false << u"0 -1 RUN npm install"_s;
    QTest::newRow("a base with two triggers: its own") << u"[build 6/6] RUN make"_s << false << u"0 5 RUN make"_s;
    QTest::newRow("of more than any file has") << u"[build 2/2147483647] RUN make"_s << false << u"0 -1 RUN make"_s;
    QTest::newRow("beyond the last") << u"[build 2147483647/4] RUN make"_s << false << u"0 -1 RUN make"_s;
    QTest::newRow("counted otherwise") << u"[build 3/4] RUN make"_s << false << u"0 -1 RUN make"_s;
    QTest::newRow("internal") << u"[stage2 internal] load build context"_s << true << u"-1 -1 load build context"_s;
    QTest::newRow("of bake itself") << u"[internal] load local bake definitions"_s << true
                                    << u"-1 -1 load local bake definitions"_s;
    QTest::newRow("exporting") << u"[stage2] exporting to image"_s << true << u"-1 -1 exporting to image"_s;
    QTest::newRow("a stage nobody has heard of") << u"[other 1/2] RUN make"_s << false << u"-1 -1 RUN make"_s;
    QTest::newRow("brackets in a command")
        << u"[build 4/4] RUN [ -e x ] && make"_s << false << u"0 5 RUN [ -e x ] && make"_s;
}

void StepBookTest::tiesNamesToInstructions()
{
    QFETCH(QString, name);
    QFETCH(bool, inBake);
    QFETCH(QString, step);

    StepBook book(file(), {u"build"_s, QString(), u"last"_s});
    StepEvent running = happening(u"sha256:1"_s, name, StepState::Running);
    running.inBake = inBake;
    const auto taken = book.take(running);
    QCOMPARE(taken.size(), 1);
    QCOMPARE(u"%1 %2 %3"_s.arg(taken[0].stage).arg(taken[0].instruction).arg(taken[0].name), step);
}

void StepBookTest::knowsNoInstructionBeyondTheLast()
{
    StepBook book(file(), {u"build"_s, QString(), u"last"_s});
    StepEvent event = happening(u"stage 1"_s, u"RUN make"_s, StepState::Running);
    event.stage = 1;
    event.number = std::numeric_limits<int>::max();
    const auto taken = book.take(event);
    QCOMPARE(taken.size(), 1);
    QCOMPARE(taken[0].instruction, -1);
}

void StepBookTest::makesOneStateOfWhatSeveralBuildsSay_data()
{
    QTest::addColumn<QList<StepState>>("first");
    QTest::addColumn<QList<StepState>>("second");
    QTest::addColumn<StepState>("together");

    using enum StepState;
    QTest::newRow("one") << QList{Waiting, Running, Done} << QList<StepState>{} << Done;
    QTest::newRow("done, and found in the cache by the other") << QList{Running, Done} << QList{Cached} << Done;
    QTest::newRow("found in the cache by both") << QList{Cached} << QList{Cached} << Cached;
    QTest::newRow("still running for one") << QList{Running} << QList{Cached} << Running;
    QTest::newRow("failed for one, called off for the other") << QList{Failed} << QList{Stopped} << Failed;
    QTest::newRow("left waiting for good by one, found in the cache by the other")
        << QList{Waiting} << QList{Cached} << Cached;
    QTest::newRow("waiting for one") << QList{Waiting} << QList{Done} << Done;
}

void StepBookTest::makesOneStateOfWhatSeveralBuildsSay()
{
    QFETCH(QList<StepState>, first);
    QFETCH(QList<StepState>, second);
    QFETCH(StepState, together);

    StepBook book(file(), {u"build"_s, QString(), u"last"_s});
    for (const StepState state : first)
        (void)book.take(
            happening(u"sha256:1"_s, u"[one build 4/4] RUN make"_s, state, state == StepState::Done ? 70 : 0));
    for (const StepState state : second)
        (void)book.take(
            happening(u"sha256:2"_s, u"[two build 4/4] RUN make"_s, state, state == StepState::Done ? 50 : 0));
    QCOMPARE(book.steps().size(), 1);
    QCOMPARE(book.steps().constFirst().state, together);
    QCOMPARE(book.cached(0), together == StepState::Cached);
    QCOMPARE(book.milliseconds(0) > 0, together == StepState::Done);
}

void StepBookTest::tellsWhenAStepRan_data()
{
    QTest::addColumn<QList<StepState>>("states"); // of one step, each told by a build of its own
    QTest::addColumn<QList<qint64>>("started");   // ms since the epoch
    QTest::addColumn<QList<qint64>>("completed");
    QTest::addColumn<QString>("times");

    using enum StepState;
    using Times = QList<qint64>;
    QTest::newRow("waiting") << QList{Waiting} << Times{0} << Times{0} << u"-1 to -1"_s;
    QTest::newRow("running") << QList{Running} << Times{9000} << Times{0} << u"4000 to -1"_s;
    QTest::newRow("done") << QList{Done} << Times{9000} << Times{9700} << u"4000 to 4700"_s;
    QTest::newRow("failed") << QList{Failed} << Times{9000} << Times{9700} << u"4000 to 4700"_s;
    QTest::newRow("cached: it takes no time") << QList{Cached} << Times{9000} << Times{9700} << u"4000 to 4000"_s;
    QTest::newRow("shared by two builds: one step, from the first begin to the last end")
        << QList{Done, Done} << Times{9000, 9100} << Times{9600, 9700} << u"4000 to 4700"_s;
    QTest::newRow("done by one, looked up by the other")
        << QList{Done, Cached} << Times{9000, 8000} << Times{9700, 9900} << u"4000 to 4700"_s;
    QTest::newRow("done by two, one after the other: with the slower one")
        << QList{Done, Done} << Times{9000, 20000} << Times{9600, 20100} << u"4000 to 4600"_s;
    QTest::newRow("done for one, running for the other")
        << QList{Done, Running} << Times{9000, 9100} << Times{9600, 0} << u"4000 to -1"_s;
    QTest::newRow("done for one, left waiting by the other")
        << QList{Done, Waiting} << Times{9000, 0} << Times{9600, 0} << u"4000 to 4600"_s;
    QTest::newRow("it ends before it begins") << QList{Done} << Times{9000} << Times{8000} << u"4000 to 4000"_s;
}

void StepBookTest::tellsWhenAStepRan()
{
    QFETCH(QList<StepState>, states);
    QFETCH(QList<qint64>, started);
    QFETCH(QList<qint64>, completed);
    QFETCH(QString, times);

    StepBook book(file(), {u"build"_s, QString(), u"last"_s});
    StepEvent own = happening(u"sha256:0"_s, u"[internal] load local bake definitions"_s, StepState::Done);
    own.started = 1; // by another clock
    own.completed = 2;
    (void)book.take(own);
    StepEvent first = happening(u"sha256:1"_s, u"[one build 1/4] FROM golang"_s, StepState::Done);
    first.started = first.completed = 5000;
    (void)book.take(first);
    for (qsizetype i = 0; i < states.size(); ++i) {
        StepEvent event =
            happening(u"sha256:2"_s, u"[%1 build 4/4] RUN make"_s.arg(i == 0 ? u"one"_s : u"two"_s), states[i]);
        event.started = started[i];
        event.completed = completed[i];
        (void)book.take(event);
    }
    QCOMPARE(book.steps().size(), 3);
    QCOMPARE(book.steps().at(1).startedAt, 0);
    QCOMPARE(u"%1 to %2"_s.arg(book.steps().at(2).startedAt).arg(book.steps().at(2).endedAt), times);
}

void StepBookTest::keepsExportsApart()
{
    StepBook book(file(), {u"build"_s, QString(), u"last"_s});
    for (const auto& [id, name] : {std::pair{u"sha256:1"_s, u"[one] exporting to image"_s},
                                   {u"sha256:2"_s, u"[two] exporting to image"_s},
                                   {u"sha256:3"_s, u"[one internal] load build context"_s},
                                   {u"sha256:4"_s, u"[two internal] load build context"_s}}) {
        StepEvent event = happening(id, name, StepState::Running);
        event.inBake = true;
        (void)book.take(event);
    }
    QStringList names;
    for (const BuildStep& step : book.steps())
        names << step.name;
    QCOMPARE(names, (QStringList{u"exporting to image"_s, u"exporting to image"_s, u"load build context"_s}));
}

void StepBookTest::movesAllWhenAnEarlierOneIsTold()
{
    StepBook book(file(), {u"build"_s, QString(), u"last"_s});
    StepEvent make = happening(u"sha256:1"_s, u"[build 4/4] RUN make"_s, StepState::Done);
    make.started = 5000;
    make.completed = 6000;
    QCOMPARE(book.take(make).size(), 1);
    QCOMPARE(book.take(make).size(), 0); // nothing new
    (void)book.take(happening(u"sha256:2"_s, u"[last 1/1] RUN test"_s, StepState::Waiting));
    StepEvent from = happening(u"sha256:3"_s, u"[build 1/4] FROM golang"_s, StepState::Running);
    from.started = 4000;
    QStringList changed;
    for (const BuildStep& step : book.take(from))
        changed << u"%1 %2 %3"_s.arg(step.name).arg(step.startedAt).arg(step.endedAt);
    QCOMPARE(changed, (QStringList{u"RUN make 1000 2000"_s, u"FROM golang 0 -1"_s}));
}

void StepBookTest::endsWhatIsOpen()
{
    StepBook book(file(), {u"build"_s, QString(), u"last"_s});
    StepEvent make = happening(u"sha256:1"_s, u"[build 4/4] RUN make"_s, StepState::Running);
    make.started = 5000;
    (void)book.take(make);
    StepEvent test = happening(u"sha256:2"_s, u"[last 1/1] RUN test"_s, StepState::Running);
    test.started = 7000;
    (void)book.take(test);
    (void)book.take(happening(u"sha256:3"_s, u"[stage-1 1/1] COPY --from=build /app /app"_s, StepState::Waiting));
    QTest::qWait(30);
    const QList<BuildStep> closed = book.closeAll(StepState::Stopped);
    QCOMPARE(closed.size(), 3);
    // By the engine's clock, which our own has carried on.
    QVERIFY2(closed[0].endedAt >= 2030 && closed[0].endedAt < 10000, qPrintable(QString::number(closed[0].endedAt)));
    QCOMPARE(closed[1].endedAt, closed[0].endedAt);
    QCOMPARE(closed[2].startedAt, -1);
    QCOMPARE(closed[2].endedAt, -1);
}

void StepBookTest::tellsWhatAStepWaitedFor_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QStringList>("waited");

    // Of a build by an engine that names steps, and no inputs.
    QTest::newRow("the instruction before it that is a step") << u"WORKDIR /src"_s << QStringList{u"FROM golang"_s};
    QTest::newRow("and the build context") << u"COPY . ."_s << QStringList{u"WORKDIR /src"_s, u"load build context"_s};
    QTest::newRow("only that before it") << u"RUN make"_s << QStringList{u"COPY . ."_s};
    QTest::newRow("a stage that it copies from") << u"COPY --from=build /app /app"_s << QStringList{u"RUN make"_s};
    QTest::newRow("the stage of its FROM") << u"RUN test"_s << QStringList{u"RUN make"_s};
    QTest::newRow("an image: nothing") << u"FROM golang"_s << QStringList{};
    QTest::newRow("of no stage: nothing") << u"load build context"_s << QStringList{};
}

void StepBookTest::tellsWhatAStepWaitedFor()
{
    QFETCH(QString, step);
    QFETCH(QStringList, waited);

    StepBook book(file(), {u"build"_s, QString(), u"last"_s});
    QHash<QString, QStringList> seen;
    const QStringList names{u"[internal] load build context"_s,
                            u"[build 1/4] FROM golang"_s,
                            u"[build 2/4] WORKDIR /src"_s,
                            u"[build 3/4] COPY . ."_s,
                            u"[build 4/4] RUN make"_s,
                            u"[stage-1 1/1] COPY --from=build /app /app"_s,
                            u"[last 1/1] RUN test"_s};
    for (qsizetype i = 0; i < names.size(); ++i) {
        const auto taken = book.take(happening(u"#%1"_s.arg(i), names[i], StepState::Running));
        QStringList waits;
        for (const QString& id : taken.constFirst().waitedFor)
            waits << book.nameOf(id);
        seen.insert(taken.constFirst().name, waits);
    }
    QVERIFY(seen.contains(step));
    QCOMPARE(seen.value(step), waited);
}

void StepBookTest::believesTheEngineBeforeTheText()
{
    StepBook book(file(), {u"build"_s, QString(), u"last"_s});
    (void)book.take(happening(u"sha256:1"_s, u"[one build 1/4] FROM golang"_s, StepState::Done));
    (void)book.take(happening(u"sha256:2"_s, u"[one build 3/4] COPY . ."_s, StepState::Done));
    StepEvent make = happening(u"sha256:3"_s, u"[one build 4/4] RUN make"_s, StepState::Running);
    make.inputs = QStringList{u"sha256:1"_s, u"sha256:3"_s, u"sha256:unknown"_s};
    const auto made = book.take(make);
    QCOMPARE(made.constFirst().waitedFor.size(), 1);
    QCOMPARE(book.nameOf(made.constFirst().waitedFor[0]), u"FROM golang"_s);
    make.inputs = QStringList{u"sha256:unknown"_s}; // says nothing that is known here
    QCOMPARE(book.nameOf(book.take(make).constFirst().waitedFor.value(0)), u"COPY . ."_s);
}

void StepBookTest::namesWhatCanNotBeATarget_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<int>>("measured");
    QTest::addColumn<QByteArray>("built");
    QTest::addColumn<QStringList>("targets");

    QTest::newRow("all named: not a byte is changed")
        << QByteArray("FROM a AS x\r\nFROM x as y\r\n") << QList{0, 1} << QByteArray("FROM a AS x\r\nFROM x as y\r\n")
        << QStringList{u"x"_s, QString()};
    QTest::newRow("the last needs no name") << QByteArray("FROM a AS x\nFROM x\n") << QList{0, 1}
                                            << QByteArray("FROM a AS x\nFROM x\n") << QStringList{u"x"_s, QString()};
    QTest::newRow("an unnamed one above") << QByteArray("FROM a\nRUN b\nFROM c\nCOPY --from=0 /x /x\n") << QList{0, 1}
                                          << QByteArray("FROM a AS stage-0\nRUN b\nFROM c\nCOPY --from=0 /x /x\n")
                                          << QStringList{u"stage-0"_s, QString()};
    QTest::newRow("not measured, not named") << QByteArray("FROM a\nFROM c\n") << QList{1}
                                             << QByteArray("FROM a\nFROM c\n") << QStringList{QString(), QString()};
    QTest::newRow("the name is taken") << QByteArray("FROM a\nFROM c AS stage-0\nFROM d\n") << QList{0}
                                       << QByteArray("FROM a AS stage-0-x\nFROM c AS stage-0\nFROM d\n")
                                       << QStringList{u"stage-0-x"_s, u"stage-0"_s, QString()};
}

void StepBookTest::namesWhatCanNotBeATarget()
{
    QFETCH(QByteArray, text);
    QFETCH(QList<int>, measured);
    QFETCH(QByteArray, built);
    QFETCH(QStringList, targets);

    const BuildText result = buildText(*analyse(text.toStdString()), measured);
    QCOMPARE(result.text, built);
    QStringList seen;
    for (int stage = 0; stage < targets.size(); ++stage)
        seen << result.target(stage);
    QCOMPARE(seen, targets);
}

QTEST_GUILESS_MAIN(StepBookTest)
#include "step_book_test.moc"
