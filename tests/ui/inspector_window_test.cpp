// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inspector as a part of its window: how it opens, where the focus goes, and what is remembered.

#include "ui/diagram/far_room.h"
#include "ui/diagram/hit.h"
#include "ui/inspector_panel.h"

#include <QMenu>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

class InspectorWindowTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { holdStill(); }
    void makesTheTarget();
    void opensByKeyAndByMenu();
    void isRememberedWithTheLayout();
    void isAPaneOfF6();
    void leavesTheDiagramReadable();
};

void InspectorWindowTest::makesTheTarget()
{
    Panel panel;
    panel.goTo(0);
    QPushButton* button = nullptr;
    for (QPushButton* each : panel.tab().inspector().findChildren<QPushButton*>())
        button = each->isVisible() ? each : button;
    QVERIFY(button && button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(panel.tab().target(), 0);
    QVERIFY(!button->isEnabled());
}

void InspectorWindowTest::opensByKeyAndByMenu()
{
    Panel panel;
    DocumentTab& tab = panel.tab();
    QAction* action = panel.window().action(ActionId::ShowInspector);
    QVERIFY(action->isChecked());
    action->trigger();
    QVERIFY(!tab.isInspectorShown());
    panel.goTo(4);
    tab.diagram().setFocus();
    QTest::keyClick(&tab.diagram(), Qt::Key_Return, Qt::AltModifier);
    QVERIFY(tab.isInspectorShown());
    QVERIFY(action->isChecked());
    QVERIFY(panel.field(u"From"_s).hasFocus());
    action->trigger();
    QVERIFY(tab.diagram().hasFocus());

    const int node = tab.diagram().picture().nodeOf(stageNode(1));
    const auto menu = tab.diagram().menuFor({.kind = HitKind::Node, .node = node});
    QVERIFY(menu->actions().last()->text().contains(u"Properties"_s));
    menu->actions().last()->trigger();
    QVERIFY(tab.isInspectorShown());
    QCOMPARE(panel.field(u"Name"_s).text(), u"tools"_s);
}

void InspectorWindowTest::isRememberedWithTheLayout()
{
    Panel panel;
    const int width = panel.tab().inspector().width();
    QVERIFY(width >= panel.tab().inspector().minimumWidth());
    DocumentTab another;
    another.resize(panel.tab().size());
    QVERIFY(!another.isInspectorShown());
    another.restoreLayout(panel.tab().saveLayout());
    QVERIFY(another.isInspectorShown());
    panel.tab().showInspector(false);
    another.restoreLayout(panel.tab().saveLayout());
    QVERIFY(!another.isInspectorShown());
    another.show();
    another.showInspector(true);
    QTRY_VERIFY(another.inspector().width() >= another.inspector().minimumWidth());
}

void InspectorWindowTest::isAPaneOfF6()
{
    Panel panel;
    panel.goTo(4);
    panel.window().action(ActionId::NextPane)->trigger();
    QVERIFY(panel.tab().diagram().hasFocus());
    panel.window().action(ActionId::NextPane)->trigger();
    QVERIFY(panel.field(u"From"_s).hasFocus());
    panel.window().action(ActionId::PreviousPane)->trigger();
    QVERIFY(panel.tab().diagram().hasFocus());
}

void InspectorWindowTest::leavesTheDiagramReadable()
{
    Panel panel;
    DiagramView& diagram = panel.tab().diagram();
    const auto isReadable = [&] { return diagram.picture().fonts.em * diagram.transform().m11() >= kFarText; };
    panel.tab().showInspector(false);
    panel.window().resize(1000, 700);
    QTRY_VERIFY(isReadable());
    panel.tab().showInspector(true);
    QTRY_VERIFY(diagram.viewport()->width() < 400);
    QVERIFY2(isReadable(), "its rows can be dragged, as before");
    panel.window().action(ActionId::Fit)->trigger();
    QVERIFY2(!isReadable(), "there is no room for all of it");
    panel.tab().showInspector(false);
    QTRY_VERIFY(isReadable());
    panel.tab().showInspector(true);
    QTRY_VERIFY2(!isReadable(), "for all of it was asked for");
}

QTEST_MAIN(InspectorWindowTest)
#include "inspector_window_test.moc"
