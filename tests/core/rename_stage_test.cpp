// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edit_outcome.h"
#include "core/stages/stage_names.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class RenameStageTest : public QObject {
    Q_OBJECT

private slots:
    void renamesWhereverItIsMeant_data();
    void renamesWhereverItIsMeant();
    void refuses_data();
    void refuses();
    void names_data();
    void names();
    void suggests_data();
    void suggests();
};

void RenameStageTest::renamesWhereverItIsMeant_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("stage");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("after");

    QTest::newRow("in its FROM alone") << "FROM go AS build\n" << 0 << "make" << "FROM go AS «make»\n";
    QTest::newRow("in FROM, COPY and a mount")
        << "FROM go AS a\nFROM a AS b\nRUN --mount=type=bind,from=a,target=/m make\nCOPY --from=a /x /x\n"
        << 0 << "base"
        << "FROM go AS «base»\nFROM base AS b\nRUN --mount=type=bind,from=base,target=/m make\nCOPY --from=base /x "
           "/x\n";
    QTest::newRow("in a cache mount, and in two mounts of one RUN")
        << "FROM go AS a\nFROM x\nRUN --mount=type=cache,from=a,target=/c --mount=from=a,target=/d \\\n  make\n"
        << 0 << "base"
        << "FROM go AS «base»\nFROM x\nRUN --mount=type=cache,from=base,target=/c --mount=from=base,target=/d \\\n  "
           "make\n";
    QTest::newRow("in an ONBUILD that a stage is built on")
        << "FROM go AS a\nFROM x AS y\nONBUILD COPY --from=a /x /x\nFROM y\nFROM y\n"
        << 0 << "base"
        << "FROM go AS «base»\nFROM x AS y\nONBUILD COPY --from=base /x /x\nFROM y\nFROM y\n";
    QTest::newRow("in an ONBUILD that nothing here is built on")
        << "FROM go AS a\nFROM x AS y\nONBUILD COPY --from=a /x /x\nONBUILD RUN --mount=from=a,target=/m x\n"
        << 0 << "base"
        << "FROM go AS «base»\nFROM x AS y\nONBUILD COPY --from=base /x /x\nONBUILD RUN --mount=from=base,target=/m "
           "x\n";
    QTest::newRow("whatever case a --from has") << "FROM go AS a\nFROM x\nCOPY --from=A /x /x\n"
                                                << 0 << "b"
                                                << "FROM go AS «b»\nFROM x\nCOPY --from=b /x /x\n";
    QTest::newRow("FROM heeds the case: that is an image") << "FROM go AS a\nFROM A\n"
                                                           << 0 << "b" << "FROM go AS «b»\nFROM A\n";
    QTest::newRow("a name in capitals becomes lower case") << "FROM go AS Build\nFROM x\nCOPY --from=Build /x /x\n"
                                                           << 0 << "build"
                                                           << "FROM go AS «build»\nFROM x\nCOPY --from=build /x /x\n";
    QTest::newRow("a new name is written in lower case") << "FROM go AS a\n" << 0 << "Tool" << "FROM go AS «tool»\n";
    QTest::newRow("the index is right already") << "FROM go AS a\nFROM x\nCOPY --from=0 /x /x\n"
                                                << 0 << "b"
                                                << "FROM go AS «b»\nFROM x\nCOPY --from=0 /x /x\n";
    QTest::newRow("an image of that name is another thing") << "FROM a\nFROM go AS a\nFROM a\n"
                                                            << 1 << "b"
                                                            << "FROM a\nFROM go AS «b»\nFROM b\n";
    QTest::newRow("the first of two of one name has the FROM between")
        << "FROM x AS a\nFROM a AS c\nFROM y AS a\nFROM a\nCOPY --from=a /x /x\n"
        << 0 << "b"
        << "FROM x AS «b»\nFROM b AS c\nFROM y AS a\nFROM a\nCOPY --from=a /x /x\n";
    QTest::newRow("the last of two of one name has the COPY")
        << "FROM x AS a\nFROM y AS a\nFROM a\nCOPY --from=a /x /x\n"
        << 1 << "b"
        << "FROM x AS a\nFROM y AS «b»\nFROM b\nCOPY --from=b /x /x\n";
    QTest::newRow("comments and strings stay") << "# a is a\nFROM go AS a\nRUN echo a # a\nLABEL a=a\n"
                                               << 0 << "b"
                                               << "# a is a\nFROM go AS «b»\nRUN echo a # a\nLABEL a=a\n";
    QTest::newRow("the default of an argument") << "ARG BASE=dev\nFROM x AS dev\nFROM ${BASE}\n"
                                                << 0 << "debug"
                                                << "ARG BASE=debug\nFROM x AS «debug»\nFROM ${BASE}\n";
    QTest::newRow("the default of an argument used twice")
        << "ARG BASE=dev\nFROM x AS dev\nFROM $BASE AS y\nFROM ${BASE}\n"
        << 0 << "debug"
        << "ARG BASE=debug\nFROM x AS «debug»\nFROM $BASE AS y\nFROM ${BASE}\n";
    QTest::newRow("over several lines") << "FROM go \\\n  AS a\nFROM x\nCOPY --from=a \\\n  /x /x\n"
                                        << 0 << "b"
                                        << "FROM go \\\n  AS «b»\nFROM x\nCOPY --from=b \\\n  /x /x\n";
    QTest::newRow("with CRLF") << "FROM go AS a\r\nFROM a\r\n" << 0 << "b" << "FROM go AS «b»\r\nFROM b\r\n";
    QTest::newRow("behind a byte order mark") << "\uFEFFFROM go AS a\r\nFROM a\n"
                                              << 0 << "b" << "\uFEFFFROM go AS «b»\r\nFROM b\n";
    QTest::newRow("to the name it has") << "FROM go AS a\n" << 0 << "a" << "FROM go AS a\n";
}

