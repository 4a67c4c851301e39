// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a hand does to a whole stage: another base, a new one, one less, another place.

#include "core/edit_outcome.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class StageEditsTest : public QObject {
    Q_OBJECT

private slots:
    void changesTheBase_data();
    void changesTheBase();
    void adds_data();
    void adds();
    void removes_data();
    void removes();
    void moves_data();
    void moves();
    void movesBackAgain();
};

void StageEditsTest::changesTheBase_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("stage");
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("after");

    QTest::newRow("an image") << "FROM a AS x\nRUN y\n" << 0 << "debian:12" << "FROM «debian:12» AS x\nRUN y\n";
    QTest::newRow("a stage") << "FROM a AS x\nFROM b\n" << 1 << "x" << "FROM a AS x\nFROM «x»\n";
    QTest::newRow("a stage in any case") << "FROM a AS Build\nFROM b\n"
                                         << 1 << "Build" << "FROM a AS Build\nFROM «build»\n";
    QTest::newRow("the nearest above of one name") << "FROM a AS x\nFROM b AS x\nFROM c\n"
                                                   << 2 << "x" << "FROM a AS x\nFROM b AS x\nFROM «x»\n";
    QTest::newRow("its own name is an image") << "FROM a AS node\n" << 0 << "node" << "FROM «node» AS node\n";
    QTest::newRow("scratch") << "FROM a\n" << 0 << "scratch" << "FROM «scratch»\n";
    QTest::newRow("the platform stays") << "FROM --platform=linux/arm64 a AS x\n"
                                        << 0 << "b" << "FROM --platform=linux/arm64 «b» AS x\n";
    QTest::newRow("instead of a variable") << "ARG B=a\nFROM ${B}\n" << 0 << "b" << "ARG B=a\nFROM «b»\n";
    QTest::newRow("what the variable comes to already: it stays")
        << "ARG V=1.22\nFROM golang:${V} AS x\n"
        << 0 << "golang:1.22" << "ARG V=1.22\nFROM golang:${V} AS x\n";
    QTest::newRow("a stage that the variable names already: it stays")
        << "ARG B=x\nFROM a AS x\nFROM ${B}\n"
        << 1 << "x" << "ARG B=x\nFROM a AS x\nFROM ${B}\n";
    QTest::newRow("the nearest, where the same name was another's") << "FROM x\nFROM a AS x\nFROM c\n"
                                                                    << 2 << "x" << "FROM x\nFROM a AS x\nFROM «x»\n";
    QTest::newRow("another tag instead of a variable, the platform stays one")
        << "ARG V=1.22\nFROM --platform=$BUILDPLATFORM golang:${V} AS x\n"
        << 0 << "golang:1.23" << "ARG V=1.22\nFROM --platform=$BUILDPLATFORM «golang:1.23» AS x\n";
    QTest::newRow("a digest goes with the name it was for")
        << "FROM a:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
        << 0 << "a:2" << "FROM «a:2»\n";
    QTest::newRow("a variable") << "ARG B=a\nFROM a\n" << 0 << "${B}" << "ARG B=a\nFROM «${B}»\n";
    QTest::newRow("registry, tag and digest")
        << "FROM a\n"
        << 0 << "localhost:5000/t/a:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
        << "FROM «localhost:5000/t/a:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef»\n";
    QTest::newRow("what an ONBUILD brings may change with it")
        << "FROM a AS x\nFROM b AS y\nONBUILD COPY --from=x /m /m\nFROM y\n"
        << 2 << "c"
        << "FROM a AS x\nFROM b AS y\nONBUILD COPY --from=x /m /m\nFROM «c»\n";
    QTest::newRow("blanks around it") << "FROM a\n" << 0 << " b " << "FROM «b»\n";
    QTest::newRow("a stage below")
        << "FROM a AS x\nFROM b AS y\n"
        << 0 << "y" << "refused: FROM sees the stages above it only: here \"y\" would be an image of that name";
    QTest::newRow("nothing") << "FROM a\n" << 0 << "" << "refused: base name () should not be blank";
    QTest::newRow("two words") << "FROM a\n" << 0 << "b c" << "refused: FROM requires either one or three arguments";
    QTest::newRow("no image name") << "FROM a\n"
                                   << 0
                                   << "b:" << "refused: failed to parse stage name \"b:\": invalid reference format";
    QTest::newRow("an image in capitals") << "FROM a\n"
                                          << 0 << "Debian"
                                          << "refused: failed to parse stage name \"Debian\": invalid reference "
                                             "format: repository name (library/Debian) must be lowercase";
    QTest::newRow("a stage that is not there") << "FROM a\n" << 3 << "b" << "refused: This stage is no longer there";
}

