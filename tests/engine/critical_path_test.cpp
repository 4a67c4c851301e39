// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which steps made a build as long as it was.

#include "core/engine/critical_path.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;

namespace {

/// "b 2-5 < a c": a step, when it ran in seconds, and what it waited for; a state behind the times: "b 2-5 failed < a".
BuildStep stepOf(const QString& text)
{
    static const QHash<QString, StepState> states{{u"cached"_s, StepState::Cached},
                                                  {u"failed"_s, StepState::Failed},
                                                  {u"stopped"_s, StepState::Stopped},
                                                  {u"running"_s, StepState::Running}};
    const QStringList words = text.section(u'<', 0, 0).split(u' ', Qt::SkipEmptyParts);
    BuildStep step;
    step.id = words.value(0);
    step.state = states.value(words.value(2), StepState::Done);
    if (const QStringList times = words.value(1).split(u'-'); times.size() == 2) {
        step.startedAt = times[0].toLongLong() * 1000;
        step.endedAt = times[1].isEmpty() ? -1 : times[1].toLongLong() * 1000;
    } else {
        step.state = StepState::Waiting;
    }
    step.waitedFor = text.section(u'<', 1).split(u' ', Qt::SkipEmptyParts);
    return step;
}

} // namespace

class CriticalPathTest : public QObject {
    Q_OBJECT

private slots:
    void findsTheChain_data();
    void findsTheChain();
    void isQuickOfManySteps();
};

void CriticalPathTest::findsTheChain_data()
{
    QTest::addColumn<QStringList>("steps");
    QTest::addColumn<QString>("path"); // the chain, its sum and the whole in seconds

    QTest::newRow("nothing was built") << QStringList{} << u" 0 of 0"_s;
    QTest::newRow("one step") << QStringList{u"a 0-3"_s} << u"a 3 of 3"_s;
    QTest::newRow("one after the other") << QStringList{u"a 0-3"_s, u"b 3-5 < a"_s} << u"a b 5 of 5"_s;
    QTest::newRow("in whatever order they come") << QStringList{u"b 3-5 < a"_s, u"a 0-3"_s} << u"a b 5 of 5"_s;
    QTest::newRow("parallel stages: the longer one")
        << QStringList{u"from 0-1"_s, u"build 1-9 < from"_s, u"lint 1-4 < from"_s, u"copy 9-10 < build lint"_s}
        << u"from build copy 10 of 10"_s;
    QTest::newRow("parallel stages: what nobody waited for, and ends last")
        << QStringList{u"from 0-1"_s, u"build 1-4 < from"_s, u"copy 4-5 < build"_s, u"test 1-8 < from"_s}
        << u"from test 8 of 8"_s;
    QTest::newRow("a diamond: by the time it took, not by when it ended")
        << QStringList{u"a 0-1"_s, u"slow 1-5 < a"_s, u"late 5-6 < a"_s, u"end 6-7 < slow late"_s}
        << u"a slow end 6 of 7"_s;
    QTest::newRow("a diamond: several short ones are longer than one")
        << QStringList{u"a 0-1"_s, u"b1 1-3 < a"_s, u"b2 3-5 < b1"_s, u"c 1-4 < a"_s, u"d 5-6 < b2 c"_s}
        << u"a b1 b2 d 6 of 6"_s;
    QTest::newRow("cached steps take no time, but lead on")
        << QStringList{u"a 0-2"_s, u"b 2-2 cached < a"_s, u"c 2-4 < b"_s} << u"a c 4 of 4"_s;
    QTest::newRow("a cached step that says it took time")
        << QStringList{u"a 0-9 cached"_s, u"b 2-3 < a"_s} << u"b 1 of 3"_s;
    QTest::newRow("all cached") << QStringList{u"a 0-0 cached"_s, u"b 1-1 cached < a"_s} << u" 0 of 1"_s;
    QTest::newRow("a failed build: to what failed, not to what was called off after it")
        << QStringList{u"a 0-1"_s, u"bad 1-4 failed < a"_s, u"other 1-5 stopped < a"_s, u"never < bad"_s}
        << u"a bad 4 of 5"_s;
    QTest::newRow("a stopped build") << QStringList{u"a 0-1"_s, u"b 1-5 stopped < a"_s} << u"a b 5 of 5"_s;
    QTest::newRow("a running build: up to now, which is 10")
        << QStringList{u"a 0-1"_s, u"b 1- running < a"_s, u"c 1-9 < a"_s} << u"a b 10 of 10"_s;
    QTest::newRow("no inputs known: each behind the one that ended last before it")
        << QStringList{u"a 0-2"_s, u"b 0-3"_s, u"c 3-5"_s, u"d 4-6"_s} << u"b d 5 of 6"_s;
    QTest::newRow("no inputs known of the first and the last: an image, the export")
        << QStringList{u"load 0-1"_s, u"from 1-4"_s, u"run 4-6 < from"_s, u"export 7-8"_s}
        << u"load from run export 7 of 8"_s;
    QTest::newRow("waited for what nobody has heard of") << QStringList{u"a 0-2"_s, u"b 3-5 < x"_s} << u"a b 4 of 5"_s;
    QTest::newRow("the first begins late: from there on") << QStringList{u"a 5-6"_s, u"b 6-8 < a"_s} << u"a b 3 of 3"_s;
    QTest::newRow("two at the same time on one chain: counted once")
        << QStringList{u"copy 0-5 < run"_s, u"run 1-4"_s} << u"copy run 5 of 5"_s;
    QTest::newRow("a circle") << QStringList{u"a 0-2 < b"_s, u"b 2-4 < a"_s} << u"a b 4 of 4"_s;
    QTest::newRow("behind a circle") << QStringList{u"a 0-2 < b"_s, u"b 2-4 < a"_s, u"c 4-5 < b"_s}
                                     << u"a b c 5 of 5"_s;
    QTest::newRow("waited for itself") << QStringList{u"a 0-2 < a"_s} << u"a 2 of 2"_s;
    QTest::newRow("twice for the same") << QStringList{u"a 0-2"_s, u"b 2-3 < a a"_s} << u"a b 3 of 3"_s;
    QTest::newRow("ends before it begins") << QStringList{u"a 3-1"_s, u"b 3-4 < a"_s} << u"b 1 of 1"_s;
}