void RenameStageTest::renamesWhereverItIsMeant()
{
    QFETCH(QString, before);
    QFETCH(int, stage);
    QFETCH(QString, name);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, renameStage(*analysis, stage, name.toStdString())), after);
}

void RenameStageTest::refuses_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason");

    const QString plain = u"FROM go AS a\nFROM x AS b\n"_s;
    QTest::newRow("a number first")
        << plain << "1st" << "invalid name for build stage: \"1st\", name can't start with a number or contain symbols";
    QTest::newRow("a symbol")
        << plain << "a/b" << "invalid name for build stage: \"a/b\", name can't start with a number or contain symbols";
    QTest::newRow("nothing") << plain << ""
                             << "invalid name for build stage: \"\", name can't start with a number or contain symbols";
    QTest::newRow("a blank")
        << plain << "a b" << "invalid name for build stage: \"a b\", name can't start with a number or contain symbols";
    QTest::newRow("another script")
        << plain << "größe"
        << "invalid name for build stage: \"größe\", name can't start with a number or contain symbols";
    QTest::newRow("a reserved name") << plain << "scratch"
                                     << "Stage name should not use the same name as reserved stage \"scratch\"";
    QTest::newRow("the other reserved name")
        << plain << "Context" << "Stage name should not use the same name as reserved stage \"context\"";
    QTest::newRow("a name that is taken") << plain << "b" << "Duplicate stage name \"b\", stage names should be unique";
    QTest::newRow("a name that a FROM below has for an image")
        << "FROM go AS a\nFROM alpine\n"
        << "alpine"
        << "Line 2 would take from stage \"alpine\" instead of the image \"alpine\"";
    QTest::newRow("a name that a COPY has for an image")
        << "FROM go AS a\nFROM x\nCOPY --from=nginx /x /x\n"
        << "nginx"
        << "Line 3 would take from stage \"nginx\" instead of the image \"nginx\"";
    QTest::newRow("an argument with another use")
        << "ARG BASE=a\nFROM go AS a\nFROM ${BASE}\nFROM x-${BASE}\n"
        << "b"
        << "FROM ${BASE} on line 3 comes to this stage by a variable, whose argument is used elsewhere too";
    QTest::newRow("an argument that a stage takes over")
        << "ARG BASE=a\nFROM go AS a\nFROM ${BASE}\nARG BASE\n"
        << "b"
        << "FROM ${BASE} on line 3 comes to this stage by a variable, whose argument is used elsewhere too";
    QTest::newRow("a default within the FROM") << "ARG BASE\nFROM go AS a\nFROM ${BASE:-a}\n"
                                               << "b"
                                               << "FROM ${BASE:-a} on line 3 comes to this stage by a variable";
    QTest::newRow("a default that is quoted")
        << "ARG BASE=\"a\"\nFROM go AS a\nFROM ${BASE}\n"
        << "b"
        << "FROM ${BASE} on line 3 comes to this stage by a variable, whose default is not just the stage's name";
}

