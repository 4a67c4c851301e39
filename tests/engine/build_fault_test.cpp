// SPDX-License-Identifier: GPL-3.0-or-later
//
// What real engines don't do on demand, done by a fake: hanging, talking garbage, dying half-way. And what is refused
// before any engine is asked.

#include "engine/engine_fixture.h"

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

const QByteArray kText = "FROM scratch AS one\nCOPY a /\nFROM one\nRUN two\n";

} // namespace

class BuildFaultTest : public QObject {
    Q_OBJECT

private slots:
    void endsOnceAndSaysWhy_data();
    void endsOnceAndSaysWhy();
    void asksAgainForWhatWasNotThereYet();
    void advisesAgainstALargeContext_data();
    void advisesAgainstALargeContext();
    void saysWhatABuilderElsewhereWrites_data();
    void saysWhatABuilderElsewhereWrites();
    void stopsWhatDoesNotListen_data();
    void stopsWhatDoesNotListen();
    void stopsABuilderElsewhereThatWrites();
    void refusesWhatCanNotBeTried_data();
    void refusesWhatCanNotBeTried();
    void mayBeStoppedAtOnce();
    void saysWhatAPersonWouldType_data();
    void saysWhatAPersonWouldType();

private:
    [[nodiscard]] Engine fake(EngineKind kind, const QByteArray& script) const;

    QTemporaryDir m_folder;
};

Engine BuildFaultTest::fake(EngineKind kind, const QByteArray& script) const
{
    return scriptedEngine(m_folder.path(), kind, script);
}

void BuildFaultTest::endsOnceAndSaysWhy_data()
{
    QTest::addColumn<EngineKind>("kind");
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<BuildOutcome>("outcome");
    QTest::addColumn<QString>("message");
    QTest::addColumn<int>("instruction");

    using enum BuildOutcome;
    QTest::newRow("not a word") << EngineKind::Podman << QByteArray("exit 9") << Failed
                                << u"fake failed with status 9 and did not say why."_s << -1;
    QTest::newRow("garbage")
        << EngineKind::DockerBuildx
        << QByteArray("head -c 3000 /dev/urandom; printf '\\n{\"vertexes\":[\\n'; echo ERROR: lost; exit 1") << Failed
        << u"lost"_s << -1;
    QTest::newRow("a crash half-way") << EngineKind::Podman
                                      << QByteArray("echo '[2/2] STEP 2/2: RUN two'; kill -SEGV $$") << Failed
                                      << u"Line 4, RUN two: fake came to an unforeseen end: Process crashed"_s << 3;
    QTest::newRow("BuildKit's frames taken off")
        << EngineKind::DockerBuildx
        << QByteArray("echo 'ERROR: target stage1: failed to solve: dockerfile parse error on line 2: unknown flag: "
                      "x'; exit 1")
        << Failed << u"dockerfile parse error on line 2: unknown flag: x"_s << 1;
    QTest::newRow("it says that all is well, but there is no image")
        << EngineKind::Podman << QByteArray("[ $1 = build ] || { echo Error: no such image >&2; exit 125; }") << Failed
        << u"The build succeeded, but its image can't be measured: no such image"_s << -1;
    QTest::newRow("an answer that makes no sense")
        << EngineKind::Podman << QByteArray("echo hello") << Failed
        << u"The build succeeded, but its image can't be measured: the engine's answer is not understood."_s << -1;
    QTest::newRow("the daemon went away")
        << EngineKind::DockerBuildx
        << QByteArray("echo 'ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from "
                      "server: EOF'; exit 1")
        << Failed
        << u"The fake daemon went away while it was building. Start it and build again: what was done is in its cache."_s
        << -1;
    QTest::newRow("the disk is full, says the command")
        << EngineKind::Podman
        << QByteArray("echo '[2/2] STEP 2/2: RUN two'; echo 'cp: write error: No space left on device'; "
                      "echo 'Error: building at STEP \"RUN two\": exit status 1'; exit 1")
        << Failed
        << u"Line 4, RUN two: exit status 1. The disk is full that fake keeps its data on, or the one it reads from: “fake system prune” removes what nothing uses any more."_s
        << 3;
    QTest::newRow("the same with Buildah")
        << EngineKind::Buildah
        << QByteArray("echo 'Error: writing blob: write /store/a: no space left on device'; exit 1") << Failed
        << u"writing blob: write /store/a: no space left on device. The disk is full that fake keeps its data on, or the one it reads from: “fake prune” removes what nothing uses any more."_s
        << -1;
    QTest::newRow("a builder is away")
        << EngineKind::DockerBuildx
        << QByteArray(
               "echo 'ERROR: failed to list workers: Unavailable: connection error: desc = \"transport: Error while "
               "dialing: dial tcp 10.0.0.1:1234: connect: connection refused\"'; exit 1")
        << Failed
        << u"failed to list workers: Unavailable: connection error: desc = \"transport: Error while dialing: dial tcp 10.0.0.1:1234: connect: connection refused\". The place that fake builds at can't be reached: see that its daemon or builder runs, and the way to it."_s
        << -1;
    QTest::newRow("a credential helper is missing")
        << EngineKind::DockerBuildx
        << QByteArray("echo 'ERROR: failed to solve: error getting credentials - err: exec: \"docker-credential-x\": "
                      "executable file not found in $PATH, out: ``'; exit 1")
        << Failed
        << u"error getting credentials - err: exec: \"docker-credential-x\": executable file not found in $PATH, out: ``. A credential helper is named in fake's configuration (credsStore or credHelpers in ~/.docker/config.json) that does not work: mend it, or take it out for public images."_s
        << -1;
    QTest::newRow("a command that only speaks of a daemon")
        << EngineKind::DockerBuildx
        << QByteArray("echo 'ERROR: failed to solve: process \"/bin/sh -c grep connection refused\" did not complete "
                      "successfully: exit code: 1'; exit 1")
        << Failed << u"process \"/bin/sh -c grep connection refused\" did not complete successfully: exit code: 1"_s
        << -1;
    QTest::newRow("a flood") << EngineKind::DockerBuildx
                             << QByteArray("head -c 20000000 /dev/zero | tr '\\0' x; echo; echo ERROR: enough; exit 1")
                             << Failed << u"enough"_s << -1;
}

