// SPDX-License-Identifier: GPL-3.0-or-later
//
// The part of the diagram that is in view: it scrolls under what is carried to an edge, and stays readable where the
// room for it becomes less.

#include "ui/diagram/edge_scroll.h"
#include "ui/diagram_hand.h"

#include <QScrollBar>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

/// A row of stages, each built on the one ahead of it.
std::string chain(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += std::format("FROM {} AS s{}\nRUN make -o /out/f{}\nCOPY f{} /f{}\n",
                            i == 0 ? "alpine" : std::format("s{}", i - 1), i, i, i, i);
    return text;
}

/// A chain that is wider than the view, its begin in view.
class WideDesk : public DiagramDesk {
public:
    WideDesk() : DiagramDesk(chain(5), QSize(560, 420))
    {
        const double near = 1 / view().transform().m11();
        view().zoomBy(near);
        across().setValue(across().minimum());
        along().setValue((along().minimum() + along().maximum()) / 2);
    }

    QScrollBar& across() { return *view().horizontalScrollBar(); }
    QScrollBar& along() { return *view().verticalScrollBar(); }
    /// At the right edge of the view, as high as a node.
    QPoint edgeBeside(const QString& title)
    {
        const QRect room = view().viewport()->rect();
        return {room.right() - 2, std::clamp(onTitle(title).y(), 60, room.height() - 60)};
    }
};

bool isReadable(const DiagramView& view)
{
    return view.picture().fonts.em * view.transform().m11() >= 8;
}

} // namespace

class DiagramScrollTest : public QObject {
    Q_OBJECT

private slots:
    void fasterTheNearer_data();
    void fasterTheNearer();
    void itScrollsUnderWhatIsCarried_data();
    void itScrollsUnderWhatIsCarried();
    void whatIsUnderThePointerTakesIt();
    void itStopsWhereThePointerLeavesTheEdge();
    void aPointerThatCarriesNothingScrollsNothing();
    void lessRoomLeavesItReadable();
};

void DiagramScrollTest::fasterTheNearer_data()
{
    QTest::addColumn<QPoint>("pointer");
    QTest::addColumn<QPoint>("step");
    QTest::newRow("the middle") << QPoint(200, 150) << QPoint(0, 0);
    QTest::newRow("just not near") << QPoint(24, 150) << QPoint(0, 0);
    QTest::newRow("just near") << QPoint(23, 150) << QPoint(-2, 0);
    QTest::newRow("nearer") << QPoint(12, 150) << QPoint(-11, 0);
    QTest::newRow("at the edge") << QPoint(0, 150) << QPoint(-20, 0);
    QTest::newRow("beyond it") << QPoint(-90, 150) << QPoint(-20, 0);
    QTest::newRow("the right") << QPoint(399, 150) << QPoint(20, 0);
    QTest::newRow("the top") << QPoint(200, 12) << QPoint(0, -11);
    QTest::newRow("the bottom") << QPoint(200, 299) << QPoint(0, 20);
    QTest::newRow("a corner") << QPoint(399, 12) << QPoint(20, -11);
}

void DiagramScrollTest::fasterTheNearer()
{
    QFETCH(QPoint, pointer);
    QFETCH(QPoint, step);
    QCOMPARE(edgeScrollStep(QRect(0, 0, 400, 300), pointer), step);
    QCOMPARE(edgeScrollStep(QRect(0, 0, 40, 40), pointer), QPoint(0, 0));
}

void DiagramScrollTest::itScrollsUnderWhatIsCarried_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("an artifact") << u"artifact"_s;
    QTest::newRow("a stage") << u"stage"_s;
    QTest::newRow("an instruction") << u"instruction"_s;
    QTest::newRow("an edge's end") << u"end"_s;
}

