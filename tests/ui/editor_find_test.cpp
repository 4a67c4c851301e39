// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bar that finds and replaces, with the keys that a person presses.

#include "ui/editor/find_bar.h"
#include "ui/editor_window.h"

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QToolButton>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

const std::string kTwoStages = "FROM golang AS build\n"     // 0
                               "RUN make\n"                 // 21
                               "FROM scratch\n"             // 30
                               "COPY --from=build /a /a\n"; // 43; the name at 55

} // namespace

class EditorFindTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void findsAndCounts();
    void replacesAllInOneStep();
    void escapeClosesTheFindBar();
    void theBarKeepsItsKeys();
};

void EditorFindTest::findsAndCounts()
{
    Window window("RUN a\nrun \xC3\xA9 a\nRUN ab\n");
    window.caretTo(0);
    QTest::keyClick(&window.editor, Qt::Key_F, Qt::ControlModifier);
    auto* pattern = window.editor.findChild<QLineEdit*>(u"findPattern"_s);
    auto* count = window.editor.findChild<QLabel*>(u"findCount"_s);
    QVERIFY(pattern && pattern->isVisible());
    QTest::keyClicks(pattern, u"run"_s);
    QCOMPARE(count->text(), u"1 of 3"_s);
    QTest::keyClick(pattern, Qt::Key_Return);
    QCOMPARE(count->text(), u"2 of 3"_s);
    QTest::keyClick(pattern, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(count->text(), u"1 of 3"_s);
    window.editor.findChild<QToolButton*>(u"matchCase"_s)->click();
    QCOMPARE(count->text(), u"1 of 1"_s);
    window.editor.findChild<QToolButton*>(u"regularExpression"_s)->click();
    pattern->setText(u"a$"_s);
    QCOMPARE(window.editor.findBar().matchCount(), std::size_t(2));
    window.editor.findChild<QToolButton*>(u"wholeWords"_s)->click();
    pattern->setText(u"ab?"_s);
    QCOMPARE(window.editor.findBar().matchCount(), std::size_t(3));
    pattern->setText(u"("_s);
    QVERIFY(!count->text().isEmpty());
    QCOMPARE(window.editor.findBar().matchCount(), std::size_t(0));
}

void EditorFindTest::replacesAllInOneStep()
{
    const std::string before = "COPY a b\r\nCOPY c d\r\n";
    Window window(before);
    QTest::keyClick(&window.editor, Qt::Key_H, Qt::ControlModifier);
    window.editor.findChild<QToolButton*>(u"regularExpression"_s)->setChecked(true);
    window.editor.findChild<QLineEdit*>(u"findPattern"_s)->setText(u"COPY (\\w) (\\w)$"_s);
    window.editor.findChild<QLineEdit*>(u"findReplacement"_s)->setText(u"ADD $2 \\1"_s);
    window.editor.findChild<QToolButton*>(u"replaceAll"_s)->click();
    QCOMPARE(window.editor.bytes(), "ADD b a\r\nADD d c\r\n");
    window.editor.undo();
    QCOMPARE(window.editor.bytes(), before);
}

void EditorFindTest::escapeClosesTheFindBar()
{
    Window window("RUN a\n");
    QTest::keyClick(&window.editor, Qt::Key_F, Qt::ControlModifier);
    auto* pattern = window.editor.findChild<QLineEdit*>(u"findPattern"_s);
    QTest::keyClicks(pattern, u"RUN"_s);
    QVERIFY(window.marked(kMatchIndicator, 1));
    QTest::keyClick(pattern, Qt::Key_Escape);
    QVERIFY(!pattern->isVisible());
    QVERIFY(!window.marked(kMatchIndicator, 1));
    QVERIFY(window.editor.hasFocus());
}

void EditorFindTest::theBarKeepsItsKeys()
{
    Window window("RUN a\nRUN b\n");
    window.caretTo(6);
    QTest::keyClick(&window.editor, Qt::Key_F, Qt::ControlModifier);
    auto* pattern = window.editor.findChild<QLineEdit*>(u"findPattern"_s);
    QTest::keyClick(pattern, Qt::Key_Up);
    QTest::keyClick(pattern, Qt::Key_PageDown);
    QCOMPARE(window.editor.caret(), 6U);
    QCOMPARE(window.editor.bytes(), "RUN a\nRUN b\n");
}

QTEST_MAIN(EditorFindTest)
#include "editor_find_test.moc"
