// SPDX-License-Identifier: GPL-3.0-or-later
//
// Search in the diagram, under real keys.

#include "ui/diagram/findings.h"
#include "ui/diagram/painter.h"
#include "ui/diagram_fixture.h"

#include <QLabel>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kShop = "FROM golang:1.25 AS build\n"
                       "WORKDIR /src\n"
                       "COPY . .\n"
                       "RUN go build -o /src/shop-server .\n"
                       "FROM node:24 AS web\n"
                       "COPY shop-assets ./in\n"
                       "RUN npm run build\n"
                       "FROM --platform=linux/arm64 debian:13 AS shop\n"
                       "COPY --from=build /src/shop-server /usr/bin/serve\n"
                       "COPY --from=web /srv/web /var/www\n";

/// What is said of a finding: "build", or "web>shop" for an edge.
QString nameOf(const Picture& picture, const Selection& what)
{
    const StageGraph& graph = picture.graph();
    if (what.node)
        return QString::fromStdString(graph.label(*what.node));
    const Edge& edge = graph.edges[*what.edge];
    return QString::fromStdString(graph.label(edge.from) + ">" + graph.label(stageNode(edge.to)));
}

QStringList namesOf(const Picture& picture, const std::vector<Selection>& all)
{
    QStringList names;
    for (const Selection& each : all)
        names += nameOf(picture, each);
    return names;
}

QLineEdit* line(DiagramDesk& desk)
{
    auto* field = desk.view().findChild<QLineEdit*>(u"diagramSearchLine"_s);
    return field && field->isVisible() ? field : nullptr;
}

QString count(DiagramDesk& desk)
{
    return desk.view().findChild<QLabel*>(u"diagramSearchCount"_s)->text();
}

/// Opens the field and types into it.
void search(DiagramDesk& desk, const QString& text)
{
    desk.key(Qt::Key_Slash);
    QVERIFY(line(desk));
    QTest::keyClicks(line(desk), text);
}

} // namespace

class DiagramSearchTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsFound_data();
    void whatIsFound();
    void keysJumpFromMatchToMatch();
    void whatIsNotFoundStepsBack();
    void noMatchIsSaid();
    void escKeepsWhatWasFound();
    void theViewGoesThere();
    void itFollowsTheText();
    void aStageInACollapsedChainIsFound();
    void nothingIsWritten();
};

void DiagramSearchTest::whatIsFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("a stage by its name") << u"web"_s << QStringList{u"web"_s, u"web>shop"_s};
    QTest::newRow("in any case") << u"GoLang"_s << QStringList{u"build"_s, u"golang:1.25"_s};
    QTest::newRow("a base, and its image") << u"golang"_s << QStringList{u"build"_s, u"golang:1.25"_s};
    QTest::newRow("an artifact, and the copy of it") << u"shop-server"_s << QStringList{u"build"_s, u"build>shop"_s};
    QTest::newRow("a destination, and what it makes of its stage")
        << u"/var/www"_s << QStringList{u"shop"_s, u"web>shop"_s};
    QTest::newRow("a path of the context") << u"shop-assets"_s << QStringList{u"context>web"_s};
    QTest::newRow("a platform") << u"arm64"_s << QStringList{u"shop"_s};
    QTest::newRow("nothing") << u"zebra"_s << QStringList{};
    QTest::newRow("an empty text finds nothing") << QString() << QStringList{};
}

void DiagramSearchTest::whatIsFound()
{
    QFETCH(QString, text);
    QFETCH(QStringList, found);
    DiagramDesk desk(kShop);
    QCOMPARE(namesOf(desk.picture(), findings(desk.picture(), text)), found);
}

