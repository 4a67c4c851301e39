// SPDX-License-Identifier: GPL-3.0-or-later
//
// What edits do to a text, line by line: as a person reads it in a diff, and as a property of any edits.

#include "core/text/line_changes.h"

#include <QtTest>

#include <random>

using namespace Qt::StringLiterals;
using namespace stagelift;

namespace {

/// As `diff` shows it: a sign and the line.
QString shown(const std::string& text, const TextEdits& edits)
{
    const SourceText before(text);
    const SourceText after(applied(text, edits));
    QString lines;
    for (const ChangedLine& line : changedLines(before, after, edits)) {
        const bool gone = line.change == LineChange::Removed;
        const std::string_view bytes =
            gone ? before.at(before.lineSpan(line.before)) : after.at(after.lineSpan(line.after));
        lines += line.change == LineChange::Same ? u' ' : gone ? u'-' : u'+';
        lines += QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())) + u'|';
    }
    return lines;
}

} // namespace

class LineChangesTest : public QObject {
    Q_OBJECT
private slots:
    void readsLikeADiff_data();
    void readsLikeADiff();
    void holdsForAnyEdits();
};

void LineChangesTest::readsLikeADiff_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<TextEdits>("edits");
    QTest::addColumn<QString>("lines");

    QTest::newRow("nothing") << "a\nb\n"_ba << TextEdits{} << u" a| b|"_s;
    QTest::newRow("an empty text") << ""_ba << TextEdits{{{0, 0}, "a\n"}} << u"+a|"_s;
    QTest::newRow("a line put in") << "a\nb\n"_ba << TextEdits{{{2, 2}, "new\n"}} << u" a|+new| b|"_s;
    QTest::newRow("a line put in behind the end of another")
        << "a\nb\n"_ba << TextEdits{{{1, 1}, "\nnew"}} << u" a|+new| b|"_s;
    QTest::newRow("a line put in at the end") << "a\n"_ba << TextEdits{{{2, 2}, "new\n"}} << u" a|+new|"_s;
    QTest::newRow("behind a last line without an ending") << "a"_ba << TextEdits{{{1, 1}, "\nnew"}} << u"-a|+a|+new|"_s;
    QTest::newRow("a line taken out") << "a\nb\nc\n"_ba << TextEdits{{{2, 4}, ""}} << u" a|-b| c|"_s;
    QTest::newRow("the last line taken out") << "a\nb\n"_ba << TextEdits{{{2, 4}, ""}} << u" a|-b|"_s;
    QTest::newRow("a word changed") << "FROM a\nRUN b\n"_ba << TextEdits{{{6, 6}, " AS x"}}
                                    << u"-FROM a|+FROM a AS x| RUN b|"_s;
    QTest::newRow("two words of one line")
        << "one two\n"_ba << TextEdits{{{0, 3}, "1"}, {{4, 7}, "2"}} << u"-one two|+1 2|"_s;
    QTest::newRow("two places") << "a\nb\nc\n"_ba << TextEdits{{{0, 1}, "A"}, {{4, 5}, "C"}} << u"-a|+A| b|-c|+C|"_s;
    QTest::newRow("CRLF") << "a\r\nb\r\n"_ba << TextEdits{{{3, 3}, "new\r\n"}} << u" a|+new| b|"_s;
    QTest::newRow("an ending put behind the last line") << "a"_ba << TextEdits{{{1, 1}, "\n"}} << u"-a|+a|"_s;
}

void LineChangesTest::readsLikeADiff()
{
    QFETCH(QByteArray, text);
    QFETCH(TextEdits, edits);
    QFETCH(QString, lines);

    QCOMPARE(shown(text.toStdString(), edits), lines);
}

/// Every line of both texts is there once and in order, and what is called the same is.
void LineChangesTest::holdsForAnyEdits()
{
    std::mt19937 dice(1); // NOLINT: the same texts each time
    const auto below = [&](std::size_t count) { return static_cast<std::uint32_t>(dice() % count); };
    const auto random = [&](std::size_t most) {
        std::string text(below(most + 1), ' ');
        for (char& byte : text)
            byte = "ab\n"[below(3)];
        return text;
    };
    for (int round = 0; round < 5000; ++round) {
        const std::string text = random(30);
        TextEdits edits;
        for (std::uint32_t at = below(8); at < text.size(); at += 1 + below(8)) {
            const std::uint32_t end = std::min<std::uint32_t>(at + below(6), static_cast<std::uint32_t>(text.size()));
            edits.push_back({{at, end}, random(6)});
            at = end;
        }
        const SourceText before(text);
        const SourceText after(applied(text, edits));
        std::uint32_t left = 0;
        std::uint32_t right = 0;
        for (const ChangedLine& line : changedLines(before, after, edits)) {
            QCOMPARE(line.before, line.change == LineChange::Added ? 0 : ++left);
            QCOMPARE(line.after, line.change == LineChange::Removed ? 0 : ++right);
            if (line.change == LineChange::Same)
                QCOMPARE(before.at(before.fullLineSpan(line.before)), after.at(after.fullLineSpan(line.after)));
        }
        QCOMPARE(left, before.lineCount() - (text.empty() || text.ends_with('\n') ? 1 : 0));
        QCOMPARE(right, after.lineCount() - (after.bytes().empty() || after.bytes().ends_with('\n') ? 1 : 0));
    }
}

QTEST_APPLESS_MAIN(LineChangesTest)
#include "line_changes_test.moc"
