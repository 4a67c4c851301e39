// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rows of the build log: what concurrent steps say stays with its step, and little of it is in rows.

#include "build_log_fixture.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

class BuildLogModelTest : public QObject {
    Q_OBJECT
private slots:
    void putsTextTogether_data();
    void putsTextTogether();
    void keepsStepsApart();
    void showsTheLastLines();
    void leadsToEarlierLines();
    void leavesWhatIsRead();
    void leavesFewLinesThatAreRead();
    void showsStates();
    void isASoundModel();
};

void BuildLogModelTest::putsTextTogether_data()
{
    QTest::addColumn<QStringList>("pieces");
    QTest::addColumn<QStringList>("shown");

    QTest::newRow("a line") << QStringList{u"one\n"_s} << QStringList{u"one"_s};
    QTest::newRow("a line in two pieces") << QStringList{u"on"_s, u"e\ntwo\n"_s} << QStringList{u"one"_s, u"two"_s};
    QTest::newRow("a last line without an end") << QStringList{u"one\ntwo"_s} << QStringList{u"one"_s, u"two"_s};
    QTest::newRow("an empty line") << QStringList{u"one\n\ntwo\n"_s} << QStringList{u"one"_s, QString(), u"two"_s};
    QTest::newRow("a line end in a piece of its own")
        << QStringList{u"one"_s, u"\n"_s, u"two\n"_s} << QStringList{u"one"_s, u"two"_s};
    QTest::newRow("progress that begins its line again")
        << QStringList{u"10%\r20%"_s, u"\r30%\n"_s} << QStringList{u"30%"_s};
    QTest::newRow("carriage return and line feed")
        << QStringList{u"one\r\ntwo\r\n"_s} << QStringList{u"one"_s, u"two"_s};
}

void BuildLogModelTest::putsTextTogether()
{
    QFETCH(QStringList, pieces);
    QFETCH(QStringList, shown);

    BuildLogModel model;
    model.start(u"docker"_s);
    for (const QString& piece : pieces) {
        model.addText(u"a"_s, piece);
        model.flush();
    }
    QCOMPARE(lines(model, u"a"_s), shown);
}

void BuildLogModelTest::keepsStepsApart()
{
    BuildLogModel model;
    model.start(u"docker"_s);
    model.setStep(step(u"a"_s, u"RUN make"_s, StepState::Running));
    model.setStep(step(u"b"_s, u"RUN test"_s, StepState::Running));
    model.addText(u"a"_s, u"a1\na"_s);
    model.addText(u"b"_s, u"b1\n"_s);
    model.addText(u"a"_s, u"2\n"_s);
    QTRY_COMPARE(lines(model, u"a"_s), (QStringList{u"a1"_s, u"a2"_s}));
    QCOMPARE(lines(model, u"b"_s), QStringList{u"b1"_s});
}

