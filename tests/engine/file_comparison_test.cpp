// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two stages beside each other: what is added, changed and removed, and how much that weighs.

#include "core/engine/files/content_sum.h"
#include "core/engine/files/file_comparison.h"
#include "core/engine/files/file_view.h"
#include "engine/image_fixture.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

ImageFiles filesOf(const QByteArray& archive)
{
    ReadingWatch watch;
    auto files = readImage(sourceOf(archive, 1000), watch);
    if (!files)
        qFatal("%s", qPrintable(files.error()));
    return std::move(*files);
}

FileComparison compared(const QByteArray& before, const QByteArray& after)
{
    return compareFiles(filesOf(before), u"build"_s, filesOf(after), u"final"_s);
}

QByteArray fileOf(const QByteArray& content)
{
    return dockerArchive(QList<QByteArray>{tarOf({{.path = "a", .content = content}})});
}

} // namespace

class FileComparisonTest : public QObject {
    Q_OBJECT

private slots:
    void compares_data();
    void compares();
    void tellsContentsApart_data();
    void tellsContentsApart();
    void sumsUpFolders();
    void sumsAnyPieces();
};

void FileComparisonTest::compares_data()
{
    QTest::addColumn<QStringList>("before"); // layers
    QTest::addColumn<QStringList>("after");
    QTest::addColumn<QString>("differences");
    QTest::addColumn<QString>("totals"); // added, removed, changed: files and bytes

    QTest::newRow("alike, however many layers")
        << QStringList{u"a:1 d/ d/b:2"_s} << QStringList{u"d/ d/b:2"_s, u"a:1"_s} << QString() << u"0:0 0:0 0:0"_s;
    QTest::newRow("added") << QStringList{u"a:1"_s} << QStringList{u"a:1 d/ d/b:20"_s} << u"+d +d/b"_s
                           << u"1:20 0:0 0:0"_s;
    QTest::newRow("removed") << QStringList{u"a:1 b:30"_s} << QStringList{u"a:1"_s} << u"-b"_s << u"0:0 1:30 0:0"_s;
    QTest::newRow("a folder is removed with what is in it")
        << QStringList{u"a:1 d/ d/b:30 d/e/ d/e/f:4"_s} << QStringList{u"a:1"_s} << u"-d -d/b -d/e -d/e/f"_s
        << u"0:0 2:34 0:0"_s;
    QTest::newRow("grown") << QStringList{u"a:10"_s} << QStringList{u"a:25"_s} << u"~a"_s << u"0:0 0:0 1:15"_s;
    QTest::newRow("shrunk") << QStringList{u"a:25"_s} << QStringList{u"a:10"_s} << u"~a"_s << u"0:0 0:0 1:-15"_s;
    QTest::newRow("another mode") << QStringList{u"a:10,644 d/"_s} << QStringList{u"a:10,755 d/:0,700"_s} << u"~a ~d"_s
                                  << u"0:0 0:0 2:0"_s;
    QTest::newRow("a link leads elsewhere")
        << QStringList{u"a->b"_s} << QStringList{u"a->c"_s} << u"~a"_s << u"0:0 0:0 1:0"_s;
    QTest::newRow("a hard link is the file that it is")
        << QStringList{u"a:9 b=>a"_s} << QStringList{u"a:9 b:9"_s} << QString() << u"0:0 0:0 0:0"_s;
    QTest::newRow("a folder becomes a file")
        << QStringList{u"d/ d/b:30"_s} << QStringList{u"d:5"_s} << u"~d -d/b"_s << u"1:5 1:30 0:0"_s;
    QTest::newRow("a file becomes a folder")
        << QStringList{u"d:5"_s} << QStringList{u"d/ d/b:30"_s} << u"~d +d/b"_s << u"1:30 1:5 0:0"_s;
    QTest::newRow("a file becomes a link")
        << QStringList{u"a:5"_s} << QStringList{u"a->b"_s} << u"~a"_s << u"0:0 0:0 1:-5"_s;
    QTest::newRow("what a layer hides is not there")
        << QStringList{u"a:5"_s, u".wh.a b:1"_s} << QStringList{u"a:5 b:1"_s} << u"+a"_s << u"1:5 0:0 0:0"_s;
    QTest::newRow("nothing in common") << QStringList{u"a:5"_s} << QStringList{u"b:7"_s} << u"-a +b"_s
                                       << u"1:7 1:5 0:0"_s;
    QTest::newRow("an empty stage") << QStringList{} << QStringList{u"a:5"_s} << u"+a"_s << u"1:5 0:0 0:0"_s;
}