void StageEditsTest::changesTheBase()
{
    QFETCH(QString, before);
    QFETCH(int, stage);
    QFETCH(QString, base);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, changeBase(*analysis, stage, base.toStdString())), after);
}

void StageEditsTest::adds_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("after");

    QTest::newRow("below an empty line") << "FROM a\nRUN x\n" << "b" << "new" << "FROM a\nRUN x\n\nFROM b AS «new»\n";
    QTest::newRow("below the empty line that is there") << "FROM a\n\n"
                                                        << "b" << "new" << "FROM a\n\nFROM b AS «new»\n";
    QTest::newRow("without a name") << "FROM a\n" << "b:1" << "" << "FROM a\n\nFROM «b:1»\n";
    QTest::newRow("into an empty file") << "" << "b" << "new" << "FROM b AS «new»\n";
    QTest::newRow("into a file of a byte order mark") << "\uFEFF" << "b" << "new" << "\uFEFFFROM b AS «new»\n";
    QTest::newRow("below arguments") << "ARG V=1\n" << "b:${V}" << "new" << "ARG V=1\n\nFROM b:${V} AS «new»\n";
    QTest::newRow("no line ending at the end") << "FROM a" << "b" << "new" << "FROM a\n\nFROM b AS «new»";
    QTest::newRow("CRLF") << "FROM a\r\n" << "b" << "new" << "FROM a\r\n\r\nFROM b AS «new»\r\n";
    QTest::newRow("CRLF, and no line ending at the end")
        << "FROM a\r\nRUN x" << "b" << "new" << "FROM a\r\nRUN x\r\n\r\nFROM b AS «new»";
    QTest::newRow("in lower case") << "from a\nrun x\n" << "b" << "new" << "from a\nrun x\n\nfrom b as «new»\n";
    QTest::newRow("on a stage") << "FROM a AS Build\n"
                                << "Build" << "test" << "FROM a AS Build\n\nFROM build AS «test»\n";
    QTest::newRow("a name in capitals") << "FROM a\n" << "b" << "New" << "FROM a\n\nFROM b AS «new»\n";
    QTest::newRow("a name that is taken")
        << "FROM a AS x\n"
        << "b" << "x" << "refused: Duplicate stage name \"x\", stage names should be unique";
    QTest::newRow("a name that is no name")
        << "FROM a AS x\n"
        << "b" << "-x"
        << "refused: invalid name for build stage: \"-x\", name can't start with a number or contain symbols";
    QTest::newRow("a name that a COPY above has for an image")
        << "FROM a\nCOPY --from=nginx /x /x\n"
        << "b" << "nginx"
        << "refused: cannot copy from stage \"nginx\", it needs to be defined before current stage \"stage-0\"";
    QTest::newRow("no base") << "FROM a\n" << "" << "x" << "refused: base name () should not be blank";
}

void StageEditsTest::adds()
{
    QFETCH(QString, before);
    QFETCH(QString, base);
    QFETCH(QString, name);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, addStage(*analysis, base.toStdString(), name.toStdString())), after);
}