void BuildLogModelTest::showsTheLastLines()
{
    BuildLogModel model;
    model.start(u"docker"_s);
    model.setStep(step(u"a"_s, u"RUN yes"_s, StepState::Running));
    say(model, 0, 12'000);
    const QStringList shown = lines(model, u"a"_s);
    QVERIFY(shown.size() <= BuildLogModel::kMaxLines + BuildLogModel::kSlack + 1);
    QCOMPARE(shown.last(), u"line 11999"_s);
    const qsizetype earlier = 12'000 - (shown.size() - 1);
    QCOMPARE(shown.first(), u"▲ %L1 earlier lines"_s.arg(earlier));
    QCOMPARE(shown.at(1), u"line %1"_s.arg(earlier));
}

void BuildLogModelTest::leadsToEarlierLines()
{
    BuildLogModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.start(u"docker"_s);
    model.setStep(step(u"a"_s, u"RUN yes"_s, StepState::Running));
    say(model, 0, 20'000);
    const QModelIndex head = model.stepIndex(u"a"_s);
    const auto text = [](const QModelIndex& row) { return row.siblingAtColumn(BuildLogModel::Text).data().toString(); };
    int times = 0;
    for (QModelIndex first = model.index(0, 0, head); text(first).startsWith(u"▲"); first = model.index(0, 0, head)) {
        const QString next = text(model.index(1, 0, head));
        const QModelIndex line = model.showMore(first);
        QVERIFY(line.isValid());
        QCOMPARE(text(line.siblingAtRow(line.row() + 1)), next); // one goes on to read right above
        QVERIFY(lines(model, u"a"_s).size() <= BuildLogModel::kMaxLines + 2);
        QVERIFY(++times < 10);
    }
    QCOMPARE(text(model.index(0, 0, head)), u"line 0"_s);
    say(model, 20'000, 20'010); // which are not in sight
    const QModelIndex last = model.index(model.rowCount(head) - 1, 0, head);
    QCOMPARE(text(last), u"▼ %L1 later lines"_s.arg(20'010 - BuildLogModel::kMaxLines));
    QCOMPARE(text(model.showMore(last)), u"line %1"_s.arg(BuildLogModel::kMaxLines));
    QCOMPARE(text(model.reveal({.step = 1, .line = 12'345})), u"line 12345"_s);
    QCOMPARE(text(model.reveal({.step = 1, .line = 20'009})), u"line 20009"_s);
    QVERIFY(!model.showMore(model.reveal({.step = 1, .line = 20'009})).isValid()); // it is a line
}

void BuildLogModelTest::leavesWhatIsRead()
{
    BuildLogModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.start(u"docker"_s);
    model.setStep(step(u"a"_s, u"RUN yes"_s, StepState::Running));
    say(model, 0, 100);
    model.hold(true);
    say(model, 100, 20'000);
    QCOMPARE(lines(model, u"a"_s).first(), u"line 0"_s);
    QCOMPARE(lines(model, u"a"_s).last(), u"▼ %L1 later lines"_s.arg(20'000 - (lines(model, u"a"_s).size() - 1)));
    model.addText(u"a"_s, u"line 20000\n"_s); // that has no row yet
    model.hold(false);                        // the reader is at the end again
    QCOMPARE(lines(model, u"a"_s).last(), u"line 20000"_s);
    say(model, 20'001, 20'002);
    QCOMPARE(lines(model, u"a"_s).last(), u"line 20001"_s);
}

void BuildLogModelTest::leavesFewLinesThatAreRead()
{
    BuildLogModel model;
    model.start(u"docker"_s);
    model.setStep(step(u"a"_s, u"RUN yes"_s, StepState::Running));
    say(model, 0, 500);
    model.hold(true);
    QString flood; // at once
    for (int i = 500; i < 5800; ++i)
        flood += u"line %1\n"_s.arg(i);
    model.addText(u"a"_s, flood);
    model.flush();
    QCOMPARE(lines(model, u"a"_s).first(), u"line 0"_s);
}

void BuildLogModelTest::showsStates()
{
    BuildLogModel model;
    model.start(u"docker"_s);
    BuildStep make = step(u"a"_s, u"RUN make"_s, StepState::Waiting);
    model.setStep(make);
    QCOMPARE(stateText(model, u"a"_s), u"waiting"_s);
    make.state = StepState::Running;
    model.setStep(make);
    QCOMPARE(stateText(model, u"a"_s), u"running"_s);
    make.transferred = 12'345'678;
    model.setStep(make);
    QCOMPARE(stateText(model, u"a"_s), u"12.3 MB"_s);
    make.toTransfer = 45'600'000;
    model.setStep(make);
    QCOMPARE(stateText(model, u"a"_s), u"27 %"_s);
    make.state = StepState::Done;
    make.milliseconds = 1200;
    model.setStep(make);
    QCOMPARE(stateText(model, u"a"_s), u"1.2 s"_s);
    make.state = StepState::Failed;
    model.setStep(make);
    QCOMPARE(stateText(model, u"a"_s), u"failed"_s);
    QCOMPARE(model.rowCount(), 2); // the engine and the step: no row twice
}

void BuildLogModelTest::isASoundModel()
{
    BuildLogModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.start(u"docker"_s);
    model.setStep(step(u"a"_s, u"RUN make"_s, StepState::Running));
    model.addText(u"a"_s, u"one\ntw"_s);
    model.addText(u"b"_s, u"b\n"_s);
    model.addText(u"a"_s, u"o\nthree\n"_s);
    model.flush();
    QCOMPARE(model.rowCount(), 3);
    model.start(u"podman"_s);
    QCOMPARE(model.rowCount(), 1);
}

QTEST_MAIN(BuildLogModelTest)
#include "build_log_model_test.moc"
