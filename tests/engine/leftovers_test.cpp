// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names of images that a build left behind because its program ended in the middle.

#include "core/engine/leftovers.h"
#include "tests/engine/engine_fixture.h"

#include <QtTest>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

class LeftoversTest : public QObject {
    Q_OBJECT
private slots:
    void tellsWhatIsLeft_data();
    void tellsWhatIsLeft();
    void namesAreItsOwn();
    void sweepsWhatIsLeftAlone();
};

void LeftoversTest::tellsWhatIsLeft_data()
{
    QTest::addColumn<QString>("image");
    QTest::addColumn<bool>("left");

    QTest::newRow("of a process that is gone") << u"stagelift-aaaaaa-bbbbbb-7-1f:2"_s << true;
    QTest::newRow("of one that lives") << u"stagelift-aaaaaa-bbbbbb-9-1f:2"_s << false;
    QTest::newRow("of before the machine was started") << u"stagelift-aaaaaa-cccccc-9-1f:0"_s << true;
    QTest::newRow("of another machine") << u"stagelift-dddddd-bbbbbb-7-1f:2"_s << false;
    QTest::newRow("of a machine without an identity") << u"stagelift-1f2e3d4c:2"_s << false;
    QTest::newRow("a person's") << u"stagelift-web:latest"_s << false;
    QTest::newRow("a person's of five words") << u"stagelift-aaaaaa-bbbbbb-web-app:1"_s << false;
    QTest::newRow("another's") << u"nginx:latest"_s << false;
    QTest::newRow("no name") << QString() << false;
}

void LeftoversTest::tellsWhatIsLeft()
{
    QFETCH(QString, image);
    QFETCH(bool, left);
    const Namer own{.machine = u"aaaaaa"_s, .boot = u"bbbbbb"_s, .process = 9};
    const auto isAlive = [](qint64 process) { return process == 9; };
    QCOMPARE(isLeftOver(image, own, isAlive), left);
    QVERIFY(!isLeftOver(image, Namer{}, isAlive));
}

void LeftoversTest::namesAreItsOwn()
{
    const Namer own = Namer::own();
    QCOMPARE(own.process, QCoreApplication::applicationPid());
    const QString name = privateName(own);
    QVERIFY(name != privateName(own));
    QVERIFY(!isLeftOver(name + u":0"_s, own, [](qint64) { return true; }));
    QCOMPARE(isLeftOver(name + u":0"_s, own, [](qint64) { return false; }), !own.machine.isEmpty());
}

void LeftoversTest::sweepsWhatIsLeftAlone()
{
    const QList<Engine> engines = findEngines();
    const auto docker =
        std::ranges::find_if(engines, [](const Engine& e) { return e.kind == EngineKind::DockerBuildx && e.ready; });
    STAGELIFT_NEED(docker == engines.end() ? u"docker with buildx is not there"_s : QString());
    const Namer own = Namer::own();
    QVERIFY(!own.machine.isEmpty());

    QProcess gone;
    gone.start(u"true"_s);
    QVERIFY(gone.waitForStarted());
    const qint64 dead = gone.processId();
    QVERIFY(gone.waitForFinished());
    const QString left = privateName({.machine = own.machine, .boot = own.boot, .process = dead}) + u":1"_s;
    const QString used = privateName(own) + u":1"_s;
    const QString persons = u"stagelift-leftovers-test:latest"_s;
    QTemporaryDir folder;
    const QString tar = folder.filePath(u"empty.tar"_s);
    writeFile(tar, QByteArray(1024, '\0'));
    for (const QString& name : {left, used, persons})
        outputOf(docker->program, {u"import"_s, tar, name});
    const auto names = [&] {
        return outputOf(docker->program, {u"image"_s, u"ls"_s, u"--format"_s, u"{{.Repository}}:{{.Tag}}"_s});
    };
    for (const QString& name : {left, used, persons})
        QVERIFY2(names().contains(name.toUtf8()), qPrintable(name));

    qsizetype swept = -1;
    QObject context;
    sweepLeftovers(*docker, &context, [&swept](qsizetype count) { swept = count; });
    QTRY_VERIFY_WITH_TIMEOUT(swept >= 0, 20'000);
    QVERIFY(swept >= 1);
    QVERIFY(!names().contains(left.toUtf8()));
    QVERIFY(names().contains(used.toUtf8()));
    QVERIFY(names().contains(persons.toUtf8()));
    outputOf(docker->program, {u"image"_s, u"rm"_s, used, persons});
}

QTEST_GUILESS_MAIN(LeftoversTest)
#include "leftovers_test.moc"