void BuildFaultTest::endsOnceAndSaysWhy()
{
    QFETCH(EngineKind, kind);
    QFETCH(QByteArray, script);
    QFETCH(BuildOutcome, outcome);
    QFETCH(QString, message);
    QFETCH(int, instruction);

    const Finished build = finish(request(fake(kind, script), m_folder.path(), kText));
    QCOMPARE(build.endings, 1);
    QCOMPARE(build.result.message, message);
    QCOMPARE(build.result.outcome, outcome);
    QCOMPARE(build.result.failedInstruction, instruction);
    QVERIFY(build.result.sizes.isEmpty());
}

void BuildFaultTest::asksAgainForWhatWasNotThereYet()
{
    const QByteArray script = "[ $1 = history ] || exit 0\n"
                              "mkdir " +
                              m_folder.path().toUtf8() +
                              "/asked && { echo Error: no such image >&2; exit 125; }\n"
                              "echo '[{\"CreatedBy\": \"RUN two\", \"size\": 7}]'";
    const Finished build = finish(request(fake(EngineKind::Podman, script), m_folder.path(), kText));
    QCOMPARE(build.result.message, QString());
    QCOMPARE(build.result.outcome, BuildOutcome::Succeeded);
    QCOMPARE(build.result.sizes.size(), 1);
    QCOMPARE(build.result.sizes.constFirst().total, 7);
}

void BuildFaultTest::advisesAgainstALargeContext_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("advice");

    QTest::newRow("a short while") << 9 << QString();
    QTest::newRow("long")
        << 31
        << u"To send the build context took 31 s, for 1.2 GB. What no COPY and no ADD needs can be left out of it: list it in .dockerignore."_s;
}

