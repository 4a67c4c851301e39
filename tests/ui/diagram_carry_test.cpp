// SPDX-License-Identifier: GPL-3.0-or-later
//
// Drags over the diagram: who lights up, what is said, and what stands in the text afterwards.

#include "ui/diagram_hand.h"

#include <QPushButton>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

class DiagramCarryTest : public QObject {
    Q_OBJECT

private slots:
    void whoTakesItLightsUp_data();
    void whoTakesItLightsUp();
    void noLightIsLeftBehind_data();
    void noLightIsLeftBehind();
    void aLineFollowsThePointer();
    void anEdgesEndIsCarriedToo();
    void aPortAsksWhatToCopy_data();
    void aPortAsksWhatToCopy();
    void aNodeMayBeABase_data();
    void aNodeMayBeABase();
    void whatToCopyIsAskedByKeyToo();
    void aRefusalOffersItsMend_data();
    void aRefusalOffersItsMend();
    void anotherImageIsAskedFor();
    void anEditThatIsNotTakenOpensNothing();
    void aNameIsTypedWithinItsNode();
    void aRefusalLeavesWithItsText();
};

void DiagramCarryTest::whoTakesItLightsUp_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("takers");
    QTest::newRow("from the first stage: all below") << u"builder"_s << u"builder source, tools takes, final takes"_s;
    QTest::newRow("from the last stage: none") << u"final"_s << u"builder refuses, tools refuses, final source"_s;
    QTest::newRow("from an image: all") << u"debian:13"_s << u"builder takes, tools takes, final takes"_s;
    QTest::newRow("from the context: all") << u"build context"_s << u"builder takes, tools takes, final takes"_s;
}

void DiagramCarryTest::whoTakesItLightsUp()
{
    QFETCH(QString, from);
    QFETCH(QString, takers);
    DiagramDesk desk(kGo);
    const auto mime = artifact(desk, from, {"/x"});
    dragOver(desk, *mime, QPoint(2, 2));
    QCOMPARE(ui::takers(desk), takers);
    QCOMPARE(desk.marks().dropNode, -1);
    desk.type("FROM alpine AS first\n\n" + desk.text());
    QCOMPARE(ui::takers(desk), QString());
    dragOver(desk, *mime, QPoint(2, 2));
    QVERIFY2(ui::takers(desk).startsWith(u"first "_s), "another text, another answer");
}

void DiagramCarryTest::noLightIsLeftBehind_data()
{
    QTest::addColumn<bool>("dropped");
    QTest::newRow("when it leaves") << false;
    QTest::newRow("when it is dropped") << true;
}

void DiagramCarryTest::noLightIsLeftBehind()
{
    QFETCH(bool, dropped);
    DiagramDesk desk(kGo);
    const auto mime = artifact(desk, u"builder"_s, {"/src/server"});
    dragOver(desk, *mime, desk.onTitle(u"final"_s));
    QVERIFY(!desk.marks().takers.empty());
    QVERIFY(desk.marks().dropNode >= 0);
    if (dropped) {
        dropOn(desk, *mime, desk.onTitle(u"final"_s));
    } else {
        QDragLeaveEvent leave;
        QApplication::sendEvent(desk.view().viewport(), &leave);
    }
    QVERIFY(desk.marks().takers.empty());
    QCOMPARE(desk.marks().dropNode, -1);
    QCOMPARE(desk.edits(), dropped ? 1 : 0);
}

void DiagramCarryTest::aLineFollowsThePointer()
{
    DiagramDesk desk(kGo);
    const auto mime = artifact(desk, u"builder"_s, {"/src/server"});
    const QPoint pointer(3, 3); // far from all nodes
    const auto isDrawn = [&] {
        const QImage image = desk.view().viewport()->grab().toImage();
        const QColor accent = Theme::ofDesktop().accent;
        for (int x = 0; x < 12; ++x)
            for (int y = 0; y < 12; ++y)
                if (image.pixelColor(x, y) == accent)
                    return true;
        return false;
    };
    QVERIFY(!isDrawn());
    dragOver(desk, *mime, pointer);
    QVERIFY2(isDrawn(), "its end is at the pointer");
    QDragLeaveEvent leave;
    QApplication::sendEvent(desk.view().viewport(), &leave);
    QVERIFY(!isDrawn());
}

void DiagramCarryTest::anEdgesEndIsCarriedToo()
{
    DiagramDesk desk(kGo);
    QWidget* viewport = desk.view().viewport();
    desk.click(desk.onEdge(u"tools"_s, u"final"_s));
    const QPoint tail = desk.view().mapFromScene(desk.edge(u"tools"_s, u"final"_s).curve.front());
    QTest::mousePress(viewport, Qt::LeftButton, {}, tail);
    moveWith(desk, desk.onTitle(u"builder"_s));
    QCOMPARE(takers(desk), u"builder takes, tools takes, final source"_s);
    QCOMPARE(desk.bubble(), u"COPY --from=builder /tool /tool"_s);
    desk.key(Qt::Key_Escape);
    QVERIFY(desk.marks().takers.empty());
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, desk.onTitle(u"builder"_s));
    QCOMPARE(desk.text(), std::string(kGo));
}

