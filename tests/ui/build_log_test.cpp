// SPDX-License-Identifier: GPL-3.0-or-later
//
// The build log: what concurrent steps say stays with its step, and memory stays bounded.

#include "ui/build/build_log.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

BuildStep step(const QString& id, const QString& name, StepState state, int instruction = -1)
{
    BuildStep made;
    made.id = id;
    made.name = name;
    made.state = state;
    made.instruction = instruction;
    return made;
}

QStringList lines(const BuildLogModel& model, const QString& id)
{
    const QModelIndex head = model.stepIndex(id);
    QStringList texts;
    for (int row = 0; row < model.rowCount(head); ++row)
        texts << model.index(row, BuildLogModel::Text, head).data().toString();
    return texts;
}

QString stateText(const BuildLogModel& model, const QString& id)
{
    return model.stepIndex(id).siblingAtColumn(BuildLogModel::State).data().toString();
}

} // namespace

class BuildLogTest : public QObject {
    Q_OBJECT
private slots:
    void putsTextTogether_data();
    void putsTextTogether();
    void keepsStepsApart();
    void forgetsOldLines();
    void showsStates();
    void finds();
    void goesToTheLine();
    void copiesTheWholeLog();
    void saysHowItEnded_data();
    void saysHowItEnded();
    void isASoundModel();
};

void BuildLogTest::putsTextTogether_data()
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

void BuildLogTest::putsTextTogether()
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

void BuildLogTest::keepsStepsApart()
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

void BuildLogTest::forgetsOldLines()
{
    BuildLogModel model;
    model.start(u"docker"_s);
    model.setStep(step(u"a"_s, u"RUN yes"_s, StepState::Running));
    for (int block = 0; block < 3; ++block) {
        QString text;
        for (int i = 0; i < BuildLogModel::kMaxLines - 1000; ++i)
            text += u"%1\n"_s.arg(block * (BuildLogModel::kMaxLines - 1000) + i);
        model.addText(u"a"_s, text);
        model.flush();
    }
    const QStringList kept = lines(model, u"a"_s);
    QCOMPARE(kept.size(), BuildLogModel::kMaxLines);
    QCOMPARE(kept.last(), u"11999"_s);
    QCOMPARE(kept.first(), u"7000"_s);
    QCOMPARE(model.stepIndex(u"a"_s).siblingAtColumn(BuildLogModel::Text).data().toString(),
             u"RUN yes (7000 earlier lines are in the whole log)"_s);
}

void BuildLogTest::showsStates()
{
    BuildLogModel model;
    model.start(u"docker"_s);
    BuildStep make = step(u"a"_s, u"RUN make"_s, StepState::Waiting);
    model.setStep(make);
    QCOMPARE(stateText(model, u"a"_s), u"waiting"_s);
    make.state = StepState::Running;
    model.setStep(make);
    QCOMPARE(stateText(model, u"a"_s), u"running"_s);
    make.state = StepState::Done;
    make.milliseconds = 1200;
    model.setStep(make);
    QCOMPARE(stateText(model, u"a"_s), u"1.2 s"_s);
    make.state = StepState::Failed;
    model.setStep(make);
    QCOMPARE(stateText(model, u"a"_s), u"failed"_s);
    QCOMPARE(model.rowCount(), 2); // the engine and the step: no row twice
}

void BuildLogTest::finds()
{
    BuildLogModel model;
    model.start(u"docker"_s);
    model.addText(u"a"_s, u"Error one\nfine\n"_s);
    model.addText(u"b"_s, u"an ERROR two\n"_s);
    model.flush();
    const QModelIndex first = model.find(u"error"_s, {}, false);
    QCOMPARE(first.siblingAtColumn(BuildLogModel::Text).data().toString(), u"Error one"_s);
    const QModelIndex second = model.find(u"error"_s, first, false);
    QCOMPARE(second.siblingAtColumn(BuildLogModel::Text).data().toString(), u"an ERROR two"_s);
    QCOMPARE(model.find(u"error"_s, second, false), first); // round the end
    QCOMPARE(model.find(u"error"_s, first, true), second);  // and round the beginning
    QVERIFY(!model.find(u"nowhere"_s, first, false).isValid());
}

void BuildLogTest::goesToTheLine()
{
    BuildLog log;
    const AnalysisPtr analysis = analyse("FROM a\nRUN make\n");
    log.start(analysis, u"docker"_s, u"docker buildx build ."_s);
    log.showStep(step(u"a"_s, u"RUN make"_s, StepState::Running, 1));
    log.addText(u"a"_s, u"cc\n"_s);
    log.model().flush();
    QSignalSpy chosen(&log, &BuildLog::spanChosen);
    const QModelIndex head = log.model().stepIndex(u"a"_s);
    emit log.view().clicked(head);
    emit log.view().clicked(log.model().index(0, BuildLogModel::Text, head)); // a line of its output too
    emit log.view().clicked(log.model().stepIndex({}));                       // the engine stands nowhere
    QCOMPARE(chosen.size(), 2);
    QCOMPARE(analysis->source.at(chosen[0][0].value<Span>()), "RUN make");
}

void BuildLogTest::copiesTheWholeLog()
{
    BuildLog log;
    log.start(analyse("FROM a\n"), u"docker"_s, {});
    log.showStep(step(u"a"_s, u"RUN make"_s, StepState::Done));
    log.addText(u"a"_s, u"cc\nld\n"_s);
    log.model().flush();
    log.copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"docker\nRUN make\n    cc\n    ld"_s);
}

void BuildLogTest::saysHowItEnded_data()
{
    QTest::addColumn<int>("outcome");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<QString>("state");

    QTest::newRow("done") << int(BuildOutcome::Succeeded) << QString() << u"Built in 2.5 s"_s << u"2.5 s"_s;
    QTest::newRow("failed") << int(BuildOutcome::Failed) << u"line 2: make: not found\nMore."_s
                            << u"line 2: make: not found"_s << u"failed"_s;
    QTest::newRow("stopped") << int(BuildOutcome::Stopped) << u"Stopped."_s << u"Stopped."_s << u"stopped"_s;
    QTest::newRow("not started") << int(BuildOutcome::NotStarted) << u"docker can't be started."_s
                                 << u"docker can't be started."_s << u"failed"_s;
}

void BuildLogTest::saysHowItEnded()
{
    QFETCH(int, outcome);
    QFETCH(QString, message);
    QFETCH(QString, headline);
    QFETCH(QString, state);

    BuildLog log;
    log.start(analyse("FROM a\n"), u"docker"_s, {});
    BuildResult result;
    result.outcome = static_cast<BuildOutcome>(outcome);
    result.message = message;
    result.milliseconds = 2500;
    log.finish(result);
    QCOMPARE(log.headline(), headline);
    QCOMPARE(stateText(log.model(), {}), state);
}

void BuildLogTest::isASoundModel()
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

QTEST_MAIN(BuildLogTest)
#include "build_log_test.moc"
