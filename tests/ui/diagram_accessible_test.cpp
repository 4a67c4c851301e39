// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram as a screen reader has it: through QAccessible alone, and with the keys whose way it follows.

#include "ui/diagram_reader.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

QString whole(QAccessibleInterface* item)
{
    return item->text(QAccessible::Name);
}

} // namespace

class DiagramAccessibleTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { heard().clear(); }
    void cleanupTestCase() { QAccessible::installUpdateHandler(nullptr); }
    void saysWhatEachThingIs_data();
    void saysWhatEachThingIs();
    void saysSizesAndStates();
    void isATreeThatHoldsTogether();
    void artifactsAreChildren();
    void isWhereItIsDrawn();
    void pressingChooses();
    void offersItsMenuAsActions_data();
    void offersItsMenuAsActions();
    void actionsDo();
    void canBeSelected();
    void aNewNameIsSaid();
    void whatIsGoneIsInvalid();
    void outlivesItsDiagram();
};

void DiagramAccessibleTest::initTestCase()
{
    QApplication::setStyle(new StillStyle);
    QAccessible::installUpdateHandler(hear);
    QAccessible::setActive(true);
}

void DiagramAccessibleTest::saysWhatEachThingIs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("said");

    const QByteArray three = kThree;
    QTest::newRow("a stage") << three
                             << u"stage build, index 0, from golang 1.22, 3 artifacts, copied into final, mounted in "
                                "test, base of test, left behind"_s;
    QTest::newRow("a stage on a stage") << three << u"stage test, index 1, from build, 3 artifacts, not needed"_s;
    QTest::newRow("the target") << three << u"stage final, index 2, from scratch, 1 artifact, the target, ships"_s;
    QTest::newRow("an image") << three << u"image golang 1.22, base of build"_s;
    QTest::newRow("the build context") << three << u"build context, copied into build"_s;
    QTest::newRow("a copy") << three << u"copies /src/server from build into final, as /server, line 8"_s;
    QTest::newRow("a copy from the context")
        << three << u"copies . from the build context into build, as /src, line 2"_s;
    QTest::newRow("a base") << three << u"builds test from build, line 5"_s;
    QTest::newRow("a mount") << three << u"mounts /src from build in test, at /mnt, line 6"_s;
    QTest::newRow("no name") << QByteArray("FROM a\n")
                             << u"stage without a name, index 0, from a, no artifacts, the target, ships"_s;
    QTest::newRow("a platform") << QByteArray("FROM --platform=linux/arm64 a AS x\n")
                                << u"stage x, index 0, from a, for linux/arm64, no artifacts, the target, ships"_s;
    QTest::newRow("a registry's port and a digest")
        << QByteArray("FROM reg:5000/a/b:2@sha256:0123456789012345678901234567890123456789012345678901234567890123\n")
        << u"stage without a name, index 0, from reg:5000/a/b 2, no artifacts, the target, ships"_s;
    QTest::newRow("many who take from it")
        << QByteArray("FROM a AS x\nFROM x AS b\nFROM x AS c\nFROM x AS d\nFROM x AS e\nFROM x AS f\n")
        << u"stage x, index 0, from a, no artifacts, base of b, c, d and 2 more, ships"_s;
    QTest::newRow("what BuildKit would refuse")
        << QByteArray("FROM a AS x\nCOPY --from=y /p /q\nFROM b AS y\n")
        << u"copies /p from y into x, as /q, line 2, BuildKit would refuse this"_s;
}

void DiagramAccessibleTest::saysWhatEachThingIs()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, said);
    Reader reader(text.toStdString());
    QStringList all;
    for (int i = 0; i < reader.diagram()->childCount(); ++i)
        all += whole(reader.diagram()->child(i));
    if (said.endsWith(u"BuildKit would refuse this"_s)) { // in its own words, where it has some
        const qsizetype end = said.lastIndexOf(u',');
        QVERIFY2(
            std::ranges::any_of(
                all, [&](const QString& each) { return each.startsWith(said.first(end)) && each.size() > end + 5; }),
            qPrintable(all.join(u'\n')));
        return;
    }
    QVERIFY2(all.contains(said), qPrintable(u"not among\n"_s + all.join(u'\n')));
}

