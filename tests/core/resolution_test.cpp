// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a reference means and why, as it is told to a person.

#include "core/stages/resolution.h"
#include "tests/core/reading.h"

#include <QDirIterator>
#include <QTest>

#include <algorithm>

using namespace stagelift;
using namespace stagelift::test;
using namespace Qt::StringLiterals;

class ResolutionTest : public QObject {
    Q_OBJECT
private slots:
    void tells_data();
    void tells();
    void tellsVariables_data();
    void tellsVariables();
    void saysWhatBuildKitRefuses_data();
    void saysWhatBuildKitRefuses();
    void hasAReasonForEveryReferenceOfTheCorpus();
};

namespace {

/// "A=1 B=2" as build arguments, "+name" as a named context.
BuildOptions optionsFrom(const QString& text)
{
    BuildOptions options;
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (word.startsWith(u'+'))
            options.namedContexts.push_back(word.sliced(1).toStdString());
        else
            options.buildArgs.emplace_back(word.section(u'=', 0, 0).toStdString(), word.section(u'=', 1).toStdString());
    }
    return options;
}

/// Of the reference behind the mark, `|`; else of the last in the graph.
Resolution resolutionIn(QByteArray text, const BuildOptions& options)
{
    const auto mark = text.indexOf('|');
    text.remove(mark, mark < 0 ? 0 : 1);
    const Reading reading(text);
    const StageGraph graph = resolve(reading.dockerfile, options);
    std::size_t asked = graph.edges.size() - 1;
    for (std::size_t i = 0; mark >= 0 && i < graph.edges.size(); ++i) {
        if (graph.edges[i].specSpan.begin == static_cast<std::uint32_t>(mark))
            asked = i;
    }
    return resolutionOf(reading.dockerfile, graph, asked, options);
}

QString reasons(const Resolution& resolution)
{
    QStringList list;
    for (const std::string& reason : resolution.reasons)
        list += shown(reason);
    return list.join(u' ');
}

} // namespace

