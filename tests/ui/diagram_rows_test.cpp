// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows of nodes: several chosen and dragged as one, and a stage that is open, into which something is put exactly.

#include "ui/diagram_hand.h"

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kTwo = "FROM golang AS build\n"
                      "RUN go build -o /out/app . && go build -o /out/tool ./tool && go build -o /out/ctl ./ctl\n"
                      "\n"
                      "FROM debian AS runtime\n"
                      "# users\n"
                      "RUN useradd app\n"
                      "RUN apt-get update && \\\n"
                      "    apt-get install -y curl\n"
                      "CMD [\"app\"]\n";

void clickRow(DiagramDesk& desk, const QString& path, Qt::KeyboardModifiers modifiers = {})
{
    QTest::mouseClick(desk.view().viewport(), Qt::LeftButton, modifiers, desk.onRow(u"build"_s, path));
}

QStringList chosen(const DiagramDesk& desk)
{
    QStringList texts;
    for (const RowPlace& place : desk.marks().chosenRows)
        texts += desk.picture()
                     .nodes[static_cast<std::size_t>(place.node)]
                     .rows[static_cast<std::size_t>(place.row)]
                     .text.whole;
    texts.sort();
    return texts;
}

QStringList instructions(const DiagramDesk& desk, const QString& stage)
{
    QStringList texts;
    for (const PictureRow& row : desk.node(stage).rows)
        if (row.kind == RowKind::Instruction)
            texts += row.text.whole;
    return texts;
}

/// Just above a row of an instruction, where something would go ahead of it.
QPoint above(const DiagramDesk& desk, const QString& stage, const QString& row)
{
    return desk.onRow(stage, row) - QPoint(0, 4);
}

} // namespace

class DiagramRowsTest : public QObject {
    Q_OBJECT

private slots:
    void severalAreChosen_data();
    void severalAreChosen();
    void severalAreOneCopy();
    void aMenuCopiesSeveral();
    void whatIsChosenStaysWhileOneTypes();
    void aStageOpensAndCloses_data();
    void aStageOpensAndCloses();
    void anOpenStageStaysOpenWhileOneTypes();
    void itIsPutExactlyThere_data();
    void itIsPutExactlyThere();
    void aStageOpensUnderADrag();
    void aStageThatRefusesStaysClosed();
    void keysWalkTheRows();
    void deletingARowSparesItsStage();
    void anInstructionIsMoved_data();
    void anInstructionIsMoved();
};

void DiagramRowsTest::severalAreChosen_data()
{
    QTest::addColumn<QList<int>>("modifiers"); // of a click on app, tool, ctl in turn; -1 for none
    QTest::addColumn<QStringList>("expected");
    const int ctrl = Qt::ControlModifier;
    const int shift = Qt::ShiftModifier;
    QTest::newRow("a click chooses one") << QList<int>{0, 0, -1} << QStringList{u"/out/tool"_s};
    QTest::newRow("Ctrl adds") << QList<int>{0, -1, ctrl} << QStringList{u"/out/app"_s, u"/out/ctl"_s};
    QTest::newRow("Shift takes all between")
        << QList<int>{0, -1, shift} << QStringList{u"/out/app"_s, u"/out/ctl"_s, u"/out/tool"_s};
    QTest::newRow("nothing at first, then Shift") << QList<int>{-1, shift, -1} << QStringList{u"/out/tool"_s};
}

void DiagramRowsTest::severalAreChosen()
{
    QFETCH(QList<int>, modifiers);
    QFETCH(QStringList, expected);
    DiagramDesk desk(kTwo);
    const QStringList paths{u"/out/app"_s, u"/out/tool"_s, u"/out/ctl"_s};
    for (qsizetype i = 0; i < 3; ++i)
        if (modifiers[i] >= 0)
            clickRow(desk, paths[i], Qt::KeyboardModifiers::fromInt(modifiers[i]));
    QCOMPARE(chosen(desk), expected);
    clickRow(desk, expected.front(), Qt::ControlModifier);
    QVERIFY2(!chosen(desk).contains(expected.front()) || expected.size() == 1, "Ctrl takes it out again");
}

