// SPDX-License-Identifier: GPL-3.0-or-later
//
// Instructions moved within a stage and into another, and the places they may be moved to.

#include "core/edit_outcome.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

class MoveInstructionTest : public QObject {
    Q_OBJECT

private slots:
    void knowsThePlaces_data();
    void knowsThePlaces();
    void moves_data();
    void moves();
    void movesSeveral_data();
    void movesSeveral();
};

namespace {

/// The text with a ^ at the begin of the line that holds it: that offset is the place.
struct Marked {
    explicit Marked(QString marked)
    {
        std::string bytes = marked.toStdString();
        if (const auto mark = bytes.find('^'); mark != std::string::npos) {
            place = static_cast<std::uint32_t>(mark);
            bytes.erase(mark, 1);
        }
        text = std::move(bytes);
    }

    std::string text;
    std::optional<std::uint32_t> place;
};

} // namespace

void MoveInstructionTest::knowsThePlaces_data()
{
    QTest::addColumn<QString>("marked"); // with a ^ at each place
    QTest::addColumn<int>("stage");

    QTest::newRow("a FROM alone") << "FROM a\n^" << 0;
    QTest::newRow("ahead of each and at the end") << "FROM a\n^RUN x\n^RUN y\n^" << 0;
    QTest::newRow("ahead of the comments") << "FROM a\n\n^# x\n# y\nRUN x\n^" << 0;
    QTest::newRow("ahead of the next stage's comments") << "FROM a\n^RUN x\n^\n# b\nFROM b\nRUN y\n" << 0;
    QTest::newRow("behind comments that end the stage") << "FROM a\n^RUN x\n# y\n^\nFROM b\n" << 0;
    QTest::newRow("not within a heredoc") << "FROM a\n^RUN <<EOF\n# x\nEOF\n^RUN y\n^" << 0;
    QTest::newRow("a second stage") << "FROM a\nFROM b\n^RUN x\n^" << 1;
    QTest::newRow("no such stage") << "FROM a\n" << 7;
}

void MoveInstructionTest::knowsThePlaces()
{
    QFETCH(QString, marked);
    QFETCH(int, stage);

    std::string text;
    std::vector<std::uint32_t> expected;
    for (const char c : marked.toStdString()) {
        if (c == '^')
            expected.push_back(static_cast<std::uint32_t>(text.size()));
        else
            text += c;
    }
    const auto analysis = analysisOf(text);
    std::vector<std::uint32_t> places;
    for (const InstructionPlace& place : instructionPlaces(*analysis, stage)) {
        places.push_back(place.offset);
        QVERIFY(!place.instruction ||
                analysis->dockerfile.instructions.at(*place.instruction).span.begin >= place.offset);
    }
    QCOMPARE(places, expected);
    QVERIFY(places.empty() || !instructionPlaces(*analysis, stage).back().instruction);
}

