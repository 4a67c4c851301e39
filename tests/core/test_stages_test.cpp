// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which stages are tests, and which are there for tests alone.

#include "core/edits/analysis.h"
#include "core/stages/test_stages.h"

#include <QTest>

using namespace stagelift;
using namespace Qt::StringLiterals;

class TestStagesTest : public QObject {
    Q_OBJECT

private slots:
    void aTestIsKnown_data();
    void aTestIsKnown();
    void onlyTestsNeedIt_data();
    void onlyTestsNeedIt();
};

void TestStagesTest::aTestIsKnown_data()
{
    QTest::addColumn<QString>("stage");
    QTest::addColumn<bool>("isTest");
    QTest::newRow("by its name") << u"FROM a AS test"_s << true;
    QTest::newRow("by a word of its name") << u"FROM a AS unit-tests.x86"_s << true;
    QTest::newRow("in capitals") << u"FROM a AS Lint"_s << true;
    QTest::newRow("end to end") << u"FROM a AS e2e_firefox"_s << true;
    QTest::newRow("a word within a word is none") << u"FROM a AS latest"_s << false;
    QTest::newRow("without a name, by its command") << u"FROM a\nRUN go test ./..."_s << true;
    QTest::newRow("a full path, and words between")
        << u"FROM a AS x\nRUN CGO_ENABLED=0 /usr/bin/go -C src vet"_s << true;
    QTest::newRow("in a chain of commands") << u"FROM a AS x\nRUN cd src && make lint"_s << true;
    QTest::newRow("a script of the package") << u"FROM a AS x\nRUN npm run test:unit"_s << true;
    QTest::newRow("by a module") << u"FROM a AS x\nRUN python3 -m pytest -q"_s << true;
    QTest::newRow("started by another") << u"FROM a AS x\nRUN uv run --frozen pytest"_s << true;
    QTest::newRow("in a heredoc") << u"FROM a AS x\nRUN <<EOF\nset -e\ncargo clippy\nEOF"_s << true;
    QTest::newRow("by what it runs") << u"FROM a AS x\nRUN make\nCMD [\"pytest\", \"-q\"]"_s << true;
    QTest::newRow("in the shell form of CMD") << u"FROM a AS x\nCMD ctest --output-on-failure"_s << true;
    QTest::newRow("what is done last counts") << u"FROM a AS x\nRUN make test\nRUN make install"_s << false;
    QTest::newRow("installing a tester is no test") << u"FROM a AS x\nRUN pip install pytest"_s << false;
    QTest::newRow("a file of that name") << u"FROM a AS x\nRUN cat test"_s << false;
    QTest::newRow("no command at all") << u"FROM a AS x\nCOPY test /test"_s << false;
}

void TestStagesTest::aTestIsKnown()
{
    QFETCH(QString, stage);
    QFETCH(bool, isTest);
    const AnalysisPtr analysis = analyse(stage.toStdString());
    QCOMPARE(looksLikeTest(analysis->dockerfile, analysis->graph, 0), isTest);
}

void TestStagesTest::onlyTestsNeedIt_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("only"); // "stage: its tests; …"
    const QString chain = u"FROM a AS deps\nFROM deps AS fixtures\nFROM fixtures AS test\nFROM deps AS app\n"_s;
    QTest::newRow("a chain up to a test") << chain << u"app"_s << u"fixtures: test"_s;
    QTest::newRow("the test is the target: all is needed or not, as ever") << chain << u"test"_s << QString();
    QTest::newRow("by a copy") << u"FROM a AS tools\nFROM b AS lint\nCOPY --from=tools /x /x\nFROM c AS app\n"_s
                               << u"app"_s << u"tools: lint"_s;
    QTest::newRow("by a mount")
        << u"FROM a AS tools\nFROM b AS lint\nRUN --mount=from=tools,target=/t x\nFROM c AS app\n"_s << u"app"_s
        << u"tools: lint"_s;
    QTest::newRow("for two tests") << u"FROM a AS base\nFROM base AS unit-test\nFROM base AS e2e\nFROM c AS app\n"_s
                                   << u"app"_s << u"base: unit-test e2e"_s;
    QTest::newRow("also for a tool of the developers: not for tests only")
        << u"FROM a AS base\nFROM base AS test\nFROM base AS shell\nFROM c AS app\n"_s << u"app"_s << QString();
    QTest::newRow("a test that is needed is none of these")
        << u"FROM a AS base\nFROM base AS test\nFROM test AS app\n"_s << u"app"_s << QString();
    QTest::newRow("a test in the middle, a report at the end")
        << u"FROM a AS base\nFROM base AS test\nFROM b AS report\nCOPY --from=test /r /r\nFROM c AS app\n"_s << u"app"_s
        << QString();
    QTest::newRow("a cycle ends nowhere")
        << u"FROM a AS one\nCOPY --from=two / /\nFROM b AS two\nCOPY --from=one / /\nFROM c AS app\n"_s << u"app"_s
        << QString();
}

void TestStagesTest::onlyTestsNeedIt()
{
    QFETCH(QString, text);
    QFETCH(QString, target);
    QFETCH(QString, only);
    const AnalysisPtr analysis = analyse(text.toStdString());
    const StageGraph& graph = analysis->graph;
    QStringList found;
    const auto tests = neededByTestsOnly(analysis->dockerfile, graph, *graph.findTarget(target.toStdString()));
    for (std::size_t i = 0; i < tests.size(); ++i) {
        QStringList names;
        for (const int test : tests[i])
            names += QString::fromStdString(graph.stages[static_cast<std::size_t>(test)].name);
        if (!names.isEmpty())
            found += u"%1: %2"_s.arg(QString::fromStdString(graph.stages[i].name), names.join(u' '));
    }
    QCOMPARE(found.join(u"; "_s), only);
    QCOMPARE(neededByTestsOnly(analysis->dockerfile, graph, -1), std::vector<std::vector<int>>(graph.stages.size()));
}

QTEST_GUILESS_MAIN(TestStagesTest)

#include "test_stages_test.moc"