void CriticalPathTest::findsTheChain()
{
    QFETCH(QStringList, steps);
    QFETCH(QString, path);

    QList<BuildStep> given;
    for (const QString& step : steps)
        given << stepOf(step);
    constexpr qint64 kNow = 10000;
    const CriticalPath found = criticalPath(given, kNow);
    QStringList names;
    for (const int step : found.steps)
        names << given.at(step).id;
    QCOMPARE(u"%1 %2 of %3"_s.arg(names.join(u' ')).arg(found.milliseconds / 1000).arg(found.total / 1000), path);
}

void CriticalPathTest::isQuickOfManySteps()
{
    constexpr int kSteps = 20000;
    QList<BuildStep> steps;
    for (int i = 0; i < kSteps; ++i) {
        BuildStep step;
        step.id = QString::number(i);
        step.state = StepState::Done;
        step.startedAt = i;
        step.endedAt = i + 1;
        if (i % 2 == 1) // of every other one nothing is known
            step.waitedFor = QStringList{QString::number(i - 1), QString::number(kSteps - i)};
        steps << step;
    }
    QElapsedTimer timer;
    timer.start();
    const CriticalPath path = criticalPath(steps, 0);
    QVERIFY(path.steps.size() > 1);
    QVERIFY(path.milliseconds <= path.total);
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed()))); // under a sanitizer, too
}

QTEST_GUILESS_MAIN(CriticalPathTest)
#include "critical_path_test.moc"
