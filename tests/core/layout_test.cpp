// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/layout_json.h"
#include "layout_checks.h"

#include <QTest>

#include <ctime>

using namespace stagelift;
using namespace stagelift::test;

namespace {

constexpr const char* kMoby = "real/2913-moby-moby-Dockerfile.Dockerfile";

Layout laidOut(const StageGraph& graph)
{
    return layOut(graph, evenNodes(graph));
}

double left(const Layout& layout, NodeRef ref)
{
    return layout.find(ref)->centre.x;
}

bool same(const Layout& a, const Layout& b)
{
    const auto sameNode = [](const PlacedNode& x, const PlacedNode& y) { return x.centre == y.centre; };
    const auto sameEdge = [](const RoutedEdge& x, const RoutedEdge& y) {
        return x.curve == y.curve && x.label == y.label;
    };
    return std::ranges::equal(a.nodes, b.nodes, sameNode) && std::ranges::equal(a.edges, b.edges, sameEdge);
}

StageGraph goLike()
{
    return GraphMaker()
        .stage("deps", "golang:1.22", {"context"})
        .stage("build", "deps", {"context"})
        .stage("final", "scratch", {"build"})
        .graph();
}

} // namespace

class LayoutTest : public QObject {
    Q_OBJECT

private slots:
    void emptyGraphIsAnEmptySheet();
    void runsFromLeftToRight();
    void imagesStandJustLeftOfTheirFirstUse();
    void aChainIsAStraightLine();
    void sameInputSamePicture();
    void parallelEdgesRunAsOne();
    void aCycleIsDrawnWithOneEdgeRunningBack();
    void anEdgeToItselfIsALoopAboveItsNode();
    void scratchIsNoNode();
    void piecesStandBelowEachOther();
    void manyLonelyStagesWrap();
    void aPopularImageHasOneTrunk();
    void orderIsKeptFromBefore();
    void orderIsGivenUpWhereItWouldTangle();
    void nodesAreKnownAgain();
    void realFilesAreNoWorseThanGraphviz();
    void isFast_data();
    void isFast();
    void flattenedStaysClose();
    void jsonHasStagesThenImages();
};

void LayoutTest::emptyGraphIsAnEmptySheet()
{
    const Layout layout = layOut({}, {});
    QVERIFY(layout.nodes.empty());
    QVERIFY(layout.edges.empty());
    QCOMPARE(layout.size.width, 0.0);
}

void LayoutTest::runsFromLeftToRight()
{
    for (unsigned seed = 0; seed < 8; ++seed) {
        const StageGraph graph = randomGraph(20, seed);
        const Layout layout = laidOut(graph);
        for (const Edge& edge : graph.edges) {
            const double gap = left(layout, stageNode(edge.to)) - left(layout, edge.from);
            QVERIFY2(edge.from.kind == NodeKind::Stage && edge.from.index == edge.to ? gap == 0 : gap > kStageBox.width,
                     qPrintable(QStringLiteral("seed %1, into stage %2").arg(seed).arg(edge.to)));
        }
    }
}

void LayoutTest::imagesStandJustLeftOfTheirFirstUse()
{
    const StageGraph graph = GraphMaker()
                                 .stage("a", "golang")
                                 .stage("b", "a")
                                 .stage("c", "b")
                                 .stage("late", "alpine", {"c"})
                                 .stage("later", "alpine", {"late"})
                                 .graph();
    const Layout layout = laidOut(graph);
    const NodeRef golang{NodeKind::Image, 0};
    const NodeRef alpine{NodeKind::Image, 1};
    QCOMPARE(left(layout, alpine), left(layout, stageNode(2)));
    QVERIFY(left(layout, golang) < left(layout, stageNode(0)));
}

void LayoutTest::aChainIsAStraightLine()
{
    GraphMaker maker;
    maker.stage("s0", "golang");
    for (int i = 1; i < 12; ++i)
        maker.stage("s" + std::to_string(i), "s" + std::to_string(i - 1));
    const Layout layout = laidOut(maker.graph());
    for (const PlacedNode& node : layout.nodes)
        QCOMPARE(node.centre.y, layout.nodes.front().centre.y);
    for (const RoutedEdge& edge : layout.edges) {
        for (const Point& point : edge.curve)
            QCOMPARE(point.y, layout.nodes.front().centre.y);
    }
}

