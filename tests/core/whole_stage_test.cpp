// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is done to a whole stage with all that hangs on it: taken out with its uses, put elsewhere, written twice, and
// numbers turned into names.

#include "core/edit_outcome.h"
#include "core/edits/stage_edits.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

/// "stages 1 2, lines 4 7, triggers 9": the edges and ONBUILDs by their lines.
QString inWords(const Analysis& analysis, const StageRemoval& removal)
{
    QStringList words;
    for (const int stage : removal.stages)
        words << u"stage %1"_s.arg(stage);
    for (const std::size_t edge : removal.edges)
        words << u"line %1"_s.arg(analysis.source.lineAt(analysis.graph.edges.at(edge).span.begin));
    for (const std::size_t trigger : removal.triggers)
        words << u"trigger %1"_s.arg(analysis.dockerfile.instructions.at(trigger).lines.first);
    return words.join(u", "_s);
}

} // namespace

class WholeStageTest : public QObject {
    Q_OBJECT

private slots:
    void removesWithUses_data();
    void removesWithUses();
    void manyUsesGoInOneReading();
    void movesTo_data();
    void movesTo();
    void movesBackAgain();
    void duplicates_data();
    void duplicates();
    void namesIndices_data();
    void namesIndices();
};

void WholeStageTest::removesWithUses_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("stage");
    QTest::addColumn<QString>("taken");
    QTest::addColumn<QString>("after");

    QTest::newRow("nothing needs it") << "FROM a AS x\n\nFROM b\n" << 0 << "" << "FROM b\n";
    QTest::newRow("a COPY goes with it") << "FROM a AS x\nRUN x\n\nFROM b\nCOPY --from=x /f /f\nCMD c\n"
                                         << 0 << "line 5" << "FROM b\nCMD c\n";
    QTest::newRow("COPYs of several stages")
        << "FROM a AS x\nFROM b AS y\nCOPY --from=x /f /f\nCOPY --from=x /g /g\nFROM c\nCOPY --from=x /f /f\n"
        << 0 << "line 3, line 4, line 6" << "FROM b AS y\nFROM c\n";
    QTest::newRow("a RUN loses its mount and stays")
        << "FROM a AS x\nFROM b\nRUN --mount=from=x,target=/m --mount=type=cache,target=/c make\n"
        << 0 << "line 3" << "FROM b\nRUN --mount=type=cache,target=/c make\n";
    QTest::newRow("two mounts of one RUN")
        << "FROM a AS x\nFROM b\nRUN --mount=from=x,target=/m \\\n    --mount=from=x,source=/s,target=/n make\n"
        << 0 << "line 3, line 3" << "FROM b\nRUN make\n";
    QTest::newRow("what is built on it, and on that, and what is copied from those")
        << "FROM a AS x\nFROM x AS y\nFROM y AS z\nFROM b\nCOPY --from=y /f /f\nCOPY --from=z /g /g\nCOPY h /h\n"
        << 0 << "stage 1, stage 2, line 5, line 6" << "FROM b\nCOPY h /h\n";
    QTest::newRow("what is built on it by a variable") << "ARG B=x\nFROM a AS x\nFROM ${B} AS y\nFROM b\n"
                                                       << 0 << "stage 1" << "ARG B=x\nFROM b\n";
    QTest::newRow("its own uses of others need no mention") << "FROM a AS x\nFROM x AS y\nCOPY --from=x /f /f\nFROM b\n"
                                                            << 0 << "stage 1" << "FROM b\n";
    QTest::newRow("by its number, and the others count anew")
        << "FROM a\nFROM b\nFROM c\nCOPY --from=0 /f /f\nCOPY --from=1 /g /g\n"
        << 0 << "line 4" << "FROM b\nFROM c\nCOPY --from=0 /g /g\n";
    QTest::newRow("an ONBUILD that something is built on")
        << "FROM a AS x\nFROM b AS y\nONBUILD COPY --from=x /f /f\nFROM y\nFROM y\n"
        << 0 << "line 3, line 3" << "FROM b AS y\nFROM y\nFROM y\n";
    QTest::newRow("an ONBUILD that nothing here is built on")
        << "FROM a AS x\nFROM b AS y\nONBUILD COPY --from=x /f /f\nONBUILD RUN --mount=from=x,target=/m make\n"
        << 0 << "trigger 3, trigger 4" << "FROM b AS y\nONBUILD RUN make\n";
    QTest::newRow("comments of the others stay")
        << "# of x\nFROM a AS x\n\n# of y\nFROM b AS y\n# of f\nCOPY --from=x /f /f\n# below\n"
        << 0 << "line 7" << "# of y\nFROM b AS y\n# of f\n# below\n";
    QTest::newRow("a line of several lines")
        << "FROM a AS x\nFROM b\nCOPY --from=x \\\n  # why\n  /f \\\n  /g/\nRUN h\n"
        << 0 << "line 3" << "FROM b\nRUN h\n";
    QTest::newRow("one above it, which could not be built") << "FROM b AS y\nCOPY --from=x /f /f\nFROM a AS x\nFROM c\n"
                                                            << 1 << "line 2" << "FROM b AS y\nFROM c\n";
    QTest::newRow("where two built on each other's stages count forwards")
        << "FROM a AS x\nCOPY --from=z /f /f\nFROM x AS z\nFROM c\n"
        << 0 << "stage 1" << "FROM c\n";
    QTest::newRow("CRLF, and no line ending at the end")
        << "FROM a AS x\r\n\r\nFROM b\r\nRUN c\r\nCOPY --from=x /f /f" << 0 << "line 5" << "FROM b\r\nRUN c";
    QTest::newRow("a back tick as escape") << "# escape=`\nFROM a AS x\nFROM b\nCOPY --from=x `\n  C:\\f C:\\f\n"
                                           << 0 << "line 4" << "# escape=`\nFROM b\n";
    QTest::newRow("the last ones, with the empty lines above, and no line ending at the end")
        << "FROM b\n\nFROM a AS x\n\n\nFROM x AS y\nRUN y" << 1 << "stage 2" << "FROM b";
    QTest::newRow("two lines at the end of a file without a line ending")
        << "FROM a AS x\nFROM b\nCOPY --from=x /f /f\nCOPY --from=x /g /g" << 0 << "line 3, line 4" << "FROM b";
    QTest::newRow("all that there is") << "FROM a AS x\nFROM x\n"
                                       << 0 << "stage 1" << "refused: dockerfile contains no stages to build";
    QTest::newRow("the last of two of one name: what meant it does not mean the other")
        << "FROM a AS x\nFROM b AS x\nFROM c\nCOPY --from=x /f /f\n"
        << 1 << "line 4" << "FROM a AS x\nFROM c\n";
}

