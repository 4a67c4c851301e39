// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the layers of an image store, by folder: that it comes to the byte to what the engine has measured, whatever the
// layers do to each other's files, and that no more of it is laid out than can be seen.

#include "core/engine/files/folder_tree.h"
#include "core/engine/files/stage_files.h"
#include "engine/image_fixture.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

constexpr int kFirstKey = 100;

LayerFoldersPtr foldersOf(const QStringList& layers)
{
    return std::make_shared<const LayerFolders>(imageFilesOf(layers));
}

/// "usr/{bin/{a 10 b 5} lib/c 3}", the heaviest first.
QString told(const LayerFolders& folders, int layer, LayerFolders::Place place = LayerFolders::kRoot)
{
    const auto entries = folders.entries(layer);
    QStringList inside;
    for (const LayerFolders::Entry& entry : folders.children(layer, place)) {
        const QString name = QString::fromStdString(std::string(folders.files()->name(entry.node)));
        const auto child = static_cast<LayerFolders::Place>(&entry - entries.data());
        inside << (entry.count > 0 ? u"%1/{%2}"_s.arg(name, told(folders, layer, child))
                                   : u"%1 %2"_s.arg(name).arg(entry.bytes));
    }
    return inside.join(u' ');
}

/// "usr/{bin/ 15 lib/c 3} and 2 in 4 files, besides 7"
QString told(const WeightTree& tree, const std::vector<LayerPart>& parts)
{
    QStringList words;
    for (const WeightTree& child : tree.children) {
        const LayerPart& part = parts.at(static_cast<std::size_t>(child.key - kFirstKey));
        const QString name = QString::fromStdString(child.name);
        if (part.kind == LayerPart::Kind::Others)
            words << u"and %1 in %2 files"_s.arg(child.weight).arg(part.files);
        else if (part.kind == LayerPart::Kind::Besides)
            words << u"besides %1"_s.arg(child.weight);
        else if (!child.children.empty())
            words << u"%1{%2}"_s.arg(name, told(child, parts));
        else
            words << u"%1 %2"_s.arg(name).arg(child.weight);
    }
    return words.join(u' ');
}

WeightTree filled(FolderTree& maker, int layer, qint64 measured)
{
    WeightTree node{.name = "RUN", .weight = measured};
    maker.fillLayer(node, layer, measured);
    return node;
}

} // namespace

class LayerFoldersTest : public QObject {
    Q_OBJECT
private slots:
    void sumsUpEachLayer_data();
    void sumsUpEachLayer();
    void countsFiles();
    void goesToTheEndOfAChain();
    void showsWhatWeighsEnough_data();
    void showsWhatWeighsEnough();
    void alwaysComesToWhatWasMeasured();
    void showsAFolderAlone();
    void findsTheLayersThatWereMeasured_data();
    void findsTheLayersThatWereMeasured();
    void takesAHundredThousandFiles();
    void takesFoldersThatAreThousandsDeep();
};

void LayerFoldersTest::sumsUpEachLayer_data()
{
    QTest::addColumn<QStringList>("layers");
    QTest::addColumn<QString>("told");

    const auto row = [](const char* name, const QStringList& layers, const QString& told) {
        QTest::newRow(name) << layers << told;
    };
    row("folders by what is in them", {u"usr/ usr/bin/ usr/bin/a:10 usr/bin/b:5 usr/lib/c:30 etc/d:40"_s},
        u"usr/{lib/{c 30} bin/{a 10 b 5}} etc/{d 40}"_s);
    row("alike: by name", {u"b:5 c:5 a:5"_s}, u"a 5 b 5 c 5"_s);
    row("what weighs nothing has no place", {u"usr/ usr/empty:0 dev/null! bin/sh->dash opt/a:1"_s}, u"opt/{a 1}"_s);
    row("a hard link weighs once", {u"bin/busybox:900 bin/ls=>bin/busybox bin/cat=>bin/busybox"_s},
        u"bin/{busybox 900}"_s);
    row("a changed file weighs in both", {u"etc/conf:30 big:9"_s, u"etc/conf:31"_s},
        u"etc/{conf 30} big 9|etc/{conf 31}"_s);
    row("a hidden one still weighs below", {u"etc/conf:30 big:900"_s, u".wh.big"_s}, u"big 900 etc/{conf 30}|"_s);
    row("a layer that only hides", {u"var/cache/a:5 var/cache/b:6"_s, u"var/.wh.cache"_s, u"c:1"_s},
        u"var/{cache/{b 6 a 5}}||c 1"_s);
    row("hidden, and put there anew", {u"opt/app/old:50"_s, u"opt/app/.wh..wh..opq opt/app/new:7"_s},
        u"opt/{app/{old 50}}|opt/{app/{new 7}}"_s);
    row("a file where a folder was", {u"app/a:5 app/b:6"_s, u"app:20"_s}, u"app/{b 6 a 5}|app 20"_s);
    row("an empty layer", {u"a:1"_s, u"tmp/"_s}, u"a 1|"_s);
}