void ResolutionTest::tells_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("meaning");
    QTest::addColumn<QString>("reasons");

    const auto row = [](const char* name, const char* text, const QString& options, const QString& meaning,
                        const QString& why) { QTest::newRow(name) << QByteArray(text) << options << meaning << why; };
    row("a stage", "FROM a AS build\nFROM b\nCOPY --from=build /x /x\n", {}, u"stage build, line 1"_s,
        u"A stage of that name goes before an image: the one in line 1."_s);
    row("a stage in another case", "FROM a AS build\nFROM b\nCOPY --from=Build /x /x\n", {}, u"stage build, line 1"_s,
        u"A stage of that name goes before an image: the one in line 1. "
        "Names are compared without case here: Build is build."_s);
    row("the last of two stages", "FROM a AS build\nFROM b AS build\nFROM c\nCOPY --from=build /x /x\n", {},
        u"stage build, line 2"_s,
        u"A stage of that name goes before an image: the one in line 2. "
        "Line 1 has that name too, but the last one in the file counts."_s);
    row("the last of three stages",
        "FROM a AS x\nFROM a AS X\nFROM a AS x\nFROM c\nRUN --mount=from=x,target=/x true\n", {}, u"stage x, line 3"_s,
        u"A stage of that name goes before an image: the one in line 3. "
        "Lines 1 and 2 have that name too, but the last one in the file counts."_s);
    row("an index", "FROM a AS build\nFROM b\nCOPY --from=0 /x /x\n", {}, u"stage build, line 1"_s,
        u"0 is an index: stages count from 0, and their names do not matter. "
        "It means another stage as soon as one is put in above line 1."_s);
    row("an index of a stage without a name", "FROM a\nFROM b\nCOPY --from=0 /x /x\n", {}, u"stage 0, line 1"_s,
        u"0 is an index: stages count from 0, and their names do not matter. "
        "It means another stage as soon as one is put in above line 1."_s);
    row("an index behind the stages", "FROM a\nCOPY --from=nginx /x /x\nCOPY --from=1 /y /y\n", {}, u"image nginx"_s,
        u"1 is an index. Behind the 1 stages it counts what --from and mounts name besides: nginx."_s);
    row("no index in a mount", "FROM a\nFROM b\nRUN --mount=from=0,target=/x true\n", {}, u"image 0"_s,
        u"A mount knows no indices: 0 is a name like any other."_s);
    row("an image", "FROM a AS build\nFROM b\nCOPY --from=nginx:1.27 /x /x\n", {}, u"image nginx:1.27"_s,
        u"No stage has that name, so it is an image."_s);
    row("a named context", "FROM a\nCOPY --from=src /x /x\n", u"+src"_s, u"named context src"_s,
        u"A build context called src is given, and goes before an image of that name."_s);
    row("a named context, by its long name", "FROM docker.io/library/alpine\n", u"+alpine"_s, u"named context alpine"_s,
        u"A build context called alpine is given, and goes before an image of that name."_s);
    row("a context in place of the stage", "FROM a AS build\n", u"+build"_s, u"named context build"_s,
        u"A build context called build is given: it goes in place of this whole stage."_s);
    row("a copy from such a stage", "FROM a AS build\nFROM b\nCOPY --from=build /x /x\n", u"+build"_s,
        u"stage build, line 1"_s,
        u"A stage of that name goes before an image: the one in line 1. "
        "A build context called build is given: it goes in place of that whole stage."_s);
    row("the build context", "FROM a\nCOPY . .\n", {}, u"the build context"_s,
        u"Without --from, files come from the build context."_s);
    row("a mount of the build context", "FROM a\nRUN --mount=target=/src make\n", {}, u"the build context"_s,
        u"A bind mount without from= is of the build context."_s);
    row("nothing at all", "FROM scratch\n", {}, u"scratch, an image without a file"_s,
        u"scratch is no image: it stands for nothing at all."_s);
    row("a base that is an image", "FROM alpine\n", {}, u"image alpine"_s,
        u"No stage above has that name, so it is an image."_s);
    row("a base that is a stage", "FROM a AS build\nFROM build\n", {}, u"stage build, line 1"_s,
        u"FROM takes a stage above of that name: the one in line 1."_s);
    row("the nearest base of three", "FROM a AS x\nFROM b AS x\nFROM |x\nFROM c AS x\n", {}, u"stage x, line 2"_s,
        u"FROM takes a stage above of that name: the one in line 2. "
        "Line 1 has that name too, but the nearest above counts. FROM does not look below, to line 4."_s);
    row("a base that comes later", "FROM a\nFROM |x\nFROM b AS x\n", {}, u"image x"_s,
        u"FROM looks for stages above only: the stage of that name, in line 3, comes later."_s);
    row("a base in another case", "FROM a AS Builder\nFROM Builder\n", {}, u"image Builder"_s,
        u"FROM compares names as they are written, and BuildKit keeps a stage's in lower case: Builder is not the "
        u"stage "
        "builder in line 1."_s);
    row("a base with no index", "FROM a\nFROM 0\n", {}, u"image 0"_s,
        u"FROM knows no indices: 0 is a name like any other."_s);
    row("a base called like its own stage", "FROM alpine AS alpine\n", {}, u"image alpine"_s,
        u"FROM looks for stages above only: the stage of that name is this one itself."_s);
    row("a base that a stage shadows", "FROM alpine:3 AS alpine\nFROM alpine\n", {}, u"stage alpine, line 1"_s,
        u"FROM takes a stage above of that name: the one in line 1. "
        "So the image alpine can't be meant: its name is taken by the stage."_s);
    row("a stage called scratch", "FROM a AS scratch\nFROM scratch\n", {}, u"stage scratch, line 1"_s,
        u"FROM takes a stage above of that name: the one in line 1. "
        "So the image scratch can't be meant: its name is taken by the stage."_s);
    row("a base that variables make", "ARG BASE=build\nFROM a AS build\nFROM ${BASE}\n", {}, u"stage build, line 2"_s,
        u"FROM takes a stage above of that name: the one in line 2."_s);
    row("a base from what-if", "ARG BASE=build\nFROM a AS build\nFROM ${BASE}\n", u"BASE=alpine:3.20"_s,
        u"image alpine:3.20"_s, u"No stage above has that name, so it is an image."_s);
    row("a trigger", "FROM a AS tools\nFROM b AS base\nONBUILD COPY --from=tools /x /x\nFROM base\n", {},
        u"stage tools, line 1"_s,
        u"A stage of that name goes before an image: the one in line 1. It is written in the ONBUILD of line 3, and "
        "runs at the start of every stage that is built on that one."_s);
}

void ResolutionTest::tells()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, options);
    QFETCH(QString, meaning);
    QFETCH(QString, reasons);
    const Resolution resolution = resolutionIn(text, optionsFrom(options));
    QCOMPARE(shown(resolution.meaning), meaning);
    QCOMPARE(::reasons(resolution), reasons);
}