void DiagramAccessibleTest::saysSizesAndStates()
{
    Reader reader(kThree);
    BuildStep step{.id = u"1"_s,
                   .name = u"RUN go build"_s,
                   .stage = 0,
                   .instruction = 2,
                   .state = StepState::Failed,
                   .milliseconds = 0,
                   .error = {}};
    reader.desk.view().showStep(step);
    QTRY_VERIFY(whole(reader.item(u"stage build"_s)).endsWith(u"left behind, failed"_s));
    reader.desk.view().showSizes({{.stage = 0,
                                   .image = {},
                                   .total = 812'000'000,
                                   .base = 800'000'000,
                                   .own = 12'000'000,
                                   .ships = false,
                                   .needed = true,
                                   .milliseconds = 1500,
                                   .cached = false,
                                   .layers = {}}});
    QTRY_VERIFY2(whole(reader.item(u"stage build"_s)).endsWith(u"left behind, 812 MB, 1.5 s"_s),
                 qPrintable(whole(reader.item(u"stage build"_s))));
}

void DiagramAccessibleTest::isATreeThatHoldsTogether()
{
    Reader reader(kThree);
    QAccessibleInterface* diagram = reader.diagram();
    QCOMPARE(diagram->role(), QAccessible::List);
    QCOMPARE(whole(diagram), u"Diagram of the build stages"_s);
    QCOMPARE(diagram->childCount(), 5 + 5);
    QVERIFY(!diagram->child(-1));
    QVERIFY(!diagram->child(10));
    for (int i = 0; i < diagram->childCount(); ++i) {
        QAccessibleInterface* item = diagram->child(i);
        QVERIFY(item && item->isValid());
        QCOMPARE(diagram->child(i), item);
        QCOMPARE(item->parent(), diagram);
        QCOMPARE(diagram->indexOfChild(item), i);
        QCOMPARE(item->role(), QAccessible::ListItem);
        QVERIFY(item->window());
        for (int row = 0; row < item->childCount(); ++row) {
            QCOMPARE(item->child(row)->parent(), item);
            QCOMPARE(item->indexOfChild(item->child(row)), row);
            QCOMPARE(diagram->indexOfChild(item->child(row)), -1);
        }
    }
}

void DiagramAccessibleTest::artifactsAreChildren()
{
    Reader reader(kThree);
    QAccessibleInterface* build = reader.item(u"stage build"_s);
    QStringList rows;
    for (int row = 0; row < build->childCount(); ++row)
        rows += whole(build->child(row));
    QVERIFY2(rows.contains(u"/src/server, artifact of build"_s), qPrintable(rows.join(u'\n')));
    QVERIFY2(rows.contains(u"/src/tool, likely artifact of build"_s), qPrintable(rows.join(u'\n')));
    QCOMPARE(whole(reader.item(u"build context"_s)->child(0)), u"files of build context"_s);
}

void DiagramAccessibleTest::isWhereItIsDrawn()
{
    Reader reader(kThree);
    QAccessibleInterface* build = reader.item(u"stage build"_s);
    const QPoint title = reader.desk.view().viewport()->mapToGlobal(reader.desk.onTitle(u"build"_s));
    QVERIFY(build->rect().contains(title));
    QCOMPARE(reader.diagram()->childAt(title.x(), title.y()), build);
    const QPoint row = reader.desk.view().viewport()->mapToGlobal(reader.desk.onRow(u"build"_s, u"/src/server"_s));
    QCOMPARE(whole(build->childAt(row.x(), row.y())), u"/src/server, artifact of build"_s);
}

void DiagramAccessibleTest::pressingChooses()
{
    Reader reader(kThree);
    QAccessibleActionInterface* copy = reader.item(u"copies /src/server"_s)->actionInterface();
    QVERIFY(copy);
    QVERIFY(!copy->localizedActionName(QAccessibleActionInterface::pressAction()).isEmpty());
    copy->doAction(QAccessibleActionInterface::pressAction());
    QVERIFY(reader.desk.view().selection().edge.has_value());
    QCOMPARE(reader.desk.chosen().substr(0, 11), "COPY --from");
    reader.item(u"stage build"_s)->child(0)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QVERIFY(reader.item(u"stage build"_s)->child(0)->state().selected);
    QVERIFY2(!reader.item(u"stage build"_s)->state().selected, "the row, not the node");
}

void DiagramAccessibleTest::offersItsMenuAsActions_data()
{
    QTest::addColumn<QString>("item");
    QTest::addColumn<QString>("action");
    QTest::newRow("a stage is renamed") << u"stage build"_s << u"Rename…"_s;
    QTest::newRow("made the target") << u"stage build"_s << u"Make It the Target"_s;
    QTest::newRow("built") << u"stage build"_s << u"Build"_s;
    QTest::newRow("removed") << u"stage build"_s << u"Remove Stage"_s;
    QTest::newRow("a copy is removed") << u"copies /src/server"_s << u"Remove Copy"_s;
    QTest::newRow("its destination changed") << u"copies /src/server"_s << u"Change Destination…"_s;
    QTest::newRow("one of several edges") << u"mounts /src"_s << u"Remove Mount"_s;
    QTest::newRow("a base is changed") << u"builds test"_s << u"Change Base…"_s;
}

