// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/reading.h"

#include <QTest>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

namespace {

QString nodeName(const StageGraph& graph, NodeRef node)
{
    const QString label = QString::fromStdString(graph.label(node));
    if (node.kind == NodeKind::Stage)
        return QString::number(node.index);
    return label == "0"_L1 ? u"image 0"_s : label;
}

/// "alpine -> 0 base, 0 -> 1 copy /a to /b, context -> 1 mount / to /c"; what BuildKit would refuse with a `!`.
QString edgesOf(const StageGraph& graph)
{
    static const QStringList kinds{u"base"_s, u"copy"_s, u"mount"_s, u"onbuild"_s};
    QStringList list;
    for (const Edge& edge : graph.edges) {
        QString text =
            u"%1 -> %2 %3"_s.arg(nodeName(graph, edge.from)).arg(edge.to).arg(kinds[static_cast<int>(edge.kind)]);
        for (const std::string& path : edge.paths)
            text += u' ' + QString::fromStdString(path);
        if (!edge.destination.empty())
            text += u" to "_s + QString::fromStdString(edge.destination);
        list << text + (edge.broken ? u"!"_s : u""_s);
    }
    return list.join(u", "_s);
}

QStringList problemsOf(const StageGraph& graph, ProblemPhase phase)
{
    QStringList list;
    for (const GraphProblem& problem : graph.problems) {
        if (problem.phase == phase)
            list << located(problem.message, problem.lines);
    }
    return list;
}

BuildOptions withArguments(const QStringList& arguments)
{
    BuildOptions options;
    for (const QString& argument : arguments) {
        options.buildArgs.emplace_back(argument.section(u'=', 0, 0).toStdString(),
                                       argument.section(u'=', 1).toStdString());
    }
    return options;
}

} // namespace

class StageGraphTest : public QObject {
    Q_OBJECT
private slots:
    void drawsEdges_data();
    void drawsEdges();
    void saysWhatBuildKitSays_data();
    void saysWhatBuildKitSays();
    void expandsBases_data();
    void expandsBases();
    void heedsNamedContexts();
    void knowsWhatATargetNeeds();
    void findsTargets();
    void spansAreThoseOfTheReferences_data();
    void spansAreThoseOfTheReferences();
    void knowsWhereAMissingBaseBelongs();
    void knowsTheStageOfAByte();
    void callsNodesByTheirNames();
    void standsManyStages();
};

