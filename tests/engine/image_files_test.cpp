// SPDX-License-Identifier: GPL-3.0-or-later
//
// Image archives as streams: what a container sees of their layers, what each layer has done, what is wasted; and what
// becomes of an archive that is broken, or made to do harm.

#include "core/engine/files/stage_files.h"
#include "engine/image_fixture.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

std::expected<ImageFiles, QString> readFrom(const QByteArray& bytes, qsizetype piece = 64 * 1024)
{
    ReadingWatch watch;
    return readImage(sourceOf(bytes, piece), watch);
}

QByteArray blobPath(const QByteArray& bytes)
{
    return "blobs/sha256/" + QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QJsonObject descriptor(const QByteArray& bytes)
{
    return {{u"digest"_s, QString::fromLatin1(blobPath(bytes)).replace(u"blobs/sha256/"_s, u"sha256:"_s)}};
}

FixtureEntry blob(const QByteArray& bytes)
{
    return {.path = blobPath(bytes), .content = bytes};
}

/// As BuildKit's OCI exporter writes it: the index is ahead of the blobs, and leads over another index to the image and
/// to what attests it.
QByteArray ociArchive(const QList<QByteArray>& layers)
{
    QJsonArray described;
    QList<FixtureEntry> blobs;
    for (const QByteArray& layer : layers) {
        described.append(descriptor(layer));
        blobs << blob(layer);
    }
    const QByteArray config = configOf(layers.size());
    const QByteArray image = json(QJsonObject{{u"config"_s, descriptor(config)}, {u"layers"_s, described}});
    const QByteArray proof = json(QJsonObject{{u"layers"_s, QJsonArray{descriptor("{\"proof\":1}")}}});
    QJsonObject attestation = descriptor(proof);
    attestation.insert(u"platform"_s, QJsonObject{{u"os"_s, u"unknown"_s}});
    const QByteArray images = json(QJsonObject{{u"manifests"_s, QJsonArray{attestation, descriptor(image)}}});
    const QByteArray index = json(QJsonObject{{u"manifests"_s, QJsonArray{descriptor(images)}}});
    blobs << blob(config) << blob(image) << blob(images) << blob(proof) << blob("{\"proof\":1}");
    return tarOf(QList<FixtureEntry>{{.path = "index.json", .content = index}} + blobs);
}

/// As `docker save` wrote it before version 25: a folder a layer, a layer like another is a link to it, and a manifest
/// at the front.
QByteArray oldDockerArchive(const QList<QByteArray>& layers)
{
    QJsonArray names;
    QList<FixtureEntry> entries;
    for (qsizetype i = 0; i < layers.size(); ++i) {
        const QByteArray folder = "./" + QByteArray::number(i) + "/";
        names.append(QString::fromLatin1(folder.sliced(2)) + u"layer.tar"_s);
        entries << FixtureEntry{.path = folder, .mode = 0755, .type = AE_IFDIR}
                << FixtureEntry{.path = folder + "VERSION", .content = "1.0"};
        const auto same = layers.indexOf(layers.at(i));
        if (same < i)
            entries << FixtureEntry{.path = folder + "layer.tar",
                                    .link = "../" + QByteArray::number(same) + "/layer.tar",
                                    .type = AE_IFLNK};
        else
            entries << FixtureEntry{.path = folder + "layer.tar", .content = layers.at(i)};
    }
    const QByteArray manifest = json(QJsonArray{QJsonObject{{u"Config"_s, u"c.json"_s}, {u"Layers"_s, names}}});
    return tarOf(QList<FixtureEntry>{{.path = "manifest.json", .content = manifest},
                                     {.path = "c.json", .content = configOf(layers.size())}} +
                 entries);
}

} // namespace

class ImageFilesTest : public QObject {
    Q_OBJECT

private slots:
    void laysLayersUponEachOther_data();
    void laysLayersUponEachOther();
    void readsEveryForm_data();
    void readsEveryForm();
    void keepsNamesAsBytes();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void takesNoHarm_data();
    void takesNoHarm();
    void survivesBeingCutAnywhere();
    void stopsWhenAskedTo();
    void followsLinksInsideTheImage_data();
    void followsLinksInsideTheImage();
};

