// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a line of the Dockerfile to what the build said of it, and back; and what a failure leaves beside the line.

#include "ui/build/build_log.h"
#include "ui/window_fixture.h"

#include <QAction>
#include <QTreeView>
#include <Qsci/qsciscintillabase.h>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

class BuildLogWindowTest : public QObject {
    Q_OBJECT
private slots:
    void goesFromTheLineToTheLogAndBack();
    void findsTheLineInATextThatHasChanged();
    void aClickLeavesTheReaderInTheLog();
    void aFailureBringsItsLastLines();
    void anAdviceIsNoError();
};

namespace {

using Sci = QsciScintillaBase;

constexpr const char* kText = "FROM a\nRUN make\nRUN test\n";

/// A build in which both RUNs have spoken; the second one has failed.
void build(Desk& desk)
{
    QVERIFY(desk.open(u"Dockerfile"_s, kText));
    DocumentTab& tab = desk.tab();
    QTRY_COMPARE(tab.shown()->dockerfile.instructions.size(), std::size_t{3});
    tab.startBuild(tab.document().analysis(), 0, u"docker"_s, u"docker build ."_s);
    const auto speak = [&tab](const QString& id, int instruction, const QString& text, StepState state) {
        BuildStep step;
        step.id = id;
        step.name = id;
        step.stage = 0;
        step.instruction = instruction;
        step.state = StepState::Running;
        tab.showStep(step);
        tab.addLog(id, text);
        step.state = state;
        tab.showStep(step);
    };
    speak(u"RUN make"_s, 1, u"cc\n"_s, StepState::Done);
    speak(u"RUN test"_s, 2, u"one: ok\n\x1b[31mtwo: failed\x1b[0m\n"_s, StepState::Failed);
    BuildResult result;
    result.outcome = BuildOutcome::Failed;
    result.message = u"Line 3, RUN test: exit code: 1"_s;
    result.failedInstruction = 2;
    tab.finishBuild(result);
    tab.editor().setFocus();
}

QString currentText(Desk& desk)
{
    return desk.tab().log().view().currentIndex().siblingAtColumn(BuildLogModel::Text).data().toString();
}

} // namespace

void BuildLogWindowTest::goesFromTheLineToTheLogAndBack()
{
    Desk desk;
    build(desk);
    QAction* go = desk.window().action(ActionId::GoBetweenTextAndLog);
    desk.tab().editor().setCursorPosition(1, 5);
    go->trigger();
    QCOMPARE(currentText(desk), u"RUN make"_s);
    QVERIFY(desk.tab().log().view().hasFocus());
    desk.tab().editor().setCursorPosition(0, 0);
    go->trigger();
    QVERIFY(desk.tab().editor().hasFocus());
    QCOMPARE(desk.tab().editor().selectedText(), u"RUN make"_s);
    desk.tab().editor().setCursorPosition(2, 0);
    go->trigger();
    QCOMPARE(currentText(desk), u"two: failed"_s); // of what has failed, the end
    QVERIFY(desk.tab().log().isVisible());
}

void BuildLogWindowTest::findsTheLineInATextThatHasChanged()
{
    Desk desk;
    build(desk);
    desk.tab().editor().setCursorPosition(0, 0);
    desk.tab().editor().insert(u"# new\n"_s);
    QTRY_COMPARE(desk.tab().shown()->source.bytes().substr(0, 5), std::string_view("# new"));
    desk.tab().editor().setCursorPosition(2, 0);
    QAction* go = desk.window().action(ActionId::GoBetweenTextAndLog);
    go->trigger();
    QCOMPARE(currentText(desk), u"RUN make"_s);
    go->trigger();
    QCOMPARE(desk.tab().editor().selectedText(), u"RUN make"_s);
}

void BuildLogWindowTest::aClickLeavesTheReaderInTheLog()
{
    Desk desk;
    build(desk);
    QTreeView& view = desk.tab().log().view();
    view.setFocus();
    const QModelIndex step = desk.tab().log().model().stepIndex(u"RUN make"_s).siblingAtColumn(BuildLogModel::Text);
    view.scrollTo(step);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(step).center());
    QCOMPARE(desk.tab().editor().selectedText(), u"RUN make"_s);
    QVERIFY(view.hasFocus());
    QTest::keyClick(&view, Qt::Key_Return);
    QVERIFY(desk.tab().editor().hasFocus());
}

void BuildLogWindowTest::aFailureBringsItsLastLines()
{
    Desk desk;
    build(desk);
    const Editor& editor = desk.tab().editor();
    const auto size = editor.SendScintilla(Sci::SCI_ANNOTATIONGETTEXT, 2UL, static_cast<void*>(nullptr));
    QByteArray below(size, '\0');
    editor.SendScintilla(Sci::SCI_ANNOTATIONGETTEXT, 2UL, static_cast<void*>(below.data()));
    QCOMPARE(QString::fromUtf8(below),
             u"Line 3, RUN test: exit code: 1\nIts last lines (Esc hides this):\n  one: ok\n  two: failed"_s);
    QCOMPARE(QByteArray::fromStdString(desk.text()), QByteArray(kText));
}

void BuildLogWindowTest::anAdviceIsNoError()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, kText));
    DocumentTab& tab = desk.tab();
    QTRY_COMPARE(tab.shown()->dockerfile.instructions.size(), std::size_t{3});
    tab.startBuild(tab.document().analysis(), 0, u"docker"_s, u"docker build ."_s);
    BuildResult result;
    result.outcome = BuildOutcome::Succeeded;
    result.advice = u"To send the build context took 15 s."_s;
    tab.finishBuild(result);
    QCOMPARE(tab.messages().text(), result.advice);
    QCOMPARE(tab.messages().kind(), MessageKind::Information);
}

QTEST_MAIN(BuildLogWindowTest)
#include "build_log_window_test.moc"