void WholeStageTest::removesWithUses()
{
    QFETCH(QString, before);
    QFETCH(int, stage);
    QFETCH(QString, taken);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(inWords(*analysis, removalOf(*analysis, stage)), taken);
    QCOMPARE(shown(*analysis, removeStage(*analysis, stage, Uses::Remove)), after);
    if (!taken.isEmpty() && !after.startsWith(u"refused"))
        QVERIFY(!removalOf(*analysis, stage).isAlone());
}

void WholeStageTest::manyUsesGoInOneReading()
{
    std::string text = "FROM a AS x\n";
    std::string after;
    for (int i = 0; i < 200; ++i) {
        const std::string from = std::format("FROM b AS s{}\n", i);
        text += std::format("{}COPY --from=x /f /f\nRUN --mount=from=x,target=/m make\n", from);
        after += std::format("{}RUN make\n", from);
    }
    QElapsedTimer timer;
    timer.start();
    const auto analysis = analysisOf(text);
    const qint64 reading = timer.nsecsElapsed();
    timer.restart();
    const EditOutcome outcome = removeStage(*analysis, 0, Uses::Remove);
    const qint64 removing = timer.nsecsElapsed();
    QCOMPARE(shown(*analysis, outcome), QString::fromStdString(after));
    QVERIFY2(removing < 20 * reading, qPrintable(u"%1 readings for 400 uses"_s.arg(removing / reading)));
}