void ImageFilesTest::laysLayersUponEachOther_data()
{
    QTest::addColumn<QStringList>("layers");
    QTest::addColumn<QString>("tree");
    QTest::addColumn<QString>("done");
    QTest::addColumn<qint64>("bytes"); // that a container sees
    QTest::addColumn<qint64>("wasted");

    QTest::newRow("one layer, all kinds of files")
        << QStringList{u"a/ a/f:10 a/l->f a/h=>a/f a/d! a/p?"_s} << u"a/ a/d! a/f:10 a/h=>a/f a/l->f a/p?"_s
        << u"+a +a/d +a/f +a/h +a/l +a/p"_s << qint64(10) << qint64(0);
    QTest::newRow("folders that the layer does not list")
        << QStringList{u"a/b/f:1"_s} << u"a/ a/b/ a/b/f:1"_s << u"+a +a/b +a/b/f"_s << qint64(1) << qint64(0);
    QTest::newRow("a file is replaced: its first content is wasted")
        << QStringList{u"a/ a/f:10"_s, u"a/ a/f:7"_s} << u"a/ a/f:7"_s << u"+a +a/f|~a/f"_s << qint64(7) << qint64(10);
    QTest::newRow("a file is hidden") << QStringList{u"f:10 g:1"_s, u".wh.f"_s} << u"g:1"_s << u"+f +g|-f"_s
                                      << qint64(1) << qint64(10);
    QTest::newRow("a folder is hidden with all that is in it")
        << QStringList{u"a/ a/b/ a/b/f:10 a/g:5"_s, u".wh.a"_s} << QString()
        << u"+a +a/b +a/b/f +a/g|-a -a/b -a/b/f -a/g"_s << qint64(0) << qint64(15);
    QTest::newRow("hidden, and back in a later layer")
        << QStringList{u"f:10"_s, u".wh.f"_s, u"f:3"_s} << u"f:3"_s << u"+f|-f|+f"_s << qint64(3) << qint64(10);
    QTest::newRow("an opaque folder hides what was in it, wherever the mark stands")
        << QStringList{u"a/ a/f:10 a/g:5"_s, u"a/ a/f:2 a/.wh..wh..opq"_s} << u"a/ a/f:2"_s
        << u"+a +a/f +a/g|~a/f -a/g"_s << qint64(2) << qint64(15);
    QTest::newRow("a mark hides only what is below its own layer")
        << QStringList{u"f:10"_s, u"f:3 .wh.f"_s} << u"f:3"_s << u"+f|~f"_s << qint64(3) << qint64(10);
    QTest::newRow("a folder becomes a file")
        << QStringList{u"a/ a/f:10"_s, u"a:4"_s} << u"a:4"_s << u"+a +a/f|~a -a/f"_s << qint64(4) << qint64(10);
    QTest::newRow("a folder becomes a file in the layer that has just put something into it")
        << QStringList{u"a/ a/c/ a/g:5"_s, u"a/c/d:3 a/g:7 a:4"_s} << u"a:4"_s << u"+a +a/c +a/g|~a -a/c -a/g"_s
        << qint64(4) << qint64(5);
    QTest::newRow("a folder becomes a link")
        << QStringList{u"a/ a/f:10"_s, u".wh.a a->b"_s} << u"a->b"_s << u"+a +a/f|~a -a/f"_s << qint64(0) << qint64(10);
    QTest::newRow("a folder that is only listed again has not changed; one whose mode is another has")
        << QStringList{u"a/ b/"_s, u"a/ b/:,700 a/f:1"_s} << u"a/ a/f:1 b/"_s << u"+a +b|+a/f ~b"_s << qint64(1)
        << qint64(0);
    QTest::newRow("a hard link to a file of the same layer counts once")
        << QStringList{u"a:1000 b=>a c=>a"_s} << u"a:1000 b=>a c=>a"_s << u"+a +b +c"_s << qint64(1000) << qint64(0);
    QTest::newRow("paths in every spelling") << QStringList{u"./a/ ./a//f:1 /b:2 a/./g:3"_s} << u"a/ a/f:1 a/g:3 b:2"_s
                                             << u"+a +a/f +a/g +b"_s << qint64(6) << qint64(0);
    QTest::newRow("marks for what was never there")
        << QStringList{u".wh.nothing a/.wh..wh..opq .wh. f:1 .wh..wh.aufs"_s} << u"f:1"_s << u"+f"_s << qint64(1)
        << qint64(0);
    QTest::newRow("an empty layer between two")
        << QStringList{u"a:1"_s, QString(), u"b:1"_s} << u"a:1 b:1"_s << u"+a||+b"_s << qint64(2) << qint64(0);
    QTest::newRow("no layer at all") << QStringList() << QString() << QString() << qint64(0) << qint64(0);
}