void DiagramScrollTest::itScrollsUnderWhatIsCarried()
{
    QFETCH(QString, what);
    WideDesk desk;
    QWidget* viewport = desk.view().viewport();
    QPoint from = desk.onTitle(u"s0"_s);
    if (what == "instruction"_L1) {
        desk.click(desk.onTitle(u"s0"_s));
        desk.key(Qt::Key_Down, Qt::AltModifier);
        desk.across().setValue(desk.across().minimum());
        from = desk.onRow(u"s0"_s, u"COPY f0 /f0"_s);
    } else if (what == "end"_L1) {
        desk.click(desk.onEdge(u"alpine"_s, u"s0"_s));
        from = desk.view().mapFromScene(desk.edge(u"alpine"_s, u"s0"_s).curve.back());
    }
    QVERIFY(viewport->rect().contains(from));
    const int before = desk.across().value();
    const auto mime = artifact(desk, u"s0"_s, {"/out/f0"});
    if (what == "artifact"_L1) {
        dragOver(desk, *mime, desk.edgeBeside(u"s0"_s));
    } else {
        QTest::mousePress(viewport, Qt::LeftButton, {}, from);
        moveWith(desk, from + QPoint(30, 0));
        moveWith(desk, desk.edgeBeside(u"s0"_s));
    }
    QVERIFY2(!takers(desk).isEmpty(), "it is carried");
    QCOMPARE(desk.across().value(), before);
    QTRY_VERIFY2(desk.across().value() > before + 100, "without another move");
    desk.key(Qt::Key_Escape);
}

void DiagramScrollTest::whatIsUnderThePointerTakesIt()
{
    WideDesk desk;
    desk.view().zoomBy(0.75);
    desk.across().setValue(desk.across().minimum());
    const int last = desk.picture().nodeOf(desk.node(u"s4"_s).ref);
    const QRectF rect = desk.node(u"s4"_s).rect;
    const double beside = (desk.picture().bounds.right() - rect.right()) * desk.view().transform().m11();
    QVERIFY2(beside < 20, qPrintable(u"at the end of the way, %1 from the edge"_s.arg(beside)));
    const QPoint pointer(desk.view().viewport()->width() - qCeil(beside) - 3,
                         desk.view().mapFromScene(rect.center()).y());
    const auto mime = artifact(desk, u"s0"_s, {"/out/f0"});
    dragOver(desk, *mime, pointer);
    QVERIFY(desk.marks().dropNode != last);
    QTRY_COMPARE_WITH_TIMEOUT(desk.across().value(), desk.across().maximum(), 20000);
    QCOMPARE(desk.marks().dropNode, last);
    QCOMPARE(desk.bubble(), u"COPY --from=s0 /out/f0 /out/f0"_s);
    dropOn(desk, *mime, pointer);
    QVERIFY2(desk.text().ends_with("COPY f4 /f4\nCOPY --from=s0 /out/f0 /out/f0\n"), desk.text().c_str());
}

void DiagramScrollTest::itStopsWhereThePointerLeavesTheEdge()
{
    WideDesk desk;
    const auto mime = artifact(desk, u"s0"_s, {"/out/f0"});
    const int before = desk.across().value();
    dragOver(desk, *mime, desk.edgeBeside(u"s0"_s));
    QTRY_VERIFY(desk.across().value() > before);
    dragOver(desk, *mime, desk.view().viewport()->rect().center());
    const int there = desk.across().value();
    QTest::qWait(100);
    QCOMPARE(desk.across().value(), there);
    dragOver(desk, *mime, desk.edgeBeside(u"s0"_s));
    QTRY_VERIFY(desk.across().value() > there);
    QDragLeaveEvent leave;
    QApplication::sendEvent(desk.view().viewport(), &leave);
    const int left = desk.across().value();
    QTest::qWait(300);
    QCOMPARE(desk.across().value(), left);
}

void DiagramScrollTest::aPointerThatCarriesNothingScrollsNothing()
{
    WideDesk desk;
    const int before = desk.across().value();
    moveWith(desk, desk.edgeBeside(u"s0"_s), Qt::NoButton);
    QTest::qWait(300);
    QCOMPARE(desk.across().value(), before);
}

void DiagramScrollTest::lessRoomLeavesItReadable()
{
    DiagramDesk desk(kGo, QSize(900, 600));
    DiagramView& view = desk.view();
    QVERIFY(isReadable(view));
    const double whole = view.transform().m11();
    desk.click(desk.onTitle(u"final"_s));
    view.resize(240, 600);
    QVERIFY2(isReadable(view), "rows can be dragged");
    QVERIFY2(view.viewport()->rect().contains(desk.onTitle(u"final"_s)), "what is selected is in view");
    desk.type(desk.text() + "# more\n");
    QVERIFY2(isReadable(view), "as long as the room is no more");
    view.resize(900, 600);
    QCOMPARE(view.transform().m11(), whole);
    view.resize(240, 600);
    view.fit();
    QVERIFY2(!isReadable(view), "all of it, for that was asked for");
    view.resize(900, 600);
    view.resize(240, 600);
    QVERIFY2(!isReadable(view), "and it stays so");
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(new StillStyle);
    DiagramScrollTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_scroll_test.moc"
