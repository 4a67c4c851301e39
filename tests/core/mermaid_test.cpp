// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/mermaid.h"
#include "layout_checks.h"

#include <QTest>

using namespace stagelift;
using namespace stagelift::test;

class MermaidTest : public QObject {
    Q_OBJECT

private slots:
    void drawsASmallFile();
    void greysWhatTheTargetDoesNotNeed();
    void brokenEdgesAreRed();
    void labelsAreEscaped_data();
    void labelsAreEscaped();
};

void MermaidTest::drawsASmallFile()
{
    StageGraph graph = GraphMaker().stage("build", "golang:1.22", {"context"}).stage("", "alpine", {"build"}).graph();
    graph.edges.back().paths = {"/src/app", "/src/data"};
    Edge mount = graph.edges.back();
    mount.kind = EdgeKind::Mount;
    mount.paths = {};
    graph.edges.push_back(mount);
    QCOMPARE(QString::fromStdString(mermaidText(graph, 1)), QStringLiteral(R"(flowchart LR
    stage0("build")
    stage1("stage 1 ★")
    image0["golang:1.22"]
    image1["alpine"]
    context0[/"context"/]
    image0 ==> stage0
    context0 -->|"/out"| stage0
    image1 ==> stage1
    stage0 -->|"/src/app<br/>/src/data"| stage1
    stage0 -.-> stage1
    classDef image fill:#f4f4f4,stroke:#b0b0b0,color:#333333
    classDef context fill:#f4f4f4,stroke:#b0b0b0,color:#333333
    classDef target stroke-width:3px
    classDef dimmed fill:#fafafa,stroke:#c4c4c4,color:#767676
    class image0,image1 image
    class context0 context
    class stage1 target
)"));
}

void MermaidTest::greysWhatTheTargetDoesNotNeed()
{
    const StageGraph graph = GraphMaker().stage("a", "golang").stage("b", "node").stage("c", "scratch", {"a"}).graph();
    const std::string text = mermaidText(graph, 2);
    QVERIFY(text.contains("    class stage1,image1 dimmed\n"));
    QVERIFY(text.contains("    linkStyle 1 stroke:#c4c4c4,color:#767676\n"));
    const std::string all = mermaidText(graph, -1);
    QVERIFY(!all.contains(" dimmed\n"));
    QVERIFY(!all.contains("linkStyle"));
    QVERIFY(!all.contains("★"));
}

void MermaidTest::brokenEdgesAreRed()
{
    StageGraph graph = GraphMaker().stage("a", "golang").stage("b", "a", {"a"}).graph();
    graph.edges.back().broken = true;
    QVERIFY(mermaidText(graph, 1).contains("    linkStyle 2 stroke:#c62828,color:#c62828\n"));
}

void MermaidTest::labelsAreEscaped_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("label");
    QTest::newRow("a quote ends the label") << QStringLiteral("/a\"b") << QStringLiteral("/a#34;b");
    QTest::newRow("a hash begins an entity") << QStringLiteral("/c#;") << QStringLiteral("/c#35;#59;");
    QTest::newRow("angle brackets are HTML") << QStringLiteral("<b>") << QStringLiteral("#60;b#62;");
    QTest::newRow("asterisks are emphasis") << QStringLiteral("*.js *") << QStringLiteral("#42;.js #42;");
    QTest::newRow("a line end") << QStringLiteral("a\nb") << QStringLiteral("a b");
    QTest::newRow("a variable") << QStringLiteral("${DIR}") << QStringLiteral("#36;{DIR}");
    QTest::newRow("a Windows path") << QStringLiteral("C:\\new") << QStringLiteral("C:#92;new");
    QTest::newRow("what people write most")
        << QStringLiteral("/node_modules/.bin/x-1@2") << QStringLiteral("/node_modules/.bin/x-1@2");
}

void MermaidTest::labelsAreEscaped()
{
    QFETCH(QString, path);
    QFETCH(QString, label);

    StageGraph graph = GraphMaker().stage("a", "golang").stage("b", "scratch", {"a"}).graph();
    graph.edges.back().paths = {path.toStdString()};
    const QString line = QStringLiteral("    stage0 -->|\"%1\"| stage1\n").arg(label);
    QVERIFY2(mermaidText(graph, 1).contains(line.toStdString()), mermaidText(graph, 1).c_str());
}

QTEST_APPLESS_MAIN(MermaidTest)
#include "mermaid_test.moc"