void LayerFoldersTest::sumsUpEachLayer()
{
    QFETCH(QStringList, layers);
    QFETCH(QString, told);
    const LayerFoldersPtr folders = foldersOf(layers);
    QStringList words;
    for (int layer = 0; layer < layers.size(); ++layer) {
        words << ::told(*folders, layer);
        QCOMPARE(folders->bytes(layer), folders->files()->layers().at(layer).bytes);
    }
    QCOMPARE(words.join(u'|'), told);
}

void LayerFoldersTest::countsFiles()
{
    const LayerFoldersPtr folders = foldersOf({u"usr/bin/a:10 usr/bin/b:5 usr/c:1 usr/none:0"_s});
    const auto entries = folders->entries(0);
    QCOMPARE(entries[LayerFolders::kRoot].files, 3U);
    QCOMPARE(entries[1].files, 3U); // usr
    QCOMPARE(folders->children(0, 1)[0].files, 2U);
    QCOMPARE(folders->children(0, 1)[1].files, 1U);
}

void LayerFoldersTest::goesToTheEndOfAChain()
{
    const LayerFoldersPtr folders = foldersOf({u"usr/lib/x86/a:10 usr/lib/x86/b:5"_s, u"opt/app:5"_s});
    const auto nameAt = [&](int layer) {
        const auto place = folders->deepest(layer, 1);
        return QString::fromStdString(folders->files()->path(folders->entries(layer)[place].node));
    };
    QCOMPARE(nameAt(0), u"/usr/lib/x86"_s);
    QCOMPARE(nameAt(1), u"/opt"_s); // it is the folder, and not the file in it
}

void LayerFoldersTest::showsWhatWeighsEnough_data()
{
    QTest::addColumn<QString>("layer");
    QTest::addColumn<qint64>("measured");
    QTest::addColumn<qint64>("least");
    QTest::addColumn<qint64>("leastOpen");
    QTest::addColumn<QString>("told");

    const auto row = [](const char* name, const QString& layer, qint64 measured, qint64 least, qint64 leastOpen,
                        const QString& told) {
        QTest::newRow(name) << layer << measured << least << leastOpen << told;
    };
    const QString system = u"usr/lib/x86/a:50 usr/lib/x86/b:30 usr/bin/c:15 etc/d:3 etc/e:2"_s;
    row("all of it", system, 100, 1, 1, u"usr/{lib/x86/{a 50 b 30} bin/c 15} etc/{d 3 e 2}"_s);
    row("what is light, gathered; one alone is itself", system, 100, 10, 1,
        u"usr/{lib/x86/{a 50 b 30} bin/c 15} etc/ 5"_s);
    row("light ones are not looked into", system, 100, 1, 40, u"usr/{lib/x86/{a 50 b 30} bin/c 15} etc/ 5"_s);
    row("several light ones", u"a:80 b:3 c:2 d/e:4 d/f:1"_s, 90, 10, 1, u"a 80 and 10 in 4 files"_s);
    row("all too light: it stays whole", u"a:3 b:2"_s, 5, 10, 1, QString());
    row("the engine counts more", u"bin/a:60 bin/b:20"_s, 100, 1, 1, u"bin/{a 60 b 20} besides 20"_s);
    row("the engine counts less: each has its share", u"a:100 b:60 c:40"_s, 100, 1, 1, u"a 50 b 30 c 20"_s);
    row("a layer that only hides", u".wh.a"_s, 4096, 1, 1, QString());
}