void DiagramCarryTest::aPortAsksWhatToCopy_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("choice");
    QTest::addColumn<QString>("line"); // "" where the path is asked for
    QTest::newRow("an artifact of a stage")
        << u"builder"_s << u"/src/server"_s << u"COPY --from=builder /src/server /src/server"_s;
    QTest::newRow("another path of it") << u"builder"_s << u"Another Path…"_s << QString();
    QTest::newRow("what others copy from the context") << u"build context"_s << u"."_s << u"COPY . ./"_s;
    QTest::newRow("a path of an image") << u"debian:13"_s << u"Another Path…"_s << QString();
}

void DiagramCarryTest::aPortAsksWhatToCopy()
{
    QFETCH(QString, from);
    QFETCH(QString, choice);
    QFETCH(QString, line);
    DiagramDesk desk(kGo);
    moveWith(desk, desk.onTitle(from), Qt::NoButton);
    dragPointer(desk, desk.view().mapFromScene(portOf(desk.node(from))), desk.onTitle(u"final"_s));
    QVERIFY(desk.marks().takers.empty());
    QMenu* menu = desk.choice();
    QVERIFY2(menu, "it asks");
    QAction* chosen = entry(*menu, choice);
    QVERIFY2(chosen, qPrintable(choice));
    chosen->trigger();
    menu->close();
    if (line.isEmpty()) {
        QVERIFY(desk.field());
        QCOMPARE(desk.edits(), 0);
    } else {
        QVERIFY2(desk.text().contains(line.toStdString() + "\nUSER"), desk.text().c_str());
        QCOMPARE(desk.edits(), 1);
    }
}

void DiagramCarryTest::aNodeMayBeABase_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("onto");
    QTest::addColumn<bool>("withCtrl");
    QTest::addColumn<QString>("choice"); // "" where nothing is asked
    QTest::addColumn<QString>("line");
    QTest::newRow("an image, asked") << u"debian:13"_s << u"final"_s << false << u"Build It FROM debian:13"_s
                                     << u"FROM debian:13 AS final"_s;
    QTest::newRow("with Ctrl it is not asked")
        << u"debian:13"_s << u"final"_s << true << QString() << u"FROM debian:13 AS final"_s;
    QTest::newRow("a stage") << u"tools"_s << u"final"_s << false << u"Build It FROM tools"_s
                             << u"FROM tools AS final"_s;
    QTest::newRow("a stage, to copy from")
        << u"builder"_s << u"final"_s << false << u"/src/server"_s << u"COPY --from=builder /src/server /src/server"_s;
    QTest::newRow("what it is built from already can only be copied from")
        << u"debian:13"_s << u"tools"_s << false << u"Another Path…"_s << u"FROM debian:13 AS tools"_s;
    QTest::newRow("a folder can't be a base") << u"build context"_s << u"final"_s << false << u"."_s << u"COPY . ./"_s;
}

void DiagramCarryTest::aNodeMayBeABase()
{
    QFETCH(QString, from);
    QFETCH(QString, onto);
    QFETCH(bool, withCtrl);
    QFETCH(QString, choice);
    QFETCH(QString, line);
    DiagramDesk desk(kGo);
    dragPointer(desk, desk.onTitle(from), desk.onTitle(onto), withCtrl ? Qt::ControlModifier : Qt::NoModifier);
    QCOMPARE(desk.choice() != nullptr, !choice.isEmpty());
    if (QMenu* menu = desk.choice()) {
        QVERIFY2(entry(*menu, choice), qPrintable(choice));
        entry(*menu, choice)->trigger();
        menu->close();
    }
    QVERIFY2(desk.text().contains(line.toStdString()), desk.text().c_str());
    QVERIFY(desk.edits() <= 1);
}

void DiagramCarryTest::whatToCopyIsAskedByKeyToo()
{
    DiagramDesk desk(kGo);
    desk.click(desk.onTitle(u"builder"_s));
    desk.key(Qt::Key_E);
    QMenu* menu = desk.choice();
    QVERIFY(menu);
    QAction* artifact = entry(*menu, u"/src/server to"_s);
    QVERIFY(artifact && artifact->menu());
    entry(*artifact->menu(), u"final"_s)->trigger();
    menu->close();
    QVERIFY2(desk.text().contains("COPY --from=builder /src/server /src/server\nUSER"), desk.text().c_str());
}

void DiagramCarryTest::aRefusalOffersItsMend_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("taken");
    QTest::newRow("a click on the button") << u"button"_s << true;
    QTest::newRow("Enter") << u"enter"_s << true;
    QTest::newRow("Esc leaves it") << u"escape"_s << false;
    QTest::newRow("a click elsewhere leaves it") << u"elsewhere"_s << false;
    QTest::newRow("another text leaves it") << u"typing"_s << false;
}

