// SPDX-License-Identifier: GPL-3.0-or-later
//
// The build log as a person reads it: searched, gone through, folded, saved; see build_log_model_test.cpp for its rows.

#include "build_log_fixture.h"
#include "ui/build/build_log.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <sys/resource.h>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

/// Two steps of three lines.
void fill(BuildLog& log)
{
    log.start(analyse("FROM a\nRUN make\nRUN test\n"), u"docker"_s, {});
    log.showStep(step(u"a"_s, u"RUN make"_s, StepState::Running, 1));
    log.showStep(step(u"b"_s, u"RUN test"_s, StepState::Running, 2));
    log.addText(u"a"_s, u"Error one\nfine\n"_s);
    log.addText(u"b"_s, u"an \x1b[31mERR\x1b[0mOR two\n"_s);
    log.model().flush();
}

QString currentText(BuildLog& log)
{
    return log.view().currentIndex().siblingAtColumn(BuildLogModel::Text).data().toString();
}

} // namespace

class BuildLogTest : public QObject {
    Q_OBJECT
private slots:
    void finds_data();
    void finds();
    void findsAsIsTyped();
    void findsFromWhereAPersonIs();
    void findsWhatHasNoRow();
    void goesToTheLine();
    void comesFromTheLine();
    void foldsWhatEndedWell();
    void tellsTheLastLines();
    void savesTheLog();
    void saysThatTheDiskIsFull();
    void paintsStyles();
    void copiesTheWholeLog();
    void staysAsWideAsItWas();
    void saysHowItEnded_data();
    void saysHowItEnded();
};

void BuildLogTest::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("keys"); // > is Enter, < is Shift+Enter
    QTest::addColumn<QString>("found");
    QTest::addColumn<QString>("note");

    QTest::newRow("a line, in any case") << u"error"_s << u""_s << u"Error one"_s << u""_s;
    QTest::newRow("the next") << u"error"_s << u">"_s << u"an ERROR two"_s << u""_s;
    QTest::newRow("round the end") << u"error"_s << u">>"_s << u"Error one"_s << u""_s;
    QTest::newRow("round the beginning") << u"error"_s << u"<"_s << u"an ERROR two"_s << u""_s;
    QTest::newRow("across colours") << u"an error two"_s << u""_s << u"an ERROR two"_s << u""_s;
    QTest::newRow("a step") << u"make"_s << u""_s << u"RUN make"_s << u""_s;
    QTest::newRow("nothing") << u"nowhere"_s << u""_s << u""_s << u"nowhere in the log"_s;
}

void BuildLogTest::finds()
{
    QFETCH(QString, text);
    QFETCH(QString, keys);
    QFETCH(QString, found);
    QFETCH(QString, note);

    BuildLog log;
    fill(log);
    log.show();
    log.search().setFocus();
    QTest::keyClicks(&log.search(), text);
    QTRY_VERIFY(log.searchNote() != u"searching…");
    for (const QChar key : keys) {
        QTest::keyClick(&log.search(), Qt::Key_Return, key == u'<' ? Qt::ShiftModifier : Qt::NoModifier);
        QTRY_VERIFY(log.searchNote() != u"searching…");
    }
    QCOMPARE(currentText(log), found);
    QCOMPARE(log.searchNote(), note);
}

void BuildLogTest::findsAsIsTyped()
{
    BuildLog log;
    fill(log);
    for (const QString& text : {u"e"_s, u"er"_s, u"err"_s, u"erro"_s, u"error"_s}) {
        log.search().setText(text);
        emit log.search().textEdited(text);
        QTRY_VERIFY(log.searchNote() != u"searching…");
    }
    QCOMPARE(currentText(log), u"Error one"_s); // not a line further with each letter
}

void BuildLogTest::findsFromWhereAPersonIs()
{
    BuildLog log;
    fill(log);
    log.show();
    QTest::keyClicks(&log.search(), u"an error"_s); // goes to the last one
    QTRY_COMPARE(currentText(log), u"an ERROR two"_s);
    log.search().selectAll();
    QTest::keyClick(&log.search(), Qt::Key_Delete);
    QTest::keyClicks(&log.search(), u"error"_s);
    QTRY_VERIFY(log.searchNote() != u"searching…");
    QCOMPARE(currentText(log), u"an ERROR two"_s); // and not the first of the log
    log.search().selectAll();
    QTest::keyClick(&log.search(), Qt::Key_Delete);
    log.view().setCurrentIndex(log.model().index(0, 0)); // a person goes to the top
    QTest::keyClicks(&log.search(), u"error"_s);
    QTRY_COMPARE(currentText(log), u"Error one"_s);
}