void RenameStageTest::refuses()
{
    QFETCH(QString, before);
    QFETCH(QString, name);
    QFETCH(QString, reason);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, renameStage(*analysis, 0, name.toStdString())), u"refused: "_s + reason);
}

void RenameStageTest::names_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");

    QTest::newRow("behind the image") << "FROM go\nRUN x\n" << "FROM go AS «tool»\nRUN x\n";
    QTest::newRow("behind the platform's image") << "FROM --platform=linux/amd64 go\n"
                                                 << "FROM --platform=linux/amd64 go AS «tool»\n";
    QTest::newRow("in the case of its FROM") << "from go\nRUN x\n" << "from go as «tool»\nRUN x\n";
    QTest::newRow("at the end of a file without a line ending") << "FROM go" << "FROM go AS «tool»";
    QTest::newRow("ahead of blanks and CR") << "FROM go  \r\nRUN x\r\n" << "FROM go AS «tool»  \r\nRUN x\r\n";
    QTest::newRow("behind a byte order mark") << "\uFEFFFROM go\nFROM x\nCOPY --from=0 /x /x\n"
                                              << "\uFEFFFROM go AS «tool»\nFROM x\nCOPY --from=tool /x /x\n";
    QTest::newRow("references by index become names")
        << "FROM go\nFROM x\nCOPY --from=0 /x /x\nCOPY --from=0 /y /y\n"
        << "FROM go AS «tool»\nFROM x\nCOPY --from=tool /x /x\nCOPY --from=tool /y /y\n";
    QTest::newRow("an index in a mount is an image") << "FROM go\nFROM x\nRUN --mount=from=0,target=/m x\n"
                                                     << "FROM go AS «tool»\nFROM x\nRUN --mount=from=0,target=/m x\n";
    QTest::newRow("one that has a name gets another") << "FROM go AS a\nFROM a\n" << "FROM go AS «tool»\nFROM tool\n";
    QTest::newRow("a FROM that is no FROM") << "FROM go as\n" << "refused: FROM requires either one or three arguments";
    QTest::newRow("a stage that is not there") << "ARG X\n" << "refused: This stage is no longer there";
}

void RenameStageTest::names()
{
    QFETCH(QString, before);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, nameStage(*analysis, 0, "tool")), after);
}

void RenameStageTest::suggests_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("name");

    QTest::newRow("an image's own name") << "FROM golang:1.22\n" << "golang";
    QTest::newRow("without registry, folder and digest") << "FROM ghcr.io:443/Team/my_app:1@sha256:0123\n" << "my_app";
    QTest::newRow("what an argument comes to") << "ARG V=node\nFROM ${V}:20\n" << "node";
    QTest::newRow("scratch") << "FROM scratch\n" << "files";
    QTest::newRow("a name that begins with a number") << "FROM 7zip\n" << "zip";
    QTest::newRow("numbered where it is taken") << "FROM golang:1.22\nFROM x AS golang\nFROM y AS golang-2\n"
                                                << "golang-3";
    QTest::newRow("numbered where an image goes by it") << "FROM golang:1.22\nFROM x\nCOPY --from=golang /x /x\n"
                                                        << "golang-2";
    QTest::newRow("its own image is no hindrance") << "FROM golang\nFROM x\n" << "golang";
    QTest::newRow("no image yet") << "FROM\n" << "stage";
}

void RenameStageTest::suggests()
{
    QFETCH(QString, before);
    QFETCH(QString, name);

    const auto analysis = analysisOf(before);
    QCOMPARE(QString::fromStdString(suggestName(analysis->graph, 0)), name);
}

QTEST_GUILESS_MAIN(RenameStageTest)
#include "rename_stage_test.moc"