void DiagramRowsTest::severalAreOneCopy()
{
    DiagramDesk desk(kTwo);
    const auto mime = artifact(desk, u"build"_s, {"/out/app", "/out/tool"});
    QVERIFY(dragOver(desk, *mime, desk.onTitle(u"runtime"_s)));
    QCOMPARE(desk.bubble(), u"COPY --from=build /out/app /out/tool /out/"_s);
    dropOn(desk, *mime, desk.onTitle(u"runtime"_s));
    QVERIFY2(desk.text().contains("\nCOPY --from=build /out/app /out/tool /out/\n"), desk.text().c_str());
    QCOMPARE(desk.edits(), 1);
}

void DiagramRowsTest::aMenuCopiesSeveral()
{
    DiagramDesk desk(kTwo);
    clickRow(desk, u"/out/app"_s);
    clickRow(desk, u"/out/tool"_s, Qt::ControlModifier);
    const Hit hit = hitAt(desk.picture(), desk.view().mapToScene(desk.onRow(u"build"_s, u"/out/tool"_s)), 3);
    const auto menu = desk.view().menuFor(hit);
    QAction* copies = entry(*menu, u"Copy 2 artifacts to"_s);
    QVERIFY(copies && copies->menu());
    entry(*copies->menu(), u"runtime"_s)->trigger();
    QVERIFY2(desk.text().contains("\nCOPY --from=build /out/app /out/tool /out/\n"), desk.text().c_str());
}

void DiagramRowsTest::whatIsChosenStaysWhileOneTypes()
{
    DiagramDesk desk(kTwo);
    clickRow(desk, u"/out/app"_s);
    clickRow(desk, u"/out/tool"_s, Qt::ControlModifier);
    desk.type("FROM alpine AS first\n" + desk.text());
    QCOMPARE(chosen(desk), (QStringList{u"/out/app"_s, u"/out/tool"_s}));
    desk.type(kGo);
    QCOMPARE(chosen(desk), QStringList());
}

void DiagramRowsTest::aStageOpensAndCloses_data()
{
    QTest::addColumn<QString>("way");
    QTest::newRow("by its sign") << u"click"_s;
    QTest::newRow("by key") << u"key"_s;
    QTest::newRow("by menu") << u"menu"_s;
}

void DiagramRowsTest::aStageOpensAndCloses()
{
    QFETCH(QString, way);
    DiagramDesk desk(kTwo);
    const auto toggle = [&](bool opens) {
        const PictureNode& node = desk.node(u"runtime"_s);
        const QPointF sign = node.rect.topLeft() + node.chevron.center();
        if (way == "click"_L1) {
            desk.click(desk.view().mapFromScene(sign));
        } else if (way == "key"_L1) {
            desk.view().select({.node = node.ref, .edge = {}});
            desk.key(opens ? Qt::Key_Down : Qt::Key_Up, Qt::AltModifier);
        } else {
            const auto menu = desk.view().menuFor({.kind = HitKind::Node, .node = desk.picture().nodeOf(node.ref)});
            entry(*menu, opens ? u"Show Instructions"_s : u"Hide Instructions"_s)->trigger();
        }
    };
    const double closed = desk.node(u"runtime"_s).rect.height();
    QVERIFY(instructions(desk, u"runtime"_s).isEmpty());
    toggle(true);
    QCOMPARE(instructions(desk, u"runtime"_s),
             (QStringList{u"RUN useradd app"_s, u"RUN apt-get update && \\"_s, u"CMD [\"app\"]"_s}));
    QVERIFY(desk.node(u"runtime"_s).rect.height() > closed);
    QVERIFY(instructions(desk, u"build"_s).isEmpty());
    toggle(false);
    QVERIFY(instructions(desk, u"runtime"_s).isEmpty());
    QCOMPARE(desk.node(u"runtime"_s).rect.height(), closed);
}

void DiagramRowsTest::anOpenStageStaysOpenWhileOneTypes()
{
    DiagramDesk desk(kTwo);
    desk.view().select({.node = stageNode(1), .edge = {}});
    desk.key(Qt::Key_Down, Qt::AltModifier);
    desk.type("FROM alpine AS first\nRUN true\n" + desk.text());
    QCOMPARE(instructions(desk, u"runtime"_s).size(), 3);
    QVERIFY(instructions(desk, u"build"_s).isEmpty());
    QVERIFY(instructions(desk, u"first"_s).isEmpty());
}

