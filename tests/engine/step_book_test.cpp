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
    QVERIFY(taken);
    QCOMPARE(u"%1 %2 %3"_s.arg(taken->stage).arg(taken->instruction).arg(taken->name), step);
}

void StepBookTest::knowsNoInstructionBeyondTheLast()
{
    StepBook book(file(), {u"build"_s, QString(), u"last"_s});
    StepEvent event = happening(u"stage 1"_s, u"RUN make"_s, StepState::Running);
    event.stage = 1;
    event.number = std::numeric_limits<int>::max();
    const auto taken = book.take(event);
    QVERIFY(taken);
    QCOMPARE(taken->instruction, -1);
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
