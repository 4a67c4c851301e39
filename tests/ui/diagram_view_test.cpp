// SPDX-License-Identifier: GPL-3.0-or-later
//
// The diagram under real mouse and key events: what is chosen, what is written, what is refused.

#include "ui/diagram/diagram_view.h"
#include "ui/diagram_hand.h"

#include <QMenu>
#include <QSignalSpy>
#include <QWheelEvent>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

class DiagramViewTest : public QObject {
    Q_OBJECT

private slots:
    void aClickChoosesTheText_data();
    void aClickChoosesTheText();
    void arrowKeysWalkTheGraph_data();
    void arrowKeysWalkTheGraph();
    void theCaretMarksItsStageAndEdge();
    void aDropWritesOneLineAndAsksForItsDestination();
    void aDropFromTheContextAsksForThePath();
    void whatADropWillWriteIsSaidBefore();
    void aDropThatCannotBeSaysWhy();
    void aDropFromAnOlderText();
    void renaming_data();
    void renaming();
    void aBadNameIsRefusedWhileTyping();
    void deleting_data();
    void deleting();
    void draggingAnEdgesEnd();
    void addingAStageNamesItInPlace();
    void aStageKeepsItsSizeWhileOneTypes();
    void zoomStaysAtThePointer();
    void spaceAndMiddleButtonPan();
    void fitShowsAll();
    void emptyAndHugeTextsGetAMessage();
    void aLargeGraphArrivesLater();
};

void DiagramViewTest::aClickChoosesTheText_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("text");
    QTest::newRow("a stage: all of it") << u"tools"_s << QString() << u"FROM debian:13 AS tools\nRUN make /tool"_s;
    QTest::newRow("an image: where it is named") << u"golang:1.25"_s << QString() << u"golang:1.25"_s;
    QTest::newRow("a copy: its line") << u"tools"_s << u"final"_s << u"COPY --from=tools /tool /tool"_s;
    QTest::newRow("a FROM: its line") << u"debian:13"_s << u"tools"_s << u"FROM debian:13 AS tools"_s;
    QTest::newRow("from the context") << u"build context"_s << u"builder"_s << u"COPY . ."_s;
}

void DiagramViewTest::aClickChoosesTheText()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, text);
    DiagramDesk desk(kGo);
    desk.click(to.isEmpty() ? desk.onTitle(from) : desk.onEdge(from, to));
    QCOMPARE(QString::fromStdString(desk.chosen()), text);
    QVERIFY(!desk.view().selection().isEmpty());
}

void DiagramViewTest::arrowKeysWalkTheGraph_data()
{
    QTest::addColumn<QList<int>>("keys");
    QTest::addColumn<QString>("text");
    using Keys = QList<int>;
    QTest::newRow("any key starts at the first stage") << Keys{Qt::Key_Down} << u"FROM golang:1.25 AS builder"_s;
    QTest::newRow("End is the last stage") << Keys{Qt::Key_End} << u"FROM scratch AS final"_s;
    QTest::newRow("left along an edge") << Keys{Qt::Key_End, Qt::Key_Left} << u"FROM debian:13 AS tools"_s;
    QTest::newRow("and back") << Keys{Qt::Key_End, Qt::Key_Left, Qt::Key_Right} << u"FROM scratch AS final"_s;
    QTest::newRow("an edge with Shift") << Keys{Qt::Key_End, int(Qt::ShiftModifier) | Qt::Key_Left}
                                        << u"COPY --from=tools /tool /tool"_s;
    QTest::newRow("from the edge to its stage")
        << Keys{Qt::Key_End, int(Qt::ShiftModifier) | Qt::Key_Left, Qt::Key_Left} << u"FROM debian:13 AS tools"_s;
}

void DiagramViewTest::arrowKeysWalkTheGraph()
{
    QFETCH(QList<int>, keys);
    QFETCH(QString, text);
    DiagramDesk desk(kGo);
    for (const int each : keys) {
        const QKeyCombination combination = QKeyCombination::fromCombined(each);
        desk.key(combination.key(), combination.keyboardModifiers());
    }
    QVERIFY2(QString::fromStdString(desk.chosen()).startsWith(text), desk.chosen().c_str());
}

void DiagramViewTest::theCaretMarksItsStageAndEdge()
{
    DiagramDesk desk(kGo);
    desk.view().clearFocus();
    desk.view().highlight(static_cast<std::uint32_t>(desk.text().find("RUN make")));
    QCOMPARE(desk.view().selection().node, std::optional(stageNode(1)));
    desk.view().highlight(static_cast<std::uint32_t>(desk.text().find("/tool /tool")));
    QVERIFY(desk.view().selection().edge.has_value());
    QCOMPARE(desk.analysis()->graph.edges[*desk.view().selection().edge].to, 2);
}