void WholeStageTest::movesTo_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("stage");
    QTest::addColumn<int>("ahead");
    QTest::addColumn<QString>("after");

    const QString four = u"# of a\nFROM a\nRUN x\n\nFROM b\n\n# of c\nFROM c\n\nFROM d\n"_s;
    QTest::newRow("to the begin") << four << 2 << 0 << "# of c\nFROM c\n\n# of a\nFROM a\nRUN x\n\nFROM b\n\nFROM d\n";
    QTest::newRow("to the end") << four << 0 << 4 << "FROM b\n\n# of c\nFROM c\n\nFROM d\n\n# of a\nFROM a\nRUN x\n";
    QTest::newRow("over two") << four << 0 << 3 << "FROM b\n\n# of c\nFROM c\n\n# of a\nFROM a\nRUN x\n\nFROM d\n";
    QTest::newRow("the last up by two") << four << 3 << 1
                                        << "# of a\nFROM a\nRUN x\n\nFROM d\n\nFROM b\n\n# of c\nFROM c\n";
    QTest::newRow("ahead of itself") << four << 1 << 1 << four;
    QTest::newRow("ahead of the one behind it") << four << 1 << 2 << four;
    QTest::newRow("all numbers in between count anew")
        << "FROM a\nFROM b\nFROM c\nFROM d\nCOPY --from=0 /0 /0\nCOPY --from=1 /1 /1\nCOPY --from=2 /2 /2\n"
        << 2 << 0 << "FROM c\nFROM a\nFROM b\nFROM d\nCOPY --from=1 /0 /0\nCOPY --from=2 /1 /1\nCOPY --from=0 /2 /2\n";
    QTest::newRow("and those in what moves")
        << "FROM a\nFROM b\nFROM c\nFROM d\nCOPY --from=0 /0 /0\nFROM e\nCOPY --from=3 /3 /3\n"
        << 3 << 1 << "FROM a\nFROM d\nCOPY --from=0 /0 /0\nFROM b\nFROM c\nFROM e\nCOPY --from=1 /3 /3\n";
    QTest::newRow("directives and arguments stay above")
        << "# syntax=docker/dockerfile:1\nARG V\nFROM a\nFROM b\nFROM c" << 2 << 0
        << "# syntax=docker/dockerfile:1\nARG V\nFROM c\nFROM a\nFROM b";
    QTest::newRow("a comment that would become a directive")
        << "FROM a\nFROM b\n# check=skip=all\nFROM c\n"
        << 2 << 0 << "refused: The comment \"# check=skip=all\" would be read as a parser directive";
    QTest::newRow("a heredoc and all") << "FROM a\nFROM b\nFROM c\nRUN <<E\nFROM z\nE\n"
                                       << 2 << 0 << "FROM c\nRUN <<E\nFROM z\nE\nFROM a\nFROM b\n";
    QTest::newRow("CRLF") << "FROM a\r\n\r\nFROM b\r\n\r\nFROM c" << 0 << 3 << "FROM b\r\n\r\nFROM c\r\n\r\nFROM a";
    QTest::newRow("above what it copies from")
        << "FROM a AS x\nFROM b\nFROM c AS z\nCOPY --from=x /m /m\n"
        << 2 << 0 << "refused: cannot copy from stage \"x\", it needs to be defined before current stage \"z\"";
    QTest::newRow("below what mounts it")
        << "FROM a AS x\nFROM b\nFROM c AS z\nRUN --mount=from=x,target=/m make\n"
        << 0 << 3
        << "refused: cannot mount from stage \"x\" to \"/m\", stage needs to be defined before current command";
    QTest::newRow("above its base") << "FROM a AS x\nFROM b\nFROM x AS y\n"
                                    << 2 << 0
                                    << "refused: Line 3 would take from the image \"x\" instead of stage \"x\"";
    QTest::newRow("a line at the end that goes on") << "FROM a\nFROM b\nFROM c\nRUN x \\" << 2 << 0
                                                    << "refused: A stage would be read as part of the line above it";
    QTest::newRow("behind a heredoc that is open") << "FROM a\nRUN <<E\nFROM b\nFROM c\n"
                                                   << 2 << 0 << "refused: unterminated heredoc";
    QTest::newRow("where nothing is") << "FROM a\n" << 0 << 2 << "refused: This stage is no longer there";
}

void WholeStageTest::movesTo()
{
    QFETCH(QString, before);
    QFETCH(int, stage);
    QFETCH(int, ahead);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    const EditOutcome outcome = moveStageTo(*analysis, stage, ahead);
    QCOMPARE(shown(*analysis, outcome), after);
    if (outcome && !outcome->edits.empty()) { // the caret goes along with the stage
        const auto moved = analysisOf(applied(before.toStdString(), outcome->edits));
        QCOMPARE(moved->graph.stageAt(outcome->select.begin), ahead > stage ? ahead - 1 : ahead);
    }
}