void StageGraphTest::drawsEdges_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("edges");

    const auto row = [](const char* name, const QByteArray& text, const QString& edges) {
        QTest::newRow(name) << text << edges;
    };
    row("an image", "FROM a", u"a -> 0 base"_s);
    row("scratch", "FROM scratch", u"scratch -> 0 base"_s);
    row("a stage above", "FROM a AS b\nFROM b", u"a -> 0 base, 0 -> 1 base"_s);
    row("a stage below is an image", "FROM b\nFROM a AS b", u"b -> 0 base, a -> 1 base"_s);
    row("itself is an image", "FROM a AS a", u"a -> 0 base"_s);
    row("FROM heeds case", "FROM a AS Build\nFROM Build", u"a -> 0 base, Build -> 1 base"_s);
    row("FROM takes the nearest above", "FROM a AS d\nFROM b AS d\nFROM d", u"a -> 0 base, b -> 1 base, 1 -> 2 base"_s);
    row("a stage shadows an image", "FROM a AS a\nFROM a", u"a -> 0 base, 0 -> 1 base"_s);
    row("and scratch", "FROM a AS scratch\nFROM scratch", u"a -> 0 base, 0 -> 1 base"_s);
    row("COPY by name", "FROM a AS b\nFROM c\nCOPY --from=b /x /y z/",
        u"a -> 0 base, c -> 1 base, 0 -> 1 copy /x /y to z/"_s);
    row("COPY heeds no case", "FROM a AS b\nFROM c\nCOPY --from=B /x /",
        u"a -> 0 base, c -> 1 base, 0 -> 1 copy /x to /"_s);
    row("COPY by index", "FROM a\nFROM c\nCOPY --from=0 /x /", u"a -> 0 base, c -> 1 base, 0 -> 1 copy /x to /"_s);
    row("COPY from an image", "FROM c\nCOPY --from=nginx /x /", u"c -> 0 base, nginx -> 0 copy /x to /"_s);
    row("an index may be an image named above", "FROM c\nCOPY --from=nginx /x /\nCOPY --from=1 /y /",
        u"c -> 0 base, nginx -> 0 copy /x to /, nginx -> 0 copy /y to /"_s);
    row("every mount takes an index",
        "FROM c\nRUN --mount=type=cache,target=/t x\nCOPY --from=nginx /x /\nCOPY --from=2 /y /",
        u"c -> 0 base, nginx -> 0 copy /x to /, nginx -> 0 copy /y to /"_s);
    row("COPY from the context", "FROM c\nCOPY a b /", u"c -> 0 base, context -> 0 copy a b to /"_s);
    row("ADD from the web is from nowhere", "FROM c\nADD https://x.org/y /\nADD git@x.org:y.git /\nADD z /",
        u"c -> 0 base, context -> 0 copy z to /"_s);
    row("so is one in quotes", "FROM c\nADD \"https://x.org/y.git#v1\" /\nADD 'https://x.org/y' /\nADD \"z\" /",
        u"c -> 0 base, context -> 0 copy \"z\" to /"_s);
    row("contents in the file are no path", "FROM c\nCOPY <<E a /\nx\nE\nCOPY <<F /f\nF\n",
        u"c -> 0 base, context -> 0 copy a to /"_s);
    row("a mount", "FROM a AS b\nFROM c\nRUN --mount=type=bind,from=B,source=/s,target=/t x",
        u"a -> 0 base, c -> 1 base, 0 -> 1 mount /s to /t"_s);
    row("a mount of the context", "FROM c\nRUN --mount=target=. x", u"c -> 0 base, context -> 0 mount / to ."_s);
    row("a mount knows no index", "FROM a\nFROM c\nRUN --mount=from=0,target=/t x",
        u"a -> 0 base, c -> 1 base, image 0 -> 1 mount / to /t"_s);
    row("a secret is from nowhere", "FROM c\nRUN --mount=type=secret,id=s x", u"c -> 0 base"_s);
    row("the last of two names counts", "FROM a AS d\nFROM b AS d\nFROM c\nCOPY --from=d x /",
        u"a -> 0 base, b -> 1 base, c -> 2 base, 1 -> 2 copy x to /"_s);
    row("below", "FROM a AS x\nCOPY --from=y /p /\nFROM b AS y", u"a -> 0 base, 1 -> 0 copy /p to /!, b -> 1 base"_s);
    row("itself", "FROM a AS x\nCOPY --from=x /p /", u"a -> 0 base, 0 -> 0 copy /p to /!"_s);
    row("between two of a name", "FROM a AS d\nFROM b AS m\nCOPY --from=d x /\nFROM c AS d",
        u"a -> 0 base, b -> 1 base, 2 -> 1 copy x to /!, c -> 2 base"_s);
    row("a trigger runs in the stage built on it",
        "FROM a AS t\nFROM b AS p\nONBUILD COPY --from=t /x /y\nONBUILD RUN --mount=from=t,target=/t z\nFROM p\nUSER u",
        u"a -> 0 base, b -> 1 base, 1 -> 2 base, 0 -> 2 onbuild /x to /y, 0 -> 2 mount / to /t"_s);
    row("a FROM half typed", "FROM a AS b\nFROM\nCOPY --from=b x /", u"a -> 0 base, 0 -> 1 copy x to /"_s);
    row("a name half typed", "FROM a AS\nFROM b", u"a -> 0 base, b -> 1 base"_s);
}

void StageGraphTest::drawsEdges()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, edges);
    const Reading reading(text);
    QCOMPARE(edgesOf(resolve(reading.dockerfile)), edges);
}