void LayerFoldersTest::showsWhatWeighsEnough()
{
    QFETCH(QString, layer);
    QFETCH(qint64, measured);
    QFETCH(qint64, least);
    QFETCH(qint64, leastOpen);
    QFETCH(QString, told);
    FolderTree maker(foldersOf({layer}), {.least = least, .leastOpen = leastOpen}, kFirstKey);
    const WeightTree tree = filled(maker, 0, measured);
    QCOMPARE(::told(tree, maker.parts()), told);
    QCOMPARE(tree.total(), measured);
}

/// Also where nothing divides evenly.
void LayerFoldersTest::alwaysComesToWhatWasMeasured()
{
    const LayerFoldersPtr folders =
        foldersOf({u"usr/lib/a:7 usr/lib/b:11 usr/lib/deep/c:13 usr/d:17 etc/e:19 etc/f:23 g:29 h:1 i:1 j:2"_s});
    for (qint64 measured = 1; measured < 260; ++measured)
        for (const qint64 least : {1, 3, 12, 40}) {
            FolderTree maker(folders, {.least = least, .leastOpen = 2 * least}, kFirstKey);
            const WeightTree tree = filled(maker, 0, measured);
            QCOMPARE(tree.total(), measured);
            QCOMPARE_GE(tree.weight, 0);
            qint64 stored = 0;
            for (const WeightTree& child : tree.children) {
                const LayerPart& part = maker.parts()[static_cast<std::size_t>(child.key - kFirstKey)];
                stored += part.kind == LayerPart::Kind::Besides ? 0 : part.bytes;
            }
            QVERIFY(tree.children.empty() || stored == folders->bytes(0));
        }
}

void LayerFoldersTest::showsAFolderAlone()
{
    const LayerFoldersPtr folders = foldersOf({u"usr/lib/a:50 usr/lib/b:30 usr/bin/c:15 etc/d:5"_s});
    const auto find = [&](const char* path) {
        const auto entries = folders->entries(0);
        const auto found = std::ranges::find(entries, folders->files()->find(path), &LayerFolders::Entry::node);
        return static_cast<LayerFolders::Place>(found - entries.begin());
    };
    const auto shown = [&](const char* path, qint64 measured, qint64 least) {
        FolderTree maker(folders, {.least = least, .leastOpen = least}, kFirstKey);
        WeightTree tree;
        maker.fillFolder(tree, 0, find(path), measured);
        return u"%1: %2"_s.arg(tree.total()).arg(told(tree, maker.parts()));
    };
    QCOMPARE(shown("usr", 100, 1), u"95: lib/{a 50 b 30} bin/c 15"_s);
    QCOMPARE(shown("usr/lib", 100, 1), u"80: a 50 b 30"_s);
    QCOMPARE(shown("usr", 200, 1), u"95: lib/{a 50 b 30} bin/c 15"_s); // what is besides is not in it
    QCOMPARE(shown("usr/lib", 50, 1), u"40: a 25 b 15"_s);
    QCOMPARE(shown("usr/lib", 100, 60), u"80: and 80 in 2 files"_s); // there is nothing else to show
}