void WholeStageTest::movesBackAgain()
{
    const std::string text = "# of a\nFROM a\nRUN x\n\n# of b\nFROM b\nCOPY --from=3 /x /x\n\nFROM c\n\nFROM d\n";
    const auto before = analysisOf(text);
    const auto down = moveStageTo(*before, 0, 3);
    QVERIFY(down);
    const auto moved = analysisOf(applied(text, down->edits));
    const auto up = moveStageTo(*moved, 2, 0);
    QVERIFY(up);
    QCOMPARE(QString::fromStdString(applied(moved->source.bytes(), up->edits)), QString::fromStdString(text));
}

void WholeStageTest::duplicates_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("stage");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("after");

    QTest::newRow("with its comments") << "# of x\nFROM a AS x\n# make\nRUN make\n\nFROM b\n"
                                       << 0 << "y"
                                       << "# of x\nFROM a AS x\n# make\nRUN make\n\n"
                                          "# of x\nFROM a AS «y»\n# make\nRUN make\n\nFROM b\n";
    QTest::newRow("a name is suggested") << "FROM a AS x\n" << 0 << "" << "FROM a AS x\n\nFROM a AS «x-2»\n";
    QTest::newRow("after its base, where it has none")
        << "FROM alpine:3\nRUN x\n"
        << 0 << "" << "FROM alpine:3\nRUN x\n\nFROM alpine:3 AS «alpine»\nRUN x\n";
    QTest::newRow("in capitals") << "FROM a AS x\n" << 0 << "New" << "FROM a AS x\n\nFROM a AS «new»\n";
    QTest::newRow("as close as the others stand") << "FROM a AS x\nRUN x\nFROM b\n"
                                                  << 0 << "y" << "FROM a AS x\nRUN x\nFROM a AS «y»\nRUN x\nFROM b\n";
    QTest::newRow("the last one of a file without a line ending")
        << "FROM a AS x\n\nFROM x\nRUN y" << 1 << "z" << "FROM a AS x\n\nFROM x\nRUN y\n\nFROM x AS «z»\nRUN y";
    QTest::newRow("numbers of the stages below, in the copy too")
        << "FROM a\nFROM b\nCOPY --from=0 /0 /0\nFROM c\nFROM d\nCOPY --from=2 /2 /2\nCOPY --from=1 /1 /1\n"
        << 1 << "y"
        << "FROM a\nFROM b\nCOPY --from=0 /0 /0\nFROM b AS «y»\nCOPY --from=0 /0 /0\nFROM c\nFROM d\n"
           "COPY --from=3 /2 /2\nCOPY --from=1 /1 /1\n";
    QTest::newRow("what takes from it takes from the first")
        << "FROM a AS x\nFROM x\nCOPY --from=x /f /f\n"
        << 0 << "y"
        << "FROM a AS x\nFROM a AS «y»\nFROM x\nCOPY --from=x /f /f\n";
    QTest::newRow("platform, heredoc and ONBUILD")
        << "from --platform=$BUILDPLATFORM a as x\nrun <<E\nFROM z\nE\nonbuild copy f f\n"
        << 0 << "y"
        << "from --platform=$BUILDPLATFORM a as x\nrun <<E\nFROM z\nE\nonbuild copy f f\n\n"
           "from --platform=$BUILDPLATFORM a as «y»\nrun <<E\nFROM z\nE\nonbuild copy f f\n";
    QTest::newRow("CRLF") << "FROM a AS x\r\nRUN y\r\n"
                          << 0 << "y"
                          << "FROM a AS x\r\nRUN y\r\n\r\nFROM a AS «y»\r\nRUN y\r\n";
    QTest::newRow("a base that only a build argument tells")
        << "ARG B\nFROM ${B} AS x\n"
        << 0 << "y" << "ARG B\nFROM ${B} AS x\n\nFROM ${B} AS «y»\n";
    QTest::newRow("one that BuildKit refuses as it stands")
        << "FROM a AS x\nCOPY --from=z /f /f\nFROM b AS z\n"
        << 0 << "y"
        << "refused: cannot copy from stage \"z\", it needs to be defined before current stage \"y\"";
    QTest::newRow("a name that is taken")
        << "FROM a AS x\nFROM b AS y\n"
        << 0 << "y" << "refused: Duplicate stage name \"y\", stage names should be unique";
    QTest::newRow("a name that is none")
        << "FROM a AS x\n"
        << 0 << "1"
        << "refused: invalid name for build stage: \"1\", name can't start with a number or contain symbols";
    QTest::newRow("a name that a COPY above has for an image")
        << "FROM z\nCOPY --from=nginx /f /f\nFROM a AS x\n"
        << 1 << "nginx"
        << "refused: cannot copy from stage \"nginx\", it needs to be defined before current stage \"stage-0\"";
    QTest::newRow("one that is called as its base")
        << "FROM a AS a\n"
        << 0 << "y" << "refused: Line 1 would take from stage \"a\" instead of the image \"a\"";
    QTest::newRow("a FROM of two words") << "FROM a x\n"
                                         << 0 << "y"
                                         << "refused: FROM requires either one or three arguments";
    QTest::newRow("a heredoc that is open") << "FROM a\nRUN <<E\nFROM b\n"
                                            << 0 << "y"
                                            << "refused: unterminated heredoc";
    QTest::newRow("a line at the end that goes on")
        << "FROM a\nRUN x \\" << 0 << "y" << "refused: The new line would be read as part of the line above it";
}