void LayoutTest::sameInputSamePicture()
{
    const StageGraph graph = randomGraph(60, 7);
    const Layout first = laidOut(graph);
    QVERIFY(same(first, laidOut(graph)));
    QVERIFY(same(layOut(graph, evenNodes(graph), &first), layOut(graph, evenNodes(graph), &first)));
}

void LayoutTest::parallelEdgesRunAsOne()
{
    const StageGraph graph = GraphMaker().stage("a", "golang").stage("b", "a", {"a", "a"}).graph();
    const Layout layout = laidOut(graph);
    QCOMPARE(layout.edges.size(), std::size_t{2});
    QCOMPARE(layout.edges[1].edges, (std::vector<std::size_t>{1, 2, 3}));
}

void LayoutTest::aCycleIsDrawnWithOneEdgeRunningBack()
{
    const StageGraph graph = GraphMaker().stage("a", "golang", {"c"}).stage("b", "a").stage("c", "b").graph();
    const Layout layout = laidOut(graph);
    QCOMPARE(flaw(layout), std::string());
    int back = 0;
    for (const RoutedEdge& edge : layout.edges) {
        const bool isBack = edge.curve.front().x > edge.curve.back().x;
        back += isBack ? 1 : 0;
        if (isBack)
            QCOMPARE(layout.nodes[edge.from].ref, stageNode(2));
    }
    QCOMPARE(back, 1);
    QVERIFY(left(layout, stageNode(0)) < left(layout, stageNode(1)));
    QVERIFY(left(layout, stageNode(1)) < left(layout, stageNode(2)));
}

void LayoutTest::anEdgeToItselfIsALoopAboveItsNode()
{
    const StageGraph graph = GraphMaker().stage("a", "golang", {"a"}).stage("b", "a").graph();
    const Layout layout = laidOut(graph);
    QCOMPARE(flaw(layout), std::string());
    const auto loop = std::ranges::find_if(layout.edges, [](const RoutedEdge& edge) { return edge.from == edge.to; });
    QVERIFY(loop != layout.edges.end());
    const PlacedNode& node = layout.nodes[loop->from];
    QVERIFY(loop->label.y < node.centre.y - node.size.height / 2 - kLabelSize.height / 2);
    QVERIFY(loop->label.y >= kLabelSize.height / 2);
}

void LayoutTest::scratchIsNoNode()
{
    StageGraph graph = goLike();
    Edge base;
    base.from = {NodeKind::Scratch, 0};
    base.to = 2;
    graph.edges.push_back(base);
    const Layout layout = laidOut(graph);
    QCOMPARE(layout.nodes.size(), std::size_t{5});
    QCOMPARE(layout.edges.size(), std::size_t{5});
}

void LayoutTest::piecesStandBelowEachOther()
{
    const StageGraph graph =
        GraphMaker().stage("a", "golang").stage("b", "a").stage("c", "node").stage("d", "c").graph();
    const Layout layout = laidOut(graph);
    const auto at = [&](NodeRef ref) { return layout.find(ref)->centre; };
    QCOMPARE(at({NodeKind::Image, 0}).x, at({NodeKind::Image, 1}).x);
    QVERIFY(at(stageNode(0)).y + kStageBox.height < at(stageNode(2)).y);
}

void LayoutTest::manyLonelyStagesWrap()
{
    GraphMaker maker;
    for (int i = 0; i < 60; ++i)
        maker.stage("s" + std::to_string(i), "scratch");
    const Layout layout = laidOut(maker.graph());
    QCOMPARE(flaw(layout), std::string());
    const double aspect = layout.size.width / layout.size.height;
    QVERIFY2(aspect > 1 && aspect < 2.5, qPrintable(QString::number(aspect)));
    for (int i = 1; i < 60; ++i) {
        const Point before = layout.find(stageNode(i - 1))->centre;
        const Point now = layout.find(stageNode(i))->centre;
        QVERIFY(now.x > before.x || (now.x == before.x && now.y > before.y));
    }
}