void StageEditsTest::removes_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("stage");
    QTest::addColumn<QString>("after");

    QTest::newRow("the first") << "FROM a AS x\nRUN x\n\nFROM b\n" << 0 << "FROM b\n";
    QTest::newRow("in the middle") << "FROM a\n\nFROM b\nRUN x\n\nFROM c\n" << 1 << "FROM a\n\nFROM c\n";
    QTest::newRow("the last, with the empty line above it") << "FROM a\n\nFROM b\nRUN x\n" << 1 << "FROM a\n";
    QTest::newRow("the last of a file without a line ending") << "FROM a\n\nFROM b\nRUN x" << 1 << "FROM a";
    QTest::newRow("with the comments above it, not those of the next")
        << "FROM a\n# of b\n# too\nFROM b\nRUN x\n# of c\nFROM c\n"
        << 1 << "FROM a\n# of c\nFROM c\n";
    QTest::newRow("a heading that stands alone stays")
        << "FROM a\n\nFROM b\nRUN x\n\n# ---- third part ----\n\nFROM c\n"
        << 1 << "FROM a\n\n# ---- third part ----\n\nFROM c\n";
    QTest::newRow("directives and arguments stay")
        << "# syntax=docker/dockerfile:1\nARG V=1\n\n# of a\nFROM a\nFROM b\n"
        << 0 << "# syntax=docker/dockerfile:1\nARG V=1\n\nFROM b\n";
    QTest::newRow("a directive directly above stays") << "# syntax=docker/dockerfile:1\nFROM a\nFROM b\n"
                                                      << 0 << "# syntax=docker/dockerfile:1\nFROM b\n";
    QTest::newRow("indices of the stages below go down by one")
        << "FROM a\nFROM b\nFROM c\nCOPY --from=1 /x /x\nCOPY --from=1 /y /y\n"
        << 0 << "FROM b\nFROM c\nCOPY --from=0 /x /x\nCOPY --from=0 /y /y\n";
    QTest::newRow("an index within the stage that goes, of one below")
        << "FROM a\nFROM b\nCOPY --from=2 /x /x\nFROM c\nFROM d\nCOPY --from=2 /y /y\n"
        << 1 << "FROM a\nFROM c\nFROM d\nCOPY --from=1 /y /y\n";
    QTest::newRow("what would be left at the top as a directive")
        << "FROM a\n# escape=`\nFROM b\n"
        << 0 << "refused: The comment \"# escape=`\" would be read as a parser directive";
    QTest::newRow("the byte order mark stays") << "\uFEFF# of a\nFROM a\nFROM b\n" << 0 << "\uFEFFFROM b\n";
    QTest::newRow("a heredoc and all") << "FROM a\nFROM b\nRUN <<EOF\nFROM z\nEOF\nFROM c\n" << 1 << "FROM a\nFROM c\n";
    QTest::newRow("CRLF") << "FROM a\r\n\r\nFROM b\r\n\r\nFROM c\r\n" << 1 << "FROM a\r\n\r\nFROM c\r\n";
    QTest::newRow("what a FROM needs") << "FROM a AS x\nFROM x AS y\n" << 0 << "refused: \"y\" needs it, on line 2";
    QTest::newRow("what a COPY needs") << "FROM a\nFROM x\nCOPY --from=0 /x /x\n"
                                       << 0 << "refused: \"stage 1\" needs it, on line 3";
    QTest::newRow("what a mount needs") << "FROM a AS x\nFROM z AS y\nRUN --mount=from=x,target=/m m\n"
                                        << 0 << "refused: \"y\" needs it, on line 3";
    QTest::newRow("the only one") << "FROM a\n" << 0 << "refused: dockerfile contains no stages to build";
    QTest::newRow("one of two of one name that a COPY would then take from the other")
        << "FROM a AS x\nFROM b AS x\nFROM c\n"
        << 1 << "FROM a AS x\nFROM c\n";
}

void StageEditsTest::removes()
{
    QFETCH(QString, before);
    QFETCH(int, stage);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    QCOMPARE(shown(*analysis, removeStage(*analysis, stage)), after);
}

