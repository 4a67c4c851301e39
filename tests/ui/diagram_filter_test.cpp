// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the diagram leaves out on request, under real keys and clicks; the text is never touched.

#include "ui/diagram/filter_bar.h"
#include "ui/diagram/stage_map.h"
#include "ui/diagram/view_filter.h"
#include "ui/diagram_hand.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kProject = "FROM golang:1.25 AS deps\n"
                          "COPY go.mod .\n"
                          "FROM deps AS code\n"
                          "COPY --from=alpine:3.22 /etc/ssl /etc/ssl\n"
                          "FROM code AS build\n"
                          "RUN go build -o /app .\n"
                          "FROM debian:13 AS tools\n"
                          "RUN make /tool\n"
                          "FROM scratch AS final\n"
                          "COPY --from=build /app /app\n"
                          "FROM final AS debug\n"
                          "COPY --from=tools /tool /tool\n";

QStringList titles(const Picture& picture)
{
    QStringList all;
    for (const PictureNode& node : picture.nodes)
        all += node.title.whole;
    return all;
}

QString edges(const Picture& picture)
{
    QStringList all;
    for (const PictureEdge& edge : picture.edges)
        all += picture.nodes[static_cast<std::size_t>(edge.from)].title.whole + u'>' +
               picture.nodes[static_cast<std::size_t>(edge.to)].title.whole;
    all.sort();
    return all.join(' '_L1);
}

QString barOf(DiagramDesk& desk)
{
    const auto* bar = desk.view().findChild<FilterBar*>();
    return bar->isVisible() ? bar->accessibleName() : QString();
}

void choose(DiagramDesk& desk, const QString& node, const QString& command)
{
    const auto menu = desk.view().menuFor({.kind = HitKind::Node, .node = desk.picture().nodeOf(desk.node(node).ref)});
    QAction* action = entry(*menu, command);
    QVERIFY2(action, qPrintable(command));
    action->trigger();
}

} // namespace

class DiagramFilterTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsLeft_data();
    void whatIsLeft();
    void aBarSaysWhatIsShown();
    void theBarSaysWhereTheCaretIs();
    void aChainIsOpenedByAnyHand_data();
    void aChainIsOpenedByAnyHand();
    void aStackIsItsStages();
    void aStackIsNotRemoved();
    void filtersFollowTheText();
    void whatIsHiddenIsNotSelected();
    void keysWalkWhatIsShown();
    void theMenuOfTheCanvas();
    void aStackComesApart();
};

void DiagramFilterTest::whatIsLeft_data()
{
    QTest::addColumn<ViewFilter>("filter");
    QTest::addColumn<QStringList>("nodes");
    QTest::addColumn<QString>("lines");
    const QStringList stages{u"deps"_s, u"code"_s, u"build"_s, u"tools"_s, u"final"_s, u"debug"_s};
    const QString between = u"build>final code>build deps>code final>debug tools>debug"_s;
    QTest::newRow("all")
        << ViewFilter{} << stages + QStringList{u"golang:1.25"_s, u"debian:13"_s, u"alpine:3.22"_s, u"build context"_s}
        << u"alpine:3.22>code build context>deps build>final code>build debian:13>tools deps>code final>debug "
           "golang:1.25>deps tools>debug"_s;
    QTest::newRow("no images") << ViewFilter{.hidesImages = true} << stages + QStringList{u"build context"_s}
                               << u"build context>deps "_s + between;
    QTest::newRow("neither images nor contexts")
        << ViewFilter{.hidesImages = true, .hidesContext = true} << stages << between;
    QTest::newRow("what a stage needs, with its images")
        << ViewFilter{.focus = 1}
        << QStringList{u"deps"_s, u"code"_s, u"golang:1.25"_s, u"alpine:3.22"_s, u"build context"_s}
        << u"alpine:3.22>code build context>deps deps>code golang:1.25>deps"_s;
    QTest::newRow("what it needs and what needs it")
        << ViewFilter{.hidesImages = true, .hidesContext = true, .focus = 2, .withUsers = true}
        << QStringList{u"deps"_s, u"code"_s, u"build"_s, u"final"_s, u"debug"_s}
        << u"build>final code>build deps>code final>debug"_s;
    QTest::newRow("a chain as one: lines into it go to it")
        << ViewFilter{.folded = {1}}
        << QStringList{u"deps … build"_s, u"tools"_s,     u"final"_s,       u"debug"_s,
                       u"golang:1.25"_s,  u"debian:13"_s, u"alpine:3.22"_s, u"build context"_s}
        << u"alpine:3.22>deps … build build context>deps … build debian:13>tools deps … build>final final>debug "
           "golang:1.25>deps … build tools>debug"_s;
    QTest::newRow("a chain in focus") << ViewFilter{.hidesImages = true,
                                                    .hidesContext = true,
                                                    .folded = {0, 1, 2},
                                                    .focus = 4}
                                      << QStringList{u"deps … build"_s, u"final"_s} << u"deps … build>final"_s;
    QTest::newRow("what is no chain stays as it is")
        << ViewFilter{.hidesImages = true, .hidesContext = true, .folded = {3}} << stages << between;
}