void StageGraphTest::saysWhatBuildKitSays_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<bool>("whenBuilt");

    const auto row = [](const char* name, const QByteArray& text, const QString& problem, bool whenBuilt = false) {
        QTest::newRow(name) << text << problem << whenBuilt;
    };
    row("no file", "", u"the Dockerfile cannot be empty"_s);
    row("no stage", "ARG a\n", u"dockerfile contains no stages to build"_s);
    row("a name of many characters, its host left out of the count", "FROM host.x/" + QByteArray(255, 'p'), u""_s);
    row("a dollar that stands for itself", "FROM a$",
        u"line 1: failed to parse stage name \"a$\": invalid reference format"_s, true);
    row("one too many", "FROM " + QByteArray(256, 'p') + "/x",
        u"line 1: failed to parse stage name \"%1/x\": repository name must not be more than 255 characters"_s.arg(
            QString(256, u'p')),
        true);
    row("no stage ahead of what its arguments come to", "ARG a=${\n", u"dockerfile contains no stages to build"_s);
    row("options of the checks ahead of all else", "# check=error=x\nFROM a\nENV b",
        u"failed to parse check options: failed to parse check option \"error=x\": strconv.ParseBool: parsing \"x\": "
        u"invalid syntax"_s);
    row("those below a first line for the system", "#!/usr/bin/x\n# check=x\nFROM a",
        u"failed to parse check options: invalid check option \"x\""_s);
    row("indented they are none", " # check=x\nFROM a\nENV b", u"line 3: ENV must have two arguments"_s);
    row("an error of the parser", "FROM a\nENV b", u"line 2: ENV must have two arguments"_s);
    row("an error of an instruction", "FROM a\nRUN --x b",
        u"line 2: dockerfile parse error on line 2: unknown flag: --x"_s);
    row("a blank base", "ARG B\nFROM $B", u"line 2: base name ($B) should not be blank"_s);
    row("a base that wants a value", "FROM ${B:?say-it}", u"line 1: failed to process \"${B:?say-it}\": B: say-it"_s);
    row("a default that wants one", "ARG A=${B?}\nFROM a",
        u"line 1: failed to process \"${B?}\": B: is not allowed to be unset"_s);
    row("a blank platform", "FROM --platform=$BULIDPLATFORM a",
        u"line 1: empty platform value from expression $BULIDPLATFORM (did you mean BUILDPLATFORM?)"_s);
    row("no platform", "FROM --platform=linux/ a",
        u"line 1: failed to parse platform linux/: \"\" is an invalid component of \"linux/\": platform specifier "
        "component must match \"^[A-Za-z0-9_.-]+$\": invalid argument"_s);
    row("a platform nobody knows", "FROM --platform=beos a",
        u"line 1: failed to parse platform beos: \"beos\": unknown operating system or architecture: invalid argument"_s);
    row("a variable in --from", "ARG X=a\nFROM a\nCOPY --from=$X b /",
        u"variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as "
        u"a "
        "workaround"_s);
    row("an index too high", "FROM a\nCOPY --from=7 b /", u"invalid stage index 7"_s);
    row("an index below zero", "FROM a\nCOPY --from=-1 b /", u"invalid stage index -1"_s);
    row("itself", "FROM a AS x\nCOPY --from=x b /", u"line 2: circular dependency detected on stage: x"_s);
    row("itself without a name", "FROM a\nCOPY --from=0 b /",
        u"line 2: circular dependency detected on stage: stage-0"_s);
    row("in a ring", "FROM a AS x\nCOPY --from=y b /\nFROM a AS y\nCOPY --from=x b /",
        u"line 2: circular dependency detected on stage: x"_s);
    row("below", "FROM a AS x\nCOPY --from=y b /\nFROM a AS y",
        u"line 2: cannot copy from stage \"y\", it needs to be defined before current stage \"x\""_s, true);
    row("below, by index, without a name", "FROM a\nCOPY --from=1 b /\nFROM a",
        u"line 2: cannot copy from stage \"1\", it needs to be defined before current stage \"stage-0\""_s, true);
    row("a mount from below", "FROM a\nRUN --mount=from=y,target=/m b\nFROM a AS y",
        u"line 2: cannot mount from stage \"y\" to \"/m\", stage needs to be defined before current command"_s, true);
    row("a ring through a FROM is a matter of order", "FROM a AS x\nCOPY --from=y b /\nFROM x AS y",
        u"line 2: cannot copy from stage \"y\", it needs to be defined before current stage \"x\""_s, true);
    row("an image in capitals", "FROM Alpine",
        u"line 1: failed to parse stage name \"Alpine\": invalid reference format: repository name (library/Alpine) "
        u"must "
        "be lowercase"_s,
        true);
    row("an image without its tag", "FROM a:", u"line 1: failed to parse stage name \"a:\": invalid reference format"_s,
        true);
}

void StageGraphTest::saysWhatBuildKitSays()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    QFETCH(bool, whenBuilt);
    const Reading reading(text);
    const StageGraph graph = resolve(reading.dockerfile);
    QCOMPARE(problemsOf(graph, ProblemPhase::Resolve).value(0), whenBuilt ? QString() : problem);
    if (whenBuilt)
        QCOMPARE(problemsOf(graph, ProblemPhase::Build), QStringList{problem});
}