void DiagramSearchTest::keysJumpFromMatchToMatch()
{
    DiagramDesk desk(kShop);
    const auto at = [&] { return nameOf(desk.picture(), desk.view().selection()); };
    search(desk, u"shop-server"_s);
    QCOMPARE(at(), u"build"_s);
    QCOMPARE(count(desk), u"1 of 2"_s);
    QTest::keyClick(line(desk), Qt::Key_Return);
    QCOMPARE(at(), u"build>shop"_s);
    QCOMPARE(count(desk), u"2 of 2"_s);
    QCOMPARE(desk.chosen(), std::string("COPY --from=build /src/shop-server /usr/bin/serve"));
    QTest::keyClick(line(desk), Qt::Key_F3);
    QCOMPARE(at(), u"build"_s);
    QTest::keyClick(line(desk), Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(at(), u"build>shop"_s);
    QTest::keyClick(line(desk), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(at(), u"build"_s);
    desk.key(Qt::Key_F3); // from the diagram itself, too
    QCOMPARE(at(), u"build>shop"_s);
}

void DiagramSearchTest::whatIsNotFoundStepsBack()
{
    DiagramDesk desk(kShop);
    QVERIFY(!desk.view().marks().searching);
    search(desk, u"golang"_s);
    const Marks& marks = desk.view().marks();
    QVERIFY(marks.searching);
    QCOMPARE(marks.foundNodes, (std::set<int>{desk.picture().nodeOf(desk.node(u"build"_s).ref),
                                              desk.picture().nodeOf(desk.node(u"golang:1.25"_s).ref)}));
    QCOMPARE(marks.foundEdges, std::set<int>{});
    QTest::keyClick(line(desk), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(line(desk), Qt::Key_Delete);
    QVERIFY2(!desk.view().marks().searching, "an empty search dims nothing");
}

void DiagramSearchTest::noMatchIsSaid()
{
    DiagramDesk desk(kShop);
    search(desk, u"web"_s);
    const Selection before = desk.view().selection();
    QTest::keyClicks(line(desk), u"zz"_s);
    QCOMPARE(count(desk), u"No match"_s);
    QTest::keyClick(line(desk), Qt::Key_Return);
    QCOMPARE(desk.view().selection(), before);
}

void DiagramSearchTest::escKeepsWhatWasFound()
{
    DiagramDesk desk(kShop);
    search(desk, u"/var/www"_s);
    QTest::keyClick(line(desk), Qt::Key_Escape);
    QVERIFY(!line(desk));
    QVERIFY(!desk.view().marks().searching);
    QCOMPARE(nameOf(desk.picture(), desk.view().selection()), u"shop"_s);
    QVERIFY(desk.view().hasFocus());
    search(desk, u"node"_s); // what was typed before is typed over
    QCOMPARE(line(desk)->text(), u"node"_s);
    desk.key(Qt::Key_Escape); // from the diagram
    QVERIFY(!line(desk));
}

void DiagramSearchTest::theViewGoesThere()
{
    DiagramDesk desk(kShop);
    desk.view().zoomBy(4);
    desk.key(Qt::Key_End);
    search(desk, u"node:24"_s);
    QTest::keyClick(line(desk), Qt::Key_Return); // the image
    const QPoint there = desk.onTitle(u"node:24"_s);
    QVERIFY2(desk.view().viewport()->rect().contains(there), "it is in view");
}

void DiagramSearchTest::itFollowsTheText()
{
    DiagramDesk desk(kShop);
    search(desk, u"serve"_s);
    QCOMPARE(count(desk), u"1 of 3"_s);
    std::string more = kShop;
    more += "FROM shop AS server-two\n";
    desk.type(more);
    QVERIFY2(count(desk).endsWith(u"of 4"_s), qPrintable(count(desk)));
    QVERIFY2(desk.view().selection().node == stageNode(0), "the caret does not take it away");
}

void DiagramSearchTest::aStageInACollapsedChainIsFound()
{
    DiagramDesk desk("FROM a AS one\nFROM one AS two\nFROM two AS three\nFROM three AS end\n");
    desk.view().collapseChains();
    search(desk, u"two"_s);
    QCOMPARE(desk.view().selection().node, std::optional(stageNode(1)));
    QCOMPARE(desk.view().marks().foundNodes, std::set<int>{0});
    QCOMPARE(desk.view().marks().selectedNode, 0);
}

void DiagramSearchTest::nothingIsWritten()
{
    DiagramDesk desk(kShop);
    search(desk, u"shop"_s);
    for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Up, Qt::Key_Home, Qt::Key_End, Qt::Key_Delete, Qt::Key_Backspace})
        QTest::keyClick(line(desk), key);
    QCOMPARE(desk.edits(), 0);
    QVERIFY(!desk.field());
}

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QApplication::setStyle(new StillStyle);
    DiagramSearchTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_search_test.moc"