void DiagramViewTest::aDropWritesOneLineAndAsksForItsDestination()
{
    DiagramDesk desk(kGo);
    const auto mime = artifact(desk, u"builder"_s, {"/src/server"});
    QVERIFY(dragOver(desk, *mime, desk.onTitle(u"final"_s)));
    dropOn(desk, *mime, desk.onTitle(u"final"_s));

    std::string expected = kGo;
    expected.insert(expected.find("USER"), "COPY --from=builder /src/server /src/server\n");
    QCOMPARE(desk.text(), expected);
    QCOMPARE(desk.edits(), 1);

    QVERIFY2(desk.field(), "the destination is typed over in place");
    QCOMPARE(desk.field()->text(), u"/src/server"_s);
    QCOMPARE(desk.field()->selectedText(), u"/src/server"_s);
    QTest::keyClicks(desk.field(), u"/server"_s);
    QTest::keyClick(desk.field(), Qt::Key_Return);
    expected.replace(expected.find("/src/server /src/server"), 23, "/src/server /server");
    QCOMPARE(desk.text(), expected);
    QCOMPARE(desk.edits(), 2);
    QVERIFY(!desk.field());
}

void DiagramViewTest::aDropFromTheContextAsksForThePath()
{
    DiagramDesk desk(kGo);
    const auto mime = artifact(desk, u"build context"_s, {});
    QVERIFY(dragOver(desk, *mime, desk.onTitle(u"tools"_s)));
    dropOn(desk, *mime, desk.onTitle(u"tools"_s));
    QCOMPARE(desk.edits(), 0);
    QVERIFY(desk.field());
    QCOMPARE(desk.field()->text(), u"."_s);
    QTest::keyClicks(desk.field(), u"Makefile"_s);
    QTest::keyClick(desk.field(), Qt::Key_Return);
    QVERIFY2(desk.text().contains("COPY Makefile "), desk.text().c_str());
    QVERIFY2(desk.field(), "then its destination");
    QTest::keyClick(desk.field(), Qt::Key_Escape);
    QVERIFY(!desk.field());
    QCOMPARE(desk.edits(), 1);
}

void DiagramViewTest::whatADropWillWriteIsSaidBefore()
{
    DiagramDesk desk(kGo);
    const auto mime = artifact(desk, u"builder"_s, {"/src/server"});
    QVERIFY(dragOver(desk, *mime, desk.onTitle(u"final"_s)));
    QCOMPARE(desk.bubble(), u"COPY --from=builder /src/server /src/server"_s);
    QDragLeaveEvent leave;
    QApplication::sendEvent(desk.view().viewport(), &leave);
    QCOMPARE(desk.bubble(), QString());
    QCOMPARE(desk.text(), std::string(kGo));
}

void DiagramViewTest::aDropThatCannotBeSaysWhy()
{
    DiagramDesk desk(kGo);
    const auto mime = artifact(desk, u"final"_s, {"/tool"});
    QVERIFY(!dragOver(desk, *mime, desk.onTitle(u"final"_s)));
    QVERIFY2(desk.bubble().contains(u"circular dependency detected on stage: final"_s), qPrintable(desk.bubble()));
    dropOn(desk, *mime, desk.onTitle(u"final"_s));
    QCOMPARE(desk.text(), std::string(kGo));
    QCOMPARE(desk.refusals().size(), 1U);
    QVERIFY2(!dragOver(desk, *mime, desk.onTitle(u"golang:1.25"_s)), "an image takes nothing");
}

void DiagramViewTest::aDropFromAnOlderText()
{
    DiagramDesk desk(kGo);
    const auto named = artifact(desk, u"builder"_s, {"/src/server"});
    desk.type("FROM alpine AS first\n\n" + desk.text());
    QVERIFY(dragOver(desk, *named, desk.onTitle(u"final"_s)));
    dropOn(desk, *named, desk.onTitle(u"final"_s));
    QVERIFY2(desk.text().contains("COPY --from=builder /src/server"), desk.text().c_str());

    DiagramDesk nameless("FROM alpine\nRUN make\nFROM scratch AS last\n");
    const auto numbered = artifact(nameless, u"stage 0"_s, {"/a"});
    nameless.type("FROM debian\n" + nameless.text());
    const std::string before = nameless.text();
    QVERIFY(!dragOver(nameless, *numbered, nameless.onTitle(u"last"_s)));
    dropOn(nameless, *numbered, nameless.onTitle(u"last"_s));
    QCOMPARE(nameless.text(), before);
    QCOMPARE(nameless.refusals().size(), 1U);
    QVERIFY(nameless.bubble().contains(u"has changed"_s));
}