void BuildLogTest::findsWhatHasNoRow()
{
    BuildLog log;
    fill(log);
    say(log.model(), 0, 50'000);
    log.search().setText(u"LINE 1234"_s);
    emit log.search().textEdited(u"LINE 1234"_s);
    QTRY_COMPARE(currentText(log), u"line 1234"_s);
    log.findNext();
    QTRY_COMPARE(currentText(log), u"line 12340"_s);
}

void BuildLogTest::goesToTheLine()
{
    BuildLog log;
    const AnalysisPtr analysis = analyse("FROM a\nRUN make\n");
    log.start(analysis, u"docker"_s, u"docker buildx build ."_s);
    log.showStep(step(u"a"_s, u"RUN make"_s, StepState::Running, 1));
    log.addText(u"a"_s, u"cc\n"_s);
    log.model().flush();
    QSignalSpy pointedAt(&log, &BuildLog::spanPointedAt);
    QSignalSpy chosen(&log, &BuildLog::spanChosen);
    const QModelIndex head = log.model().stepIndex(u"a"_s);
    const QModelIndex line = log.model().index(0, BuildLogModel::Text, head); // a line of its output too
    const QModelIndex engine = log.model().stepIndex({});                     // which stands nowhere
    for (const QModelIndex& row : {head, line, engine}) {
        emit log.view().clicked(row);
        emit log.view().activated(row);
    }
    QCOMPARE(pointedAt.size(), 2);
    QCOMPARE(chosen.size(), 2);
    for (const QSignalSpy* spy : {&pointedAt, &chosen})
        QCOMPARE(analysis->source.at(spy->at(1)[0].value<Span>()), "RUN make");
}

void BuildLogTest::comesFromTheLine()
{
    BuildLog log;
    const AnalysisPtr analysis = analyse("FROM a\nRUN make\nRUN test\n");
    log.start(analysis, u"docker"_s, {});
    log.showStep(step(u"a"_s, u"RUN make"_s, StepState::Done, 1));
    log.showStep(step(u"b"_s, u"RUN make, for arm64"_s, StepState::Failed, 1));
    QVERIFY(log.showInstruction(1));
    QCOMPARE(currentText(log), u"RUN make, for arm64"_s); // the one that explains itself
    QCOMPARE(analysis->source.at(log.currentSpan().value_or(Span{})), "RUN make");
    QVERIFY(!log.showInstruction(2));
}

void BuildLogTest::foldsWhatEndedWell()
{
    BuildLog log;
    log.start(analyse("FROM a\nRUN make\n"), u"docker"_s, {});
    const auto speak = [&log](const QString& id) {
        log.showStep(step(id, u"RUN "_s + id, StepState::Running));
        log.addText(id, u"text\n"_s);
        log.model().flush();
        return log.view().isExpanded(log.model().stepIndex(id));
    };
    const auto end = [&log](const QString& id, StepState state) {
        log.showStep(step(id, u"RUN "_s + id, state));
        return log.view().isExpanded(log.model().stepIndex(id));
    };
    QVERIFY(speak(u"well"_s));
    QVERIFY(!end(u"well"_s, StepState::Done));
    QVERIFY(speak(u"failed"_s));
    QVERIFY(end(u"failed"_s, StepState::Failed));
    QVERIFY(speak(u"looked into"_s));
    log.view().collapse(log.model().stepIndex(u"looked into"_s));
    QVERIFY(!speak(u"looked into"_s)); // folded by hand, it stays so
    log.view().expand(log.model().stepIndex(u"looked into"_s));
    QVERIFY(end(u"looked into"_s, StepState::Done)); // and unfolded, too
}

void BuildLogTest::tellsTheLastLines()
{
    BuildLog log;
    log.start(analyse("FROM a\nRUN make\n"), u"docker"_s, {});
    log.showStep(step(u"a"_s, u"RUN make"_s, StepState::Running, 1));
    log.addText(u"a"_s, u"one\ntwo\n\n\x1b[31mthree\x1b[0m\n\nfour"_s);
    log.showStep(step(u"a"_s, u"RUN make"_s, StepState::Failed, 1));
    QCOMPARE(log.lastLines(1, 3), (QStringList{u"two"_s, u"three"_s, u"four"_s}));
    QCOMPARE(log.lastLines(1, 9), (QStringList{u"one"_s, u"two"_s, u"three"_s, u"four"_s}));
    QCOMPARE(log.lastLines(0, 3), QStringList());
}

void BuildLogTest::savesTheLog()
{
    BuildLog log;
    QVERIFY(!log.hasLog());
    fill(log);
    QVERIFY(log.hasLog());
    const QTemporaryDir folder;
    QSignalSpy saved(&log, &BuildLog::saved);
    QSignalSpy failed(&log, &BuildLog::saveFailed);
    log.saveTo(folder.filePath(u"build.log"_s));
    QVERIFY(saved.wait());
    QFile file(folder.filePath(u"build.log"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()),
             u"-- docker\n\n-- RUN make\nError one\nfine\n\n-- RUN test\nan ERROR two\n"_s);
    log.saveTo(folder.path()); // where a folder is, there can be no file
    QVERIFY(failed.wait());
    QVERIFY(failed[0][0].toString().startsWith(u"The log can't be saved as "));
}

void BuildLogTest::saysThatTheDiskIsFull()
{
    // A file that may not grow is a disk that is full: the system's own refusal.
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit none = before;
    none.rlim_cur = 0;
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &none), 0);
    BuildLog log;
    QSignalSpy troubled(&log.model(), &BuildLogModel::troubled);
    fill(log);
    say(log.model(), 0, 20'000);
    for (int line = 20'000; troubled.isEmpty() && line < 21'000; ++line) {
        say(log.model(), line, line + 1);
        QTest::qWait(1); // another thread writes
    }
    log.addText(u"a"_s, u"the last\n"_s);
    log.model().flush();
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QCOMPARE(troubled.size(), 1);
    QVERIFY2(log.trouble().startsWith(u"The log is not whole: "), qPrintable(log.trouble()));
    QCOMPARE(lines(log.model(), u"a"_s).last(), u"the last"_s); // the build goes on, and is followed
    fill(log);
    QCOMPARE(log.trouble(), QString());
}

