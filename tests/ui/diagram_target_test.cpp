// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the target makes of the other stages, and how one target gives way to another.

#include "ui/diagram/ink.h"
#include "ui/diagram_fixture.h"

#include <set>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kTested = "FROM golang AS deps\n"
                         "FROM deps AS fixtures\n"
                         "FROM fixtures AS unit\n"
                         "RUN go test ./...\n"
                         "FROM deps AS mocks\n"
                         "FROM mocks AS integration-tests\n"
                         "FROM deps AS tools\n"
                         "FROM tools AS lint\n"
                         "FROM tools AS vet\n"
                         "FROM deps AS spare\n"
                         "FROM deps AS build\n"
                         "FROM scratch AS final\n"
                         "COPY --from=build /app /app\n";

Picture pictureOf(const char* text, const std::string& target)
{
    PictureInput input;
    input.analysis = analyse(text);
    input.target = *input.analysis->graph.findTarget(target);
    input.font = QApplication::font();
    return compose(input);
}

PictureNode nodeOf(const Picture& picture, const QString& title)
{
    return *std::ranges::find_if(picture.nodes, [&](const PictureNode& each) { return each.title.whole == title; });
}

} // namespace

class DiagramTargetTest : public QObject {
    Q_OBJECT

private slots:
    void aStageSaysWhatBecomesOfIt_data();
    void aStageSaysWhatBecomesOfIt();
    void rolesDifferWithoutColour();
    void oneTargetGivesWayToAnother_data();
    void oneTargetGivesWayToAnother();
    void wordsNeverStandInTwoPlaces();
};

void DiagramTargetTest::aStageSaysWhatBecomesOfIt_data()
{
    QTest::addColumn<QString>("stage");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("spoken");
    QTest::addColumn<QString>("tooltip");
    QTest::newRow("the target") << u"final"_s << u"ships"_s << u"the target, ships"_s << u"Ships:"_s;
    QTest::newRow("copied from") << u"build"_s << u"left behind"_s << u"left behind"_s << u"Left behind:"_s;
    QTest::newRow("nothing needs it") << u"spare"_s << u"not needed"_s << u"not needed"_s << u"Not needed:"_s;
    QTest::newRow("a test itself") << u"unit"_s << u"not needed"_s << u"not needed"_s << u"Not needed:"_s;
    QTest::newRow("for one test") << u"fixtures"_s << u"only for unit"_s << u"only for unit"_s << u"need it: unit."_s;
    QTest::newRow("for one with a long name")
        << u"mocks"_s << u"only for a test"_s << u"only for integration-tests"_s << u"need it: integration-tests."_s;
    QTest::newRow("for several") << u"tools"_s << u"only for tests"_s << u"only for tests"_s
                                 << u"need it: lint, vet."_s;
    QTest::newRow("needed by the target too") << u"deps"_s << u"left behind"_s << u"left behind"_s << u"Left behind:"_s;
}

void DiagramTargetTest::aStageSaysWhatBecomesOfIt()
{
    QFETCH(QString, stage);
    QFETCH(QString, shown);
    QFETCH(QString, spoken);
    QFETCH(QString, tooltip);
    const Picture picture = pictureOf(kTested, "final");
    const PictureNode node = nodeOf(picture, stage);
    const int index = picture.nodeOf(node.ref);
    QCOMPARE(node.badge.shown, shown);
    QVERIFY2(spokenNode(picture, index).contains(spoken), qPrintable(spokenNode(picture, index)));
    const QString said = tooltipFor(picture, {.kind = HitKind::Node, .node = index});
    QVERIFY2(said.contains(tooltip), qPrintable(said));
    QVERIFY2(!said.contains(u'%'), qPrintable(said));
}

void DiagramTargetTest::rolesDifferWithoutColour()
{
    const Picture picture = pictureOf(kTested, "final");
    const Theme& theme = Theme::lightTheme();
    const Marks marks;
    std::set<Qt::PenStyle> lines;
    std::set<QString> words;
    for (const QString& stage : {u"final"_s, u"build"_s, u"tools"_s, u"spare"_s}) {
        const PictureNode node = nodeOf(picture, stage);
        lines.insert(borderPen({picture, theme, marks}, node, Ink(theme, node), false, 1).style());
        words.insert(node.badge.shown);
    }
    QCOMPARE(lines.size(), 4U);
    QCOMPARE(words.size(), 4U);
}

void DiagramTargetTest::oneTargetGivesWayToAnother_data()
{
    QTest::addColumn<double>("time");
    QTest::addColumn<double>("need"); // of "build", which the new target leaves out
    QTest::addColumn<QString>("badge");
    QTest::addColumn<double>("said");
    QTest::addColumn<QString>("star");
    QTest::newRow("at first as before") << 0.0 << 1.0 << u"left behind"_s << 1.0 << u"final"_s;
    QTest::newRow("the old word fades") << 0.25 << 0.75 << u"left behind"_s << 0.5 << u"final"_s;
    QTest::newRow("the new word comes") << 0.75 << 0.25 << u"not needed"_s << 0.5 << u"unit"_s;
    QTest::newRow("then as it is now") << 1.0 << 0.0 << u"not needed"_s << 1.0 << u"unit"_s;
}

void DiagramTargetTest::oneTargetGivesWayToAnother()
{
    QFETCH(double, time);
    QFETCH(double, need);
    QFETCH(QString, badge);
    QFETCH(double, said);
    QFETCH(QString, star);
    const Picture picture = between(pictureOf(kTested, "final"), pictureOf(kTested, "unit"), time);
    const PictureNode build = nodeOf(picture, u"build"_s);
    QCOMPARE(build.need, need);
    QCOMPARE(build.badge.shown, badge);
    QCOMPARE(build.said, said);
    for (const PictureNode& node : picture.nodes)
        QCOMPARE(node.star.isEmpty(), node.title.whole != star);
    for (const PictureEdge& edge : picture.edges)
        QCOMPARE(edge.need, std::min(picture.nodes[static_cast<std::size_t>(edge.from)].need,
                                     picture.nodes[static_cast<std::size_t>(edge.to)].need));
}

void DiagramTargetTest::wordsNeverStandInTwoPlaces()
{
    const Picture from = pictureOf(kTested, "final");
    const Picture to = pictureOf(kTested, "unit");
    for (const double time : {0.0, 0.2, 0.49, 0.5, 0.8, 1.0}) {
        const Picture picture = between(from, to, time);
        for (const PictureNode& node : picture.nodes) {
            if (node.ref.kind != NodeKind::Stage)
                continue;
            QVERIFY2(node.title.rect.right() <= node.badge.rect.left(), qPrintable(node.title.whole));
            QVERIFY2(QRectF(QPointF(), node.rect.size()).contains(node.badge.rect), qPrintable(node.title.whole));
        }
    }
}

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QApplication::setStyle(new StillStyle);
    DiagramTargetTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_target_test.moc"
