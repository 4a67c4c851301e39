// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edit_outcome.h"
#include "core/edits/sequence.h"
#include "core/stages/stage_names.h"

#include <QtTest>

#include <random>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

/// "2-4:x" replaces bytes 2 and 3 by x; several are separated by a blank.
TextEdits editsFrom(const QString& text)
{
    TextEdits edits;
    for (const QString& one : text.split(u' ', Qt::SkipEmptyParts)) {
        const QString range = one.section(u':', 0, 0);
        edits.push_back({{range.section(u'-', 0, 0).toUInt(), range.section(u'-', 1).toUInt()},
                         one.section(u':', 1).toStdString()});
    }
    return edits;
}

QString inWords(const TextEdits& edits)
{
    QStringList words;
    for (const TextEdit& edit : edits)
        words << u"%1-%2:%3"_s.arg(edit.span.begin).arg(edit.span.end).arg(QString::fromStdString(edit.text));
    return words.join(u' ');
}

class RandomEdits {
public:
    explicit RandomEdits(unsigned seed) : m_random(seed) {}

    int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(m_random); }

    std::string text(int most)
    {
        std::string made;
        for (int count = below(most + 1); count > 0; --count)
            made += "abc\r\n"[below(5)];
        return made;
    }

    /// Up to six, some of them side by side, some that insert or delete only.
    TextEdits edits(std::size_t size)
    {
        TextEdits made;
        std::uint32_t at = 0;
        for (int count = below(7); count > 0; --count) {
            at += static_cast<std::uint32_t>(below(4));
            const auto end = at + static_cast<std::uint32_t>(below(4));
            if (end > size)
                break;
            made.push_back({{at, end}, text(3)});
            at = end;
        }
        return normalise(made) ? made : TextEdits();
    }

private:
    std::mt19937 m_random;
};

EditOutcome renamedTo(const Analysis& before, std::string_view from, std::string_view to)
{
    const auto stage = lastStageNamed(before.graph, from);
    return stage ? renameStage(before, *stage, to) : EditOutcome(std::unexpected(Refusal{"no such stage", {}}));
}

EditStep renaming(std::string from, std::string to)
{
    return [from = std::move(from), to = std::move(to)](const Analysis& now) { return renamedTo(now, from, to); };
}

EditStep basedOn(int stage, std::string base)
{
    return [stage, base = std::move(base)](const Analysis& now) { return changeBase(now, stage, base); };
}

} // namespace

class SequenceTest : public QObject {
    Q_OBJECT

private slots:
    void composes_data();
    void composes();
    void composesAnyEdits();
    void isOneEdit();
    void endsAtTheFirstRefusal();
    void selectsWhatTheLastStepDoes();
    void keepsTheBuildArguments();
};

void SequenceTest::composes_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("both");

    QTest::newRow("nothing and nothing") << "" << "" << "";
    QTest::newRow("nothing, then something") << "" << "2-4:x" << "2-4:x";
    QTest::newRow("something, then nothing") << "2-4:x" << "" << "2-4:x";
    QTest::newRow("apart, the second in offsets of the first text") << "1-1:xyz" << "6-7:w" << "1-1:xyz 3-4:w";
    QTest::newRow("apart, the second ahead") << "4-5:" << "0-1:w" << "0-1:w 4-5:";
    QTest::newRow("what was put in is taken out again") << "2-2:xyz" << "2-5:" << "";
    QTest::newRow("some of what was put in is taken out again") << "2-2:xyz" << "3-4:" << "2-2:xz";
    QTest::newRow("within what was put in") << "2-3:xyz" << "3-3:w" << "2-3:xwyz";
    QTest::newRow("over what was put in") << "2-3:xyz" << "1-6:w" << "1-4:w";
    QTest::newRow("where something was taken out") << "2-4:" << "2-2:w" << "2-4:w";
    QTest::newRow("over where something was taken out") << "2-4:" << "1-3:w" << "1-5:w";
    QTest::newRow("ahead of what was put in") << "2-2:x" << "2-2:w" << "2-2:wx";
    QTest::newRow("behind what was put in") << "2-2:x" << "3-3:w" << "2-2:xw";
    QTest::newRow("over several") << "1-1:x 3-4: 5-5:yz" << "0-6:w" << "0-5:wz";
    QTest::newRow("side by side") << "2-4:x" << "3-4:y" << "2-5:xy";
    QTest::newRow("at the end") << "6-6:x" << "7-7:y" << "6-6:xy";
}