void DiagramFilterTest::whatIsLeft()
{
    QFETCH(ViewFilter, filter);
    QFETCH(QStringList, nodes);
    QFETCH(QString, lines);
    DiagramDesk desk(kProject);
    QSignalSpy changed(&desk.view(), &DiagramView::filterChanged);
    desk.view().setFilter(filter);
    QCOMPARE(changed.count(), filter == ViewFilter{} ? 0 : 1);
    QCOMPARE(titles(desk.picture()), nodes);
    QCOMPARE(edges(desk.picture()), lines);
    QCOMPARE(desk.text(), std::string(kProject));
    for (const PictureNode& node : desk.picture().nodes)
        QVERIFY(!spokenNode(desk.picture(), desk.picture().nodeOf(node.ref)).isEmpty());
    desk.view().expandChains();
    desk.view().showAll();
    QCOMPARE(desk.picture().nodes.size(), 10U);
    QCOMPARE(desk.view().filter(), ViewFilter{});
}

void DiagramFilterTest::aBarSaysWhatIsShown()
{
    DiagramDesk desk(kProject);
    QCOMPARE(barOf(desk), QString());
    choose(desk, u"final"_s, u"Show Only What It Needs"_s);
    QVERIFY2(barOf(desk).startsWith(u"Showing what final needs · 4 of 6 stages"_s), qPrintable(barOf(desk)));
    auto* bar = desk.view().findChild<FilterBar*>();
    QVERIFY2(desk.view().viewport()->geometry().top() >= bar->geometry().bottom(), "it covers nothing");
    bar->findChild<QPushButton*>()->click();
    QCOMPARE(barOf(desk), QString());
    QCOMPARE(desk.view().viewport()->geometry().top(), 0);
    QCOMPARE(desk.picture().nodes.size(), 10U);

    choose(desk, u"build"_s, u"Show What It Needs and What Needs It"_s);
    QVERIFY2(barOf(desk).startsWith(u"Showing what build needs and what needs it · 5 of 6 stages"_s),
             qPrintable(barOf(desk)));
    desk.key(Qt::Key_Escape);
    QCOMPARE(barOf(desk), QString());
    QCOMPARE(desk.picture().nodes.size(), 10U);
}