void ImageFilesTest::laysLayersUponEachOther()
{
    QFETCH(QStringList, layers);
    QFETCH(QString, tree);
    QFETCH(QString, done);

    const auto files = readFrom(dockerArchive(layers));
    QVERIFY2(files, files ? "" : qPrintable(files.error()));
    QCOMPARE(seen(*files), tree);
    QCOMPARE(changes(*files), done);
    QTEST(totalsOf(*files).bytes, "bytes");
    QTEST(totalsOf(*files).wasted, "wasted");
    for (int layer = 0; layer < files->layers().size(); ++layer) {
        const ImageLayer& about = files->layers().at(layer);
        const QString own = done.split(u'|').at(layer);
        QCOMPARE((QList{about.added, about.changed, about.hidden}),
                 (QList<qint64>{own.count(u'+'), own.count(u'~'), own.count(u" -") + (own.startsWith(u'-') ? 1 : 0)}));
        QCOMPARE(about.createdBy, u"RUN %1"_s.arg(layer));
    }
}

void ImageFilesTest::readsEveryForm_data()
{
    QTest::addColumn<QByteArray>("archive");

    const QList<QByteArray> layers{layerOf(u"a/ a/f:70000 g:5"_s), layerOf(u".wh.g h:3"_s),
                                   layerOf(u"a/ a/f:70000 g:5"_s)};
    const QList<QByteArray> packed{layerOf(u"a/ a/f:70000 g:5"_s, ARCHIVE_FILTER_GZIP),
                                   layerOf(u".wh.g h:3"_s, ARCHIVE_FILTER_ZSTD),
                                   layerOf(u"a/ a/f:70000 g:5"_s, ARCHIVE_FILTER_GZIP)};
    QTest::newRow("docker-archive") << dockerArchive(layers);
    QTest::newRow("docker-archive, layers packed") << dockerArchive(packed);
    QTest::newRow("docker-archive of old, a layer linked to another") << oldDockerArchive(layers);
    QTest::newRow("OCI layout") << ociArchive(layers);
    QTest::newRow("OCI layout, layers packed with gzip and zstd") << ociArchive(packed);
}

void ImageFilesTest::readsEveryForm()
{
    QFETCH(QByteArray, archive);
    for (const qsizetype piece : {1'000'000, 513}) {
        const auto files = readFrom(archive, piece);
        QVERIFY2(files, files ? "" : qPrintable(files.error()));
        QCOMPARE(seen(*files), u"a/ a/f:70000 g:5 h:3"_s);
        QCOMPARE(changes(*files), u"+a +a/f +g|-g +h|~a/f +g"_s);
        QCOMPARE(files->history().size(), 4);
        QCOMPARE(files->history().constLast().layer, -1);
    }
}

void ImageFilesTest::keepsNamesAsBytes()
{
    // "ä" in Latin-1, "é" once as one character and once as two: three files, whatever this machine's locale is.
    const QList<QByteArray> names{"\xe4", "\xc3\xa9", "e\xcc\x81"};
    QList<FixtureEntry> entries;
    for (const QByteArray& name : names)
        entries << FixtureEntry{.path = name, .content = "1"};
    const auto files = readFrom(dockerArchive(QList<QByteArray>{tarOf(entries)}));
    QVERIFY(files);
    for (const QByteArray& name : names)
        QVERIFY2(files->find(name.toStdString()) != ImageFiles::kNone, name.toHex().constData());
}

void ImageFilesTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("archive");
    QTest::addColumn<QString>("problem");

    const QByteArray manifest = R"([{"Config":"c.json","Layers":["layer.tar"]}])";
    const auto with = [&](const QByteArray& layer) {
        return tarOf({{.path = "layer.tar", .content = layer}, {.path = "manifest.json", .content = manifest}});
    };
    const QByteArray layer = layerOf(u"a:5000"_s);
    const QByteArray whole = dockerArchive(QStringList{u"a:5000"_s});
    QTest::newRow("nothing") << QByteArray() << u"What the engine has written is no image archive."_s;
    QTest::newRow("a sentence of the engine")
        << "Error response from daemon: no such image\n"_ba << u"The archive can't be read: *"_s;
    QTest::newRow("a tar of something else")
        << layerOf(u"etc/passwd:10"_s) << u"What the engine has written is no image archive."_s;
    QTest::newRow("cut off") << whole.first(whole.size() / 2) << u"The archive can't be read: *"_s;
    QTest::newRow("a layer is missing") << tarOf({{.path = "manifest.json", .content = manifest}})
                                        << u"The image's layer layer.tar is not in the archive."_s;
    QTest::newRow("a layer is garbage") << with(QByteArray(5000, 'g')) << u"The image's layer layer.tar is broken: *"_s;
    QTest::newRow("a layer is cut off") << with(layer.first(2000)) << u"The image's layer layer.tar is broken: *"_s;
    QTest::newRow("a layer is cut off where it is packed")
        << with(layerOf(u"a:5000"_s, ARCHIVE_FILTER_GZIP).first(60)) << u"The image's layer layer.tar is broken: *"_s;
    QTest::newRow("a manifest of other things")
        << tarOf({{.path = "manifest.json", .content = R"([{"Layers":{"a":1},"Config":[]}])"}}) << QString();
    QTest::newRow("an index that leads to itself")
        << tarOf({{.path = "index.json", .content = R"({"manifests":[{"digest":"../index.json"}]})"}})
        << u"What the engine has written is no image archive."_s;
}

void ImageFilesTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, archive);
    QFETCH(QString, problem);
    const auto files = readFrom(archive);
    const QString said = files ? QString() : files.error();
    if (problem.endsWith(u'*'))
        QVERIFY2(said.startsWith(problem.chopped(1)) && said.size() > problem.size(), qPrintable(said));
    else
        QCOMPARE(said, problem);
}

void ImageFilesTest::takesNoHarm_data()
{
    QTest::addColumn<QList<QByteArray>>("layers");
    QTest::addColumn<QString>("tree");
    QTest::addColumn<qint64>("ignored");

    const QByteArray longName(256, 'n');
    QByteArray deep;
    for (int i = 0; i < 2000; ++i)
        deep += "d/";
    QTest::newRow("paths that lead out of the image")
        << QList<QByteArray>{layerOf(u"../a:1 b/../../c:1 ..:1 good:1"_s)} << u"good:1"_s << qint64(3);
    QTest::newRow("marks that do") << QList<QByteArray>{layerOf(u"a:1"_s),
                                                        layerOf(u"x/../.wh.a ../.wh..wh..opq .wh..."_s)}
                                   << u"a:1"_s << qint64(0);
    QTest::newRow("a name of absurd length")
        << QList<QByteArray>{tarOf({{.path = longName, .content = "1"}, {.path = "good", .content = "1"}})}
        << u"good:1"_s << qint64(1);
    QTest::newRow("a path of absurd length")
        << QList<QByteArray>{tarOf({{.path = deep + deep + "f", .content = "1"}, {.path = "good", .content = "1"}})}
        << u"good:1"_s << qint64(1);
    QTest::newRow("a file below a file") << QList<QByteArray>{layerOf(u"a:1 a/b:1"_s)} << u"a/b:1 a:1"_s << qint64(0);
    QTest::newRow("a hard link to nowhere, and to itself")
        << QList<QByteArray>{layerOf(u"a=>../../etc/shadow b=>b"_s)} << u"a=>../../etc/shadow b=>b"_s << qint64(0);
}

