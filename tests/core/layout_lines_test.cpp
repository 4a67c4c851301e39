// SPDX-License-Identifier: GPL-3.0-or-later
//
// The lines of a layout and their labels: they keep clear of what is not theirs, and stand where they are looked for.

#include "layout_checks.h"

#include <QTest>

using namespace stagelift;
using namespace stagelift::test;

namespace {

Layout laidOut(const StageGraph& graph)
{
    return layOut(graph, evenNodes(graph));
}

} // namespace

class LayoutLinesTest : public QObject {
    Q_OBJECT
private slots:
    void edgesKeepClearOfNodes_data();
    void edgesKeepClearOfNodes();
    void edgesOfOneNodeEndApart();
    void linesEndLevelWithTheirOtherEnd();
    void labelsKeepClear();
    void labelsStandOnTheirCurves();
};

void LayoutLinesTest::edgesKeepClearOfNodes_data()
{
    QTest::addColumn<int>("stages");
    QTest::addColumn<int>("seeds");
    QTest::addColumn<bool>("cycles");
    QTest::newRow("a stage or two") << 2 << 30 << false;
    QTest::newRow("everyday files") << 6 << 80 << false;
    QTest::newRow("large files") << 25 << 12 << false;
    QTest::newRow("moby's size") << 60 << 3 << false;
    QTest::newRow("many stages") << 150 << 1 << false;
    QTest::newRow("very many stages, lines that rise far") << 263 << 1 << false;
    QTest::newRow("half-written, with cycles") << 12 << 30 << true;
    QTest::newRow("large, with cycles") << 60 << 2 << true;
    if (!realGraphs().empty())
        QTest::newRow("real files") << 0 << 0 << false;
}

void LayoutLinesTest::edgesKeepClearOfNodes()
{
    QFETCH(int, stages);
    QFETCH(int, seeds);
    QFETCH(bool, cycles);

    std::vector<RealGraph> graphs = stages == 0 ? realGraphs() : std::vector<RealGraph>{};
    for (int seed = 0; seed < seeds; ++seed)
        graphs.push_back({"seed " + std::to_string(seed), randomGraph(stages, static_cast<unsigned>(seed), cycles)});
    for (const auto& [file, graph] : graphs) {
        for (const auto& nodes : {evenNodes(graph), unevenNodes(graph)}) {
            const std::string found = flaw(layOut(graph, nodes));
            QVERIFY2(found.empty(), (file + ": " + found).c_str());
        }
    }
}

void LayoutLinesTest::edgesOfOneNodeEndApart()
{
    const StageGraph graph = GraphMaker()
                                 .stage("a", "golang")
                                 .stage("b", "golang")
                                 .stage("c", "golang")
                                 .stage("d", "scratch", {"a", "b", "c"})
                                 .graph();
    const Layout layout = laidOut(graph);
    std::vector<double> ends;
    for (const RoutedEdge& edge : layout.edges) {
        if (layout.nodes[edge.to].ref == stageNode(3))
            ends.push_back(edge.curve.back().y);
    }
    std::ranges::sort(ends);
    QCOMPARE(ends.size(), std::size_t{3});
    QVERIFY(ends[1] - ends[0] >= 8);
    QVERIFY(ends[2] - ends[1] >= 8);
}

void LayoutLinesTest::linesEndLevelWithTheirOtherEnd()
{
    // The two images stand above and below the middle of their stage, but not above and below the stage.
    const Layout layout = laidOut(GraphMaker().stage("a", "golang", {"alpine"}).graph());
    QCOMPARE(layout.edges.size(), std::size_t{2});
    for (const RoutedEdge& edge : layout.edges) {
        QVERIFY(std::abs(layout.nodes[edge.from].centre.y - layout.nodes[edge.to].centre.y) > kStageBox.height / 2);
        QVERIFY(std::abs(edge.curve.front().y - edge.curve.back().y) < 0.01);
    }
}

void LayoutLinesTest::labelsKeepClear()
{
    // Everyday files have room for all labels; dense ones for nearly all.
    int labels = 0;
    int onNodes = 0;
    int onLabels = 0;
    for (unsigned seed = 0; seed < 100; ++seed) {
        const StageGraph graph = randomGraph(8, seed);
        const Layout layout = laidOut(graph);
        std::vector<Point> placed;
        for (const RoutedEdge& edge : layout.edges) {
            const auto isBase = [&](std::size_t i) { return graph.edges[i].kind == EdgeKind::Base; };
            if (std::ranges::all_of(edge.edges, isBase))
                continue;
            ++labels;
            for (const PlacedNode& node : layout.nodes) {
                onNodes += std::abs(edge.label.x - node.centre.x) < (kLabelSize.width + node.size.width) / 2 &&
                                   std::abs(edge.label.y - node.centre.y) < (kLabelSize.height + node.size.height) / 2
                               ? 1
                               : 0;
            }
            for (const Point other : placed) {
                onLabels += std::abs(edge.label.x - other.x) < kLabelSize.width &&
                                    std::abs(edge.label.y - other.y) < kLabelSize.height
                                ? 1
                                : 0;
            }
            placed.push_back(edge.label);
        }
    }
    QVERIFY(labels > 300);
    QCOMPARE(onNodes, 0);
    QVERIFY2(onLabels * 50 <= labels, qPrintable(QStringLiteral("%1 of %2").arg(onLabels).arg(labels)));
}

void LayoutLinesTest::labelsStandOnTheirCurves()
{
    const StageGraph graph = randomGraph(30, 3);
    for (const RoutedEdge& edge : laidOut(graph).edges) {
        double nearest = 1e9;
        const std::vector<Point> line = flattened(edge.curve, 0.05);
        for (std::size_t i = 1; i < line.size(); ++i) {
            const double dx = line[i].x - line[i - 1].x;
            const double dy = line[i].y - line[i - 1].y;
            const double along = ((edge.label.x - line[i - 1].x) * dx + (edge.label.y - line[i - 1].y) * dy) /
                                 std::max(dx * dx + dy * dy, 1e-9);
            const double t = std::clamp(along, 0.0, 1.0);
            nearest = std::min(
                nearest, std::hypot(line[i - 1].x + t * dx - edge.label.x, line[i - 1].y + t * dy - edge.label.y));
        }
        QVERIFY2(nearest < 0.5, qPrintable(QString::number(nearest)));
    }
}

QTEST_APPLESS_MAIN(LayoutLinesTest)
#include "layout_lines_test.moc"