void WholeStageTest::duplicates()
{
    QFETCH(QString, before);
    QFETCH(int, stage);
    QFETCH(QString, name);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, duplicateStage(*analysis, stage, name.toStdString())), after);
}

void WholeStageTest::namesIndices_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");

    QTest::newRow("no number") << "FROM a AS x\nFROM b\nCOPY --from=x /f /f\n"
                               << "FROM a AS x\nFROM b\nCOPY --from=x /f /f\n";
    QTest::newRow("of a stage with a name") << "FROM a AS Build\nFROM b\nCOPY --from=0 /f /f\n"
                                            << "FROM a AS Build\nFROM b\nCOPY --from=«Build» /f /f\n";
    QTest::newRow("of a stage without one") << "FROM golang:1 \nFROM b\nCOPY --from=0 /f /f\nCOPY --from=0 /g /g\n"
                                            << "FROM golang:1 AS «golang» \nFROM b\nCOPY --from=golang /f /f\n"
                                               "COPY --from=golang /g /g\n";
    QTest::newRow("two stages of one base")
        << "FROM a\nFROM a\nFROM b\nCOPY --from=1 /f /f\nCOPY --from=0 /g /g\n"
        << "FROM a AS a-2\nFROM a AS «a-3»\nFROM b\nCOPY --from=a-3 /f /f\nCOPY --from=a-2 /g /g\n";
    QTest::newRow("only those that are counted") << "FROM a:1\nFROM b:1\nFROM c:1\nCOPY --from=1 /f /f\n"
                                                 << "FROM a:1\nFROM b:1 AS «b»\nFROM c:1\nCOPY --from=b /f /f\n";
    QTest::newRow("in an ONBUILD") << "FROM g:1\nFROM b AS y\nONBUILD COPY --from=0 /f /f\nFROM y\n"
                                   << "FROM g:1 AS «g»\nFROM b AS y\nONBUILD COPY --from=g /f /f\nFROM y\n";
    QTest::newRow("a mount can't count: that is an image") << "FROM a\nFROM b\nRUN --mount=from=0,target=/m make\n"
                                                           << "FROM a\nFROM b\nRUN --mount=from=0,target=/m make\n";
    QTest::newRow("of a stage below") << "FROM b\nCOPY --from=1 /f /f\nFROM g:1\n"
                                      << "FROM b\nCOPY --from=g /f /f\nFROM g:1 AS «g»\n";
    QTest::newRow("CRLF, lower case") << "from g:1\r\nfrom b\r\ncopy --from=0 /f /f"
                                      << "from g:1 as «g»\r\nfrom b\r\ncopy --from=g /f /f";
    QTest::newRow("the first of two of one name")
        << "FROM a AS x\nFROM b AS x\nFROM c\nCOPY --from=0 /f /f\n"
        << "refused: Duplicate stage name \"x\", stage names should be unique";
}

void WholeStageTest::namesIndices()
{
    QFETCH(QString, before);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, nameIndices(*analysis)), after);
}

QTEST_GUILESS_MAIN(WholeStageTest)
#include "whole_stage_test.moc"
