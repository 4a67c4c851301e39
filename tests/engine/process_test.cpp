// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/ask.h"
#include "core/engine/process.h"

#include <QtTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace stagelift;

Q_DECLARE_METATYPE(stagelift::ProcessEnd)

namespace {

Command shell(const QString& script, const QByteArray& input = {})
{
    return {u"/bin/sh"_s, {u"-c"_s, script}, {}, {{u"GREETING"_s, u"moin"_s}}, input};
}

/// A process that was run until it was done, and a little longer.
struct Ended {
    QList<ProcessResult> results;
    QByteArray output;
    QByteArray errors;
    qint64 milliseconds = 0;
};

Ended run(const Command& command, Process::Channels channels, const QByteArray& stopAt = {})
{
    Ended ended;
    Process process(command, channels);
    QElapsedTimer clock;
    clock.start();
    QObject::connect(&process, &Process::output, &process, [&](const QByteArray& bytes) {
        ended.output += bytes;
        if (!stopAt.isEmpty() && ended.output.contains(stopAt)) {
            clock.restart();
            process.stop();
            process.stop(); // twice is once
        }
    });
    QObject::connect(&process, &Process::errorOutput, &process,
                     [&ended](const QByteArray& bytes) { ended.errors += bytes; });
    QObject::connect(&process, &Process::done, &process, [&](const ProcessResult& result) {
        ended.results << result;
        ended.milliseconds = clock.elapsed();
    });
    process.start();
    (void)QTest::qWaitFor([&ended] { return !ended.results.isEmpty(); }, 20000);
    QTest::qWait(100);
    return ended;
}

bool isAlive(const QByteArray& pid)
{
    QFile status(u"/proc/%1/stat"_s.arg(QString::fromLatin1(pid.trimmed())));
    return status.open(QIODevice::ReadOnly) && !status.readAll().contains(") Z ");
}

} // namespace

class ProcessTest : public QObject {
    Q_OBJECT

private slots:
    void endsExactlyOnce_data();
    void endsExactlyOnce();
    void hearsBothChannels();
    void stopsWithAllItsChildren_data();
    void stopsWithAllItsChildren();
    void takesItsChildrenAlongWhenDeleted();
    void asks_data();
    void asks();
};

void ProcessTest::endsExactlyOnce_data()
{
    QTest::addColumn<Command>("command");
    QTest::addColumn<ProcessEnd>("end");
    QTest::addColumn<int>("code");

    QTest::newRow("well") << shell(u"exit 0"_s) << ProcessEnd::Exited << 0;
    QTest::newRow("with a status") << shell(u"exit 7"_s) << ProcessEnd::Exited << 7;
    QTest::newRow("by a signal") << shell(u"kill -SEGV $$"_s) << ProcessEnd::Crashed << int(SIGSEGV);
    QTest::newRow("never started") << Command{u"/no/such/program"_s, {}, {}, {}, {}} << ProcessEnd::NotStarted << -1;
    QTest::newRow("no program but a folder") << Command{u"/tmp"_s, {}, {}, {}, {}} << ProcessEnd::NotStarted << -1;
    QTest::newRow("in a folder that is gone")
        << Command{u"/bin/true"_s, {}, u"/no/such/folder"_s, {}, {}} << ProcessEnd::NotStarted << -1;
    QTest::newRow("deaf to what it is told") << shell(u"exit 3"_s, QByteArray(1 << 20, 'x')) << ProcessEnd::Exited << 3;
}

void ProcessTest::endsExactlyOnce()
{
    QFETCH(Command, command);
    QFETCH(ProcessEnd, end);
    QFETCH(int, code);

    const Ended ended = run(command, Process::Channels::Merged);
    QCOMPARE(ended.results.size(), 1);
    QCOMPARE(ended.results.constFirst().end, end);
    if (end != ProcessEnd::NotStarted)
        QCOMPARE(ended.results.constFirst().exitCode, code);
    QCOMPARE(ended.results.constFirst().problem.isEmpty(), end == ProcessEnd::Exited);
}