void StageEditsTest::moves_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("stage");
    QTest::addColumn<bool>("up");
    QTest::addColumn<QString>("after");

    QTest::newRow("up") << "FROM a\n\nFROM b\nRUN y\n" << 1 << true << "FROM b\nRUN y\n\nFROM a\n";
    QTest::newRow("down") << "FROM a\n\nFROM b\nRUN y\n\nFROM c\n"
                          << 0 << false << "FROM b\nRUN y\n\nFROM a\n\nFROM c\n";
    QTest::newRow("with its comments") << "# of a\nFROM a\n# of b\nFROM b\nRUN y\n# behind y\n"
                                       << 1 << true << "# of b\nFROM b\nRUN y\n# behind y\n# of a\nFROM a\n";
    QTest::newRow("no line ending at the end") << "FROM a\nRUN x\nFROM b" << 1 << true << "FROM b\nFROM a\nRUN x";
    QTest::newRow("directives and arguments stay above")
        << "# syntax=docker/dockerfile:1\nARG V\nFROM a\nFROM b\n"
        << 1 << true << "# syntax=docker/dockerfile:1\nARG V\nFROM b\nFROM a\n";
    QTest::newRow("the byte order mark stays") << "\uFEFF# of a\nFROM a\nFROM b\n"
                                               << 1 << true << "\uFEFFFROM b\n# of a\nFROM a\n";
    QTest::newRow("indices are kept right")
        << "FROM a\nFROM b\nFROM c\nCOPY --from=0 /x /x\nCOPY --from=1 /y /y\n"
        << 1 << true << "FROM b\nFROM a\nFROM c\nCOPY --from=1 /x /x\nCOPY --from=0 /y /y\n";
    QTest::newRow("an index inside what moves")
        << "FROM a\nFROM b\nFROM c\nCOPY --from=0 /x /x\nFROM d\nCOPY --from=2 /y /y\nCOPY --from=0 /z /z\n"
        << 1 << false
        << "FROM a\nFROM c\nCOPY --from=0 /x /x\nFROM b\nFROM d\nCOPY --from=1 /y /y\nCOPY --from=0 /z /z\n";
    QTest::newRow("a forward reference is mended so") << "FROM a AS x\nCOPY --from=y /m /m\nFROM b AS y\n"
                                                      << 1 << true << "FROM b AS y\nFROM a AS x\nCOPY --from=y /m /m\n";
    QTest::newRow("CRLF") << "FROM a\r\n\r\nFROM b\r\nRUN y\r\n" << 1 << true << "FROM b\r\nRUN y\r\n\r\nFROM a\r\n";
    QTest::newRow("above what it copies from")
        << "FROM a AS x\nFROM b AS y\nCOPY --from=x /m /m\n"
        << 1 << true << "refused: cannot copy from stage \"x\", it needs to be defined before current stage \"y\"";
    QTest::newRow("above what it copies from by index")
        << "FROM a AS x\nFROM b AS y\nCOPY --from=0 /m /m\n"
        << 1 << true << "refused: cannot copy from stage \"1\", it needs to be defined before current stage \"y\"";
    QTest::newRow("above its base") << "FROM a AS x\nFROM x AS y\n"
                                    << 0 << false
                                    << "refused: Line 2 would take from the image \"x\" instead of stage \"x\"";
    QTest::newRow("the first up") << "FROM a\nFROM b\n" << 0 << true << "refused: It is the first stage already";
    QTest::newRow("the last down") << "FROM a\nFROM b\n" << 1 << false << "refused: It is the last stage already";
    QTest::newRow("behind a heredoc that is open") << "FROM a\nRUN <<E\nFROM b\n"
                                                   << 0 << false << "refused: unterminated heredoc";
    QTest::newRow("two of one name") << "FROM a AS x\nFROM b AS x\nFROM x\n"
                                     << 1 << true
                                     << "refused: Line 3 would take from stage \"x\" instead of stage \"x\"";
}

void StageEditsTest::moves()
{
    QFETCH(QString, before);
    QFETCH(int, stage);
    QFETCH(bool, up);
    QFETCH(QString, after);

    const auto analysis = analysisOf(before);
    const EditOutcome outcome = moveStage(*analysis, stage, up);
    QCOMPARE(shown(*analysis, outcome), after);
    if (outcome) { // the caret goes along with the stage
        const auto moved = analysisOf(applied(before.toStdString(), outcome->edits));
        QCOMPARE(moved->graph.stageAt(outcome->select.begin), up ? stage - 1 : stage + 1);
    }
}

void StageEditsTest::movesBackAgain()
{
    const std::string text =
        "# of a\nFROM a\nRUN x\n\n\n# of b\nFROM b\nCOPY --from=1 /x /x\nFROM c\nCOPY --from=0 /x /x\n";
    const auto before = analysisOf(text);
    const auto down = moveStage(*before, 0, false);
    QVERIFY(down);
    const auto moved = analysisOf(applied(text, down->edits));
    const auto up = moveStage(*moved, 1, true);
    QVERIFY(up);
    QCOMPARE(QString::fromStdString(applied(moved->source.bytes(), up->edits)), QString::fromStdString(text));
}

QTEST_GUILESS_MAIN(StageEditsTest)
#include "stage_edits_test.moc"