void DiagramFilterTest::theBarSaysWhereTheCaretIs()
{
    DiagramDesk desk(kProject);
    desk.view().setFilter({.focus = 2});
    desk.view().highlight(static_cast<std::uint32_t>(desk.text().find("make /tool")));
    QVERIFY2(barOf(desk).endsWith(u"the caret is in tools, which is hidden"_s), qPrintable(barOf(desk)));
    desk.view().highlight(static_cast<std::uint32_t>(desk.text().find("go build")));
    QVERIFY2(!barOf(desk).contains(u"caret"_s), qPrintable(barOf(desk)));
    desk.view().setFilter({.folded = {0}});
    desk.view().clearFocus();
    desk.view().highlight(static_cast<std::uint32_t>(desk.text().find("golang")));
    QCOMPARE(desk.view().selection().node, std::optional(stageNode(0)));
    QCOMPARE(desk.picture().nodeOf(stageNode(0)), desk.picture().nodeOf(desk.node(u"deps … build"_s).ref));
}

void DiagramFilterTest::aChainIsOpenedByAnyHand_data()
{
    QTest::addColumn<QString>("hand");
    for (const QString& hand : {u"double-click"_s, u"Enter"_s, u"F2"_s, u"menu"_s, u"command"_s})
        QTest::newRow(qPrintable(hand)) << hand;
}

void DiagramFilterTest::aChainIsOpenedByAnyHand()
{
    QFETCH(QString, hand);
    DiagramDesk desk(kProject);
    choose(desk, u"code"_s, u"Collapse the Chain of 3 Stages"_s);
    const QString stack = u"deps … build"_s;
    QCOMPARE(titles(desk.picture()).first(), stack);
    QCOMPARE(desk.node(stack).subtitle.whole, u"3 stages: deps, code, build"_s);
    QCOMPARE(desk.node(stack).rows.front().text.whole, u"/app"_s); // what leaves it
    desk.click(desk.onTitle(stack));
    if (hand == u"double-click"_s)
        QTest::mouseDClick(desk.view().viewport(), Qt::LeftButton, {}, desk.onTitle(stack));
    else if (hand == u"menu"_s)
        choose(desk, stack, u"Expand the Chain"_s);
    else if (hand == u"command"_s)
        desk.view().expandChains();
    else
        desk.key(hand == u"F2"_s ? Qt::Key_F2 : Qt::Key_Return);
    QCOMPARE(titles(desk.picture()).first(), u"deps"_s);
    QCOMPARE(desk.picture().nodes.size(), 10U);
    QVERIFY2(!desk.field(), "nothing is renamed by that");
}

void DiagramFilterTest::aStackIsItsStages()
{
    DiagramDesk desk(kProject);
    desk.view().collapseChains();
    const QString stack = u"deps … build"_s;
    QVERIFY(spokenNode(desk.picture(), 0).contains(u"collapsed chain of 3 stages: deps, code"_s));
    choose(desk, stack, u"code"_s);
    QVERIFY2(desk.chosen().starts_with("FROM deps AS code"), desk.chosen().c_str());
    // Dragged from, it is its last stage.
    const auto mime = artifact(desk, stack, {"/app"});
    QVERIFY(dragOver(desk, *mime, desk.onTitle(u"debug"_s)));
    dropOn(desk, *mime, desk.onTitle(u"debug"_s));
    QVERIFY2(desk.text().contains("COPY --from=build /app /app\nFROM final AS debug\n"), desk.text().c_str());
    QVERIFY2(desk.text().ends_with("COPY --from=build /app /app\n"), desk.text().c_str());
}

void DiagramFilterTest::aStackIsNotRemoved()
{
    DiagramDesk desk(kProject);
    desk.view().collapseChains();
    desk.click(desk.onTitle(u"deps … build"_s));
    desk.key(Qt::Key_Delete);
    QCOMPARE(desk.text(), std::string(kProject));
    QCOMPARE(desk.refusals().size(), 1U);
    QVERIFY2(desk.bubble().contains(u"Expand it first"_s), qPrintable(desk.bubble()));
}