void SequenceTest::composes()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(QString, both);

    const std::string text = "abcdef";
    const TextEdits made = composed(editsFrom(first), editsFrom(second));
    QCOMPARE(inWords(made), both);
    QCOMPARE(applied(text, made), applied(applied(text, editsFrom(first)), editsFrom(second)));
}

void SequenceTest::composesAnyEdits()
{
    RandomEdits dice(20260824);
    int both = 0;
    for (int count = 0; count < 20000; ++count) {
        const std::string text = dice.text(16);
        const TextEdits first = dice.edits(text.size());
        const std::string between = applied(text, first);
        const TextEdits second = dice.edits(between.size());
        both += !first.empty() && !second.empty() ? 1 : 0;

        TextEdits made = composed(first, second);
        const TextEdits asMade = made;
        const QString shown = QString::fromStdString(text) + u" / "_s + inWords(first) + u" / "_s + inWords(second);
        QVERIFY2(normalise(made) && made == asMade, qPrintable(shown));
        const std::string after = applied(text, made);
        QVERIFY2(after == applied(between, second), qPrintable(shown));
        QVERIFY2(applied(after, inverse(text, made)) == text, qPrintable(shown));
        for (std::size_t next = 1; next < made.size(); ++next)
            QVERIFY2(made[next - 1].span.end < made[next].span.begin, qPrintable(shown));
    }
    QVERIFY2(both > 8000, qPrintable(QString::number(both)));
}

void SequenceTest::isOneEdit()
{
    const QString text = u"FROM a AS x\r\n# stays\r\nFROM b AS y\r\nCOPY --from=x /f /f\r\n"_s;
    const auto before = analysisOf(text);
    const std::vector<EditStep> steps{renaming("x", "one"), renaming("y", "x"), renaming("one", "y"),
                                      basedOn(1, "c:2")};
    const EditOutcome outcome = inSequence(*before, steps);
    QCOMPARE(shown(*before, outcome), u"FROM a AS y\r\n# stays\r\nFROM «c:2» AS x\r\nCOPY --from=y /f /f\r\n"_s);
    QCOMPARE(inWords(outcome->edits), u"10-11:y 27-28:c:2 32-33:x 47-48:y"_s);

    const std::vector<EditStep> thereAndBack{renaming("x", "one"), renaming("one", "x")};
    const EditOutcome nothing = inSequence(*before, thereAndBack);
    QVERIFY(nothing);
    QVERIFY(nothing->edits.empty());
}

void SequenceTest::endsAtTheFirstRefusal()
{
    const auto before = analysisOf(u"FROM a AS x\nFROM b AS y\n"_s);
    int run = 0;
    const std::vector<EditStep> steps{renaming("x", "one"), renaming("y", "one"), [&run](const Analysis&) {
                                          ++run;
                                          return EditOutcome();
                                      }};
    QCOMPARE(shown(*before, inSequence(*before, steps)),
             u"refused: Duplicate stage name \"one\", stage names should be unique"_s);
    QCOMPARE(run, 0);
}

void SequenceTest::selectsWhatTheLastStepDoes()
{
    const auto before = analysisOf(u"FROM a AS x\nFROM b AS y\n"_s);
    const std::vector<EditStep> steps{renaming("y", "second"), renaming("x", "first"),
                                      [](const Analysis&) { return EditOutcome(); }};
    QCOMPARE(shown(*before, inSequence(*before, steps)), u"FROM a AS «first»\nFROM b AS second\n"_s);
    QCOMPARE(shown(*before, inSequence(*before, {})), u"FROM a AS x\nFROM b AS y\n"_s);
}

void SequenceTest::keepsTheBuildArguments()
{
    CheckOptions options;
    options.build.buildArgs = {{"BASE", "other"}};
    const AnalysisPtr before = analyse("ARG BASE=x\nFROM a AS x\nFROM ${BASE} AS y\n", options);
    std::string seen;
    const std::vector<EditStep> steps{renaming("y", "z"), [&seen](const Analysis& now) {
                                          seen = now.graph.stages.back().baseName;
                                          return EditOutcome();
                                      }};
    QVERIFY(inSequence(*before, steps));
    QCOMPARE(seen, std::string("other"));
}

QTEST_GUILESS_MAIN(SequenceTest)
#include "sequence_test.moc"