void DiagramViewTest::renaming_data()
{
    QTest::addColumn<bool>("byMouse");
    QTest::addColumn<int>("lastKey");
    QTest::addColumn<QString>("line");
    QTest::newRow("double click and Enter") << true << int(Qt::Key_Return) << u"COPY --from=kit /tool /tool"_s;
    QTest::newRow("F2 and Enter") << false << int(Qt::Key_Return) << u"COPY --from=kit /tool /tool"_s;
    QTest::newRow("Esc keeps the name") << false << int(Qt::Key_Escape) << u"COPY --from=tools /tool /tool"_s;
}

void DiagramViewTest::renaming()
{
    QFETCH(bool, byMouse);
    QFETCH(int, lastKey);
    QFETCH(QString, line);
    DiagramDesk desk(kGo);
    if (byMouse) {
        QTest::mouseDClick(desk.view().viewport(), Qt::LeftButton, {}, desk.onTitle(u"tools"_s));
    } else {
        desk.click(desk.onTitle(u"tools"_s));
        desk.key(Qt::Key_F2);
    }
    QVERIFY(desk.field());
    QCOMPARE(desk.field()->text(), u"tools"_s);
    QTest::keyClicks(desk.field(), u"kit"_s);
    QTest::keyClick(desk.field(), static_cast<Qt::Key>(lastKey));
    QVERIFY(!desk.field());
    QVERIFY2(desk.text().contains(line.toStdString()), desk.text().c_str());
}

void DiagramViewTest::aBadNameIsRefusedWhileTyping()
{
    DiagramDesk desk(kGo);
    desk.view().startRename(1);
    QTest::keyClicks(desk.field(), u"no good"_s);
    QVERIFY(!desk.bubble().isEmpty());
    QTest::keyClick(desk.field(), Qt::Key_Return);
    QVERIFY2(desk.field(), "it stays open to be mended");
    QCOMPARE(desk.text(), std::string(kGo));
    QTest::keyClick(desk.field(), Qt::Key_Escape);
    QVERIFY(desk.bubble().isEmpty());
}

void DiagramViewTest::deleting_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("gone"); // "" where it is refused
    QTest::newRow("a copy goes with its line") << u"tools"_s << u"final"_s << u"COPY --from=tools /tool /tool\n"_s;
    QTest::newRow("a stage that nothing needs goes")
        << u"builder"_s << QString() << u"RUN go build -o /src/server .\n"_s;
    QTest::newRow("a stage that is needed stays") << u"tools"_s << QString() << QString();
    QTest::newRow("a FROM stays") << u"debian:13"_s << u"tools"_s << QString();
    QTest::newRow("an image stays") << u"debian:13"_s << QString() << QString();
}

void DiagramViewTest::deleting()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, gone);
    DiagramDesk desk(kGo);
    desk.click(to.isEmpty() ? desk.onTitle(from) : desk.onEdge(from, to));
    desk.key(Qt::Key_Delete);
    if (gone.isEmpty()) {
        QCOMPARE(desk.text(), std::string(kGo));
        const auto* offer = desk.view().findChild<QWidget*>(u"diagramOffer"_s);
        if (!offer->isVisible()) { // there is no mend to be offered
            QCOMPARE(desk.refusals().size(), 1U);
            QCOMPARE(desk.bubble().section(u'\n', 0, 0), QString::fromStdString(desk.refusals().front().reason));
        }
    } else {
        QVERIFY2(!desk.text().contains(gone.toStdString()), desk.text().c_str());
        QVERIFY(desk.text().contains("USER 1000"));
        QVERIFY(desk.refusals().empty());
    }
}

void DiagramViewTest::draggingAnEdgesEnd()
{
    DiagramDesk desk(kGo);
    QWidget* viewport = desk.view().viewport();
    desk.click(desk.onEdge(u"tools"_s, u"final"_s));
    const QPoint tail = desk.view().mapFromScene(desk.edge(u"tools"_s, u"final"_s).curve.front());
    const QPoint builder = desk.onTitle(u"builder"_s);
    QTest::mousePress(viewport, Qt::LeftButton, {}, tail);
    QTest::mouseMove(viewport, (tail + builder) / 2);
    QTest::mouseMove(viewport, builder);
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, builder);
    QVERIFY2(desk.text().contains("COPY --from=builder /tool /tool"), desk.text().c_str());
    QCOMPARE(desk.edits(), 1);
}

void DiagramViewTest::addingAStageNamesItInPlace()
{
    DiagramDesk desk(kGo);
    entry(*desk.view().menuFor({}), u"Add Stage"_s)->trigger();
    QVERIFY2(desk.text().contains("FROM scratch AS stage\n"), desk.text().c_str());
    QVERIFY(desk.field());
    QTest::keyClicks(desk.field(), u"tests"_s);
    QTest::keyClick(desk.field(), Qt::Key_Return);
    QVERIFY2(desk.text().contains("FROM scratch AS tests\n"), desk.text().c_str());
}