void DiagramFilterTest::filtersFollowTheText()
{
    DiagramDesk desk(kProject);
    desk.view().setFilter({.hidesImages = true, .folded = {0, 1, 2}, .focus = 4});
    const std::string above = "FROM alpine AS first\n";
    desk.type(above + kProject);
    QCOMPARE(titles(desk.picture()), (QStringList{u"deps … build"_s, u"final"_s, u"build context"_s}));
    QVERIFY(barOf(desk).startsWith(u"Showing what final needs · 4 of 7 stages"_s));
    std::string without = above + kProject;
    without.erase(without.find("FROM scratch AS final"));
    QSignalSpy changed(&desk.view(), &DiagramView::filterChanged);
    desk.type(without); // the stage in focus is gone
    QVERIFY(changed.wait());
    QCOMPARE(barOf(desk), QString());
    QVERIFY(desk.picture().nodeOf(desk.node(u"tools"_s).ref) >= 0);
    QVERIFY(!desk.view().filter().focus);
}

void DiagramFilterTest::whatIsHiddenIsNotSelected()
{
    DiagramDesk desk(kProject);
    desk.click(desk.onTitle(u"debian:13"_s));
    QVERIFY(desk.view().selection().node.has_value());
    desk.view().setFilter({.hidesImages = true});
    QVERIFY(desk.view().selection().isEmpty());
    desk.key(Qt::Key_Delete);
    desk.key(Qt::Key_F2);
    QCOMPARE(desk.text(), std::string(kProject));
    // An edge that is not drawn: the stage that has it.
    desk.view().clearFocus();
    desk.view().highlight(static_cast<std::uint32_t>(desk.text().find("/etc/ssl")));
    QCOMPARE(desk.view().selection().node, std::optional(stageNode(1)));
}

void DiagramFilterTest::keysWalkWhatIsShown()
{
    DiagramDesk desk(kProject);
    desk.view().setFilter({.focus = 3});
    desk.key(Qt::Key_Home);
    QVERIFY2(desk.chosen().starts_with("FROM debian:13 AS tools"), desk.chosen().c_str());
    desk.key(Qt::Key_End);
    QVERIFY2(desk.chosen().starts_with("FROM debian:13 AS tools"), desk.chosen().c_str());
    desk.key(Qt::Key_Left);
    QCOMPARE(desk.chosen(), std::string("debian:13"));
}

void DiagramFilterTest::theMenuOfTheCanvas()
{
    DiagramDesk desk(kProject);
    const auto trigger = [&](const QString& command) {
        const auto menu = desk.view().menuFor({});
        QAction* action = entry(*menu, command);
        QVERIFY2(action && action->isEnabled(), qPrintable(command));
        action->trigger();
    };
    QVERIFY2(!entry(*desk.view().menuFor({}), u"Show All"_s)->isEnabled(), "all is shown");
    trigger(u"Hide Images"_s);
    trigger(u"Hide the Build Context"_s);
    trigger(u"Collapse Chains"_s);
    QCOMPARE(titles(desk.picture()), (QStringList{u"deps … build"_s, u"tools"_s, u"final"_s, u"debug"_s}));
    QVERIFY(entry(*desk.view().menuFor({}), u"Hide Images"_s)->isChecked());
    trigger(u"Expand Chains"_s);
    trigger(u"Show All"_s);
    QCOMPARE(desk.picture().nodes.size(), 10U);
}

void DiagramFilterTest::aStackComesApart()
{
    DiagramDesk desk(kProject);
    const Picture apart = desk.picture();
    desk.view().collapseChains();
    const Picture stack = desk.picture();
    const Picture first = between(stack, apart, 0);
    const QPointF from = stack.nodes.front().rect.center();
    for (int stage = 0; stage < 3; ++stage) {
        const QPointF at = first.nodes[static_cast<std::size_t>(first.nodeOf(stageNode(stage)))].rect.center();
        QVERIFY2((at - from).manhattanLength() < 0.01, qPrintable(QString::number(stage)));
    }
}

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QApplication::setStyle(new StillStyle);
    DiagramFilterTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_filter_test.moc"