void DiagramRowsTest::itIsPutExactlyThere_data()
{
    QTest::addColumn<QString>("row"); // that it is put ahead of; "" below the last
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("between two") << u"RUN apt-get update && \\"_s << u"RUN useradd app\n"_s << u"RUN apt-get update"_s;
    QTest::newRow("ahead of the last") << u"CMD [\"app\"]"_s << u"install -y curl\n"_s << u"CMD"_s;
    QTest::newRow("at the end") << QString() << u"CMD [\"app\"]\n"_s << QString();
}

void DiagramRowsTest::itIsPutExactlyThere()
{
    QFETCH(QString, row);
    QFETCH(QString, before);
    QFETCH(QString, after);
    DiagramDesk desk(kTwo);
    desk.view().select({.node = stageNode(1), .edge = {}});
    desk.key(Qt::Key_Down, Qt::AltModifier);
    const auto mime = artifact(desk, u"build"_s, {"/out/app"});
    const QPoint place =
        row.isEmpty() ? desk.onRow(u"runtime"_s, u"CMD [\"app\"]"_s) + QPoint(0, 4) : above(desk, u"runtime"_s, row);
    QVERIFY(dragOver(desk, *mime, place));
    QVERIFY2(desk.marks().dropLine > 0, "the place is shown");
    dropOn(desk, *mime, place);
    const std::string line = before.toStdString() + "COPY --from=build /out/app /out/app\n" + after.toStdString();
    QVERIFY2(desk.text().contains(line), desk.text().c_str());
    QCOMPARE(desk.edits(), 1);
}

void DiagramRowsTest::aStageOpensUnderADrag()
{
    DiagramDesk desk(kTwo);
    const auto mime = artifact(desk, u"build"_s, {"/out/app"});
    const QPoint title = desk.onTitle(u"runtime"_s);
    const QRect before = desk.view().mapFromScene(desk.node(u"runtime"_s).rect).boundingRect();
    QVERIFY(dragOver(desk, *mime, title));
    QVERIFY(instructions(desk, u"runtime"_s).isEmpty());
    QTRY_COMPARE(instructions(desk, u"runtime"_s).size(), 3);
    const QRect opened = desk.view().mapFromScene(desk.node(u"runtime"_s).rect).boundingRect();
    QVERIFY2((opened.topLeft() - before.topLeft()).manhattanLength() <= 4, "it stays under the pointer");

    const QPoint place = above(desk, u"runtime"_s, u"RUN apt-get update && \\"_s);
    QVERIFY(dragOver(desk, *mime, place));
    dropOn(desk, *mime, place);
    QVERIFY2(desk.text().contains("RUN useradd app\nCOPY --from=build /out/app /out/app\nRUN apt-get"),
             desk.text().c_str());
    QTRY_VERIFY2(instructions(desk, u"runtime"_s).isEmpty(), "it closes when the drag is over");

    DiagramDesk other(kTwo);
    const auto again = artifact(other, u"build"_s, {"/out/app"});
    dragOver(other, *again, other.onTitle(u"runtime"_s), Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!instructions(other, u"runtime"_s).isEmpty(), 300);
}

void DiagramRowsTest::aStageThatRefusesStaysClosed()
{
    DiagramDesk desk(kTwo);
    const auto mime = artifact(desk, u"runtime"_s, {"/etc"});
    QVERIFY(!dragOver(desk, *mime, desk.onTitle(u"runtime"_s), Qt::AltModifier));
    QTest::qWait(100);
    QVERIFY(instructions(desk, u"runtime"_s).isEmpty());
}