void DiagramCarryTest::aRefusalOffersItsMend()
{
    QFETCH(QString, answer);
    QFETCH(bool, taken);
    const std::string before = "FROM debian AS runtime\nUSER app\n\nFROM busybox AS lint\nCOPY report /report\n";
    DiagramDesk desk(before);
    const auto mime = artifact(desk, u"lint"_s, {"/report"});
    QVERIFY2(dragOver(desk, *mime, desk.onTitle(u"runtime"_s)), "there is something to be done about it");
    QVERIFY2(desk.bubble().startsWith(u"cannot copy from stage \"lint\""_s), qPrintable(desk.bubble()));
    QVERIFY(!desk.marks().dropAllowed);
    dropOn(desk, *mime, desk.onTitle(u"runtime"_s));
    QCOMPARE(desk.edits(), 0);
    auto* offer = desk.view().findChild<QWidget*>(u"diagramOffer"_s);
    QVERIFY(offer && offer->isVisible());
    auto* button = offer->findChild<QPushButton*>();
    QCOMPARE(button->text(), u"Move lint above runtime, and copy"_s);
    QVERIFY(desk.view().viewport()->rect().contains(offer->geometry()));

    if (answer == "button"_L1)
        QTest::mouseClick(button, Qt::LeftButton);
    else if (answer == "enter"_L1)
        QTest::keyClick(button, Qt::Key_Return);
    else if (answer == "escape"_L1)
        QTest::keyClick(button, Qt::Key_Escape);
    else if (answer == "typing"_L1)
        desk.type(before + "# more\n");
    else
        desk.click(QPoint(3, 3));
    QVERIFY(!offer->isVisible());
    QCOMPARE(desk.edits(), taken ? 1 : 0);
    if (taken)
        QCOMPARE(desk.text(), "FROM busybox AS lint\nCOPY report /report\n\nFROM debian AS runtime\n"
                              "COPY --from=lint /report /report\nUSER app\n");
    QCOMPARE(desk.field() != nullptr, taken);
}

void DiagramCarryTest::anotherImageIsAskedFor()
{
    DiagramDesk desk(kGo);
    const int final = desk.picture().nodeOf(desk.node(u"final"_s).ref);
    entry(*desk.view().menuFor({.kind = HitKind::Node, .node = final}), u"Copy from Another Image…"_s)->trigger();
    QVERIFY2(desk.field(), "for its name");
    QTest::keyClicks(desk.field(), u"not an image"_s);
    QVERIFY(!desk.bubble().isEmpty());
    QTest::keyClick(desk.field(), Qt::Key_Return);
    QVERIFY2(desk.field(), "it is typed on");
    desk.field()->selectAll();
    QTest::keyClicks(desk.field(), u"nginx:1.27"_s);
    QTest::keyClick(desk.field(), Qt::Key_Return);
    QVERIFY2(desk.field(), "then for the path");
    QTest::keyClicks(desk.field(), u"/etc/nginx"_s);
    QTest::keyClick(desk.field(), Qt::Key_Return);
    QVERIFY2(desk.text().contains("COPY --from=nginx:1.27 /etc/nginx /etc/nginx\nUSER"), desk.text().c_str());
    QCOMPARE(desk.edits(), 1);
}

void DiagramCarryTest::anEditThatIsNotTakenOpensNothing()
{
    DiagramDesk desk(kGo);
    desk.refuseEdits();
    const auto mime = artifact(desk, u"builder"_s, {"/src/server"});
    dragOver(desk, *mime, desk.onTitle(u"final"_s));
    dropOn(desk, *mime, desk.onTitle(u"final"_s));
    QCOMPARE(desk.text(), std::string(kGo));
    desk.type(desk.text() + "# more\n");
    QVERIFY2(!desk.field(), "nobody asked for a field while typing");
}

void DiagramCarryTest::aNameIsTypedWithinItsNode()
{
    DiagramDesk desk("FROM alpine AS a-name-that-is-so-long-that-it-can-not-stand-in-a-node-in-one-line-at-all\n");
    desk.view().startRename(0);
    QVERIFY(desk.field());
    const QRect node = desk.view().mapFromScene(desk.picture().nodes.front().rect).boundingRect();
    QVERIFY2(node.left() <= desk.field()->geometry().left() && desk.field()->geometry().right() <= node.right(),
             qPrintable(u"%1 in %2"_s.arg(desk.field()->width()).arg(node.width())));
}

void DiagramCarryTest::aRefusalLeavesWithItsText()
{
    DiagramDesk desk(kGo);
    desk.click(desk.onTitle(u"debian:13"_s));
    desk.key(Qt::Key_Delete);
    QVERIFY(!desk.bubble().isEmpty());
    desk.type(desk.text() + "# more\n");
    QCOMPARE(desk.bubble(), QString());
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new StillStyle);
    DiagramCarryTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_carry_test.moc"
