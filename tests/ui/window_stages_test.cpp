// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the Stages menu does to the stage in hand: where the selection goes, and how long a refusal stands there.

#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"
#include "ui/diagram/walk.h"
#include "window_fixture.h"

#include <QAction>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr auto kText = "FROM golang AS build\nRUN go build -o /app .\n\n"
                       "FROM alpine AS tools\nRUN true\n\n"
                       "FROM scratch AS final\nCOPY --from=build /app /app\n";

/// A window with the file in it, once that is drawn.
class StagesDesk : public Desk {
public:
    StagesDesk()
    {
        open(u"Dockerfile"_s, kText);
        settle();
        window().activateWindow();
        static_cast<void>(QTest::qWaitForWindowActive(&window()));
    }

    /// Until the text is drawn as it is.
    void settle()
    {
        static_cast<void>(QTest::qWaitFor([&] {
            const AnalysisPtr& drawn = tab().diagram().picture().analysis;
            return drawn && drawn->source.bytes() == text();
        }));
    }

    [[nodiscard]] QString selected()
    {
        const Selection selection = tab().diagram().selection();
        if (!selection.node)
            return {};
        const int node = tab().diagram().picture().nodeOf(*selection.node);
        return tab().diagram().picture().nodes.at(static_cast<std::size_t>(node)).title.whole;
    }
};

} // namespace

class WindowStagesTest : public QObject {
    Q_OBJECT
private slots:
    void aDuplicateIsInHand_data();
    void aDuplicateIsInHand();
    void aRefusalLeavesWithItsText_data();
    void aRefusalLeavesWithItsText();
    void otherMessagesStay();
};

void WindowStagesTest::aDuplicateIsInHand_data()
{
    QTest::addColumn<bool>("inDiagram");
    QTest::newRow("by the caret") << false;
    QTest::newRow("by the diagram's selection") << true;
}

void WindowStagesTest::aDuplicateIsInHand()
{
    QFETCH(bool, inDiagram);
    StagesDesk desk;
    DiagramView& diagram = desk.tab().diagram();
    diagram.select({.node = stageNode(0), .edge = {}});
    if (inDiagram)
        diagram.setFocus();
    else
        desk.tab().editor().setFocus();
    for (int i = 0; i < 8; ++i)
        diagram.zoomBy(1.5); // so that it can't be in view by itself
    desk.window().action(ActionId::DuplicateStage)->trigger();
    desk.settle();
    QCOMPARE(desk.selected(), u"build-2"_s);
    QCOMPARE(desk.tab().stageInHand(), 1);
    const PictureNode& node =
        diagram.picture().nodes.at(static_cast<std::size_t>(diagram.picture().nodeOf(stageNode(1))));
    const QRect place = diagram.mapFromScene(node.rect).boundingRect();
    QVERIFY2(diagram.viewport()->rect().intersects(place), "in view");
    desk.window().action(ActionId::DuplicateStage)->trigger();
    desk.settle();
    QCOMPARE(desk.selected(), u"build-2-2"_s);
}

void WindowStagesTest::aRefusalLeavesWithItsText_data()
{
    QTest::addColumn<QString>("change");
    QTest::newRow("typing") << u"typing"_s;
    QTest::newRow("undo") << u"undo"_s;
    QTest::newRow("an edit in the diagram") << u"edit"_s;
}

void WindowStagesTest::aRefusalLeavesWithItsText()
{
    QFETCH(QString, change);
    StagesDesk desk;
    desk.type(u"# a\n"_s);
    desk.settle();
    desk.tab().diagram().setFocus();
    desk.tab().diagram().select({.node = stageNode(1), .edge = {}});
    desk.window().action(ActionId::InlineStage)->trigger();
    QVERIFY2(desk.message().startsWith(u"Nothing takes from \"tools\""_s), qPrintable(desk.message()));
    if (change == u"typing")
        desk.type(u"x"_s);
    else if (change == u"undo")
        desk.window().action(ActionId::Undo)->trigger();
    else
        desk.window().action(ActionId::MoveStageUp)->trigger();
    QCOMPARE(desk.message(), QString());
}

void WindowStagesTest::otherMessagesStay()
{
    StagesDesk desk;
    desk.tab().messages().showMessage({.what = u"The disk is full."_s, .mend = {}, .actions = {}});
    desk.type(u"x"_s);
    QCOMPARE(desk.message(), u"The disk is full."_s);
}

QTEST_MAIN(WindowStagesTest)
#include "window_stages_test.moc"