void ResolutionTest::tellsVariables_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("expanded");
    QTest::addColumn<QString>("told");

    const auto row = [](const char* name, const char* text, const QString& options, const QString& expanded,
                        const QString& told) {
        QTest::newRow(name) << QByteArray(text) << options << expanded << told;
    };
    row("none", "FROM a\n", {}, u"a"_s, {});
    row("a default", "ARG TAG=3.20\nFROM alpine:${TAG}\n", {}, u"alpine:3.20"_s,
        u"TAG is 3.20, the default in line 1."_s);
    row("the last default", "ARG TAG=1\nARG TAG=2\nARG TAG\nFROM a:$TAG\n", {}, u"a:2"_s,
        u"TAG is 2, the default in line 2."_s);
    row("a build argument", "ARG TAG=3.20\nFROM alpine:${TAG}\n", u"TAG=edge"_s, u"alpine:edge"_s,
        u"TAG is edge, given as a build argument."_s);
    row("of BuildKit", "FROM build-$TARGETARCH\n", {}, u"build-amd64"_s, u"TARGETARCH is amd64, set by BuildKit."_s);
    row("of BuildKit, given", "FROM build-$TARGETARCH\n", u"TARGETARCH=arm64"_s, u"build-arm64"_s,
        u"TARGETARCH is arm64, given as a build argument."_s);
    row("without a default", "ARG TAG\nFROM a:${TAG:-1}\n", {}, u"a:1"_s,
        u"TAG has no value: its ARG in line 1 has no default."_s);
    row("given, but not declared", "FROM a:${TAG:-1}\nARG TAG=3\n", u"TAG=2"_s, u"a:1"_s,
        u"TAG has no value: no ARG ahead of the first FROM declares it."_s);
    row("two", "ARG B=1\nFROM ${A:-x}:$B\n", {}, u"x:1"_s,
        u"B is 1, the default in line 1. A has no value: no ARG ahead of the first FROM declares it."_s);
}

void ResolutionTest::tellsVariables()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, options);
    QFETCH(QString, expanded);
    QFETCH(QString, told);
    const Resolution resolution = resolutionIn(text, optionsFrom(options));
    QCOMPARE(shown(resolution.expanded), expanded);
    QStringList sentences;
    for (const UsedVariable& variable : resolution.variables)
        sentences += shown(variable.sentence());
    QCOMPARE(sentences.join(u' '), told);
}

void ResolutionTest::saysWhatBuildKitRefuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<QString>("lastReason");

    QTest::newRow("a stage below") << QByteArray("FROM x AS a\nCOPY --from=|b /x /x\nFROM y AS b\n")
                                   << u"cannot copy from stage \"b\", it needs to be defined before current stage "
                                      "\"a\""_s
                                   << u"That stage stands below, and a stage takes only from those above."_s;
    QTest::newRow("a mount of a stage below")
        << QByteArray("FROM x AS a\nRUN --mount=from=|b,target=/m true\nFROM y AS b\n")
        << u"cannot mount from stage \"b\" to \"/m\", stage needs to be defined before current command"_s
        << u"That stage stands below, and a stage takes only from those above."_s;
    QTest::newRow("itself") << QByteArray("FROM x AS a\nCOPY --from=a /x /x\n")
                            << u"circular dependency detected on stage: a"_s << u"A stage can't take from itself."_s;
    QTest::newRow("no image's name") << QByteArray("FROM x AS a\nCOPY --from=Nginx /x /x\n")
                                     << u"failed to parse stage name \"Nginx\": invalid reference format: repository "
                                        "name (library/Nginx) must be lowercase"_s
                                     << u"No stage has that name, so it is an image."_s;
    QTest::newRow("a blank base") << QByteArray("FROM $NONE\n") << u"base name ($NONE) should not be blank"_s
                                  << u"What the word comes to can't be told."_s;
}

void ResolutionTest::saysWhatBuildKitRefuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, problem);
    QFETCH(QString, lastReason);
    const Resolution resolution = resolutionIn(text, {});
    QCOMPARE(shown(resolution.problem), problem);
    QCOMPARE(shown(resolution.reasons.back()), lastReason);
}

void ResolutionTest::hasAReasonForEveryReferenceOfTheCorpus()
{
    QDirIterator files(corpus().filePath(u"files"_s), QDir::Files, QDirIterator::Subdirectories);
    if (!files.hasNext())
        QSKIP("the corpus of real Dockerfiles is not here");
    while (files.hasNext()) {
        const QString file = files.next();
        const Reading reading(bytesOf(file));
        const StageGraph graph = resolve(reading.dockerfile);
        for (std::size_t i = 0; i < graph.edges.size(); ++i) {
            const Resolution resolution = resolutionOf(reading.dockerfile, graph, i);
            QVERIFY2(!resolution.reasons.empty(), qPrintable(file));
            const bool isStage =
                resolution.kind == ResolutionKind::StageByName || resolution.kind == ResolutionKind::StageByIndex;
            QCOMPARE(isStage, graph.edges[i].from.kind == NodeKind::Stage);
        }
    }
}

QTEST_MAIN(ResolutionTest)
#include "resolution_test.moc"