void LayoutTest::aPopularImageHasOneTrunk()
{
    GraphMaker maker;
    maker.stage("s0", "golang", {"alpine"});
    for (int i = 1; i < 12; ++i)
        maker.stage("s" + std::to_string(i), "s" + std::to_string(i - 1), {"alpine"});
    const Layout layout = laidOut(maker.graph());
    QCOMPARE(flaw(layout), std::string());
    QCOMPARE(crossings(layout), 0);
    // Eleven lanes would take more than this.
    QVERIFY2(layout.size.height < 4 * kStageBox.height, qPrintable(QString::number(layout.size.height)));
}

void LayoutTest::orderIsKeptFromBefore()
{
    GraphMaker maker;
    for (const char* name : {"a", "b", "c", "d"})
        maker.stage(name, "golang");
    const StageGraph before = maker.graph();
    Layout previous = laidOut(before);
    for (int i = 1; i < 4; ++i)
        QVERIFY(previous.find(stageNode(i - 1))->centre.y < previous.find(stageNode(i))->centre.y);
    // As if the picture had come about in another order.
    for (PlacedNode& node : previous.nodes) {
        if (node.ref.kind == NodeKind::Stage)
            node.centre.y = -node.centre.y;
    }
    const StageGraph after = maker.stage("e", "d").graph();
    const Layout kept = layOut(after, evenNodes(after), &previous);
    QCOMPARE(flaw(kept), std::string());
    for (int i = 1; i < 4; ++i)
        QVERIFY(kept.find(stageNode(i))->centre.y < kept.find(stageNode(i - 1))->centre.y);
}

void LayoutTest::orderIsGivenUpWhereItWouldTangle()
{
    GraphMaker maker;
    for (int i = 0; i < 8; ++i)
        maker.stage("left" + std::to_string(i), "golang");
    for (int i = 0; i < 8; ++i)
        maker.stage("right" + std::to_string(i), "left" + std::to_string(i));
    const StageGraph graph = maker.graph();
    Layout previous = laidOut(graph);
    for (PlacedNode& node : previous.nodes) {
        if (node.ref.kind == NodeKind::Stage)
            node.centre.y = node.ref.index < 8 ? node.ref.index : -node.ref.index;
    }
    QCOMPARE(crossings(layOut(graph, evenNodes(graph), &previous)), 0);
}

void LayoutTest::nodesAreKnownAgain()
{
    const StageGraph before =
        GraphMaker().stage("build", "golang").stage("", "alpine").stage("", "alpine").stage("gone", "node").graph();
    const StageGraph after =
        GraphMaker().stage("new", "alpine").stage("build", "rust").stage("", "alpine").stage("", "alpine").graph();
    const auto now = successors(before, after);
    QCOMPARE(now.at(stageNode(0)), stageNode(1));
    QCOMPARE(now.at(stageNode(1)), stageNode(2));
    QCOMPARE(now.at(stageNode(2)), stageNode(3));
    QVERIFY(!now.contains(stageNode(3)));
    QCOMPARE(now.at({NodeKind::Image, 1}), (NodeRef{NodeKind::Image, 0})); // alpine
    QVERIFY(!now.contains({NodeKind::Image, 0}));                          // golang

    const Layout layout = laidOut(before);
    const Layout carried = carriedOver(layout, before, after);
    QCOMPARE(carried.find(stageNode(1))->centre, layout.find(stageNode(0))->centre);
    QVERIFY(carried.find(stageNode(0)) == nullptr);
}

