// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram's menus: every gesture is there, and does what it says.

#include "ui/diagram/diagram_view.h"
#include "ui/diagram_fixture.h"

#include <QMenu>
#include <QSignalSpy>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

Hit hitOf(DiagramDesk& desk, QPoint place)
{
    return hitAt(desk.picture(), desk.view().mapToScene(place), 3);
}

} // namespace

class DiagramMenuTest : public QObject {
    Q_OBJECT

private slots:
    void aMenuHasEveryGesture();
    void eachOfSeveralCopiesHasItsOwn();
};

void DiagramMenuTest::aMenuHasEveryGesture()
{
    DiagramDesk desk(kGo);
    const auto builder = desk.view().menuFor(hitOf(desk, desk.onTitle(u"builder"_s)));
    for (const QString& text : {u"/src/server to"_s, u"Another Path to"_s, u"Rename…"_s, u"Change Base…"_s,
                                u"Make It the Target"_s, u"Build"_s, u"Move Up"_s, u"Move Down"_s, u"Remove Stage"_s})
        QVERIFY2(entry(*builder, text), qPrintable(text));
    QVERIFY2(!entry(*builder, u"Move Up"_s)->isEnabled(), "it is the first");

    const auto edge = desk.view().menuFor(hitOf(desk, desk.onEdge(u"tools"_s, u"final"_s)));
    for (const QString& text : {u"Change Destination…"_s, u"Take It from"_s, u"Move It to"_s, u"Remove Copy"_s})
        QVERIFY2(entry(*edge, text), qPrintable(text));

    const auto canvas = desk.view().menuFor({});
    QVERIFY(entry(*canvas, u"Add Stage"_s));

    QSignalSpy targets(&desk.view(), &DiagramView::targetChosen);
    entry(*builder, u"Make It the Target"_s)->trigger();
    QCOMPARE(targets.size(), 1);
    QCOMPARE(targets.front().front().toInt(), 0);
    QVERIFY2(!desk.node(u"final"_s).needed, "the target shows at once");

    const auto row = desk.view().menuFor(hitOf(desk, desk.onRow(u"builder"_s, u"/src/server"_s)));
    QAction* copyToFinal = entry(*row, u"final"_s);
    QVERIFY(copyToFinal);
    copyToFinal->trigger();
    QVERIFY2(desk.text().contains("COPY --from=builder /src/server"), desk.text().c_str());
    const int edits = desk.edits();
    desk.type(desk.text() + "# more\n");
    copyToFinal->trigger();
    QVERIFY2(desk.edits() == edits, "a menu of an older text writes nothing");
}

void DiagramMenuTest::eachOfSeveralCopiesHasItsOwn()
{
    DiagramDesk desk("FROM golang AS build\nFROM scratch AS final\nCOPY --from=build /a /x\nCOPY --from=build /b /y\n");
    const auto menu = desk.view().menuFor(hitOf(desk, desk.onEdge(u"build"_s, u"final"_s)));
    QVERIFY(!entry(*menu, u"COPY /a → /x"_s)->menu()->isEmpty());
    QAction* second = entry(*menu, u"COPY /b → /y"_s);
    QVERIFY(second && second->menu());
    entry(*second->menu(), u"Remove Copy"_s)->trigger();
    QCOMPARE(desk.text(), "FROM golang AS build\nFROM scratch AS final\nCOPY --from=build /a /x\n");
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new StillStyle);
    DiagramMenuTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_menu_test.moc"