void BuildLogTest::paintsStyles()
{
    BuildLog log;
    log.setTheme(Theme::lightTheme());
    log.resize(600, 300);
    log.start(analyse("FROM a\nRUN make\n"), u"docker"_s, {});
    log.addText({}, u"\x1b[41mon red\x1b[0m\n"_s);
    log.model().flush();
    log.show();
    QVERIFY(QTest::qWaitForWindowExposed(&log));
    const auto redPixels = [&log] {
        const QImage picture = log.grab().toImage();
        int red = 0;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x)
                red += picture.pixel(x, y) == 0xffcd0000 ? 1 : 0;
        return red;
    };
    QVERIFY(redPixels() > 100);
    log.view().setCurrentIndex(log.model().index(0, 0, log.model().stepIndex({})));
    log.view().selectAll();
    QCOMPARE(redPixels(), 0); // what is selected has the selection's colours
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

/// With a line, the horizontal bar would come, which moves that line out of sight, so that the bar goes, and so on.
void BuildLogTest::staysAsWideAsItWas()
{
    BuildLog log;
    log.resize(700, 300);
    log.show();
    fill(log);
    const int narrow = log.view().columnWidth(BuildLogModel::Text);
    log.addText(u"a"_s, QString(3000, u'x') + u'\n');
    log.model().flush();
    const int wide = log.view().columnWidth(BuildLogModel::Text);
    QVERIFY(wide > 10 * narrow);
    QTRY_VERIFY(log.view().horizontalScrollBar()->isVisible());
    say(log.model(), 0, 200); // and the long line is out of sight
    QCOMPARE(log.view().columnWidth(BuildLogModel::Text), wide);
    fill(log); // another build
    QCOMPARE(log.view().columnWidth(BuildLogModel::Text), narrow);
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

QTEST_MAIN(BuildLogTest)
#include "build_log_test.moc"