void DiagramAccessibleTest::offersItsMenuAsActions()
{
    QFETCH(QString, item);
    QFETCH(QString, action);
    Reader reader(kThree);
    const QStringList names = reader.item(item)->actionInterface()->actionNames();
    QCOMPARE(names.front(), QAccessibleActionInterface::pressAction());
    QVERIFY2(names.contains(action), qPrintable(names.join(u'\n')));
    QVERIFY2(names.filter(u"FROM build"_s).isEmpty(), "only its own");
}

void DiagramAccessibleTest::actionsDo()
{
    Reader reader(kThree);
    const QSignalSpy built(&reader.desk.view(), &DiagramView::buildRequested);
    reader.item(u"stage test"_s)->actionInterface()->doAction(u"Build"_s);
    QCOMPARE(built.count(), 1);
    QCOMPARE(built.front().front().toInt(), 1);
    reader.item(u"copies /src/server"_s)->actionInterface()->doAction(u"Remove Copy"_s);
    QTRY_VERIFY(!reader.desk.text().contains("--from=build /src/server"));
    const int edits = reader.desk.edits();
    reader.item(u"stage test"_s)->actionInterface()->doAction(u"no such action"_s);
    QCOMPARE(reader.desk.edits(), edits);
}

void DiagramAccessibleTest::canBeSelected()
{
    Reader reader(kThree);
    QAccessibleSelectionInterface* selection = reader.diagram()->selectionInterface();
    QVERIFY(selection);
    QVERIFY(selection->select(reader.item(u"stage final"_s)));
    QCOMPARE(selection->selectedItemCount(), 1);
    QCOMPARE(selection->selectedItems(), QList{reader.item(u"stage final"_s)});
    QVERIFY(selection->isSelected(reader.item(u"stage final"_s)));
    QVERIFY(!selection->unselect(reader.item(u"stage build"_s)));
    QVERIFY(selection->unselect(reader.item(u"stage final"_s)));
    QCOMPARE(selection->selectedItemCount(), 0);
    QVERIFY(reader.desk.view().selection().isEmpty());
    QVERIFY(!selection->select(nullptr));
    QVERIFY(!selection->selectAll());
}

void DiagramAccessibleTest::aNewNameIsSaid()
{
    Reader reader(kThree);
    QAccessibleInterface* build = reader.item(u"stage build"_s);
    heard().clear();
    std::string text = kThree;
    text.replace(text.find("1.22"), 4, "1.25");
    reader.desk.type(text);
    QTRY_VERIFY(told(QAccessible::NameChanged).contains(u"stage build, index 0, from golang 1.25"_s));
    QVERIFY2(!told(QAccessible::NameChanged).contains(u"stage final"_s), "no more than what changed");
    QVERIFY(build->isValid());
    QVERIFY(whole(build).contains(u"golang 1.25"_s));
}

void DiagramAccessibleTest::whatIsGoneIsInvalid()
{
    Reader reader(kThree);
    const QAccessible::Id final = QAccessible::uniqueId(reader.item(u"stage final"_s));
    const QAccessible::Id row = QAccessible::uniqueId(reader.item(u"stage build"_s)->child(2));
    QVERIFY(QAccessible::accessibleInterface(final) && QAccessible::accessibleInterface(row));
    heard().clear();
    reader.desk.type("FROM a AS build\n");
    QTRY_COMPARE(reader.diagram()->childCount(), 3);
    QVERIFY(!QAccessible::accessibleInterface(final));
    QVERIFY(!QAccessible::accessibleInterface(row));
    QCOMPARE(told(QAccessible::ObjectReorder), u"Diagram of the build stages"_s);
    reader.desk.type("");
    QTRY_COMPARE(reader.diagram()->childCount(), 0);
    QVERIFY(!reader.diagram()->focusChild());
    QVERIFY(!reader.diagram()->text(QAccessible::Description).isEmpty());
}

void DiagramAccessibleTest::outlivesItsDiagram()
{
    QAccessible::Id item = 0;
    {
        Reader reader(kThree);
        item = QAccessible::uniqueId(reader.item(u"stage build"_s)->child(0));
    }
    QVERIFY(!QAccessible::accessibleInterface(item));
}

QTEST_MAIN(DiagramAccessibleTest)
#include "diagram_accessible_test.moc"