void MoveInstructionTest::moves_data()
{
    QTest::addColumn<QString>("before"); // with a ^ where it is moved to
    QTest::addColumn<int>("instruction");
    QTest::addColumn<int>("stage");
    QTest::addColumn<QString>("after");

    QTest::newRow("up") << "FROM a\n^RUN x\nRUN y\n" << 2 << 0 << "FROM a\n«RUN y»\nRUN x\n";
    QTest::newRow("down") << "FROM a\nRUN x\nRUN y\n^" << 1 << 0 << "FROM a\nRUN y\n«RUN x»\n";
    QTest::newRow("to where it is") << "FROM a\n^RUN x\nRUN y\n" << 1 << 0 << "FROM a\nRUN x\nRUN y\n";
    QTest::newRow("to right behind itself") << "FROM a\nRUN x\n^RUN y\n" << 1 << 0 << "FROM a\nRUN x\nRUN y\n";
    QTest::newRow("with its comments") << "FROM a\n^RUN x\n\n# why y\n# and how\nRUN y\n"
                                       << 2 << 0 << "FROM a\n# why y\n# and how\n«RUN y»\nRUN x\n\n";
    QTest::newRow("with its heredoc") << "FROM a\n^RUN x\nRUN <<EOF\ny\nEOF\n"
                                      << 2 << 0 << "FROM a\n«RUN <<EOF\ny\nEOF»\nRUN x\n";
    QTest::newRow("over several lines") << "FROM a\n^RUN x\nRUN y \\\n  z\n"
                                        << 2 << 0 << "FROM a\n«RUN y \\\n  z»\nRUN x\n";
    QTest::newRow("the last line without an ending") << "FROM a\n^RUN x\nRUN y" << 2 << 0 << "FROM a\n«RUN y»\nRUN x";
    QTest::newRow("behind a last line without an ending")
        << "FROM a\nRUN x\nRUN y^" << 1 << 0 << "FROM a\nRUN y\n«RUN x»";
    QTest::newRow("CRLF stays") << "FROM a\r\n^RUN x\r\nRUN y\r\n" << 2 << 0 << "FROM a\r\n«RUN y»\r\nRUN x\r\n";
    QTest::newRow("into another stage") << "FROM a\nRUN x\nFROM b\n^RUN y\n"
                                        << 1 << 1 << "FROM a\nFROM b\n«RUN x»\nRUN y\n";
    QTest::newRow("a COPY goes to the others") << "FROM a\nCOPY x /x\nFROM b\nCOPY y /y\nCMD z\n"
                                               << 1 << 1 << "FROM a\nFROM b\nCOPY y /y\n«COPY x /x»\nCMD z\n";
    QTest::newRow("a RUN goes to the work") << "FROM a\nRUN x\nFROM b\nRUN y\nUSER u\nCMD z\n"
                                            << 1 << 1 << "FROM a\nFROM b\nRUN y\n«RUN x»\nUSER u\nCMD z\n";
    QTest::newRow("a CMD goes to the end") << "FROM a\nCMD x\nFROM b\nRUN y\nUSER u\n"
                                           << 1 << 1 << "FROM a\nFROM b\nRUN y\nUSER u\n«CMD x»\n";
    QTest::newRow("an ENV behind its use")
        << "FROM a\nENV V=1\nRUN echo $V\n^" << 1 << 0 << "FROM a\nRUN echo $V\n«ENV V=1»\n";
    QTest::newRow("a COPY from the stage itself") << "FROM a AS x\n^FROM b\nCOPY --from=x /m /m\n"
                                                  << 2 << 0 << "refused: circular dependency detected on stage: x";
    QTest::newRow("a COPY from a later stage")
        << "FROM a\n^FROM b AS x\nFROM c\nCOPY --from=x /m /m\n"
        << 3 << 0 << "refused: cannot copy from stage \"x\", it needs to be defined before current stage \"stage-0\"";
    QTest::newRow("a mount from a later stage")
        << "FROM a\n^FROM b AS x\nFROM c\nRUN --mount=from=x,target=/m y\n"
        << 3 << 0
        << "refused: cannot mount from stage \"x\" to \"/m\", stage needs to be defined before current command";
    QTest::newRow("a FROM") << "FROM a\nRUN x\n^FROM b\n"
                            << 2 << 0 << "refused: A FROM begins a stage: it can't be moved alone";
    QTest::newRow("an ARG ahead of all stages")
        << "ARG V=1\nFROM a:$V\n^" << 0 << 0
        << "refused: An ARG ahead of the first FROM is for the FROM lines: in a stage they would not see it";
    QTest::newRow("an image that is counted") << "FROM a\n^RUN x\nCOPY --from=b:1 /m /m\nCOPY --from=1 /n /n\n"
                                              << 3 << 0 << "refused: invalid stage index 1";
    QTest::newRow("where a heredoc is open") << "FROM a\n^RUN x\nRUN <<EOF\ny\n"
                                             << 2 << 0 << "refused: unterminated heredoc";
    QTest::newRow("no instruction") << "FROM a\n" << 7 << 0 << "refused: This instruction is no longer there";
    QTest::newRow("no stage") << "FROM a\nRUN x\n" << 1 << 7 << "refused: This stage is no longer there";
}

void MoveInstructionTest::moves()
{
    QFETCH(QString, before);
    QFETCH(int, instruction);
    QFETCH(int, stage);
    QFETCH(QString, after);

    const Marked marked(before);
    const auto analysis = analysisOf(marked.text);
    const EditOutcome outcome = moveInstruction(*analysis, static_cast<std::size_t>(instruction), stage, marked.place);
    QCOMPARE(shown(*analysis, outcome), after);
}

void MoveInstructionTest::movesSeveral_data()
{
    QTest::addColumn<QString>("before"); // with a ^ where they are moved to
    QTest::addColumn<QList<int>>("instructions");
    QTest::addColumn<QString>("after");

    const QString three = u"RUN x\nRUN y\nRUN z\n"_s;
    QTest::newRow("neighbours") << u"FROM a\n"_s + three + u"FROM b\n^CMD z\n"_s << QList{2, 3}
                                << u"FROM a\nRUN x\nFROM b\n«RUN y\nRUN z»\nCMD z\n"_s;
    QTest::newRow("in the order of the file") << u"FROM a\n"_s + three + u"FROM b\n^CMD z\n"_s << QList{3, 1}
                                              << u"FROM a\nRUN y\nFROM b\n«RUN x\nRUN z»\nCMD z\n"_s;
    QTest::newRow("from several stages") << u"FROM a\nRUN x\nFROM b\n^RUN y\nRUN z\n"_s << QList{1, 4}
                                         << u"FROM a\nFROM b\n«RUN x\nRUN z»\nRUN y\n"_s;
    QTest::newRow("to where one of them is")
        << u"FROM a\nRUN x\nFROM b\n^RUN y\nRUN z\n"_s << QList{1, 3} << u"FROM a\nFROM b\n«RUN x\nRUN y»\nRUN z\n"_s;
    QTest::newRow("the last line without an ending")
        << u"FROM a\nRUN x\nFROM b\n^RUN y\nRUN z"_s << QList{1, 4} << u"FROM a\nFROM b\n«RUN x\nRUN z»\nRUN y"_s;
    QTest::newRow("none") << u"FROM a\n"_s << QList<int>() << u"refused: This instruction is no longer there"_s;
}

void MoveInstructionTest::movesSeveral()
{
    QFETCH(QString, before);
    QFETCH(QList<int>, instructions);
    QFETCH(QString, after);

    const Marked marked(before);
    const auto analysis = analysisOf(marked.text);
    const EditOutcome outcome = moveInstructions(*analysis, {instructions.begin(), instructions.end()},
                                                 analysis->graph.defaultTarget(), marked.place);
    QCOMPARE(shown(*analysis, outcome), after);
}

QTEST_GUILESS_MAIN(MoveInstructionTest)
#include "move_instruction_test.moc"