void DiagramViewTest::aStageKeepsItsSizeWhileOneTypes()
{
    DiagramDesk desk(kGo);
    desk.view().showSizes(
        {{.stage = 1, .image = {}, .total = 90'000'000, .base = 80'000'000, .own = 10'000'000, .layers = {}}});
    QCOMPARE(desk.node(u"tools"_s).status.whole, humanSize(90'000'000));
    desk.type("FROM alpine AS first\n\n" + desk.text());
    QCOMPARE(desk.node(u"tools"_s).status.whole, humanSize(90'000'000));
    QCOMPARE(desk.node(u"builder"_s).status.whole, QString());
    desk.view().clearBuild();
    QCOMPARE(desk.node(u"tools"_s).status.whole, QString());
}

void DiagramViewTest::zoomStaysAtThePointer()
{
    DiagramDesk desk(kGo, QSize(500, 400));
    desk.view().zoomBy(4);
    const QPoint at = desk.view().viewport()->rect().center() + QPoint(60, 40);
    const QPointF before = desk.view().mapToScene(at);
    const double scale = desk.view().transform().m11();
    QWheelEvent wheel(at, desk.view().viewport()->mapToGlobal(at), {}, {0, 120}, {}, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(desk.view().viewport(), &wheel);
    QVERIFY(desk.view().transform().m11() > scale);
    const QPointF moved = desk.view().mapToScene(at) - before;
    QVERIFY2(moved.manhattanLength() < 2, qPrintable(u"%1 %2"_s.arg(moved.x()).arg(moved.y())));
}

void DiagramViewTest::spaceAndMiddleButtonPan()
{
    DiagramDesk desk(kGo, QSize(500, 400));
    QWidget* viewport = desk.view().viewport();
    desk.view().zoomBy(4);
    const QPoint middle = viewport->rect().center();
    const auto drag = [&](Qt::MouseButton button) {
        const QPointF before = desk.view().mapToScene(middle);
        QTest::mousePress(viewport, button, {}, middle);
        QMouseEvent move(QEvent::MouseMove, middle + QPoint(30, 20), viewport->mapToGlobal(middle + QPoint(30, 20)),
                         Qt::NoButton, button, {});
        QApplication::sendEvent(viewport, &move);
        QTest::mouseRelease(viewport, button, {}, middle + QPoint(30, 20));
        return (desk.view().mapToScene(middle) - before) * desk.view().transform().m11();
    };
    QVERIFY((drag(Qt::MiddleButton) - QPointF(-30, -20)).manhattanLength() < 3);
    QTest::keyPress(&desk.view(), Qt::Key_Space);
    QVERIFY((drag(Qt::LeftButton) - QPointF(-30, -20)).manhattanLength() < 3);
    QTest::keyRelease(&desk.view(), Qt::Key_Space);
}

void DiagramViewTest::fitShowsAll()
{
    DiagramDesk desk(kGo, QSize(400, 300));
    desk.view().zoomBy(5);
    desk.view().fit();
    const QRectF seen = desk.view().mapToScene(desk.view().viewport()->rect()).boundingRect();
    QVERIFY(seen.adjusted(-2, -2, 2, 2).contains(desk.picture().bounds));
}

void DiagramViewTest::emptyAndHugeTextsGetAMessage()
{
    DiagramDesk desk("# nothing yet\n");
    QVERIFY(desk.picture().message.contains(u"FROM"_s));
    QVERIFY(!desk.view().grab().isNull());
    desk.key(Qt::Key_Right);
    desk.click(QPoint(100, 100));
    std::string many;
    for (int i = 0; i < kMostStages + 1; ++i)
        many += "FROM scratch\n";
    desk.type(many);
    QVERIFY2(desk.picture().message.contains(QLocale().toString(kMostStages + 1)), qPrintable(desk.picture().message));
    QVERIFY(desk.picture().nodes.empty());
    desk.type(kGo);
    QVERIFY(desk.picture().message.isEmpty());
    QCOMPARE(desk.picture().nodes.size(), 6U);
}

void DiagramViewTest::aLargeGraphArrivesLater()
{
    std::string many = "FROM scratch AS s0\n";
    for (int i = 1; i < 300; ++i)
        many += "FROM s" + std::to_string(i / 2) + " AS s" + std::to_string(i) + "\n";
    DiagramDesk desk(many);
    desk.type(many + "FROM s1 AS last\n");
    QTRY_COMPARE_WITH_TIMEOUT(desk.picture().nodes.size(), 301U, 20'000);
    QCOMPARE(desk.analysis()->revision, 2U);
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new StillStyle);
    DiagramViewTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_view_test.moc"
