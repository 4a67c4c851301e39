// SPDX-License-Identifier: GPL-3.0-or-later
//
// A unified diff is what `patch` makes of it: the numbers in it are right, and the text after comes out of it.

#include "core/report/unified_diff.h"

#include <QtTest>

#include <random>
#include <sstream>

using namespace Qt::StringLiterals;
using namespace stagelift;

namespace {

/// The text after, as `patch` finds it: by the numbers and the lines of the diff alone. Throws where they don't fit.
std::string patched(const std::string& text, const std::string& diff)
{
    std::vector<std::string> lines;
    std::istringstream file(text);
    for (std::string line; std::getline(file, line);)
        lines.push_back(line + (file.eof() ? "" : "\n"));
    std::string after;
    std::size_t at = 0;
    std::istringstream input(diff);
    std::string last;
    for (std::string line; std::getline(input, line); last = line) {
        if (line.starts_with("@@")) {
            std::size_t begin = 0;
            std::size_t count = 0;
            if (std::sscanf(line.c_str(), "@@ -%zu,%zu", &begin, &count) != 2)
                throw std::runtime_error(line);
            for (const std::size_t wanted = begin - (count > 0 ? 1 : 0); at < wanted; ++at)
                after += lines.at(at);
        } else if (line.starts_with('\\')) {
            if (last.front() != '-')
                after.pop_back();
        } else if (line.starts_with('+') && !line.starts_with("+++")) {
            after += line.substr(1) + '\n';
        } else if ((line.starts_with(' ') || line.starts_with('-')) && !line.starts_with("---")) {
            std::string old = lines.at(at++);
            const bool isCut = !old.ends_with('\n');
            if (old + (isCut ? "\n" : "") != line.substr(1) + '\n')
                throw std::runtime_error("at " + old);
            if (line.starts_with(' '))
                after += line.substr(1) + '\n';
        }
    }
    for (; at < lines.size(); ++at)
        after += lines[at];
    return after;
}

} // namespace

class UnifiedDiffTest : public QObject {
    Q_OBJECT
private slots:
    void readsAsDiffPrintsIt();
    void nothingChangesNothing();
    void patchComesToTheSame();
    void keepsEveryByte_data();
    void keepsEveryByte();
};

void UnifiedDiffTest::readsAsDiffPrintsIt()
{
    const SourceText before("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n");
    QCOMPARE(QString::fromStdString(unifiedDiff("f", before, {{{8, 9}, "five"}, {{36, 36}, "new\n"}})),
             u"--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
             "@@ -13,4 +13,5 @@\n 13\n 14\n 15\n+new\n 16\n"_s);
}

void UnifiedDiffTest::nothingChangesNothing()
{
    QCOMPARE(unifiedDiff("f", SourceText("a\n"), {}), std::string());
    QCOMPARE(unifiedDiff("f", SourceText("a\n"), {{{0, 1}, "a"}}), std::string());
}

void UnifiedDiffTest::patchComesToTheSame()
{
    std::mt19937 dice(7); // NOLINT: the same texts each time
    const auto below = [&](std::size_t count) { return static_cast<std::uint32_t>(dice() % count); };
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (std::uint32_t line = below(40); line > 0; --line)
            text += std::string(1 + below(2), "abc"[below(3)]) + '\n';
        if (below(3) == 0)
            text += "end";
        TextEdits edits;
        for (std::uint32_t at = below(20); at < text.size(); at += 1 + below(30)) {
            const std::uint32_t end = std::min<std::uint32_t>(at + below(5), static_cast<std::uint32_t>(text.size()));
            edits.push_back({{at, end}, std::string(below(3), 'x') + (below(2) == 0 ? "\n" : "")});
            at = end;
        }
        const std::string diff = unifiedDiff("f", SourceText(text), edits);
        QCOMPARE(QString::fromStdString(patched(text, diff)), QString::fromStdString(applied(text, edits)));
    }
}

void UnifiedDiffTest::keepsEveryByte_data()
{
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("a mark of the byte order") << QByteArray("\xEF\xBB\xBF"
                                                            "FROM a\nRUN b\nCMD c\n");
    QTest::newRow("no line ending at the end") << QByteArray("FROM a\nRUN b\nCMD c");
    QTest::newRow("both, and CRLF") << QByteArray("\xEF\xBB\xBF"
                                                  "FROM a\r\nRUN b\r\nCMD c");
    QTest::newRow("CRLF and LF beside each other") << QByteArray("FROM a\r\nRUN b\nCMD c\r\n");
}

/// As a split edits: behind the first line's last word, and a whole stage ahead of the last line.
void UnifiedDiffTest::keepsEveryByte()
{
    QFETCH(QByteArray, text);

    const std::string before = text.toStdString();
    const auto first = static_cast<std::uint32_t>(before.find_first_of("\r\n"));
    const auto last = static_cast<std::uint32_t>(before.find("CMD"));
    const TextEdits edits{{{first, first}, " AS build"}, {{last, last}, "\nFROM d\nCOPY --from=build /x /x\n"}};
    const std::string after = patched(before, unifiedDiff("f", SourceText(before), edits));
    QCOMPARE(QByteArray::fromStdString(after), QByteArray::fromStdString(applied(before, edits)));
}

QTEST_APPLESS_MAIN(UnifiedDiffTest)
#include "unified_diff_test.moc"