void ImageFilesTest::takesNoHarm()
{
    QFETCH(QList<QByteArray>, layers);
    const auto files = readFrom(dockerArchive(layers));
    QVERIFY2(files, files ? "" : qPrintable(files.error()));
    QTEST(seen(*files), "tree");
    QTEST(files->ignored(), "ignored");
}

void ImageFilesTest::survivesBeingCutAnywhere()
{
    const QByteArray whole =
        dockerArchive(QList<QByteArray>{layerOf(u"a/ a/f:900 a/l->f"_s, ARCHIVE_FILTER_GZIP), layerOf(u"b:700"_s)});
    const qsizetype needed = whole.indexOf("config.json\",");
    QVERIFY(needed > 0); // in the manifest, which is last
    QVERIFY(readFrom(whole));
    int cuts = 0;
    for (qsizetype size = 1; size < needed; size += 97, ++cuts)
        QVERIFY2(!readFrom(whole.first(size)), qPrintable(QString::number(size)));
    QVERIFY(cuts > 50);
}

void ImageFilesTest::stopsWhenAskedTo()
{
    const QByteArray archive = dockerArchive(QStringList{u"a:500000 b:500000"_s});
    ReadingWatch watch;
    const auto files = readImage(
        [&, source = sourceOf(archive, 1000)]() mutable {
            watch.stop = watch.bytes > 100'000;
            return source();
        },
        watch);
    QVERIFY(!files);
    QCOMPARE(files.error(), u"Stopped."_s);
    QVERIFY(watch.bytes < 110'000);
}

void ImageFilesTest::followsLinksInsideTheImage_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("found"); // "BLOB PATH", or a sentence

    QTest::newRow("a file") << u"bin/app"_s << u"layer-0.tar /bin/app"_s;
    QTest::newRow("a file that a later layer has replaced") << u"etc/conf"_s << u"layer-1.tar /etc/conf"_s;
    QTest::newRow("a hidden one, as it was") << u"gone"_s << u"layer-0.tar /gone"_s;
    QTest::newRow("a hard link") << u"bin/hard"_s << u"layer-0.tar bin/app"_s;
    QTest::newRow("a link beside it") << u"bin/near"_s << u"layer-0.tar /bin/app"_s;
    QTest::newRow("a link over a linked folder") << u"far"_s << u"layer-0.tar /bin/app"_s;
    QTest::newRow("a link that climbs above the root stays in it") << u"climbs"_s << u"layer-1.tar /etc/conf"_s;
    QTest::newRow("a circle") << u"round"_s << u"The link leads nowhere in this image."_s;
    QTest::newRow("to what is hidden") << u"lost"_s << u"The link leads nowhere in this image."_s;
    QTest::newRow("a folder") << u"bin"_s << u"Only files have a content."_s;
    QTest::newRow("a device") << u"null"_s << u"Only files have a content."_s;
}

void ImageFilesTest::followsLinksInsideTheImage()
{
    QFETCH(QString, path);
    const auto files = readFrom(
        dockerArchive(QStringList{u"bin/ bin/app:9 etc/ etc/conf:1 gone:4 bin/hard=>bin/app bin/near->app null! "
                                  "sbin->bin far->/sbin/near climbs->../../../etc/conf round->round lost->gone"_s,
                                  u"etc/ etc/conf:2 .wh.gone"_s}));
    QVERIFY(files);
    const auto address = addressOf(*files, files->find(path.toStdString()));
    QTEST(address ? QString::fromStdString(address->blob + ' ' + address->path) : address.error(), "found");
}

QTEST_GUILESS_MAIN(ImageFilesTest)
#include "image_files_test.moc"