void StageGraphTest::expandsBases_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("platform");

    const auto row = [](const char* name, const QByteArray& text, const QStringList& arguments, const QString& base,
                        const QString& platform = u""_s) {
        QTest::newRow(name) << text << arguments << base << platform;
    };
    row("a default", "ARG V=1\nFROM a:$V", {}, u"a:1"_s);
    row("a build argument", "ARG V=1\nFROM a:$V", {u"V=2"_s}, u"a:2"_s);
    row("the last one given", "ARG V=1\nFROM a:$V", {u"V=2"_s, u"V=3"_s}, u"a:3"_s);
    row("one that was not declared", "FROM a:${V:-0}", {u"V=2"_s}, u"a:0"_s);
    row("one of another", "ARG V=1\nARG W=$V.2\nFROM a:$W", {u"V=3"_s}, u"a:3.2"_s);
    row("in quotes", "ARG V=\"1\"\nFROM a:$V", {}, u"a:1"_s);
    row("several in a line", "ARG A=x B=y\nFROM $A:$B", {}, u"x:y"_s);
    row("an ARG in a stage is not seen", "FROM x\nARG V=1\nFROM a:${V:-0}", {}, u"a:0"_s);
    row("a predefined one", "FROM a-$TARGETARCH", {}, u"a-amd64"_s);
    row("the target's name", "FROM a-$TARGETSTAGE AS b\nFROM a-$TARGETSTAGE AS C", {}, u"a-c"_s);
    row("a platform", "FROM --platform=$BUILDPLATFORM a", {}, u"a"_s, u"linux/amd64"_s);
    row("a platform that was given", "FROM --platform=$BUILDPLATFORM a", {u"BUILDPLATFORM=linux/arm64"_s}, u"a"_s,
        u"linux/arm64"_s);
    row("what can't be told is shown as written", "FROM $NOT", {}, u"$NOT"_s);
}

void StageGraphTest::expandsBases()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, arguments);
    QFETCH(QString, base);
    QFETCH(QString, platform);
    const Reading reading(text);
    const StageGraph graph = resolve(reading.dockerfile, withArguments(arguments));
    QVERIFY(!graph.stages.empty());
    QCOMPARE(QString::fromStdString(graph.stages.back().baseName), base);
    QCOMPARE(QString::fromStdString(graph.stages.back().platform), platform);
}

void StageGraphTest::heedsNamedContexts()
{
    const Reading reading(
        "FROM alpine AS base\nFROM docker.io/library/alpine:latest\nCOPY --from=assets x /\nCOPY --from=base y /\n");
    BuildOptions options;
    options.namedContexts = {"base", "assets", "alpine"};
    QCOMPARE(edgesOf(resolve(reading.dockerfile, options)),
             u"base -> 0 base, alpine -> 1 base, assets -> 1 copy x to /, 0 -> 1 copy y to /"_s);
}

void StageGraphTest::knowsWhatATargetNeeds()
{
    const Reading reading("FROM a AS deps\nFROM deps AS test\nFROM b AS tool\nFROM c AS run\nCOPY --from=deps x /\n"
                          "RUN --mount=from=tool,target=/t y\nFROM run AS last\n");
    const StageGraph graph = resolve(reading.dockerfile);
    QCOMPARE(graph.defaultTarget(), 4);
    QCOMPARE(graph.reachable(4), (std::vector<int>{0, 2, 3, 4}));
    QCOMPARE(graph.reachable(1), (std::vector<int>{0, 1}));
    QCOMPARE(graph.reachable(-1), std::vector<int>());
    QCOMPARE(graph.reachable(5), std::vector<int>());
    QCOMPARE(graph.shipped(4), (std::vector<int>{3, 4}));
    QCOMPARE(graph.shipped(1), (std::vector<int>{0, 1}));
}

void StageGraphTest::findsTargets()
{
    const Reading reading("FROM a AS Build\nFROM b AS build\nFROM c\n");
    const StageGraph graph = resolve(reading.dockerfile);
    QCOMPARE(graph.findTarget("BUILD"), std::optional(1));
    QCOMPARE(graph.findTarget(""), std::optional(2));
    QCOMPARE(graph.findTarget("1"), std::optional<int>());
    QCOMPARE(StageGraph().findTarget(""), std::optional<int>());
}