void ProcessTest::hearsBothChannels()
{
    const Command command = shell(u"cat; echo $GREETING; echo oops >&2; head -c 200000 /dev/zero"_s, "input\n");
    const Ended apart = run(command, Process::Channels::Apart);
    QVERIFY(apart.output.startsWith("input\nmoin\n"));
    QCOMPARE(apart.output.size(), 200000 + 11);
    QCOMPARE(apart.errors, QByteArray("oops\n"));
    const Ended merged = run(command, Process::Channels::Merged);
    QVERIFY(merged.output.startsWith("input\nmoin\noops\n"));
    QVERIFY(merged.errors.isEmpty());
}

void ProcessTest::stopsWithAllItsChildren_data()
{
    QTest::addColumn<QString>("script");

    QTest::newRow("alone") << u"echo $$; exec sleep 1000"_s;
    QTest::newRow("a child that it waits for") << u"sleep 1000 & echo $!; wait"_s;
    QTest::newRow("a grandchild") << u"sh -c 'sleep 1000 & echo $!; wait'; true"_s;
    QTest::newRow("deaf to SIGTERM") << u"trap '' TERM; echo $$; while :; do sleep 1; done"_s;
    QTest::newRow("all deaf to SIGTERM") << u"trap '' TERM; sh -c 'sleep 1000 & echo $!; wait' & wait"_s;
    QTest::newRow("a child that outlives it") << u"trap 'exit 0' TERM; (trap '' TERM; echo $$; sleep 1000) & wait"_s;
}

void ProcessTest::stopsWithAllItsChildren()
{
    QFETCH(QString, script);

    const Ended ended = run(shell(script), Process::Channels::Merged, "\n");
    QCOMPARE(ended.results.size(), 1);
    QCOMPARE(ended.results.constFirst().end, ProcessEnd::Stopped);
    QVERIFY2(ended.milliseconds < 2000, qPrintable(QString::number(ended.milliseconds)));
    QTRY_VERIFY(!isAlive(ended.output));
}

void ProcessTest::takesItsChildrenAlongWhenDeleted()
{
    QByteArray child;
    auto process =
        std::make_unique<Process>(shell(u"trap '' TERM; sleep 1000 & echo $!; wait"_s), Process::Channels::Merged);
    connect(process.get(), &Process::output, this, [&child](const QByteArray& bytes) { child += bytes; });
    process->start();
    QTRY_VERIFY(child.endsWith('\n'));
    QVERIFY(isAlive(child));
    process.reset();
    QTRY_VERIFY(!isAlive(child));
}

void ProcessTest::asks_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<bool>("ok");
    QTest::addColumn<QString>("problem");

    QTest::newRow("an answer") << u"echo 42"_s << true << QString();
    QTest::newRow("an error, its prefix taken off")
        << u"echo Error: no store >&2; exit 125"_s << false << u"no store"_s;
    QTest::newRow("the error behind a warning")
        << u"echo 'time=\"now\" level=warning msg=\"old cgroups\"' >&2; echo 'time=\"now\" level=error msg=\"no store\"' >&2; exit 1"_s
        << false << u"no store"_s;
    QTest::newRow("docker, without its daemon")
        << u"echo 'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?' >&2; exit 1"_s
        << false << u"Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?"_s;
    QTest::newRow("not a word") << u"exit 4"_s << false << u"sh failed with status 4."_s;
    QTest::newRow("silence") << u"trap '' TERM; sleep 1000"_s << false << u"sh does not answer."_s;
}

void ProcessTest::asks()
{
    QFETCH(QString, script);
    QFETCH(bool, ok);
    QFETCH(QString, problem);

    QList<Answer> answers;
    QObject context;
    ask(
        shell(script), &context, [&answers](const Answer& answer) { answers << answer; },
        std::chrono::milliseconds(500));
    QTRY_VERIFY(!answers.isEmpty());
    QTest::qWait(50);
    QCOMPARE(answers.size(), 1);
    QCOMPARE(answers.constFirst().ok, ok);
    QCOMPARE(answers.constFirst().problem, problem);
}

QTEST_GUILESS_MAIN(ProcessTest)
#include "process_test.moc"