void FileComparisonTest::compares()
{
    QFETCH(QStringList, before);
    QFETCH(QStringList, after);
    const FileComparison comparison = compared(dockerArchive(before), dockerArchive(after));
    QVERIFY(comparison.files);
    QVERIFY(isComparison(*comparison.files));
    QTEST(changes(*comparison.files).section(u'|', kDifferences), "differences");
    const ComparedTotals& totals = comparison.totals;
    QTEST(u"%1:%2 %3:%4 %5:%6"_s.arg(totals.added)
              .arg(totals.addedBytes)
              .arg(totals.removed)
              .arg(totals.removedBytes)
              .arg(totals.changed)
              .arg(totals.grownBytes),
          "totals");
    QCOMPARE(comparison.unsure, 0);
}

void FileComparisonTest::tellsContentsApart_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<bool>("alike");

    const QByteArray large = QByteArray(100'000, 'x');
    QTest::newRow("alike") << large << large << true;
    QTest::newRow("another first byte") << large << QByteArray(large).replace(0, 1, "y") << false;
    QTest::newRow("another last byte") << large << QByteArray(large).replace(99'999, 1, "y") << false;
    QTest::newRow("words that changed places") << "12345678abcdefgh"_ba << "abcdefgh12345678"_ba << false;
    QTest::newRow("a few bytes") << "abc"_ba << "abd"_ba << false;
    QTest::newRow("zeros") << QByteArray(10, '\0') << QByteArray(9, '\0') + 'x' << false;
}

void FileComparisonTest::tellsContentsApart()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(bool, alike);
    QCOMPARE(before.size(), after.size());
    QCOMPARE(changes(*compared(fileOf(before), fileOf(after)).files).section(u'|', kDifferences),
             alike ? QString() : u"~a"_s);
}

/// What is removed counts against what is added.
void FileComparisonTest::sumsUpFolders()
{
    const FileComparison comparison = compared(dockerArchive(QStringList{u"d/ d/gone:300 d/same:9 e:100"_s}),
                                               dockerArchive(QStringList{u"d/ d/new:1000 d/same:9 e:40"_s}));
    const FileView view(comparison.files, {.layer = kDifferences});
    const auto size = [&](const char* path) { return view.size(comparison.files->find(path)); };
    QCOMPARE(size("d"), 700);
    QCOMPARE(size("d/gone"), -300);
    QCOMPARE(size("e"), -60);
    QCOMPARE(size("/"), 640);
    QCOMPARE(view.children(comparison.files->find("d")).size(), std::size_t{2}); // what is alike is left out
    QVERIFY(view.compares());
}

void FileComparisonTest::sumsAnyPieces()
{
    const QByteArray content = "The quick brown fox jumps over the lazy dog, and so on"_ba;
    ContentSum whole;
    whole.take(content, 0);
    QVERIFY(whole.value(content.size()) != 0);
    for (qsizetype piece = 1; piece < content.size(); ++piece) {
        ContentSum sum;
        for (qsizetype at = 0; at < content.size(); at += piece)
            sum.take(QByteArrayView(content).sliced(at, std::min(piece, content.size() - at)), at);
        QCOMPARE(sum.value(content.size()), whole.value(content.size()));
    }
    ContentSum holed;
    holed.take(content, 100);
    QCOMPARE(holed.value(100 + content.size()), 0U);
    QCOMPARE(whole.value(content.size() + 1), 0U); // a hole at the end
}

QTEST_GUILESS_MAIN(FileComparisonTest)
#include "file_comparison_test.moc"