void StageGraphTest::spansAreThoseOfTheReferences_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("written"); // of each edge's reference

    QTest::newRow("one line") << "FROM  a AS b\nFROM $X\nCOPY --link --from=b /x /\n"_ba
                              << QStringList{u"a"_s, u"$X"_s, u"b"_s};
    QTest::newRow("a mount")
        << "FROM a AS b\nFROM c\nRUN --mount=type=bind,from=b,target=/t --mount=target=/u,from=B x"_ba
        << QStringList{u"a"_s, u"c"_s, u"b"_s, u"B"_s};
    QTest::newRow("a mount over lines")
        << "FROM a AS b\nFROM c\nRUN --mount=type=bind,\\\n# note, with from=no\nsource=/s,fr\\\nom=b,\\\ntarget=/t x"_ba
        << QStringList{u"a"_s, u"c"_s, u"b"_s};
    QTest::newRow("a mount in quotes") << "FROM a AS b\nFROM c\nRUN --mount='type=bind,source=/\xC3\xA9,from=b' x"_ba
                                       << QStringList{u"a"_s, u"c"_s, u"b"_s};
    QTest::newRow("the other escape, CRLF")
        << "# escape=`\r\nFROM a AS b\r\nFROM `\r\n c\r\nCOPY --from=b `\r\n x y\r\n"_ba
        << QStringList{u"a"_s, u"c"_s, u"b"_s};
    QTest::newRow("a trigger's is in its ONBUILD") << "FROM a AS b\nFROM c AS d\nONBUILD COPY --from=b x /\nFROM d"_ba
                                                   << QStringList{u"a"_s, u"c"_s, u"d"_s, u"b"_s};
    QTest::newRow("the context has none") << "FROM a\nCOPY x /"_ba << QStringList{u"a"_s, u""_s};
}

void StageGraphTest::spansAreThoseOfTheReferences()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, written);
    const Reading reading(text);
    QStringList found;
    for (const Edge& edge : resolve(reading.dockerfile).edges)
        found << reading.at(edge.specSpan);
    QCOMPARE(found, written);
}

void StageGraphTest::knowsWhereAMissingBaseBelongs()
{
    const Reading reading("FROM a\nFROM\nRUN x");
    const StageGraph graph = resolve(reading.dockerfile);
    const auto place = static_cast<std::uint32_t>(std::string_view("FROM a\nFROM").size());
    QCOMPARE(graph.stages[1].baseWord.span, (Span{place, place}));
}

void StageGraphTest::knowsTheStageOfAByte()
{
    const QByteArray text = "ARG v\nFROM a AS b\nRUN x\n\nFROM c\n";
    const Reading reading(text);
    const StageGraph graph = resolve(reading.dockerfile);
    const auto at = [&](const char* piece) { return graph.stageAt(static_cast<std::uint32_t>(text.indexOf(piece))); };
    QCOMPARE(at("ARG"), -1);
    QCOMPARE(at("FROM a"), 0);
    QCOMPARE(at("RUN"), 0);
    QCOMPARE(at("FROM c"), 1);
    QCOMPARE(reading.at(graph.stages[0].nameSpan), u"b"_s);
    QCOMPARE(reading.at(graph.stages[0].span), u"FROM a AS b\nRUN x"_s);
    // Where a name would go.
    const auto end = static_cast<std::uint32_t>(text.size() - 1);
    QCOMPARE(graph.stages[1].nameSpan, (Span{end, end}));
}

void StageGraphTest::callsNodesByTheirNames()
{
    const Reading reading("FROM a AS B\nFROM c\nCOPY x /\n");
    const StageGraph graph = resolve(reading.dockerfile);
    QCOMPARE(graph.label(stageNode(0)), std::string("b"));
    QCOMPARE(graph.label(stageNode(1)), std::string("stage 1"));
    QCOMPARE(graph.label({NodeKind::Image, 1}), std::string("c"));
    QCOMPARE(graph.label({NodeKind::Context, 0}), std::string("context"));
    QCOMPARE(graph.label({NodeKind::Scratch, 0}), std::string("scratch"));
}

void StageGraphTest::standsManyStages()
{
    QByteArray text = "FROM a AS s0\n";
    constexpr int kStages = 10'000;
    for (int i = 1; i < kStages; ++i)
        text += "FROM s" + QByteArray::number(i - 1) + " AS s" + QByteArray::number(i) + "\nCOPY --from=s" +
                QByteArray::number(kStages - i) + " x /\n";
    const Reading reading(text);
    const StageGraph graph = resolve(reading.dockerfile);
    QCOMPARE(graph.stages.size(), std::size_t(kStages));
    QCOMPARE(graph.reachable(graph.defaultTarget()).size(), std::size_t(kStages));
}

QTEST_GUILESS_MAIN(StageGraphTest)
#include "stage_graph_test.moc"
