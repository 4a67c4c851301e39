// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/dot.h"
#include "layout_checks.h"

#include <QTest>

using namespace stagelift;
using namespace stagelift::test;

namespace {

StageGraph twoWays()
{
    StageGraph graph = GraphMaker()
                           .stage("build", "golang:1.22", {"context"})
                           .stage("docs", "node:22")
                           .stage("", "build", {"docs"})
                           .stage("final", "scratch", {"build"})
                           .graph();
    return graph;
}

/// The line that begins with `start`, its indentation left out; "" where there is none.
QString lineOf(const std::string& text, const QString& start)
{
    for (const QString& line : QString::fromStdString(text).split(QLatin1Char('\n'))) {
        if (line.trimmed().startsWith(start))
            return line.trimmed();
    }
    return {};
}

} // namespace

class DotTest : public QObject {
    Q_OBJECT

private slots:
    void isAWholeDigraph();
    void nodesSayWhatTheyAre();
    void edgesSayWhatTheyCarry();
    void theTargetStandsOut();
    void withoutATargetNothingIsGrey();
    void labelsAreEscaped_data();
    void labelsAreEscaped();
    void manyPathsAreCutShort();
};

void DotTest::isAWholeDigraph()
{
    const std::string text = dotText(twoWays(), 3);
    QVERIFY(text.starts_with("digraph stages {\n    rankdir=LR;\n"));
    QVERIFY(text.ends_with("}\n"));
    QCOMPARE(std::ranges::count(text, '{'), std::ranges::count(text, '}'));
    QVERIFY(dotText({}, -1).starts_with("digraph stages {"));
}

void DotTest::nodesSayWhatTheyAre()
{
    const std::string text = dotText(twoWays(), 3);
    QVERIFY(lineOf(text, QStringLiteral("stage0 [")).startsWith(QStringLiteral("stage0 [label=\"build\"")));
    QVERIFY(lineOf(text, QStringLiteral("stage2 [")).contains(QStringLiteral("label=\"stage 2\"")));
    QVERIFY(lineOf(text, QStringLiteral("image0 [")).contains(QStringLiteral("label=\"golang:1.22\"")));
    QVERIFY(lineOf(text, QStringLiteral("context0 [")).contains(QStringLiteral("shape=folder")));
    QVERIFY(lineOf(text, QStringLiteral("scratch")).isEmpty());
}

void DotTest::edgesSayWhatTheyCarry()
{
    StageGraph graph = twoWays();
    graph.edges.back().kind = EdgeKind::Mount;
    const std::string text = dotText(graph, 3);
    QCOMPARE(lineOf(text, QStringLiteral("image0 -> stage0")), QStringLiteral("image0 -> stage0 [penwidth=2.4];"));
    QCOMPARE(lineOf(text, QStringLiteral("context0 -> stage0")),
             QStringLiteral("context0 -> stage0 [label=\"/out\"];"));
    QCOMPARE(lineOf(text, QStringLiteral("stage0 -> stage3")),
             QStringLiteral("stage0 -> stage3 [label=\"/out\", style=dotted];"));
    graph.edges.back().broken = true;
    QVERIFY(lineOf(dotText(graph, 3), QStringLiteral("stage0 -> stage3")).contains(QStringLiteral("#c62828")));
}

void DotTest::theTargetStandsOut()
{
    const std::string text = dotText(twoWays(), 3);
    QVERIFY(lineOf(text, QStringLiteral("stage3 [")).contains(QStringLiteral("label=\"final ★\"")));
    const QString grey = QStringLiteral("fontcolor=\"#767676\"");
    for (const char* needed : {"stage0 [", "stage3 [", "image0 [", "context0 [", "stage0 -> stage3"})
        QVERIFY2(!lineOf(text, QLatin1String(needed)).contains(grey), needed);
    for (const char* left : {"stage1 [", "stage2 [", "image1 [", "image1 -> stage1", "stage1 -> stage2"})
        QVERIFY2(lineOf(text, QLatin1String(left)).contains(grey), left);
}

void DotTest::withoutATargetNothingIsGrey()
{
    const std::string text = dotText(twoWays(), -1);
    QVERIFY(!text.contains("#767676"));
    QVERIFY(!text.contains("★"));
}

void DotTest::labelsAreEscaped_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("label");
    QTest::newRow("a quote") << QStringLiteral("/a\"b") << QStringLiteral("/a\\\"b");
    QTest::newRow("a Windows path, with what DOT would read as the node's name")
        << QStringLiteral("C:\\New") << QStringLiteral("C:\\\\New");
    QTest::newRow("a line end") << QStringLiteral("/a\nb") << QStringLiteral("/a b");
    QTest::newRow("a variable and a glob")
        << QStringLiteral("${DIR}/*.{js,css}") << QStringLiteral("${DIR}/*.{js,css}");
    QTest::newRow("beyond ASCII") << QStringLiteral("/größe/日本") << QStringLiteral("/größe/日本");
}

void DotTest::labelsAreEscaped()
{
    QFETCH(QString, path);
    QFETCH(QString, label);

    StageGraph graph = twoWays();
    graph.edges.back().paths = {path.toStdString()};
    QCOMPARE(lineOf(dotText(graph, 3), QStringLiteral("stage0 -> stage3")),
             QStringLiteral("stage0 -> stage3 [label=\"%1\"];").arg(label));
}

void DotTest::manyPathsAreCutShort()
{
    StageGraph graph = twoWays();
    graph.edges.back().paths = {"/1", "/2", "/3", "/4"};
    QVERIFY(dotText(graph, 3).contains("label=\"/1\\n/2\\n/3\\n/4\""));
    graph.edges.back().paths = {"/1", "/2", "/3", "/4", "/5", "/6"};
    QVERIFY(dotText(graph, 3).contains("label=\"/1\\n/2\\n/3\\nand 3 more\""));
}

QTEST_APPLESS_MAIN(DotTest)
#include "dot_test.moc"