void LayerFoldersTest::findsTheLayersThatWereMeasured_data()
{
    QTest::addColumn<QString>("measured"); // "bytes@instruction"
    QTest::addColumn<QList<int>>("layers");

    // The image has three layers, the last two of instructions 1 and 2, and an empty entry behind them.
    QTest::newRow("entry by entry") << u"10@-1 20@1 30@2 0@3"_s << QList<int>{0, 1, 2, -1};
    QTest::newRow("the base's history is longer") << u"4@-1 6@-1 20@1 30@2 0@3"_s << QList<int>{-1, -1, 1, 2, -1};
    QTest::newRow("it is shorter") << u"20@1 30@2"_s << QList<int>{1, 2};
    QTest::newRow("an instruction that made none") << u"20@1 30@7"_s << QList<int>{1, -1};
    QTest::newRow("one that weighs nothing") << u"0@1 30@2"_s << QList<int>{-1, 2};
    QTest::newRow("nothing was measured") << QString() << QList<int>{};
}

void LayerFoldersTest::findsTheLayersThatWereMeasured()
{
    QFETCH(QString, measured);
    QFETCH(QList<int>, layers);
    const QByteArray archive = dockerArchive(QStringList{u"a:10"_s, u"b:20"_s, u"c:30"_s});
    ReadingWatch watch;
    auto files = readImage(sourceOf(archive), watch);
    QVERIFY(files);
    files->layers()[1].instruction = 1;
    files->layers()[2].instruction = 2;
    QList<LayerSize> sizes;
    for (const QString& word : measured.split(u' ', Qt::SkipEmptyParts))
        sizes.append({.createdBy = {},
                      .bytes = word.section(u'@', 0, 0).toLongLong(),
                      .instruction = word.section(u'@', 1).toInt()});
    QCOMPARE(layersOf(*files, sizes), layers);
}

void LayerFoldersTest::takesAHundredThousandFiles()
{
    QStringList words;
    for (int i = 0; i < 100'000; ++i)
        words << u"usr/share/p%1/d%2/file-%3:%4"_s.arg(i % 300).arg(i % 7).arg(i).arg(1 + i % 9);
    const QByteArray archive = dockerArchive(QStringList{words.join(u' '), u"a:1"_s});
    ReadingWatch watch;
    auto read = readImage(sourceOf(archive), watch);
    QVERIFY(read);
    const auto files = std::make_shared<const ImageFiles>(std::move(*read));
    QElapsedTimer clock;
    clock.start();
    const auto folders = std::make_shared<const LayerFolders>(files);
    const qint64 summed = clock.restart();
    QCOMPARE(folders->bytes(0), files->layers().at(0).bytes);
    QCOMPARE(folders->entries(0)[LayerFolders::kRoot].files, 100'000U);
    // A view of 1200 by 300 pixels that shows rectangles of a hundred of them.
    const qint64 least = folders->bytes(0) / 3600;
    FolderTree maker(folders, {.least = least, .leastOpen = 20 * least}, kFirstKey);
    const WeightTree tree = filled(maker, 0, folders->bytes(0));
    const auto tiles = layTreemap(tree, {0, 0, 1200, 300}, {.head = 18, .frame = 2, .least = 8});
    const qint64 planned = clock.elapsed();
    QCOMPARE_GT(tiles.size(), 100U);
    QCOMPARE(tree.total(), folders->bytes(0));
    QVERIFY2(maker.parts().size() < 3600, qPrintable(QString::number(maker.parts().size())));
    qInfo("100,000 files: summed up in %lld ms, laid out in %lld ms", summed, planned);
    QVERIFY2(summed < 3000 && planned < 500, "far more than it takes, checked by sanitizers or not");
}

void LayerFoldersTest::takesFoldersThatAreThousandsDeep()
{
    QString path;
    QStringList words;
    for (int i = 0; i < 2000; ++i) {
        path += u"d/"_s;
        words << path + u"f:1"_s;
    }
    const LayerFoldersPtr folders = foldersOf({words.join(u' ')});
    QCOMPARE(folders->bytes(0), 2000);
    FolderTree maker(folders, {.least = 1, .leastOpen = 1}, kFirstKey);
    QCOMPARE(filled(maker, 0, 2000).total(), 2000);
}

QTEST_APPLESS_MAIN(LayerFoldersTest)
#include "layer_folders_test.moc"