void DiagramRowsTest::keysWalkTheRows()
{
    DiagramDesk desk(kTwo);
    desk.click(desk.onTitle(u"build"_s));
    desk.key(Qt::Key_Down, Qt::AltModifier);
    QVERIFY2(chosen(desk).isEmpty(), "at first it opens");
    desk.key(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(chosen(desk).size(), 1);
    desk.key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(chosen(desk).size(), 2);
    desk.key(Qt::Key_E);
    QVERIFY(desk.choice());
    entry(*desk.choice(), u"runtime"_s)->trigger();
    desk.choice()->close();
    QVERIFY2(desk.text().contains(" /out/\n"), desk.text().c_str());
    desk.key(Qt::Key_Escape);
    desk.key(Qt::Key_Escape);
    QVERIFY(chosen(desk).isEmpty());
}

void DiagramRowsTest::deletingARowSparesItsStage()
{
    DiagramDesk desk(kGo);
    desk.view().select({.node = desk.node(u"final"_s).ref, .edge = {}});
    desk.key(Qt::Key_Down, Qt::AltModifier);
    desk.click(desk.onRow(u"final"_s, u"USER 1000"_s));
    desk.key(Qt::Key_Delete);
    QCOMPARE(desk.text(), std::string(kGo));
    QCOMPARE(desk.refusals().size(), 1U);
    desk.click(desk.onRow(u"final"_s, u"COPY --from=tools /tool /tool"_s));
    desk.key(Qt::Key_Delete);
    std::string expected = kGo;
    expected.erase(expected.find("COPY --from=tools"), 30);
    QCOMPARE(desk.text(), expected);
}

void DiagramRowsTest::anInstructionIsMoved_data()
{
    QTest::addColumn<QString>("way");
    QTest::addColumn<QString>("after");
    const QString users = u"# users\nRUN useradd app\n"_s;
    const QString apt = u"RUN apt-get update && \\\n    apt-get install -y curl\n"_s;
    const QString cmd = u"CMD [\"app\"]\n"_s;
    const QString build = QString::fromLatin1(kTwo).section(u"\n\n"_s, 0, 0) + u'\n';
    const QString runtime = u"\nFROM debian AS runtime\n"_s;
    QTest::newRow("dragged in its stage, its comment with it") << u"drag down"_s << build + runtime + apt + users + cmd;
    QTest::newRow("dragged to another stage") << u"drag away"_s << build + users + runtime + apt + cmd;
    QTest::newRow("dragged to where it is") << u"drag nowhere"_s << build + runtime + users + apt + cmd;
    QTest::newRow("by key") << u"key"_s << build + runtime + apt + users + cmd;
    QTest::newRow("by key, down and up again") << u"key twice"_s << build + runtime + users + apt + cmd;
    QTest::newRow("by menu") << u"menu down"_s << build + runtime + apt + users + cmd;
    QTest::newRow("by menu to another stage") << u"menu away"_s << build + users + runtime + apt + cmd;
}

void DiagramRowsTest::anInstructionIsMoved()
{
    QFETCH(QString, way);
    QFETCH(QString, after);
    DiagramDesk desk(kTwo);
    desk.view().select({.node = stageNode(1), .edge = {}});
    desk.key(Qt::Key_Down, Qt::AltModifier);
    const QString users = u"RUN useradd app"_s;
    const QPoint row = desk.onRow(u"runtime"_s, users);
    const auto menu = desk.view().menuFor(hitAt(desk.picture(), desk.view().mapToScene(row), 3));
    if (way == "drag down"_L1) {
        dragPointer(desk, row, above(desk, u"runtime"_s, u"CMD [\"app\"]"_s));
    } else if (way == "drag away"_L1) {
        dragPointer(desk, row, desk.onTitle(u"build"_s));
    } else if (way == "drag nowhere"_L1) {
        dragPointer(desk, row, row + QPoint(40, 3));
    } else if (way.startsWith("key"_L1)) {
        desk.click(row);
        desk.key(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(chosen(desk), QStringList{users});
        if (way == "key twice"_L1)
            desk.key(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(chosen(desk), QStringList{users});
    } else {
        QVERIFY2(!entry(*menu, u"Move Up"_s)->isEnabled(), "it is the first");
        entry(*menu, way == "menu down"_L1 ? u"Move Down"_s : u"build"_s)->trigger();
    }
    QCOMPARE(QString::fromStdString(desk.text()), after);
    QCOMPARE(desk.edits(), way == "drag nowhere"_L1 ? 0 : way == "key twice"_L1 ? 2 : 1);
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new StillStyle);
    DiagramRowsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_rows_test.moc"
