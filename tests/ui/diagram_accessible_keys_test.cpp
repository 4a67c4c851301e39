// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram by keys alone, as someone goes through it who hears it.

#include "ui/diagram_reader.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

class DiagramAccessibleKeysTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { heard().clear(); }
    void cleanupTestCase() { QAccessible::installUpdateHandler(nullptr); }
    void focusFollowsTheKeys();
    void aSelectionFromTheTextTakesNoFocus();
    void tabGoesOnToRowsAndEdges();
    void tabLeadsOutOfTheDiagram();
    void anArtifactIsCopiedByKeysAlone();
};

void DiagramAccessibleKeysTest::initTestCase()
{
    QApplication::setStyle(new StillStyle);
    QAccessible::installUpdateHandler(hear);
    QAccessible::setActive(true);
}

void DiagramAccessibleKeysTest::focusFollowsTheKeys()
{
    Reader reader(kThree);
    reader.desk.key(Qt::Key_Home);
    QVERIFY(reader.focused().startsWith(u"stage build"_s));
    QVERIFY(told(QAccessible::Focus).contains(u"stage build"_s));
    QVERIFY(reader.item(u"stage build"_s)->state().focused);
    heard().clear();
    reader.desk.key(Qt::Key_End);
    QVERIFY(told(QAccessible::Focus).startsWith(u"stage final"_s));
    QVERIFY(told(QAccessible::Selection).startsWith(u"stage final"_s));
    const QString changed = told(QAccessible::StateChanged);
    QVERIFY2(changed.contains(u"stage build"_s) && changed.contains(u"stage final"_s), "the old and the new");
    QVERIFY(!reader.item(u"stage build"_s)->state().selected);
    heard().clear();
    reader.desk.key(Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY2(told(QAccessible::Focus).startsWith(u"copies /src/server"_s), "an edge");
    heard().clear();
    reader.desk.key(Qt::Key_Home);
    reader.desk.key(Qt::Key_Down, Qt::AltModifier); // opens it
    reader.desk.key(Qt::Key_Down, Qt::AltModifier);
    QVERIFY2(told(QAccessible::Focus).contains(u"artifact of build"_s), "a row");
}

void DiagramAccessibleKeysTest::aSelectionFromTheTextTakesNoFocus()
{
    Reader reader(kThree);
    QWidget other;
    other.setFocusPolicy(Qt::StrongFocus);
    other.show();
    other.activateWindow();
    other.setFocus();
    QTRY_VERIFY(other.hasFocus());
    heard().clear();
    reader.desk.view().highlight(static_cast<std::uint32_t>(reader.desk.text().find("FROM scratch")));
    QVERIFY(reader.item(u"stage final"_s)->state().selected);
    QVERIFY(told(QAccessible::Selection).startsWith(u"stage final"_s));
    QCOMPARE(told(QAccessible::Focus), QString());
}

void DiagramAccessibleKeysTest::tabGoesOnToRowsAndEdges()
{
    Reader reader(kThree);
    reader.desk.key(Qt::Key_Home);
    QStringList way{reader.focused().section(u',', 0, 0)};
    for (int i = 0; i < 8; ++i) {
        reader.desk.key(Qt::Key_Tab);
        way += reader.focused().section(u',', 0, 0);
    }
    QCOMPARE(way, (QStringList{u"stage build"_s, u"/src"_s, u"/src/server"_s, u"/src/tool"_s,
                               u"builds build from golang 1.22"_s, u"copies . from the build context into build"_s,
                               u"builds test from build"_s, u"mounts /src from build in test"_s,
                               u"copies /src/server from build into final"_s}));
    reader.desk.key(Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(reader.focused().startsWith(u"mounts /src"_s));
    QCOMPARE(reader.desk.chosen().substr(0, 11), "RUN --mount");
}

void DiagramAccessibleKeysTest::tabLeadsOutOfTheDiagram()
{
    QWidget window;
    QLineEdit before(&window);
    DiagramView view(&window);
    QLineEdit after(&window);
    view.setGeometry(0, 40, 600, 400);
    after.move(0, 460);
    view.showAnalysis(analyse("FROM a AS x\n"));
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTRY_VERIFY(!view.picture().nodes.empty());
    before.setFocus();
    QTest::keyClick(&before, Qt::Key_Tab);
    QVERIFY(view.hasFocus());
    QVERIFY2(view.selection().node == stageNode(0), "something is there to be heard");
    QTest::keyClick(&view, Qt::Key_Tab);
    QVERIFY2(view.hasFocus() && view.selection().edge, "its edge");
    QTest::keyClick(&view, Qt::Key_Tab);
    QVERIFY(after.hasFocus());
    QTest::keyClick(&after, Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(view.hasFocus() && view.selection().edge);
    QTest::keyClick(&view, Qt::Key_Backtab, Qt::ShiftModifier);
    QTest::keyClick(&view, Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(before.hasFocus());
}

void DiagramAccessibleKeysTest::anArtifactIsCopiedByKeysAlone()
{
    Reader reader("FROM a AS build\nRUN gcc -o /tool x.c\nFROM scratch AS final\n");
    reader.desk.key(Qt::Key_Home);
    reader.desk.key(Qt::Key_Tab);
    QVERIFY(reader.focused().startsWith(u"/tool"_s));
    reader.desk.key(Qt::Key_Return);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QCOMPARE(menu->activeAction()->text(), u"final"_s);
    QTest::keyClick(menu, Qt::Key_Return);
    QTRY_COMPARE(reader.desk.text(),
                 "FROM a AS build\nRUN gcc -o /tool x.c\nFROM scratch AS final\nCOPY --from=build /tool /tool\n");
}

QTEST_MAIN(DiagramAccessibleKeysTest)
#include "diagram_accessible_keys_test.moc"