void BuildFaultTest::advisesAgainstALargeContext()
{
    QFETCH(int, seconds);

    const QByteArray step = "\"vertexes\":[{\"digest\":\"c\",\"name\":\"[internal] load build context\","
                            "\"started\":\"2026-01-01T10:00:00Z\"";
    const QByteArray sent = "\"statuses\":[{\"id\":\"transferring context:\",\"vertex\":\"c\",\"current\":1200000000}]";
    const QByteArray end = QByteArray::number(seconds).rightJustified(2, '0');
    const QByteArray script = "[ $1 = history ] && { echo '{\"CreatedBy\":\"RUN two\",\"Size\":\"7\"}'; exit; }\n"
                              "[ $1 = buildx ] || exit 0\n"
                              "echo '{" +
                              step + "}]}'\necho '{" + sent +
                              "}'\n"
                              "echo '{" +
                              step + ",\"completed\":\"2026-01-01T10:00:" + end + "Z\"}]}'\n";
    const Finished build = finish(request(fake(EngineKind::DockerBuildx, script), m_folder.path(), kText));
    QCOMPARE(build.result.message, QString());
    QTEST(build.result.advice, "advice");
    QCOMPARE(build.step(u"load build context"_s)->transferred, 1'200'000'000);
}

void BuildFaultTest::saysWhatABuilderElsewhereWrites_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("message");

    const auto toEachPipe = [](const QByteArray& command) {
        return "for pipe in $(grep -o 'dest=[^\",]*'); do " + command + " > ${pipe#dest=}; done; ";
    };
    const QString noImage = u"The build succeeded, but its image can't be measured: %1"_s.arg(
        u"What the engine has written is no image archive."_s);
    QTest::newRow("nothing") << QByteArray("exit 0") << noImage;
    QTest::newRow("garbage, and much of it") << toEachPipe("head -c 9000000 /dev/zero") << noImage;
    QTest::newRow("half an image, and an error")
        << toEachPipe("head -c 600 /dev/urandom") + "echo 'ERROR: connection lost' >&2; exit 1" << u"connection lost"_s;
}

void BuildFaultTest::saysWhatABuilderElsewhereWrites()
{
    QFETCH(QByteArray, script);

    Engine engine = fake(EngineKind::DockerBuildx, script);
    engine.driver = u"remote"_s;
    const Finished build = finish(request(engine, m_folder.path(), kText));
    QCOMPARE(build.endings, 1);
    QTEST(build.result.message, "message");
    QCOMPARE(build.result.outcome, BuildOutcome::Failed);
}

void BuildFaultTest::stopsWhatDoesNotListen_data()
{
    QTest::addColumn<QByteArray>("script");

    QTest::newRow("while it builds") << QByteArray("trap '' TERM; echo ready; while :; do sleep 1; done");
    QTest::newRow("while it is measured")
        << QByteArray("trap '' TERM; [ $1 = build ] && { echo ready; exit 0; }; while :; do sleep 1; done");
    QTest::newRow("and its children neither")
        << QByteArray("trap '' TERM; echo ready; (while :; do sleep 1; done) & wait");
}

void BuildFaultTest::stopsWhatDoesNotListen()
{
    QFETCH(QByteArray, script);

    QElapsedTimer clock;
    const Finished build =
        finish(request(fake(EngineKind::Podman, script), m_folder.path(), kText), [&](Build& started) {
            connect(&started, &Build::logged, &started, [&](const QString&, const QString& text) {
                if (text.contains(u"ready") && !clock.isValid()) {
                    clock.start();
                    // Later, so that it may have come to measuring.
                    QTimer::singleShot(300, &started, &Build::stop);
                }
            });
        });
    QCOMPARE(build.endings, 1);
    QCOMPARE(build.result.outcome, BuildOutcome::Stopped);
    QVERIFY2(clock.elapsed() < 300 + 2050, qPrintable(QString::number(clock.elapsed())));
}

void BuildFaultTest::stopsABuilderElsewhereThatWrites()
{
    Engine engine = fake(EngineKind::DockerBuildx, "trap '' TERM; pipe=$(grep -o -m 1 'dest=[^\",]*' | head -n 1)\n"
                                                   "echo ready; cat /dev/zero > ${pipe#dest=}");
    engine.driver = u"remote"_s;
    QElapsedTimer clock;
    const Finished build = finish(request(engine, m_folder.path(), kText), [&](Build& started) {
        connect(&started, &Build::logged, &started, [&](const QString&, const QString& text) {
            if (text.contains(u"ready") && !clock.isValid()) {
                clock.start();
                QTimer::singleShot(300, &started, &Build::stop);
            }
        });
    });
    QCOMPARE(build.result.outcome, BuildOutcome::Stopped);
    QVERIFY2(clock.elapsed() < 2500, qPrintable(QString::number(clock.elapsed())));
}