void LayoutTest::realFilesAreNoWorseThanGraphviz()
{
    constexpr double kShareAsGood = 0.95; // of the graphs, with as few crossings or fewer
    const auto graphs = graphsWithAnswers();
    if (graphs.empty())
        QSKIP("The real files do not lie beside the sources.");
    int asGood = 0;
    int ours = 0;
    int theirs = 0;
    double ourLength = 0;
    double theirLength = 0;
    for (const auto& [real, answer] : graphs) {
        const Layout layout = plainLayout(real.graph);
        QCOMPARE(flaw(layout), std::string());
        const int crossed = crossings(layout);
        asGood += crossed <= answer.crossings ? 1 : 0;
        ours += crossed;
        theirs += answer.crossings;
        ourLength += edgeLength(layout);
        theirLength += answer.length;
        if (real.file == kMoby) // dot has 40
            QVERIFY2(crossed <= 34, qPrintable(QString::number(crossed)));
    }
    QVERIFY2(asGood >= kShareAsGood * static_cast<double>(graphs.size()),
             qPrintable(QStringLiteral("%1 of %2 graphs").arg(asGood).arg(graphs.size())));
    QVERIFY2(ours <= theirs, qPrintable(QStringLiteral("%1 crossings, Graphviz %2").arg(ours).arg(theirs)));
    QVERIFY2(ourLength <= theirLength,
             qPrintable(QStringLiteral("edges of %1, Graphviz %2").arg(ourLength).arg(theirLength)));
}

void LayoutTest::isFast_data()
{
    QTest::addColumn<int>("stages");
    QTest::addColumn<int>("milliseconds");
    // Some eighty times what a Release build takes, to hold for Debug builds and sanitizers too: what it shall show is
    // that nothing grows with the square. `dev bench` has the figures.
    QTest::newRow("200 stages") << 200 << 2000;
    QTest::newRow("1000 stages") << 1000 << 8000;
}

void LayoutTest::isFast()
{
    QFETCH(int, stages);
    QFETCH(int, milliseconds);

    const StageGraph graph = randomGraph(stages, 1);
    const std::clock_t start = std::clock(); // the processor's time: others may keep the machine busy
    const Layout layout = laidOut(graph);
    const auto taken = static_cast<double>(std::clock() - start) * 1000 / CLOCKS_PER_SEC;
    QCOMPARE(layout.nodes.size(), graph.stages.size() + graph.images.size() + graph.contexts.size());
    QVERIFY2(taken < milliseconds, qPrintable(QString::number(taken)));
}

void LayoutTest::flattenedStaysClose()
{
    // A quarter of a circle, as near as a cubic comes to it.
    constexpr double kControl = 0.5522847498;
    constexpr double kRadius = 100;
    const std::vector<Point> quarter{
        {kRadius, 0}, {kRadius, kRadius * kControl}, {kRadius * kControl, kRadius}, {0, kRadius}};
    for (const double tolerance : {0.1, 0.5, 2.0}) {
        const std::vector<Point> line = flattened(quarter, tolerance);
        QCOMPARE(line.front(), quarter.front());
        QCOMPARE(line.back(), quarter.back());
        for (std::size_t i = 1; i < line.size(); ++i) {
            const double middle = std::hypot((line[i].x + line[i - 1].x) / 2, (line[i].y + line[i - 1].y) / 2);
            QVERIFY(std::abs(middle - kRadius) < tolerance + 0.03);
        }
        QVERIFY(line.size() < 40);
    }
    QCOMPARE(flattened({{0, 0}, {1, 0}, {2, 0}, {3, 0}}).size(), std::size_t{2});
    QVERIFY(flattened({}).empty());
}

void LayoutTest::jsonHasStagesThenImages()
{
    const auto json = layoutJson(goLike());
    QCOMPARE(json["nodes"].size(), std::size_t{4}); // no context
    QCOMPARE(json["nodes"][0]["w"].get<double>(), 187.2);
    QCOMPARE(json["nodes"][0]["h"].get<double>(), 72.0);
    QVERIFY(json["nodes"][3]["x"] < json["nodes"][0]["x"]);
    QVERIFY(json["nodes"][0]["x"] < json["nodes"][1]["x"]);
    QCOMPARE(json["edges"].size(), std::size_t{3});
    const auto& edge = json["edges"][1];
    QCOMPARE(edge["from"].get<int>(), 0);
    QCOMPARE(edge["to"].get<int>(), 1);
    QCOMPARE(edge["points"].front()[0].get<double>(), json["nodes"][0]["x"].get<double>() + 187.2 / 2);
    QCOMPARE(edge["points"].back()[0].get<double>(), json["nodes"][1]["x"].get<double>() - 187.2 / 2);
}

QTEST_APPLESS_MAIN(LayoutTest)
#include "layout_test.moc"
