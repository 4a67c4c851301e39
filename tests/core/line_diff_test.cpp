// SPDX-License-Identifier: GPL-3.0-or-later
//
// The edits between two texts: as a person reads them in a diff, and as a property of any two texts.

#include "core/text/line_changes.h"
#include "core/text/line_diff.h"

#include <QtTest>

#include <random>

using namespace Qt::StringLiterals;
using namespace stagelift;

namespace {

std::string many(int from, int to)
{
    std::string text;
    for (int line = from; line < to; ++line)
        text += "line " + std::to_string(line) + '\n';
    return text;
}

/// As `diff` shows it: a sign and the line.
QString shown(const std::string& from, const std::string& to)
{
    const SourceText before(from);
    const SourceText after(to);
    QString lines;
    for (const ChangedLine& line : changedLines(before, after, lineEdits(before, after))) {
        const bool gone = line.change == LineChange::Removed;
        const std::string_view bytes =
            gone ? before.at(before.lineSpan(line.before)) : after.at(after.lineSpan(line.after));
        lines += line.change == LineChange::Same ? u' ' : gone ? u'-' : u'+';
        lines += QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())) + u'|';
    }
    return lines;
}

/// Lines that go and come, at least: by the longest common subsequence, which takes quadratic time.
std::size_t fewest(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
    std::vector<std::vector<std::size_t>> common(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < b.size(); ++j)
            common[i + 1][j + 1] = a[i] == b[j] ? common[i][j] + 1 : std::max(common[i][j + 1], common[i + 1][j]);
    return a.size() + b.size() - 2 * common[a.size()][b.size()];
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (const std::string& line : lines)
        text += line;
    return text;
}

} // namespace

class LineDiffTest : public QObject {
    Q_OBJECT
private slots:
    void readsLikeADiff_data();
    void readsLikeADiff();
    void isRightAndShortest();
    void endsSoonWhereNothingIsAlike();
};

void LineDiffTest::readsLikeADiff_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("lines");

    QTest::newRow("the same") << "a\nb\n"_ba << "a\nb\n"_ba << u" a| b|"_s;
    QTest::newRow("both empty") << ""_ba << ""_ba << u""_s;
    QTest::newRow("from nothing") << ""_ba << "a\nb\n"_ba << u"+a|+b|"_s;
    QTest::newRow("to nothing") << "a\nb\n"_ba << ""_ba << u"-a|-b|"_s;
    QTest::newRow("a line put in") << "a\nc\n"_ba << "a\nb\nc\n"_ba << u" a|+b| c|"_s;
    QTest::newRow("a line taken out") << "a\nb\nc\n"_ba << "a\nc\n"_ba << u" a|-b| c|"_s;
    QTest::newRow("first and last changed, the middle stays")
        << "a\nb\nc\n"_ba << "x\nb\ny\n"_ba << u"-a|+x| b|-c|+y|"_s;
    QTest::newRow("a stage moved up") << "FROM a\nRUN 1\nFROM b\nRUN 2\n"_ba << "FROM b\nRUN 2\nFROM a\nRUN 1\n"_ba
                                      << u"-FROM a|-RUN 1| FROM b| RUN 2|+FROM a|+RUN 1|"_s;
    QTest::newRow("a last line gets its ending") << "a\nb"_ba << "a\nb\n"_ba << u" a|-b|+b|"_s;
    QTest::newRow("line endings are part of a line") << "a\r\nb\n"_ba << "a\nb\n"_ba << u"-a|+a| b|"_s;
}

void LineDiffTest::readsLikeADiff()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, lines);
    QCOMPARE(shown(before.toStdString(), after.toStdString()), lines);
}

void LineDiffTest::isRightAndShortest()
{
    std::mt19937 random(20260501);
    const auto any = [&](int below) { return static_cast<std::size_t>(random() % static_cast<unsigned>(below)); };
    const std::vector<std::string> words{"a\n", "b\n", "c\r\n", "\n", "d\n"};
    for (int round = 0; round < 3000; ++round) {
        std::vector<std::string> a(any(14));
        std::vector<std::string> b(any(14));
        for (std::vector<std::string>* text : {&a, &b})
            for (std::string& line : *text)
                line = words[any(static_cast<int>(words.size()))];
        if (any(3) == 0 && !b.empty())
            b.back() = "the end"; // without an ending
        const SourceText before(joined(a));
        const SourceText after(joined(b));
        const TextEdits edits = lineEdits(before, after);
        QCOMPARE(applied(before.bytes(), edits), std::string(after.bytes()));
        TextEdits sorted = edits;
        QVERIFY(normalise(sorted) && sorted == edits);
        std::size_t lines = 0;
        for (const ChangedLine& line : changedLines(before, after, edits))
            lines += line.change == LineChange::Same ? 0 : 1;
        QCOMPARE(lines, fewest(a, b));
    }
}

void LineDiffTest::endsSoonWhereNothingIsAlike()
{
    const SourceText before("head\n" + many(0, 40'000) + "tail\n");
    const SourceText after("head\n" + many(50'000, 90'000) + "tail\n");
    QElapsedTimer clock;
    clock.start();
    const TextEdits edits = lineEdits(before, after);
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(edits.size(), 1U);
    QCOMPARE(edits.front().span.begin, 5U);
    QCOMPARE(applied(before.bytes(), edits), std::string(after.bytes()));
}

QTEST_APPLESS_MAIN(LineDiffTest)
#include "line_diff_test.moc"