void BuildFaultTest::refusesWhatCanNotBeTried_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("target");
    QTest::addColumn<QString>("context");
    QTest::addColumn<bool>("ready");
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("message");

    const QString here = m_folder.path();
    QTest::newRow("no FROM") << QByteArray("# nothing\n") << -1 << here << true << QString()
                             << u"There is nothing to build: the file has no FROM."_s;
    QTest::newRow("no such stage") << kText << 7 << here << true << QString() << u"There is no stage 7."_s;
    QTest::newRow("a context that is gone") << kText << -1 << u"/no/such/folder"_s << true << QString()
                                            << u"The build context /no/such/folder is no folder."_s;
    QTest::newRow("no context") << kText << -1 << QString() << true << QString()
                                << u"The build context  is no folder."_s;
    QTest::newRow("an engine that is not running")
        << kText << -1 << here << false << QString() << u"It sleeps. Wake it."_s;
    QTest::newRow("an engine that was uninstalled meanwhile")
        << kText << -1 << here << true << u"/no/such/engine"_s
        << u"/no/such/engine can't be started: execve: No such file or directory"_s;
}

void BuildFaultTest::refusesWhatCanNotBeTried()
{
    QFETCH(QByteArray, text);
    QFETCH(int, target);
    QFETCH(QString, context);
    QFETCH(bool, ready);
    QFETCH(QString, program);
    QFETCH(QString, message);

    BuildRequest wish = request(fake(EngineKind::Podman, "exit 0"), context, text);
    wish.target = target;
    wish.engine.ready = ready;
    wish.engine.problem = u"It sleeps."_s;
    wish.engine.mend = u"Wake it."_s;
    if (!program.isEmpty())
        wish.engine.program = program;
    const Finished build = finish(wish);
    QCOMPARE(build.endings, 1);
    QCOMPARE(build.result.outcome, BuildOutcome::NotStarted);
    if (program.isEmpty())
        QCOMPARE(build.result.message, message);
    else
        QVERIFY2(build.result.message.startsWith(program), qPrintable(build.result.message));
}

void BuildFaultTest::mayBeStoppedAtOnce()
{
    const Finished build = finish(request(fake(EngineKind::Podman, "sleep 100"), m_folder.path(), kText),
                                  [](Build& started) { started.stop(); });
    QCOMPARE(build.endings, 1);
    QCOMPARE(build.result.outcome, BuildOutcome::Stopped);
}

void BuildFaultTest::saysWhatAPersonWouldType_data()
{
    QTest::addColumn<EngineKind>("kind");
    QTest::addColumn<QString>("line");

    QTest::newRow("buildx")
        << EngineKind::DockerBuildx
        << u"fake buildx build --file '/a b/Dockerfile' --target one --build-arg V=1 --build-arg TOKEN --tag x:y /ctx"_s;
    QTest::newRow("docker 20.10")
        << EngineKind::DockerBuildKit
        << u"DOCKER_BUILDKIT=1 fake build --file '/a b/Dockerfile' --target one --build-arg V=1 --build-arg TOKEN --tag x:y /ctx"_s;
    QTest::newRow("classic")
        << EngineKind::DockerClassic
        << u"DOCKER_BUILDKIT=0 fake build --file '/a b/Dockerfile' --target one --build-arg V=1 --build-arg TOKEN --tag x:y /ctx"_s;
    QTest::newRow("podman")
        << EngineKind::Podman
        << u"fake build --layers --file '/a b/Dockerfile' --target one --build-arg V=1 --build-arg TOKEN --tag x:y /ctx"_s;
}

void BuildFaultTest::saysWhatAPersonWouldType()
{
    QFETCH(EngineKind, kind);
    QFETCH(QString, line);

    BuildRequest wish = request(fake(kind, {}), u"/ctx"_s, kText);
    wish.file = u"/a b/Dockerfile"_s;
    wish.target = 0;
    wish.buildArgs = {{u"V"_s, u"1"_s}, {u"TOKEN"_s, u"hunter2"_s}};
    wish.tags = {u"x:y"_s};
    QCOMPARE(Build(wish).commandLine(), line);
}

QTEST_GUILESS_MAIN(BuildFaultTest)
#include "build_fault_test.moc"
